"""Desks and the list of open proposals as spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from intake import clock
from intake.catalogue import SYSTEMS
from intake.documents.spreadsheets import Cell, Column, Listing
from intake.i18n import N_, Message, translate
from intake.services.monitoring import Line
from intake.services.tasks import Task


@dataclass(frozen=True)
class Part:
    """One column, and what a line has in it."""

    id: str
    heading: Message
    width: int
    of: Callable[[Any, str], Cell]


def system_code(system: str | None) -> str | None:
    found = SYSTEMS.get(system or "")
    return found.code if found else None


def holder(line: Line, language: str) -> str | None:
    """The body that holds it; owners, who are persons, have no name here."""
    return (line.holder_name_en if language == "en" else None) or line.holder_name_vi


OPEN_PROPOSALS = (
    Part("due_on", N_("Due"), 12, lambda line, _language: line.due_on),
    Part("code", N_("Code"), 18, lambda line, _language: line.code),
    Part("title", N_("Proposal"), 60, lambda line, _language: line.title),
    Part("proposer", N_("Proposer"), 36, lambda line, _language: line.proposer_name),
    Part("system", N_("System"), 9, lambda line, _language: system_code(line.primary_system)),
    Part("state", N_("Where it stands"), 26, lambda line, language: translate(line.stage.label, language)),
    Part("holder", N_("Who holds it"), 36, holder),
    Part("next", N_("What has to happen next"), 36, lambda line, language: translate(line.next_action, language)),
    Part("submitted_on", N_("Submitted on"), 12, lambda line, _language: clock.local_date(line.submitted_at)),
)
DESK = (
    Part("due_on", N_("Due"), 12, lambda task, _language: task.due_on),
    Part("work", N_("What to do"), 40, lambda task, language: translate(task.label, language)),
    Part("code", N_("Code"), 18, lambda task, _language: task.code),
    Part("title", N_("Proposal"), 60, lambda task, _language: task.title),
    Part("proposer", N_("Proposer"), 36, lambda task, _language: task.proposer_name),
    Part("system", N_("System"), 9, lambda task, _language: system_code(task.system)),
)


def open_proposals(lines: Sequence[Line], language: str) -> Listing:
    """Every open proposal, the most overdue first."""
    return listing(N_("Open proposals"), OPEN_PROPOSALS, lines, language)


def desk(tasks: Sequence[Task], language: str) -> Listing:
    """What waits for one person, soonest due first."""
    return listing(N_("My desk"), DESK, tasks, language)


def listing(title: Message, parts: Sequence[Part], lines: Sequence[Any], language: str) -> Listing:
    columns = tuple(Column(part.id, translate(part.heading, language), part.width) for part in parts)
    rows = [[part.of(line, language) for part in parts] for line in lines]
    return Listing(translate(title, language), columns, rows)
