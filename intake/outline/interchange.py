"""`initiative-proposal/1`: what goes out of and comes into the system, with shown codes instead of row ids.

Import then export is the identity. Rows that were there before keep their ids when a whole document is replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from intake.errors import Invalid, TooLarge
from intake.i18n import N_, Message
from intake.outline.documents import Document, new_row_id, normal
from intake.outline.model import Computed, Field, RowReference, Rows
from intake.outline.row_ids import keep_ids
from intake.outline.shape import INTERCHANGE, check_interchange, names_of, shown_name
from intake.outline.walk import OUTLINE, look_up, parts, rebuild

LARGEST_FILE = 2_000_000

UNKNOWN_FORMAT = N_(
    "This is not a valid JSON file. Files of another format cannot be read here: send a JSON file of the format "
    "initiative-proposal/1."
)


class _NotJson(ValueError):
    """What Python would read although JSON forbids it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def read_proposal(raw: bytes | str) -> Any:
    """The JSON value in a file; raises TooLarge or Invalid and never anything else."""
    if len(raw) > LARGEST_FILE:
        raise TooLarge(
            N_("A JSON file may have at most %(size)s MB; this one is larger.", size=LARGEST_FILE // 1_000_000)
        )
    try:
        return json.loads(raw, parse_constant=_no_constant, object_pairs_hook=_unique_names)
    except (ValueError, RecursionError) as error:
        raise Invalid(errors=[("", _mistake(raw, error))]) from error


def begins_like_json(raw: bytes | str) -> bool:
    """Whether the first sign that is no blank opens an object or a list."""
    return raw.lstrip()[:1] in (b"{", b"[", "{", "[")


def _mistake(raw: bytes | str, error: Exception) -> Message:
    """What is wrong with a file that is not JSON, and where."""
    if isinstance(error, _NotJson):
        return error.message
    if not begins_like_json(raw):
        return UNKNOWN_FORMAT
    if isinstance(error, json.JSONDecodeError):
        return N_(
            "This is not a valid JSON file. The first mistake is in line %(line)d, column %(column)d.",
            line=error.lineno,
            column=error.colno,
        )
    return N_("This is not a valid JSON file.")


def _no_constant(name: str) -> Any:
    raise _NotJson(N_("This is not a valid JSON file. %(name)s is not a number in JSON.", name=name))


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            twice = N_("This is not a valid JSON file. The name %(name)s stands twice.", name=shown_name(name))
            raise _NotJson(twice)
        found[name] = value
    return found


def import_proposal(data: Any, previous: Mapping[str, Any] | None = None) -> Document:
    """The stored document of an interchange file; raises Invalid with the path of each error.

    With `previous`, the document being replaced, rows that are recognisably the same keep their ids.
    """
    errors = check_interchange(data)
    if errors:
        raise Invalid(errors=errors)
    ids = _row_ids(data, previous)
    resolve = {
        path: {code: ids[f"{path}.{index}"] for index, code in enumerate(codes)} for path, codes in _codes(data).items()
    }

    def leaf(field: Field, value: Any) -> Any:
        return resolve[field.to].get(value, value) if isinstance(field, RowReference) else normal(value)

    def row(field: Rows, index: int, old: Mapping[str, Any], new: dict[str, Any], path: str) -> dict[str, Any]:
        return {"id": ids[path], **new}

    inside = {path: rebuild(body, value, path, leaf=leaf, row=row) for path, body, value in _given(data)}
    administrative = inside.pop("administrative", {})
    meta = {field.id: data[field.id] for field in OUTLINE.metadata.fields if field.id in data}
    return {
        "schema": OUTLINE.id,
        "sections": inside,
        "administrative": administrative,
        "meta": rebuild(OUTLINE.metadata, meta, "meta", leaf=leaf, row=row),
    }


def export_proposal(document: Mapping[str, Any], code: str | None = None) -> dict[str, Any]:
    """The interchange form of a stored document: codes by position, computed values written out."""
    exported: dict[str, Any] = {"schema": INTERCHANGE}
    if code:
        exported["code"] = code
    exported |= document["meta"]
    exported["sections"] = {
        path: shown_part(document, path) for path in OUTLINE.by_id if document["sections"].get(path) is not None
    }
    if document["administrative"]:
        exported["administrative"] = shown_part(document, "administrative")
    return exported


def shown_part(document: Mapping[str, Any], part: str) -> Any:
    """One section (or `administrative`) as people see it: codes, no ids; None where nothing was entered."""
    codes = row_codes(document)

    def leaf(field: Field, value: Any) -> Any:
        if not isinstance(field, RowReference):
            return value
        return codes.get(value, value)

    holder = document if part == "administrative" else document["sections"]
    return rebuild(OUTLINE.bodies[part], holder.get(part), part, leaf=leaf, row=_shown_row)


def row_codes(document: Mapping[str, Any]) -> dict[str, str]:
    """Shown code (`MT1`, `GD2`) of every row that has one, by row id."""
    return {
        row["id"]: field.code(index)
        for path, field in OUTLINE.lists.items()
        if field.code_prefix
        for index, row in enumerate(look_up(document["sections"], path) or ())
    }


def _shown_row(field: Rows, index: int, old: Mapping[str, Any], new: dict[str, Any], path: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"code": field.code(index)} if field.code_prefix else {}
    for child in field.item:
        if child.id in new:
            shown[child.id] = new[child.id]
        elif isinstance(child, Computed) and (computed := child.compute(old)) is not None:
            shown[child.id] = computed
    return shown


def _given(data: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(path, body, value) for path, body, value in parts(data) if value is not None]


def _codes(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the file calls the rows of each list, in order."""
    return {
        path: list(names_of(field, look_up(data["sections"], path), "code")) for path, field in OUTLINE.lists.items()
    }


def _row_ids(data: Mapping[str, Any], previous: Mapping[str, Any] | None) -> dict[str, str]:
    ids: dict[str, str] = {}
    for path, body, value in _given(data):
        old = None
        shown = None
        if previous is not None:
            holder = previous if path == "administrative" else previous["sections"]
            old, shown = holder.get(path), shown_part(previous, path)
        keep_ids(body, path, value, old, shown, ids, new_row_id)
    return ids
