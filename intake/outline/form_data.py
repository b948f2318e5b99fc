"""One section as flat form data (`objectives.specific.0.measurable.unit`) and back.

A form shows every field of its section. Rows are renumbered on the way in: values, errors and the data to show again
all use the new numbers. A posted row id counts when the row was there before, or when no row has it:
nobody can take over a row, and a form that is sent twice makes one row. A box that comes back as it was shown keeps
its value to the letter, so saving one field changes no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.i18n import Message
from intake.outline import typed
from intake.outline.documents import new_row_id, normal
from intake.outline.model import Computed, Field, Flag, Group, Party, RichText, Rows
from intake.outline.shape import DATE, ROW_ID, check_section
from intake.outline.walk import OUTLINE, is_blank

FormData = Mapping[str, Sequence[str]]

READ: dict[str, Callable[[str, str], Any]] = {
    "integer": typed.read_integer,
    "decimal": typed.read_decimal,
    "money": typed.read_money,
    "date": typed.read_day,
    "month": typed.read_month,
    "bool": typed.read_flag,
}
WRITE: dict[str, Callable[[Any, str], str]] = {
    "integer": typed.write_number,
    "decimal": typed.write_number,
    "money": typed.write_money,
    "date": typed.write_day,
    "month": typed.write_month,
    "bool": typed.write_flag,
}
SEVERAL = ("multichoice", "references")


@dataclass
class Parsed:
    """What a posted section says: its value, what is wrong with it, and the posted texts under the new row numbers.

    `kept` are the paths of the boxes that came back as they were shown.
    """

    value: Any = None
    errors: list[tuple[str, Message]] = field(default_factory=list)
    data: dict[str, list[str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)


def read_form(document: Mapping[str, Any], part: str, posted: FormData, language: str) -> Parsed:
    """The stored value of one section from posted data; save it with `with_part` when there are no errors."""
    holder = document if part == "administrative" else document["sections"]
    before = holder.get(part)
    known = _ids_by_list(OUTLINE.bodies[part], before, part)
    taken = set(_ids_in([document["sections"], document["administrative"]]))
    reader = _Reader(posted, language, Parsed(), known, taken)
    parsed, body = reader.parsed, OUTLINE.bodies[part]
    value = reader.read(body, part, part, before)
    nothing: Any = [] if isinstance(body, Rows) else {}
    parsed.value = nothing if value is None else value
    unreadable = {path for path, _ in parsed.errors}
    parsed.errors += [error for error in check_section(document, part, parsed.value) if error[0] not in unreadable]
    return parsed


def write_form(document: Mapping[str, Any], part: str, language: str) -> dict[str, list[str]]:
    """Form data of one section as it stands in the document."""
    holder = document if part == "administrative" else document["sections"]
    return dict(_written(OUTLINE.bodies[part], holder.get(part), part, language))


def _written(field: Field, value: Any, path: str, language: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(field, Rows):
        for index, row in enumerate(value or ()):
            yield f"{path}.{index}.id", [row["id"]]
            for child in field.item:
                yield from _written(child, row.get(child.id), f"{path}.{index}.{child.id}", language)
    elif isinstance(field, Group):
        named = {"name": value} if isinstance(value, str) else value or {}
        for child in field.fields:
            yield from _written(child, named.get(child.id), f"{path}.{child.id}", language)
    elif not isinstance(field, Computed):
        yield path, _texts(field, value, language)


def _texts(field: Field, value: Any, language: str) -> list[str]:
    if field.kind in SEVERAL:
        return list(value or ())
    if value is None:
        return [""]
    if field.kind == "text_list":
        return ["\n".join(value)]
    if field.kind == "date_or_row" and DATE.fullmatch(value):
        return [typed.write_day(value, language)]
    write = WRITE.get(field.kind)
    return [write(value, language) if write else str(value)]


def _ids_by_list(field: Field, value: Any, name: str) -> dict[str, dict[str, Any]]:
    """Rows by id for every list of the section, by the name of the list without row numbers."""
    found: dict[str, dict[str, Any]] = {}
    if isinstance(field, Rows):
        found[name] = {row["id"]: row for row in value or ()}
        for child in field.item:
            for row in value or ():
                for list_name, rows in _ids_by_list(child, row.get(child.id), f"{name}.{child.id}").items():
                    found.setdefault(list_name, {}).update(rows)
    elif isinstance(field, Group) and isinstance(value, Mapping):
        for child in field.fields:
            found |= _ids_by_list(child, value.get(child.id), f"{name}.{child.id}")
    return found


def _in_order(before: Sequence[str] | None, chosen: Sequence[str]) -> list[str] | None:
    """What is chosen, each once, in the order it stood in before; what was chosen now comes last."""
    found = list(dict.fromkeys([*(item for item in before or () if item in chosen), *chosen]))
    return found or (None if before is None else [])


def _looks_empty(value: Any) -> bool:
    """Whether the boxes of a value show nothing: blank, or left unticked."""
    if isinstance(value, Mapping):
        return all(key == "id" or _looks_empty(item) for key, item in value.items())
    if isinstance(value, list):
        return all(_looks_empty(item) for item in value)
    return value is False or is_blank(value)


def _is_box(field: Field) -> bool:
    """Whether the field is a box to tick: left unticked in what is entered anew, it says no."""
    return isinstance(field, Flag) and not field.required


def _ids_in(value: Any) -> Iterator[str]:
    """Ids of all rows inside a value, however deep."""
    if isinstance(value, Mapping):
        if "id" in value:
            yield value["id"]
        for item in value.values():
            yield from _ids_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids_in(item)


@dataclass
class _Reader:
    posted: FormData
    language: str
    parsed: Parsed
    known: dict[str, dict[str, Any]]
    taken: set[str]

    def read(self, field: Field, old_path: str, path: str, before: Any) -> Any:
        """Value of a field: posted under `old_path`, reported under `path`."""
        if isinstance(field, Rows):
            return self._rows(field, old_path, path) or (None if before is None else [])
        if isinstance(field, Group):
            return self._group(field, old_path, path, before)
        texts = list(self.posted.get(old_path, ()))
        self.parsed.data[path] = texts
        if field.kind in SEVERAL:
            return _in_order(before, [text for text in texts if text.strip()])
        if isinstance(field, Flag) and not texts:
            return False if before else before
        if [normal(text) for text in texts[:1] or [""]] == _texts(field, before, self.language):
            self.parsed.kept.add(path)
            return before
        try:
            return self._one(field, texts[0] if texts else "")
        except typed.Unreadable as error:
            self.parsed.errors.append((path, error.message))
            return None

    def _one(self, field: Field, text: str) -> Any:
        if not text.strip():
            return None
        if field.kind == "text_list":
            return [line.strip() for line in normal(text).split("\n") if line.strip()]
        if field.kind == "date_or_row":
            return typed.read_day(text, self.language) if re.search(r"[/.-]", text) else text.strip()
        read = READ.get(field.kind)
        if read:
            return read(text, self.language)
        return normal(text.rstrip() if isinstance(field, RichText) else text.strip())

    def _group(self, field: Group, old_path: str, path: str, before: Any) -> Any:
        old = {"name": before} if isinstance(before, str) else before or {}
        value = {}
        for child in field.fields:
            if isinstance(child, Computed):
                continue
            item = self.read(child, f"{old_path}.{child.id}", f"{path}.{child.id}", old.get(child.id))
            if child.id in old or item is not None:
                value[child.id] = item
        if is_blank(before) and not is_blank(value):
            value |= {child.id: False for child in field.fields if _is_box(child) and value.get(child.id) is None}
        is_name_alone = isinstance(field, Party) and field.accepts_name and not isinstance(before, Mapping)
        if is_name_alone and all(is_blank(item) for key, item in value.items() if key != "name"):
            return value.get("name")
        return value if value or before is not None else None

    def _rows(self, field: Rows, old_path: str, path: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        known = self.known.get(re.sub(r"\.[0-9]+(?=\.|$)", "", old_path), {})
        for number in self._row_numbers(old_path, known):
            old_row, row_path = f"{old_path}.{number}", f"{path}.{len(rows)}"
            posted_id = next(iter(self.posted.get(f"{old_row}.id", ())), "")
            before = known.pop(posted_id, None)
            id = posted_id if before or self._is_free(posted_id) else new_row_id()
            self.parsed.data[f"{row_path}.id"] = [id]
            rows.append({"id": id, **self._row_fields(field, old_row, row_path, before or {})})
        return rows

    def _is_free(self, id: str) -> bool:
        """Whether a row that was just added may have this id, which the form gave it; from then on nobody else may."""
        is_free = ROW_ID.fullmatch(id) is not None and id not in self.taken
        self.taken.add(id)
        return is_free

    def _row_fields(self, field: Rows, old_row: str, row_path: str, before: Mapping[str, Any]) -> dict[str, Any]:
        item = Group("row", field.item_label, field.item)
        return self._group(item, old_row, row_path, before)

    def _row_numbers(self, path: str, known: Mapping[str, Any]) -> list[int]:
        """Numbers of the posted rows in which something was entered, and of those in which nothing was before."""
        inside = re.compile(rf"{re.escape(path)}\.(0|[1-9][0-9]{{0,3}})\.(.+)")
        numbers = set()
        for name, texts in self.posted.items():
            found = inside.fullmatch(name)
            if not found:
                continue
            is_id = found[2].rpartition(".")[2] == "id"
            is_entered = not is_id and any(text.strip() for text in texts)
            was_empty = found[2] == "id" and any(text in known and _looks_empty(known[text]) for text in texts[:1])
            if is_entered or was_empty:
                numbers.add(int(found[1]))
        return sorted(numbers)
