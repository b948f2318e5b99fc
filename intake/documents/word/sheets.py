"""Labels with their answers: one sheet for the forms of a section, one for each card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.documents.word.labels import is_called
from intake.documents.word.paragraphs import Cell
from intake.documents.word.shapes import Line
from intake.i18n import Text

Where = tuple[Text | str, ...]


@dataclass
class Sheet:
    """Lines that are looked for in a file, and the boxes found for them. `skip` names of a path lead to the holder.

    People delete lines and swap them, and some labels stand there several times: a label means the line of the group
    that is being read before it means one further down.
    """

    lines: Sequence[Line]
    holder: dict[str, Any]
    where: Where
    skip: int
    found: dict[int, list[Cell]] = field(default_factory=dict)
    heads: tuple[Text, ...] = ()
    last: int = -1

    def line_for(self, words: str) -> int | None:
        """The line with this label that has no answer yet."""
        named = [
            n
            for n, line in enumerate(self.lines)
            if not line.is_head and n not in self.found and is_called(line.field.label, words)
        ]
        order = sorted(named, key=lambda n: (self.lines[n].heads != self.heads, n < self.last, n))
        return order[0] if order else None

    def has_answered(self, words: str) -> bool:
        """Whether a line with this label was found before."""
        return any(is_called(self.lines[n].field.label, words) for n in self.found)

    def take(self, n: int, cell: Cell) -> None:
        self.found[n], self.last, self.heads = [cell], n, self.lines[n].heads

    def enter(self, words: str) -> bool:
        """Go under the heading with these words, if the sheet has one further down or, failing that, above."""
        heads = [n for n, line in enumerate(self.lines) if line.is_head and is_called(line.field.label, words)]
        order = sorted(heads, key=lambda n: (n < self.last, n))
        if not order:
            return False
        line = self.lines[order[0]]
        self.heads, self.last = (*line.heads, line.field.label), order[0]
        return True

    def is_at_head(self, words: str) -> bool:
        """Whether nothing was read yet and the first line is the heading with these words."""
        first = self.lines[0]
        return self.last < 0 and first.is_head and is_called(first.field.label, words)

    def where_of(self, n: int) -> Where:
        line = self.lines[n]
        return (*self.where, *line.heads, line.field.label)

    def put(self, n: int, value: Any) -> dict[str, Any]:
        """Keep the value of a line where it belongs, and say where that is."""
        *way, name = self.lines[n].path[self.skip :]
        holder = self.holder
        for step in way:
            holder = holder.setdefault(step, {})
        holder[name] = value
        return holder
