"""The audit trail, for auditors: filtered by subject, person and day, with the state of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request

from intake.catalogue import SYSTEMS
from intake.forms.days import day_of
from intake.i18n import Message
from intake.policy import Role
from intake.services import trail
from intake.services.audit_words import DAYS, DETAILS, EVENTS, ORGANISATIONS, SUBJECTS, VALUES
from intake.services.role_labels import ROLE_LABELS
from intake.services.trail import Line, Trail, Wanted
from intake.web.filters import day, tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.rights import requires

bp = Blueprint("trail", __name__)
LONGEST = 254


@dataclass(frozen=True)
class ShownLine:
    """An entry in words; an event of a later version keeps its name."""

    line: Line
    event: Message | str
    kind: Message | None
    subject: str
    details: list[tuple[Message, str]]


def shown(line: Line, found: Trail) -> ShownLine:
    kind, _, id = line.subject.rpartition(":")
    details = [(DETAILS[name], in_words(name, value, found)) for name, value in line.details.items()]
    return ShownLine(line, EVENTS.get(line.event, line.event), SUBJECTS.get(kind), subject(kind, id, found), details)


def subject(kind: str, id: str, found: Trail) -> str:
    """What the entry is about, by name; what has none keeps its number or code."""
    if kind == "user":
        return found.people.get(id, id)
    if kind == "day":
        return day(date.fromisoformat(id))
    if kind == "period" and ("to", id) in VALUES:
        return tr(VALUES["to", id])
    return organisation(found, id.replace("/", ", "))


def in_words(name: str, value: Any, found: Trail) -> str:
    """The value of a detail as people read it."""
    if name in DAYS:
        return day(date.fromisoformat(value))
    if name in ORGANISATIONS:
        return organisation(found, value)
    if name == "system" and value in SYSTEMS:
        return SYSTEMS[value].code
    return tr(VALUES[name, value]) if (name, value) in VALUES else str(value)


def organisation(found: Trail, id: str) -> str:
    return found.organisations[id].name_in(language()) if id in found.organisations else id


@bp.get("/audit")
@requires("audit.read")
def show() -> tuple[str, int] | str:
    asked = {name: request.args.get(name, "")[:LONGEST].strip() for name in ("subject", "person", "on")}
    on = day_of(asked["on"])
    is_wrong = bool(asked["on"]) and on is None
    wanted = Wanted(subject=asked["subject"], person=asked["person"], on=on)
    found = trail.page(g.db, actor=current_actor(), wanted=wanted, after=request.args.get("after"))
    older = f"/audit?{urlencode({**asked, 'after': found.next})}" if found.next else None
    page = render_template(
        "admin/trail.html",
        trail=found,
        lines=[shown(line, found) for line in found.lines],
        asked=asked,
        is_wrong=is_wrong,
        is_filtering=any(asked.values()),
        older=older,
        roles={role.value: ROLE_LABELS[role.value] for role in Role if role.value in ROLE_LABELS},
        broken=[line.seq for line in found.lines if not line.is_sealed],
    )
    return (page, 422) if is_wrong else page
