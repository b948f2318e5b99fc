"""Whether a document has the shape the outline declares. Never raises, whatever is sent; answers (path, message)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from intake.i18n import N_
from intake.outline.model import Computed, Field, Group, Party, Rows
from intake.outline.shape_values import (
    DATE,
    FORBIDDEN,
    NOT_A_LIST,
    Error,
    Known,
    check_value,
    text_problem,
    too_many,
)
from intake.outline.walk import OUTLINE, look_up

__all__ = ["DATE", "INTERCHANGE", "check_interchange", "check_section", "check_shape", "row_ids"]

INTERCHANGE = "initiative-proposal/1"
MOST_ERRORS = 100
ROW_ID = re.compile(r"[0-9a-f]{12}")
CODE = re.compile(r"SK-[0-9]{4}-[0-9A-Z]{8}")
CODES = {path: re.compile(rf"{field.code_prefix}[1-9][0-9]{{0,5}}") for path, field in OUTLINE.lists.items()}

MUST_BE_OBJECT = N_("This must be an object with named fields.")
UNKNOWN = N_("The template has no such field.")


def check_shape(document: Any) -> list[Error]:
    """Everything wrong with the shape of a stored document; an empty list means it can be stored."""
    return list(islice(_stored(document), MOST_ERRORS))


def check_section(document: Mapping[str, Any], part: str, value: Any) -> list[Error]:
    """Everything wrong with a new value for one part of a document whose shape is right."""
    if part not in OUTLINE.bodies:
        return [(shown_name(part), UNKNOWN)]
    sections = document["sections"] if part == "administrative" else {**document["sections"], part: value}
    known = Known(row_ids(sections), CODES, is_interchange=False)
    return list(islice(_check(OUTLINE.bodies[part], value, part, known), MOST_ERRORS))


def check_interchange(data: Any) -> list[Error]:
    """Everything wrong with the shape of an `initiative-proposal/1` file."""
    return list(islice(_interchange(data), MOST_ERRORS))


def row_ids(sections: Any) -> dict[str, frozenset[str]]:
    """Ids of the rows of every list, by the path of the list."""
    return {path: frozenset(names_of(field, look_up(sections, path), "id")) for path, field in OUTLINE.lists.items()}


def misleading_codes(sections: Any) -> dict[str, frozenset[str]]:
    """Codes that no row of a file has and that would name another row as soon as rows are called by position."""
    found = {}
    for path, field in OUTLINE.lists.items():
        names = list(names_of(field, look_up(sections, path), "code"))
        are_right = len(set(names)) == len(names) and all(CODES[path].fullmatch(name) for name in names)
        found[path] = frozenset(map(field.code, range(len(names)))) - set(names) if are_right else frozenset()
    return found


def names_of(field: Rows, rows: Any, key: str) -> Iterator[str]:
    """What the rows of one list are called; a row without a code is called by its position."""
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get(key) if isinstance(row, Mapping) else None
        if name is None and key == "code":
            name = field.code(index)
        if isinstance(name, str):
            yield name


def _stored(document: Any) -> Iterator[Error]:
    if not isinstance(document, Mapping):
        yield "", MUST_BE_OBJECT
        return
    yield from _unknown(document, ("schema", "sections", "administrative", "meta"), "")
    if document.get("schema") != OUTLINE.id:
        yield "schema", N_("This version of the template is not known here.")
    sections = document.get("sections")
    known = Known(row_ids(sections), CODES, is_interchange=False)
    yield from _sections(sections, known)
    for name, body in (("administrative", OUTLINE.administrative), ("meta", OUTLINE.metadata)):
        if document.get(name) is None:
            yield name, MUST_BE_OBJECT
        else:
            yield from _check(body, document[name], name, known)


def _interchange(data: Any) -> Iterator[Error]:
    if not isinstance(data, Mapping):
        yield "", MUST_BE_OBJECT
        return
    names = ("schema", "code", "sections", "administrative", *(field.id for field in OUTLINE.metadata.fields))
    yield from _unknown(data, names, "")
    if data.get("schema") != INTERCHANGE:
        yield "schema", N_('The file must say "schema": "%(schema)s".', schema=INTERCHANGE)
    code = data.get("code")
    if code is not None and not (isinstance(code, str) and CODE.fullmatch(code)):
        yield "code", N_("This is not the code of a proposal.")
    template = data.get("template")
    if template is not None and template not in (OUTLINE.id, *OUTLINE.aliases):
        yield "template", N_("This version of the template is not known here.")
    sections = data.get("sections")
    known = Known({}, CODES, is_interchange=True, misleading=misleading_codes(sections))
    yield from _sections(sections, known)
    yield from _check(OUTLINE.administrative, data.get("administrative"), "administrative", known)
    for field in OUTLINE.metadata.fields:
        if field.id != "template":
            yield from _check(field, data.get(field.id), field.id, known)


def _sections(sections: Any, known: Known) -> Iterator[Error]:
    if not isinstance(sections, Mapping):
        yield "sections", MUST_BE_OBJECT
        return
    yield from _unknown(sections, tuple(OUTLINE.by_id), "")
    for id, section in OUTLINE.by_id.items():
        yield from _check(section.body, sections.get(id), id, known)


def _check(field: Field, value: Any, path: str, known: Known) -> Iterator[Error]:
    if value is None:
        return
    if isinstance(field, Rows):
        yield from _rows(field, value, path, known)
    elif isinstance(field, Party) and field.accepts_name and not isinstance(value, Mapping):
        name = field.fields[0]
        problem = text_problem(value, getattr(name, "max_length", 0), is_one_line=True)
        if problem:
            yield path, problem
    elif isinstance(field, Group):
        yield from _named(field, value, path, known, extra=())
    elif not isinstance(field, Computed):
        yield from check_value(field, value, path, known)


def _rows(field: Rows, value: Any, path: str, known: Known) -> Iterator[Error]:
    if not isinstance(value, list):
        yield path, NOT_A_LIST
        return
    if len(value) > field.max_items:
        yield path, too_many(field.max_items)
        return
    taken: set[str] = set()
    for index, row in enumerate(value):
        here = f"{path}.{index}"
        if not known.is_interchange:
            yield from _named(field, row, here, known, extra=("id",))
            yield from _row_id(row, here, known)
            continue
        yield from _named(field, row, here, known, extra=("code",) if field.code_prefix else ())
        yield from _row_code(field, index, row, here, taken)


def _named(field: Field, value: Any, path: str, known: Known, extra: tuple[str, ...]) -> Iterator[Error]:
    if not isinstance(value, Mapping):
        yield path, MUST_BE_OBJECT
        return
    fields = [child for child in field.children if known.is_interchange or not isinstance(child, Computed)]
    yield from _unknown(value, (*(child.id for child in fields), *extra), path)
    for child in fields:
        here = f"{path}.{child.id}"
        yield from _check(child, value.get(child.id), here, known)
        if isinstance(child, Computed) and value.get(child.id) is not None:
            yield from _computed(child, value, here)


def _computed(field: Computed, row: Mapping[str, Any], path: str) -> Iterator[Error]:
    inputs = {key: item for key, item in row.items() if isinstance(item, int) and not isinstance(item, bool)}
    if type(row[field.id]) is not int or row[field.id] != field.compute(inputs):
        yield path, N_("This value is computed and does not agree with the others: correct it or leave it out.")


def _row_id(row: Any, path: str, known: Known) -> Iterator[Error]:
    id = row.get("id") if isinstance(row, Mapping) else None
    if not (isinstance(id, str) and ROW_ID.fullmatch(id)):
        yield f"{path}.id", N_("The row has no valid identifier.")
    elif id in known.seen_ids:
        yield f"{path}.id", N_("Two rows have the same identifier.")
    else:
        known.seen_ids.add(id)


def _row_code(field: Rows, index: int, row: Any, path: str, taken: set[str]) -> Iterator[Error]:
    if not (field.code_prefix and isinstance(row, Mapping)):
        return
    code = row.get("code")
    if code is None:
        code = field.code(index)
    if not (isinstance(code, str) and _code_of(field).fullmatch(code)):
        yield f"{path}.code", N_("Codes here look like %(example)s.", example=field.code(index))
    elif code in taken:
        yield f"{path}.code", N_("Two rows have the same code.")
    else:
        taken.add(code)


def _code_of(field: Rows) -> re.Pattern[str]:
    return next(CODES[path] for path, known in OUTLINE.lists.items() if known is field)


def _unknown(value: Mapping[Any, Any], names: tuple[str, ...], path: str) -> Iterator[Error]:
    for key in value:
        if key not in names:
            yield f"{path}.{shown_name(key)}".lstrip("."), UNKNOWN


def shown_name(key: Any) -> str:
    """A name somebody sent, cut and cleaned so that it can be printed in a path."""
    return FORBIDDEN.sub("?", key[:60]).replace("\n", " ") if isinstance(key, str) else "?"
