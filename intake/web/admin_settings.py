"""What an administrator keeps besides people: organisations, periods, the calendar, the routing table, bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import clock
from intake.errors import NotFound
from intake.forms.administration import CalendarForm, PeriodForm, RoutingForm
from intake.services import holiday_calendar, organisations, periods, routing_table
from intake.vietnamese import short_date
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("admin_settings", __name__, url_prefix="/admin")

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


@bp.get("/periods")
@requires("settings.edit")
def show_periods() -> str:
    return periods_page(None)


@bp.post("/periods")
@requires("settings.edit")
def add_period() -> Any:
    form = period_form(request.form)
    with attempt(form):
        periods.add(
            g.db,
            state=form.state.data or "",
            days=form.number,
            effective_from=form.day,
            actor=current_actor(),
        )
    if form.problems:
        return periods_page(form), 422
    flash(_("The period is set. Due dates that were given stay as they are."), "success")
    return see_other("/admin/periods")


@bp.post("/periods/<int:period_id>/withdraw")
@requires("settings.edit")
def withdraw_period(period_id: int) -> Response:
    periods.withdraw(g.db, period_id, actor=current_actor())
    flash(_("The change is taken back."), "success")
    return see_other("/admin/periods")


def period_form(sent: Any) -> PeriodForm:
    stages = [(line.stage.id, tr(line.stage.label)) for line in periods.listing(g.db, actor=current_actor())]
    return PeriodForm(sent, say=tr, states=stages)


def periods_page(form: PeriodForm | None) -> str:
    lines = periods.listing(g.db, actor=current_actor())
    return render_template("admin/periods.html", lines=lines, form=form or period_form(None))


@bp.get("/holidays")
@requires("settings.edit")
def show_holidays() -> str:
    return holidays_page(asked_year(), CalendarForm(say=tr))


@bp.post("/holidays")
@requires("settings.edit")
def set_holiday() -> Any:
    form = CalendarForm(request.form, say=tr)
    with attempt(form):
        holiday_calendar.set_day(
            g.db, on=form.day, is_working=form.is_working, name=form.name.data or "", actor=current_actor()
        )
    if form.problems:
        return holidays_page(asked_year(), form), 422
    flash(_("%(day)s is set. Due dates that were given stay as they are.", day=short_date(form.day)), "success")
    return see_other(f"/admin/holidays?year={form.day.year}")


@bp.post("/holidays/<on>/remove")
@requires("settings.edit")
def remove_holiday(on: str) -> Response:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NotFound() from None
    holiday_calendar.remove(g.db, day, actor=current_actor())
    flash(_("%(day)s is a day like any other of its week again.", day=short_date(day)), "success")
    return see_other(f"/admin/holidays?year={day.year}")


def asked_year() -> int:
    typed = request.args.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else clock.today().year
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else clock.today().year


def holidays_page(year: int, form: CalendarForm) -> str:
    actor = current_actor()
    return render_template(
        "admin/holidays.html",
        year=year,
        years=holiday_calendar.years(g.db, actor=actor),
        days=holiday_calendar.listing(g.db, year, actor=actor),
        today=clock.today(),
        form=form,
    )


@bp.get("/routing")
@requires("settings.edit")
def show_routing() -> str:
    return render_template("admin/routing.html", lines=routing_table.listing(g.db, actor=current_actor()))


@bp.get("/routing/<subject>")
@requires("settings.edit")
def edit_routing(subject: str) -> str:
    line = routing_table.line(g.db, subject, actor=current_actor())
    now = {
        "lead": line.lead.id if line.lead else "",
        "cooperating": [body.id for body in line.cooperating],
    }
    return routing_page(line, routing_form(None, **now))


@bp.post("/routing/<subject>")
@requires("settings.edit")
def set_routing(subject: str) -> Any:
    actor, form = current_actor(), routing_form(request.form)
    line = routing_table.line(g.db, subject, actor=actor)
    with attempt(form):
        routing_table.replace(
            g.db, subject, lead=form.lead.data or "", cooperating=form.cooperating.data or [], actor=actor
        )
    if form.problems:
        return routing_page(line, form), 422
    flash(_("The routing is set. Proposals that were routed stay where they are."), "success")
    return see_other("/admin/routing")


def routing_form(sent: Any, **values: Any) -> RoutingForm:
    bodies = [(body.id, tr(body_name(body))) for body in organisations.catalogue(g.db)]
    return RoutingForm(sent, say=tr, organisations=bodies, **values)


def routing_page(line: routing_table.Line, form: RoutingForm) -> str:
    return render_template("admin/routing_line.html", line=line, form=form)
