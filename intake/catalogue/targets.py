"""The targets of Resolution 57-NQ/TW that the official documents state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.catalogue.facts import Source, read, source, sources
from intake.i18n import Text


@dataclass(frozen=True)
class TargetGroup:
    """One of the five groups of targets of Plan 01-KH/BCĐTW I.2."""

    id: str
    name: Text
    source: Source


@dataclass(frozen=True)
class Target:
    """One target; the words are the document's, the numbers beside them are our reading of it.

    Without `year` it holds every year. With `rank_lte` a lower number is better; `complete` is a milestone,
    `qualitative` has no number, `range` ends at `value_high`. `unit` says what the number counts and is not one of
    `UNITS`.
    """

    id: str
    group: str
    year: int | None
    text: Text
    metric: str
    comparator: str
    value: int | float | None
    value_high: int | float | None
    unit: str | None
    kind: str
    status: str
    sources: tuple[Source, ...]

    @property
    def is_official(self) -> bool:
        """Whether it stands in the Plan or the Resolution as a target, not in an outline or as an estimate."""
        return self.status == "official"


def _target(entry: Mapping[str, Any]) -> Target:
    return Target(**{**entry, "text": Text(**entry["text"]), "sources": sources(entry["sources"])})


TARGET_GROUPS: dict[str, TargetGroup] = {
    entry["id"]: TargetGroup(entry["id"], Text(**entry["name"]), source(entry["source"]))
    for entry in read("target_groups")
}
TARGETS: dict[str, Target] = {entry["id"]: _target(entry) for entry in read("targets")}
