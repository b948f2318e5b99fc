"""Official definitions of the words of the Plan, and the sentences that head its lists."""

from __future__ import annotations

from dataclasses import dataclass

from intake.catalogue.facts import Source, read, source
from intake.i18n import Text


@dataclass(frozen=True)
class Definition:
    """One official sentence that says what a word of the Plan means."""

    id: str
    text: Text
    source: Source


DEFINITIONS: dict[str, Definition] = {
    entry["id"]: Definition(entry["id"], Text(**entry["text"]), source(entry["source"]))
    for entry in read("definitions")
}
