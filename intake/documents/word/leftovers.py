"""What a Word file says and the outline has no place for: its words, where it stands in Word, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.documents.word.sheets import Where
from intake.i18n import N_, Message, Text

OUTSIDE = N_("This stands outside the boxes for answers.")
NO_LABEL = N_("The outline has no item of this name.")
TWICE = N_("This item stands there a second time.")
NO_COLUMN = N_("The table has no column of this name.")
ACROSS = N_("This stands across the whole table.")
BESIDE = N_("This stands beside the box for the answer.")
IN_LABEL = N_("This stands in the box with the name of the item.")
IN_TABLE = N_("A table cannot stand in this answer.")
TEXT_BOX = N_("This stands in a text box or a shape.")
NOTE = N_("This is a comment, a note or a line at the edge of the page.")
PICTURE = N_("A picture cannot be taken in. Say in words what it shows, or list it among the attachments.")


def no_row(example: str) -> Message:
    """A reference names no row of its list."""
    return N_("No row has this code or name. Write the code of a row, such as %(example)s.", example=example)


@dataclass(frozen=True)
class Leftover:
    """Words without a place. `where` leads there in Word; `part` is the section around them, or empty."""

    where: Where
    text: str
    reason: Message
    part: str

    def place(self, language: str) -> str:
        """Where to look in Word: the headings on the way there."""
        return " › ".join(
            (step.in_(language) if isinstance(step, Text) else step).strip().rstrip(":") for step in self.where
        )


def joined(found: Sequence[Leftover]) -> list[Leftover]:
    """Paragraphs that follow each other at the same place are one piece."""
    pieces: list[Leftover] = []
    for one in found:
        before = pieces[-1] if pieces else None
        if before and one.text and before.text and (before.where, before.reason) == (one.where, one.reason):
            pieces[-1] = replace(before, text=f"{before.text}\n{one.text}")
        else:
            pieces.append(one)
    return pieces
