"""What a field that points to a row of another list offers: the rows of this document, by code and name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.forms.rows import declared
from intake.forms.texts import Texts
from intake.outline import OUTLINE
from intake.outline.form_data import FormData
from intake.outline.model import DateOrRow
from intake.outline.walk import look_up

LONGEST_LABEL = 90


def row_label(document: Mapping[str, Any], list_path: str, index: int) -> str:
    """`GD1. Chuẩn hóa, thí điểm`: the code and the first words of a row."""
    rows = OUTLINE.lists[list_path]
    row = look_up(document["sections"], list_path)[index]
    words = next((value for child in rows.item if isinstance(value := row.get(child.id), str) and value.strip()), "")
    return shortened(f"{rows.code(index)}. {words}" if words else rows.code(index))


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[:LONGEST_LABEL].rstrip()}…"


def row_options(document: Mapping[str, Any], list_path: str) -> list[tuple[str, str]]:
    """Every row of a list as (id, label), in order."""
    rows = look_up(document["sections"], list_path) or ()
    return [(row["id"], row_label(document, list_path, index)) for index, row in enumerate(rows)]


def codes_of(document: Mapping[str, Any], list_path: str) -> dict[str, str]:
    """Row ids of a list by the code people read and type."""
    rows = look_up(document["sections"], list_path) or ()
    return {OUTLINE.lists[list_path].code(index): row["id"] for index, row in enumerate(rows)}


def with_codes(document: Mapping[str, Any], texts: FormData) -> Texts:
    """For the page: where a day or a row may stand, a row stands with its code."""
    return _replaced(texts, lambda to: {id: code for code, id in codes_of(document, to).items()})


def with_ids(document: Mapping[str, Any], texts: FormData) -> Texts:
    """For reading: the code somebody typed there, as the id of the row."""
    return _replaced(texts, lambda to: codes_of(document, to))


def _replaced(texts: FormData, names: Any) -> Texts:
    changed = Texts()
    for name, values in texts.items():
        field = declared(name)
        known = names(field.to) if isinstance(field, DateOrRow) else {}
        changed[name] = [known.get(value.strip(), value) if known else value for value in values]
    return changed
