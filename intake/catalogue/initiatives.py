"""The thirty breakthrough initiatives of Plan 01-KH/BCĐTW, annex I.III, in their six groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.catalogue.facts import Source, read, source
from intake.i18n import Text


@dataclass(frozen=True)
class InitiativeGroup:
    """A lettered group of annex I.III; the letters skip F as the annex does."""

    letter: str
    system: str
    name: Text
    source: Source


@dataclass(frozen=True)
class Initiative:
    """An initiative of the list; `short` is ours, for menus, everything else is official wording.

    The five special projects have a description only, so no objective. `title_in_plan` and `text_in_plan` are what the
    body of the Plan (section II) says where it differs from the annex.
    """

    id: str
    number: int
    system: str
    group: str
    kind: str
    is_secret: bool
    short: Text
    title: Text
    objective: Text | None
    content: Text
    extra: tuple[Text, ...]
    title_in_plan: str | None
    text_in_plan: str | None
    source: Source

    @property
    def is_special_project(self) -> bool:
        return self.kind == "special_project"


def _initiative(entry: Mapping[str, Any]) -> Initiative:
    return Initiative(
        **{
            **entry,
            **{name: Text(**entry[name]) for name in ("short", "title", "content")},
            "objective": entry["objective"] and Text(**entry["objective"]),
            "extra": tuple(Text(**paragraph) for paragraph in entry["extra"]),
            "source": source(entry["source"]),
        }
    )


INITIATIVE_GROUPS: dict[str, InitiativeGroup] = {
    entry["letter"]: InitiativeGroup(entry["letter"], entry["system"], Text(**entry["name"]), source(entry["source"]))
    for entry in read("initiative_groups")
}
INITIATIVES: dict[str, Initiative] = {entry["id"]: _initiative(entry) for entry in read("initiatives")}
