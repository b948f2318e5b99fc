"""The six strategic systems of Plan 01-KH/BCĐTW, section II."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.catalogue.facts import Source, read, source
from intake.i18n import Text


@dataclass(frozen=True)
class System:
    """A strategic system: five key ones with a chief engineer, and the one of specially important projects."""

    id: str
    number: int
    code: str
    kind: str
    name: Text
    short: Text
    content: Text
    strategic_role: Text
    group: str
    initiatives: tuple[str, ...]
    chief_engineer_required: bool
    special_mechanisms: tuple[Text, ...]
    source: Source


def _system(entry: Mapping[str, Any]) -> System:
    texts = {name: Text(**entry[name]) for name in ("name", "short", "content", "strategic_role")}
    return System(
        **{
            **entry,
            **texts,
            "initiatives": tuple(entry["initiatives"]),
            "special_mechanisms": tuple(Text(**mechanism) for mechanism in entry["special_mechanisms"]),
            "source": source(entry["source"]),
        }
    )


SYSTEMS: dict[str, System] = {entry["id"]: _system(entry) for entry in read("systems")}
