"""The six selection criteria of Plan 01-KH/BCĐTW, annex I.I: wording only, weights belong to a scoring scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.catalogue.facts import Source, read, source
from intake.i18n import Text


@dataclass(frozen=True)
class Criterion:
    """One criterion; `evidence_sections` (ours) are the sections of the outline a reviewer reads for it."""

    id: str
    number: int
    name: Text
    definition: Text
    evidence_sections: tuple[str, ...]
    source: Source


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    return Criterion(
        **{
            **entry,
            "name": Text(**entry["name"]),
            "definition": Text(**entry["definition"]),
            "evidence_sections": tuple(entry["evidence_sections"]),
            "source": source(entry["source"]),
        }
    )


CRITERIA: dict[str, Criterion] = {entry["id"]: _criterion(entry) for entry in read("criteria")}
