"""The id and the log line of every request."""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, g, request

from intake import log

logger = structlog.get_logger("intake.web")
LONGEST_PATH = 200


def init_app(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(finish)


def begin() -> None:
    g.request_id, g.began = log.request_id(), time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Log the route, not the address: addresses carry one-time tokens and look-up keys."""
    if "request_id" not in g:
        return response
    response.headers["X-Request-ID"] = g.request_id
    logger.info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else request.path[:LONGEST_PATH],
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
    )
    return response
