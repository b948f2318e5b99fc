"""For the machines that watch this one: is the process alive, can it serve."""

from __future__ import annotations

import structlog
from flask import Blueprint, Response, g

from intake.services import health
from intake.web.rights import public

bp = Blueprint("health", __name__, url_prefix="/health")
logger = structlog.get_logger("intake.web")


@bp.get("/live")
@public
def live() -> Response:
    return plain("ok", 200)


@bp.get("/ready")
@public
def ready() -> Response:
    try:
        is_ready = health.is_ready(g.db)
    except Exception:
        # Whatever the driver raises means the same to who asks: not now.
        logger.exception("the database does not answer")
        is_ready = False
    return plain("ok", 200) if is_ready else plain("not ready", 503)


def plain(text: str, status: int) -> Response:
    response = Response(f"{text}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
