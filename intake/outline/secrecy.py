"""What may not be received online: initiatives that touch state secrets, and texts that carry a secrecy mark.

Law 117/2025/QH15, article 5. The answer never repeats the text it refuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from intake.catalogue import INITIATIVES
from intake.i18n import N_, Message
from intake.outline.walk import look_up

SECRET_INITIATIVES = frozenset(id for id, initiative in INITIATIVES.items() if initiative.is_secret)

# Invisible characters would hide a mark from a reader of the source, not from a reader of the page.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
SPACES = re.compile(r"[^\S\n]+")

# In capitals a mark counts anywhere; in other letters only where it stands as a mark: a line of its own, in brackets,
# after "độ mật:". "BẢO MẬT", "BÍ MẬT NHÀ NƯỚC", "mật độ" and "(mật)" of a sugar mill are ordinary words.
MARK = r"(?:(?i:tuyệt|tối) (?i:mật)|M(?i:ật))"
MARKS = (
    re.compile(r"\b(TUYỆT|TỐI) MẬT\b"),
    re.compile(r"\bTOP SECRET\b"),
    re.compile(rf"[(\[<«]\s*{MARK}\s*[)\]>»]"),
    re.compile(rf"\b(?i:độ mật)\s*:\s*[(\[\"“]?\s*{MARK}\b"),
)
LINE = re.compile(rf"{MARK}|(?i:top secret)|SECRET")
AROUND = " \t.,:;-–—_*#=~\"“”'()[]<>«»|/!"

SECRET_INITIATIVE = N_(
    "This initiative may touch state secrets, so nothing about it is received online and nothing was kept. "
    "Send the proposal to the Standing Agency by classified mail, or ask its secretariat first."
)
MARKED = N_(
    "The text carries a secrecy mark, so it was refused and nothing of it was kept. State secrets are received only by "
    "classified mail. If the text holds no secret, take the mark out and try again."
)


def referenced_initiatives(document: Mapping[str, Any]) -> frozenset[str]:
    """Initiatives the document details or calls related."""
    sections = document["sections"]
    related = look_up(sections, "alignment.related_initiatives") or []
    return frozenset({look_up(sections, "name.initiative_ref"), *related} - {None})


def stop_reason(document: Mapping[str, Any], cleared: frozenset[str] = frozenset()) -> Message | None:
    """Why the document may not be received, or None. `cleared` are initiatives the secretary has cleared for the owner.

    A clearance is for an initiative; a text that says itself it is secret stays out whatever was cleared.
    """
    if any(has_mark(text) for text in _texts(document)):
        return MARKED
    if (referenced_initiatives(document) & SECRET_INITIATIVES) - cleared:
        return SECRET_INITIATIVE
    return None


def has_mark(text: str) -> bool:
    """Whether a text carries a secrecy mark."""
    plain = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return any(mark.search(plain) for mark in MARKS) or any(
        LINE.fullmatch(line.strip(AROUND)) for line in plain.splitlines()
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
