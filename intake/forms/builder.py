"""The form of one part of the outline, made once per language and kept."""

from __future__ import annotations

from functools import cache
from typing import Any

from wtforms import Form, HiddenField

from intake.forms.fields import MAKERS, SEPARATOR, Part, RowList
from intake.i18n import Text
from intake.outline import OUTLINE
from intake.outline.model import Computed, Field, Group, Money, Rows

MONEY_UNIT = Text("tỷ đồng", "billion dong")


@cache
def form_class(part: str, language: str) -> type[Form]:
    """The form with the one field `part`; inside, every name is the path of its field (`objectives.specific.0.id`)."""
    return _form(part, {part: _field(OUTLINE.bodies[part], language)})


def _form(name: str, fields: dict[str, Any]) -> type[Form]:
    return type(f"{name.title().replace('_', '')}Form", (Form,), fields)


def _inside(field: Field, language: str) -> dict[str, Any]:
    return {child.id: _field(child, language) for child in field.children if not isinstance(child, Computed)}


def _field(field: Field, language: str) -> Any:
    said = field.hint or getattr(field, "guidance", None)
    common: dict[str, Any] = {
        "label": label_of(field, language),
        "description": unbracketed(said.in_(language)) if said else "",
        "declared": field,
    }
    if isinstance(field, Rows):
        row = _form(field.id, {"id": HiddenField(), **_inside(field, language)})
        item = Part(row, label=field.item_label.in_(language), separator=SEPARATOR, declared=field)
        return RowList(item, separator=SEPARATOR, **common)
    if isinstance(field, Group):
        return Part(_form(field.id, _inside(field, language)), separator=SEPARATOR, **common)
    return MAKERS[field.kind](field, language, **common)


def label_of(field: Field, language: str) -> str:
    """The label as it stands over the box, with the unit of money."""
    label = field.label.in_(language).rstrip(":")
    return f"{label} ({MONEY_UNIT.in_(language)})" if isinstance(field, Money) else label


def unbracketed(guidance: str) -> str:
    """The guidance of the template without the brackets around it."""
    return (
        f"{guidance[1:2].upper()}{guidance[2:-2]}."
        if guidance.startswith("(") and guidance.endswith(").")
        else guidance
    )
