"""Due days in few letters: a line of a work list is one line."""

from __future__ import annotations

from datetime import date

from flask import g

from intake import clock
from intake.i18n import N_, Message
from intake.services.calendars import calendar
from intake.web.filters import day, due_view, tr
from intake.web.formats import DueView
from intake.web.languages import language
from intake.workflow.deadlines import working_days_between


def short_due(due_on: date | None) -> DueView | None:
    """Day and distance in few letters: a line of the desk is one line. The desk says once that the days work."""
    seen = due_view(due_on)
    if due_on is None or seen is None:
        return None
    today, shown = clock.today(), this_year(due_on)
    count = abs(working_days_between(today, due_on, calendar(g.db)))
    if due_on == today or not count:
        return DueView(shown, seen.distance, seen.tone)
    return DueView(shown, tr(late(count) if due_on < today else left(count)), seen.tone)


def this_year(on: date) -> str:
    """The day, with its year only when it is another than this."""
    return short_day(on) if on.year == clock.today().year else day(on)


def short_day(on: date) -> str:
    """The day without its year: 05/11 or 5 Nov."""
    return f"{on:%d/%m}" if language() == "vi" else day(on).removesuffix(f" {on.year}")


def late(count: int) -> Message:
    return N_("1 day late") if count == 1 else N_("%(count)s days late", count=count)


def left(count: int) -> Message:
    return N_("1 day left") if count == 1 else N_("%(count)s days left", count=count)
