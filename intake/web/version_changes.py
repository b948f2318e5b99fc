"""What changed from one version of a text to the next, section by section, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g

from intake import outline
from intake.catalogue import CRITERIA
from intake.models import Proposal
from intake.services import proposals
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.section_editor import numbered


@dataclass(frozen=True)
class ChangedField:
    """One place with its words before and after."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedSection:
    """One section that reads differently, and who judges by it; without fields only the order of its rows changed."""

    label: str
    fields: list[ChangedField]
    criteria: list[str]


@dataclass(frozen=True)
class Changes:
    """Two texts compared; `after` is 0 for a draft."""

    before: int
    after: int
    sections: list[ChangedSection]


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedSection]:
    """Every section that differs, with its fields."""
    return [
        ChangedSection(
            numbered(section.section),
            [ChangedField(" · ".join(change.labels), change.before, change.after) for change in section.changes],
            [tr(c.name) for c in CRITERIA.values() if section.section in c.evidence_sections],
        )
        for section in outline.diff(before, after, language())
    ]


def since(proposal: Proposal) -> Changes | None:
    """What its authors changed since the version they submitted, for all others what the newest version changed.

    None while there is nothing to compare.
    """
    actor = current_actor()
    now = proposals.text_of(g.db, proposal, actor=actor)
    last = (now.number or proposal.current_version + 1) - 1
    if last < 1:
        return None
    before = proposals.text_of(g.db, proposal, actor=actor, number=last)
    return Changes(last, now.number, changed(before.document, now.document))
