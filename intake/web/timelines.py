"""A timeline as the macro `timeline` wants it: texts in the reader's language, dates written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from intake.services.timeline import Step
from intake.web.filters import day, moment, tr
from intake.web.procedure_steps import work_at


@dataclass(frozen=True)
class TimelineEntry:
    """One line: what is neither now nor next is done."""

    when: str
    title: str
    detail: str
    is_now: bool
    is_next: bool


def entries(steps: Iterable[Step]) -> list[TimelineEntry]:
    """The steps of `services.timeline`, ready to show; a version is named where it is new."""
    shown, last = [], None
    for step in steps:
        is_new, last = step.version not in (None, last), step.version or last
        written = detail(step, with_version=is_new)
        shown.append(TimelineEntry(when(step), tr(step.label), written, step.kind == "now", step.kind == "expected"))
    return shown


def when(step: Step) -> str:
    if step.kind == "expected":
        return _("Expected by %(day)s", day=day(step.until))
    if step.kind == "now":
        return _("Since %(moment)s", moment=moment(step.at))
    return moment(step.at)


def detail(step: Step, *, with_version: bool) -> str:
    """What happens there, reason, version or due date, in one line."""
    work = work_at(step.stage) if step.stage else None
    parts = [tr(work)] if work else []
    if with_version:
        parts.append(_("Version %(number)s", number=step.version))
    if step.reason:
        parts.append(step.reason)
    if step.kind == "now" and step.until:
        parts.append(_("Due on %(day)s", day=day(step.until)))
    return " · ".join(parts)
