"""How long requests take, counted by the pattern of their address and shared by all processes of a server.

prometheus_client decides at its first import whether processes share their counts (by the folder that `intake serve`
names in the environment), so it is imported when an application is made, not with this module.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from flask import Flask, Response, g, request

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
NO_ROUTE = "(none)"


@cache
def seconds() -> Any:
    """The one histogram of this process."""
    from prometheus_client import Histogram

    labels = ("method", "route", "status")
    return Histogram("intake_request_seconds", "Time to answer a request", labels, buckets=BUCKETS)


def init_app(app: Flask) -> None:
    seconds()
    app.after_request(note)


def note(response: Response) -> Response:
    """Count by the pattern: addresses carry codes and one-time tokens."""
    if "began" in g:
        route = request.url_rule.rule if request.url_rule else NO_ROUTE
        method = request.method if request.url_rule else NO_ROUTE  # anybody may send a method of their own invention
        spent = time.perf_counter() - g.began
        seconds().labels(method, route, f"{response.status_code // 100}xx").observe(spent)
    return response
