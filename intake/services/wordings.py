"""Words that officials write: reasons, justifications, opinions. One form, bounded, nothing a database refuses."""

from __future__ import annotations

import unicodedata
from typing import Any

from intake.errors import Invalid
from intake.i18n import N_, Message

LONGEST_REASON = 2000


def fault(value: Any, *, longest: int) -> Message | None:
    """What is wrong with `value` as a text of at most `longest` characters."""
    if not isinstance(value, str) or "\x00" in value:
        return N_("Enter plain text.")
    if len(plain(value)) > longest:
        return N_("Use at most %(count)s characters.", count=longest)
    return None


def plain(value: str) -> str:
    """The text as it is kept: NFC, plain line ends, no blanks around."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def checked(value: Any, path: str, *, longest: int = LONGEST_REASON, missing: Message | None = None) -> str:
    """The text as it is kept; raises Invalid at `path`, with `missing` when it may not be empty."""
    found = fault(value, longest=longest)
    text = "" if found else plain(value)
    if found or (missing and not text):
        raise Invalid(errors=[(path, found or missing or N_("Enter plain text."))])
    return text
