"""Units in which a proposal measures its objectives, results and indicators (ours, the template names none)."""

from __future__ import annotations

from dataclasses import dataclass

from intake.catalogue.facts import read
from intake.i18n import Text


@dataclass(frozen=True)
class Unit:
    """One unit of measure."""

    id: str
    name: Text


UNITS: dict[str, Unit] = {entry["id"]: Unit(entry["id"], Text(**entry["name"])) for entry in read("units")}
