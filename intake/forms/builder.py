"""The form of one part of the outline, made once per language and kept."""

from __future__ import annotations

from functools import cache
from typing import Any

from wtforms import Form, HiddenField

from intake.forms.fields import MAKERS, SEPARATOR, Part, RowList
from intake.outline import OUTLINE
from intake.outline.model import Computed, Field, Group, Rows


@cache
def form_class(part: str, language: str) -> type[Form]:
    """The form with the one field `part`; inside, every name is the path of its field (`objectives.specific.0.id`)."""
    return _form(part, {part: _field(OUTLINE.bodies[part], language)})


def _form(name: str, fields: dict[str, Any]) -> type[Form]:
    return type(f"{name.title().replace('_', '')}Form", (Form,), fields)


def _inside(field: Field, language: str) -> dict[str, Any]:
    return {child.id: _field(child, language) for child in field.children if not isinstance(child, Computed)}


def _field(field: Field, language: str) -> Any:
    common: dict[str, Any] = {
        "label": field.label.in_(language).rstrip(":"),
        "description": field.hint.in_(language) if field.hint else "",
        "declared": field,
    }
    if isinstance(field, Rows):
        row = _form(field.id, {"id": HiddenField(), **_inside(field, language)})
        item = Part(row, label=field.item_label.in_(language), separator=SEPARATOR, declared=field)
        return RowList(item, separator=SEPARATOR, **common)
    if isinstance(field, Group):
        return Part(_form(field.id, _inside(field, language)), separator=SEPARATOR, **common)
    return MAKERS[field.kind](field, language, **common)
