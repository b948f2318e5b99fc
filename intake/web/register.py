"""The public register: submitted proposals whose owners agreed to publication, and how much is late at each body."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from intake.catalogue import SYSTEMS
from intake.services import public as open_data
from intake.services.public import Entry
from intake.web.next_steps import holder_name
from intake.web.rights import public

bp = Blueprint("register", __name__)
LONGEST_QUERY = 200


@bp.get("/register")
@public
def show() -> str:
    q, system = (request.args.get(name, "")[:LONGEST_QUERY].strip() for name in ("q", "system"))
    found, following = open_data.register(g.db, q=q, system=system, after=request.args.get("after"))
    return render_template(
        "public/register.html",
        entries=[(entry, holder_name(entry.holder_kind, *names(entry))) for entry in found],
        next=following,
        q=q,
        system=system,
        bodies=open_data.counters(g.db).by_body,
        systems=SYSTEMS,
    )


def names(entry: Entry) -> tuple[str | None, str | None]:
    return entry.holder_name_vi, entry.holder_name_en
