"""How the parts of the outline stand in a Word file: forms of label and answer, tables of rows, one card for each row.

Writing and reading follow the same plan, and the plan follows the declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from intake.i18n import Text
from intake.outline import OUTLINE
from intake.outline.model import Computed, Field, Group, Rows

MOST_COLUMNS = 7
CHOSEN_FROM_A_BOX = ("choice", "bool", "reference")


@dataclass(frozen=True)
class Line:
    """One line of a form or card: a label with its answer, or the heading of the fields that follow (`is_head`).

    `path` is relative to the form; `heads` are the headings that the line stands under.
    """

    path: tuple[str, ...]
    field: Field
    is_head: bool = False
    heads: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Form:
    """Fields of a section that stand one below the other."""

    path: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Listing:
    """A repeating field: a table with a column for each field, or a card for each row where that is too wide."""

    path: tuple[str, ...]
    field: Rows

    @property
    def is_grid(self) -> bool:
        return is_grid(self.field)


@dataclass(frozen=True)
class Head:
    """The heading of a part of a section, with the guidance that stands under it."""

    path: tuple[str, ...]
    field: Field
    number: str = ""
    guidance: Text | None = None


Piece = Form | Listing | Head


def is_grid(field: Rows) -> bool:
    """Whether the rows of a list fit side by side into a table."""
    return len(columns(field)) <= MOST_COLUMNS and not any(child.children for child in field.item)


def columns(field: Rows) -> tuple[Field, ...]:
    """The fields of a row that a person writes."""
    return tuple(child for child in field.item if not isinstance(child, Computed))


@cache
def card_lines(field: Rows) -> tuple[Line, ...]:
    """The lines of one card."""
    return tuple(lines(columns(field), ()))


def lines(fields: Sequence[Field], path: tuple[str, ...], heads: tuple[Text, ...] = ()) -> Iterator[Line]:
    """Fields one below the other, those of a group under its heading."""
    for field in fields:
        here = (*path, field.id)
        if isinstance(field, Group):
            yield Line(here, field, is_head=True, heads=heads)
            yield from lines(field.fields, here, (*heads, field.label))
        elif not isinstance(field, Computed):
            yield Line(here, field, heads=heads)


@cache
def pieces(part: str) -> tuple[Piece, ...]:
    """Everything of one section (or `administrative`, `meta`) in the order in which it stands in the file."""
    body = OUTLINE.metadata if part == "meta" else OUTLINE.bodies[part]
    if isinstance(body, Rows):
        return (Listing((part,), body),)
    return tuple(_pieces(body, (part,)))


def _pieces(body: Group, path: tuple[str, ...]) -> Iterator[Piece]:
    waiting: list[Line] = []
    for child in body.fields:
        here = (*path, child.id)
        has_heading = isinstance(child, Rows) or (isinstance(child, Group) and _has_lists(child))
        if not has_heading:
            waiting.extend(lines((child,), path))
            continue
        if waiting:
            yield Form(path, tuple(waiting))
            waiting = []
        if isinstance(child, Rows):
            # A sub-item that is one list is called by its own heading, not by two.
            if len(body.fields) > 1:
                yield Head(here, child)
            yield Listing(here, child)
        elif isinstance(child, Group):
            yield Head(here, child, child.number, child.guidance)
            yield from _pieces(child, here)
    if waiting:
        yield Form(path, tuple(waiting))


def _has_lists(group: Group) -> bool:
    return any(isinstance(child, Rows) or (isinstance(child, Group) and _has_lists(child)) for child in group.fields)


PARTS: tuple[str, ...] = (*OUTLINE.bodies, "meta")
"""Every part of a file, in order: the sections, what is asked beside them, and what is said about the file."""


@cache
def form_lines(part: str) -> tuple[Line, ...]:
    """Every line of the forms of a part, in order; paths start with the part."""
    return tuple(line for piece in pieces(part) if isinstance(piece, Form) for line in piece.lines)


@cache
def listings(part: str) -> tuple[Listing, ...]:
    """The lists of a part that have a table or cards of their own."""
    return tuple(piece for piece in pieces(part) if isinstance(piece, Listing))
