"""What a score sheet may contain: criteria of the scheme, scores on its scale, words of bounded length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake import outline
from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.scoring.schemes import Scheme
from intake.services import wordings

LONGEST_JUSTIFICATION = 5000
KNOWN_KEYS = frozenset({"score", "justification", "section"})


@dataclass(frozen=True)
class Entry:
    """One criterion as entered: None says "cannot judge"."""

    score: int | None
    justification: str
    section: str | None


@dataclass(frozen=True)
class Answer:
    """One criterion of a sheet, with the version of the text it was given on."""

    criterion: str
    version: int
    entry: Entry


def entries_of(scheme: Scheme, scores: Mapping[str, Any]) -> dict[str, Entry]:
    """The criteria given, in the order of the scheme; raises Invalid with the path of everything of the wrong shape."""
    if not isinstance(scores, Mapping):
        raise Invalid(errors=[("scores", N_("Give one entry for each criterion."))])
    errors: list[tuple[str, Message]] = [
        (f"scores.{key}", N_("There is no such criterion.")) for key in scores if key not in scheme.weights
    ]
    for criterion in scheme.weights:
        if criterion in scores:
            errors += [(f"scores.{criterion}{path}", message) for path, message in faults(scheme, scores[criterion])]
    if errors:
        raise Invalid(errors=errors)
    return {criterion: entry(scores[criterion]) for criterion in scheme.weights if criterion in scores}


def faults(scheme: Scheme, value: Any) -> list[tuple[str, Message]]:
    """What is wrong with one criterion's entry, with the path inside it."""
    if not isinstance(value, Mapping) or "score" not in value or not KNOWN_KEYS.issuperset(value):
        return [("", N_("Give a score, a justification and, if you like, a section."))]
    found: list[tuple[str, Message]] = []
    score, justification, section = value["score"], value.get("justification", ""), value.get("section")
    if score is not None and (type(score) is not int or score not in scheme.levels):
        scale = N_("Choose a whole number from %(low)s to %(high)s.", low=scheme.lowest, high=scheme.highest)
        found.append((".score", scale))
    if wrong := wordings.fault(justification, longest=LONGEST_JUSTIFICATION):
        found.append((".justification", wrong))
    if section and (not isinstance(section, str) or section not in outline.OUTLINE.by_id):
        found.append((".section", N_("There is no such section in the template.")))
    return found


def entry(value: Mapping[str, Any]) -> Entry:
    return Entry(value["score"], wordings.plain(value.get("justification", "")), value.get("section") or None)
