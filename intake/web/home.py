"""The public home page."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from intake.services import public as public_services
from intake.web.rights import public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def show() -> str:
    return render_template("public/home.html", counters=public_services.counters(g.db))
