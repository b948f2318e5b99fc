"""The public register: submitted proposals whose owners agreed to publication, and how much is late at each body."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from intake.catalogue import SYSTEMS
from intake.services import public as open_data
from intake.web.languages import language
from intake.web.rights import public

bp = Blueprint("register", __name__)
LONGEST_QUERY = 200


@bp.get("/register")
@public
def show() -> str:
    q = request.args.get("q", "")[:LONGEST_QUERY].strip()
    found, following = open_data.register(g.db, q=q, after=request.args.get("after"))
    in_english = language() == "en"
    bodies = [(en if in_english else vi, held, late) for vi, en, held, late in open_data.counters(g.db).by_body]
    return render_template("public/register.html", entries=found, next=following, q=q, bodies=bodies, systems=SYSTEMS)
