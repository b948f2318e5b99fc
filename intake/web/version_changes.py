"""What changed from one version of a text to the next, section by section, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake import outline
from intake.web.languages import language
from intake.web.section_editor import numbered


@dataclass(frozen=True)
class ChangedField:
    """One place with its words before and after."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedSection:
    """One section that reads differently; without fields only the order of its rows changed."""

    label: str
    fields: list[ChangedField]


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedSection]:
    """Every section that differs, with its fields."""
    return [
        ChangedSection(
            numbered(section.section),
            [ChangedField(" · ".join(change.labels), change.before, change.after) for change in section.changes],
        )
        for section in outline.diff(before, after, language())
    ]
