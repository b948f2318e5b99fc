"""Every open proposal at a glance, for the secretariat: holder, age, next action, overdue first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from intake import clock
from intake.catalogue import SYSTEMS
from intake.services import monitoring, work_lists
from intake.services.monitoring import Line, Wanted
from intake.web import downloads
from intake.web.filters import tr
from intake.web.formats import DueView
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.next_steps import holder_name
from intake.web.procedure_steps import HOLDERS
from intake.web.rights import requires
from intake.web.short_days import short_due, this_year

bp = Blueprint("monitoring", __name__)
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class ShownLine:
    """A line with its holder in words and its age in days."""

    line: Line
    holder: str
    holder_short: str
    told_on: str
    due: DueView | None
    age: int
    url: str


@bp.get("/monitoring")
@requires("monitoring.read")
def show() -> str:
    wanted = asked_for()
    page = monitoring.overview(g.db, actor=current_actor(), wanted=wanted, after=request.args.get("after"))
    names = {one.key: holder_name(one.key, one.name_vi, one.name_en) for one in page.held}
    return render_template(
        "monitoring/show.html",
        is_whole="whole" in request.args,
        lines=[shown(one) for one in page.lines],
        next=page.next,
        open_count=page.open_count,
        late_count=page.late_count,
        holders=[(names[one.key], one) for one in page.held],
        wanted=wanted,
        is_filtering=wanted != Wanted(),
        holder_choices=list(names.items()),
        systems=[(system.id, system.code) for system in SYSTEMS.values()],
    )


@bp.get("/monitoring.xlsx")
@requires("monitoring.read")
def as_workbook() -> Response:
    """All lines of the filter, not only the page in sight."""
    lines = monitoring.every_line(g.db, actor=current_actor(), wanted=asked_for())
    return downloads.excel(work_lists.open_proposals(lines, language()), "monitoring")


def asked_for() -> Wanted:
    """From the address; a holder or system that nobody has finds nothing."""
    asked = request.args
    return Wanted(
        is_late=asked.get("due") == "late",
        holder=asked.get("holder", "")[:LONGEST_SEARCH],
        system=asked.get("system", "")[:LONGEST_SEARCH],
        text=asked.get("q", "")[:LONGEST_SEARCH].strip(),
    )


def shown(line: Line) -> ShownLine:
    return ShownLine(
        line=line,
        holder=holder_name(line.holder_kind, line.holder_name_vi, line.holder_name_en),
        holder_short=line.holder_abbreviation or tr(HOLDERS[line.holder_kind]),
        told_on=told_on(line),
        due=short_due(line.due_on),
        age=(clock.today() - clock.local_date(line.submitted_at)).days,
        url=f"/proposals/{line.code}/staff",
    )


def told_on(line: Line) -> str:
    """The day on which the clock last told somebody of the present due date; empty when it has not."""
    told = [moment for moment in (line.reminded_at, line.escalated_at) if moment is not None]
    return this_year(clock.local_date(max(told))) if told else ""
