"""Whether the reader of one section sees the same in two versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.canonical import sha256_of
from intake.outline.interchange import shown_part
from intake.outline.walk import OUTLINE, is_blank


def section_fingerprint(document: Mapping[str, Any], section_id: str) -> str:
    """SHA-256 of what one section shows: codes instead of row ids, nothing that was left empty.

    So a draft saved again unchanged, or typed again in the same words, counts as equal; a new order of rows does not.
    """
    shown = shown_part(document, section_id)
    return sha256_of(None if is_blank(shown) else _filled(shown))


def section_fingerprints(document: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of each of the numbered sections, kept with a version so that lists need not read its text."""
    return {section.id: section_fingerprint(document, section.id) for section in OUTLINE.sections}


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(item) for key, item in value.items() if key == "code" or not is_blank(item)}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return value.strip() if isinstance(value, str) else value
