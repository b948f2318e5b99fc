"""What must be filled before submitting, and what is only asked for: read from the outline, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake.i18n import N_
from intake.outline.model import Flag, Group, RowReference, Rows
from intake.outline.problems import ERROR, Problem
from intake.outline.shape import CODES
from intake.outline.shape_values import NO_SUCH_ROW
from intake.outline.walk import OUTLINE, Place, is_blank, look_up, parts, places

# Template, note to section 3: a person may have no partners.
NOT_ASKED_IF = {"partners": ("lead_unit.proposer_type", "individual")}


def lacking(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Required fields left empty, texts too short, codes no row has, declarations not made, and what is recommended."""
    for part, body, value in parts(document):
        skipped: list[str] = []
        for place in places(body, value, part):
            if any(place.path.startswith(f"{path}.") for path in skipped):
                continue
            if _is_optional_group(place):
                skipped.append(place.path)
            else:
                yield from _at(place, part, document)


def missing_sections(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the required sections in which nothing was entered."""
    return tuple(
        section.id
        for section in OUTLINE.sections
        if section.required and is_blank(document["sections"].get(section.id))
    )


def _is_optional_group(place: Place) -> bool:
    return isinstance(place.field, Group) and "." in place.path and not place.field.required and is_blank(place.value)


def _is_asked_as_one(place: Place) -> bool:
    """Lists and plain fields are; a group asks for its fields one by one, unless a name alone stands for it."""
    return isinstance(place.field, Rows) or not place.field.children or isinstance(place.value, str)


def _at(place: Place, part: str, document: Mapping[str, Any]) -> Iterator[Problem]:
    field, value = place.field, place.value
    if isinstance(field, Flag) and field.must_be_true:
        if value is not True:
            yield Problem("required", ERROR, part, place.path, N_("Make this declaration before submitting."))
    elif is_blank(value):
        if field.is_required_in(place.siblings) and _is_asked_as_one(place):
            yield Problem("required", ERROR, part, place.path, N_("%(label)s: this is missing.", label=field.label))
        elif field.recommended and not _is_not_asked(place.path, document):
            message = N_("%(label)s: it is better to fill this in.", label=field.label)
            yield Problem("recommended", field.recommended, part, place.path, message)
    elif isinstance(field, RowReference) and CODES[field.to].fullmatch(value):
        yield Problem("reference", ERROR, part, place.path, NO_SUCH_ROW)
    elif isinstance(value, str) and len(value.strip()) < getattr(field, "min_length", 0):
        limit = getattr(field, "min_length", 0)
        message = N_("%(label)s: write at least %(limit)d characters.", label=field.label, limit=limit)
        yield Problem("required", ERROR, part, place.path, message)


def _is_not_asked(path: str, document: Mapping[str, Any]) -> bool:
    if path not in NOT_ASKED_IF:
        return False
    place, value = NOT_ASKED_IF[path]
    return look_up(document["sections"], place) == value
