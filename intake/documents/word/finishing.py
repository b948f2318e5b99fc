"""The last steps of reading: rows get codes, references find their rows, what the outline forbids is taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.documents.word.answers import CODE
from intake.documents.word.labels import heading_of, plain
from intake.documents.word.leftovers import Leftover, no_row
from intake.documents.word.shapes import PARTS
from intake.documents.word.sheets import Where
from intake.errors import Invalid
from intake.outline import INTERCHANGE, OUTLINE, check_interchange
from intake.outline.model import DateOrRow, Field, Group, RowReference, Rows
from intake.outline.shape import DATE
from intake.outline.walk import look_up

MOST_ROUNDS = 20


@dataclass(frozen=True)
class Pending:
    """A reference to a row, looked up once all rows are known."""

    holder: dict[str, Any]
    key: str
    field: RowReference
    where: Where
    part: str


def assembled(content: Mapping[str, Any], empty_lists: set[tuple[str, ...]]) -> dict[str, Any]:
    """The interchange value of all parts; rows in which nothing was written are gone."""
    parts = {part: without_blank_rows(value) for part, value in content.items()}
    for path in empty_lists:
        put_list(parts, path)
    administrative, meta = parts.pop("administrative", None), parts.pop("meta", None) or {}
    sections = {part: parts[part] for part in PARTS if parts.get(part) not in (None, {})}
    drop_empty_lists(sections, empty_lists)
    data = {"schema": INTERCHANGE, **meta, "sections": sections}
    if administrative:
        data["administrative"] = administrative
    name_rows(sections)
    return data


def without_blank_rows(value: Any) -> Any:
    """The same objects without rows that hold nothing, not even a code."""
    if isinstance(value, dict):
        for key, inside in value.items():
            value[key] = without_blank_rows(inside)
    elif isinstance(value, list):
        return [without_blank_rows(one) for one in value if one != {}]
    return value


def put_list(parts: dict[str, Any], path: tuple[str, ...]) -> None:
    """A list that was given without rows, unless rows were written since."""
    *way, name = path
    holder = parts
    for step in way:
        holder = holder.setdefault(step, {})
    holder.setdefault(name, [])


def drop_empty_lists(sections: dict[str, Any], kept: set[tuple[str, ...]]) -> None:
    """Lists of which only blank rows were there; those that were given empty stay."""
    for path in OUTLINE.lists:
        way, _dot, name = path.rpartition(".")
        holder = look_up(sections, way) if way else sections
        if isinstance(holder, dict) and holder.get(name) == [] and tuple(path.split(".")) not in kept:
            del holder[name]
    for part in [part for part, value in sections.items() if value in ({}, [])]:
        if (part,) not in kept:
            del sections[part]


def name_rows(sections: dict[str, Any]) -> None:
    """Codes for the rows of a list in which some have one: a copied row keeps its words, not its code."""
    for path, field in OUTLINE.lists.items():
        rows = look_up(sections, path) or []
        taken: set[str] = set()
        for row in rows:
            if row.get("code") in taken:
                del row["code"]
            elif "code" in row:
                taken.add(row["code"])
        free = (code for code in map(field.code, range(2 * len(rows) + len(taken))) if code not in taken)
        for row in rows if taken else ():
            if "code" not in row:
                row["code"] = next(free)


def names_by_code(field: Rows, rows: Any) -> dict[str, str]:
    """The first text of each row by its code."""
    first = next((child.id for child in field.item if child.kind in ("text", "richtext")), "")
    return {
        row.get("code") or field.code(index): plain(str(row.get(first) or "")) for index, row in enumerate(rows or ())
    }


def code_of(listed: Rows, words: str, names: Mapping[str, str]) -> str | None:
    """The code in the words, alone or with the name of its row, or of the one row of that name."""
    found = CODE.fullmatch(words)
    if found and found[1].upper().startswith(listed.code_prefix):
        code, rest = found[1].upper(), plain(found[2])
        return code if rest in names.get(code, "") else None
    named = [code for code, name in names.items() if name == plain(words)]
    return named[0] if len(named) == 1 else None


def resolve(pending: list[Pending], sections: dict[str, Any]) -> list[Leftover]:
    """References to rows become their codes; what names no row is handed back."""
    lost = []
    for one in pending:
        value = one.holder[one.key]
        if isinstance(one.field, DateOrRow) and DATE.fullmatch(value):
            continue
        listed = OUTLINE.lists[one.field.to]
        code = code_of(listed, value, names_by_code(listed, look_up(sections, one.field.to)))
        if code:
            one.holder[one.key] = code
        else:
            del one.holder[one.key]
            lost.append(Leftover(one.where, value, no_row(listed.code(0)), one.part))
    return lost


def take_out_wrong(data: dict[str, Any], language: str) -> list[Leftover]:
    """Values that the outline does not allow leave the text and are handed back, each with what is wrong."""
    taken = []
    for _ in range(MOST_ROUNDS):
        errors = check_interchange(data)
        if not errors:
            data["sections"] = {part: value for part, value in data["sections"].items() if value != {}}
            return taken
        for path, message in reversed(errors):
            where = where_is(path)
            value = take(data, path)
            if value is None or isinstance(value, (dict, list)):
                place = Leftover(where, "", message, "").place(language)
                raise Invalid(errors=[(place, message)])
            taken.append(Leftover(where, str(value), message, path.split(".")[0]))
    raise Invalid(errors=check_interchange(data))


def take(data: dict[str, Any], path: str) -> Any:
    """Take the value at a path of errors out of the data; None when there is no such value."""
    first, *rest = path.split(".")
    holder: Any = data if first in data else data["sections"]
    for step in (first, *rest[:-1]) if rest else ():
        holder = item(holder, step)
    last = rest[-1] if rest else first
    value = item(holder, last)
    if isinstance(value, (str, int, float)):
        if isinstance(holder, list):
            holder.remove(value)
        else:
            del holder[last]
    return value


def item(holder: Any, step: str) -> Any:
    if isinstance(holder, list):
        return holder[int(step)] if step.isdigit() and int(step) < len(holder) else None
    return holder.get(step) if isinstance(holder, dict) else None


def where_is(path: str) -> Where:
    """The headings that lead to a path of errors in Word."""
    first, *rest = path.split(".")
    if first not in PARTS:
        meta = {field.id: field.label for field in OUTLINE.metadata.fields}
        return (heading_of("meta"), meta[first]) if first in meta else ()
    where: list[Any] = [heading_of(first)]
    field: Field = OUTLINE.bodies[first]
    for step in rest:
        if step.isdigit():
            where += [field.item_label, str(int(step) + 1)] if isinstance(field, Rows) else []
            continue
        children = {child.id: child for child in field.children}
        if step not in children:
            break
        field = children[step]
        where += [] if isinstance(field, Group) and not field.children else [field.label]
    return tuple(where)
