"""`/metrics` for Prometheus: how long requests take, what waits, who is at work. Not for the outside."""

from __future__ import annotations

import hmac
import ipaddress
import os
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, g, request

from intake.config import Settings
from intake.services import figures
from intake.services.figures import Figures
from intake.web.resources import resources
from intake.web.rights import public
from intake.web.timings import SHARED_FOLDER

bp = Blueprint("metrics", __name__)

BEARER = "Bearer "
# Whoever comes through a proxy has its address, not their own.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@bp.get("/metrics")
@public
def show() -> Response:
    """The figures as text, for those who may ask; for everybody else there is no such page."""
    if not is_trusted(resources().settings):
        abort(404)
    response = Response(exposition(figures.look(g.db)), mimetype="text/plain; version=0.0.4; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def is_trusted(settings: Settings) -> bool:
    """Whoever shows the token, or asks directly from an allowed address."""
    token, shown = settings.metrics_token.get_secret_value(), request.headers.get("Authorization", "")
    if token and shown.startswith(BEARER):
        return hmac.compare_digest(shown.removeprefix(BEARER).encode(), token.encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return any(address in network for network in settings.metrics_networks())


def exposition(found: Figures) -> bytes:
    """What all processes of this server counted, and what the database says now."""
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    counts = REGISTRY
    if SHARED_FOLDER in os.environ:
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    now = CollectorRegistry()
    now.register(Gauges(found))
    return generate_latest(counts) + generate_latest(now)


class Gauges:
    """The figures as Prometheus wants them."""

    def __init__(self, found: Figures) -> None:
        self.found = found

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        def gauge(name: str, text: str, values: dict[str, float] | dict[str, int] | float, label: str = "") -> Any:
            family = GaugeMetricFamily(f"intake_{name}", text, labels=[label] if label else [])
            for key, value in values.items() if isinstance(values, dict) else [("", values)]:
                family.add_metric([key] if label else [], value)
            return family

        found = self.found
        yield gauge("outbox_undelivered", "Mails and papers promised and not delivered", found.undelivered, "kind")
        yield gauge("outbox_failing", "Promises whose last attempt failed", found.failing)
        yield gauge("outbox_lag_seconds", "Age of the oldest promise not kept", found.oldest_undelivered)
        yield gauge("proposals_open", "Open proposals by stage", found.open_proposals, "stage")
        yield gauge("proposals_overdue", "Open proposals past their due date", found.overdue_proposals, "stage")
        yield gauge("worker_heartbeat_age_seconds", "Time since a worker was seen", found.workers, "worker")
