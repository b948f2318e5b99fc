"""The stored text of a proposal: an empty one, normal values, its canonical bytes and fingerprints.

Stored form: `{"schema": OUTLINE.id, "sections": {...}, "administrative": {...}, "meta": {...}}`; every row has an `id`.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from intake.canonical import canonical_json, sha256_of
from intake.errors import Invalid
from intake.outline.model import DateOrRow, Field, Group, RowReference, Rows
from intake.outline.shape import CODES, DATE, check_section, row_ids
from intake.outline.walk import OUTLINE, parts, rebuild

Document = dict[str, Any]


def empty_document(language: str = "vi") -> Document:
    """A draft in which nothing has been entered yet."""
    return {
        "schema": OUTLINE.id,
        "sections": {},
        "administrative": {},
        "meta": {"template": OUTLINE.id, "language": language},
    }


def new_row_id() -> str:
    """A random id for a row: 48 bits, unlike any shown code."""
    return secrets.token_hex(6)


def normal(value: Any) -> Any:
    """A leaf as it is stored: text in NFC with plain line ends, whole numbers without a decimal part."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def normal_part(field: Field, value: Any) -> Any:
    """A whole part with normal leaves, its rows keeping their ids."""
    return rebuild(field, value, "", leaf=lambda _, leaf: normal(leaf), row=_keep_id)


LARGEST_DOCUMENT = 1_000_000
"""Fifty times a full example: what is longer nobody reads, and printing it holds up everybody else's papers (ours)."""


def with_part(document: Mapping[str, Any], part: str, value: Any) -> Document:
    """A copy of the document with one section (or `administrative`) replaced; raises Invalid when its shape is wrong.

    References of other sections to rows that are gone become empty: nobody can be asked to mend what they cannot see.
    """
    errors = check_section(document, part, value)
    if errors:
        raise Invalid(errors=errors)
    body = OUTLINE.bodies[part]
    changed = {**document, "sections": {**document["sections"]}}
    holder = changed if part == "administrative" else changed["sections"]
    # A section nobody has written yet stays away until there is something in it.
    if value or part in holder:
        holder[part] = normal_part(body, value)
    return _without_dangling(changed)


def _without_dangling(document: Document) -> Document:
    known = row_ids(document["sections"])

    def leaf(field: Field, value: Any) -> Any:
        if not isinstance(field, RowReference) or value in known[field.to] or CODES[field.to].fullmatch(value):
            return value
        return value if isinstance(field, DateOrRow) and DATE.fullmatch(value) else None

    sections = {
        path: rebuild(body, value, path, leaf=leaf, row=_keep_id)
        for path, body, value in parts(document)
        if path in document["sections"]
    }
    return {**document, "sections": sections}


def _keep_id(field: Group | Rows, index: int, old: Mapping[str, Any], new: dict[str, Any], path: str) -> dict[str, Any]:
    return {"id": old["id"], **new}


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one byte form of a stored document."""
    return canonical_json(document)


def size(document: Mapping[str, Any]) -> int:
    """How many bytes the stored document takes."""
    return len(canonical(document))


def fingerprint(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form of a stored document, in hexadecimal."""
    return sha256_of(document)
