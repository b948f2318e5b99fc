"""The public home page."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import gettext as _

from intake import clock
from intake.services import public as open_data
from intake.services.public import Counters
from intake.services.timeline import WORDS
from intake.web.catalogue import stopped_numbers
from intake.web.filters import number
from intake.web.procedure_steps import straight_way
from intake.web.rights import public

bp = Blueprint("home", __name__)
MOST_BODIES = 5


@bp.get("/")
@public
def show() -> str:
    counters = open_data.counters(g.db)
    late = [body for body in counters.by_body if body.late_count]
    return render_template(
        "public/home.html",
        figures=figures(counters),
        late_bodies=late[:MOST_BODIES],
        decisions=[(one, WORDS[one.outcome], clock.local_date(one.released_at)) for one in open_data.released(g.db)],
        steps=straight_way(g.db),
        today=clock.today(),
        stopped=stopped_numbers(),
    )


def figures(counters: Counters) -> list[dict[str, str]]:
    """The counters as the macro `figures` wants them."""
    late = "red" if counters.overdue_count else ""
    overdue = {"label": _("Overdue"), "value": number(counters.overdue_count), "tone": late}
    if counters.overdue_count:
        overdue |= {"url": "/register#bodies", "detail": _("see at which body")}
    return [
        {"label": _("Being processed"), "value": number(counters.open_count)},
        overdue,
        {"label": _("Decided"), "value": number(counters.decided_count)},
    ]
