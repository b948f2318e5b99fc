"""A Word file read along the outline. What finds no place is handed back with its words: nothing is dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from intake.documents.word import labels, package
from intake.documents.word.grids import Grid, grid_of
from intake.documents.word.labels import plain
from intake.documents.word.leftovers import (
    BESIDE,
    IN_LABEL,
    NO_LABEL,
    NOTE,
    OUTSIDE,
    PICTURE,
    TEXT_BOX,
    TWICE,
    Leftover,
    joined,
)
from intake.documents.word.paragraphs import Block, Cell, Paragraph, Reader, Table, all_words, words_in
from intake.documents.word.results import Results
from intake.documents.word.shapes import PARTS, Listing, card_lines, form_lines, listings
from intake.documents.word.sheets import Sheet, Where
from intake.errors import Stopped
from intake.i18n import Message
from intake.outline import has_mark
from intake.outline.secrecy import MARKED
from intake.outline.shape import CODE

CORE = "docProps/core.xml"
NOTES = ("word/footnotes", "word/endnotes", "word/comments", "word/header", "word/footer")


@dataclass
class Reading:
    """What a file says as an `initiative-proposal/1` value, and what found no place in it."""

    data: dict[str, Any]
    leftovers: list[Leftover] = field(default_factory=list)


def read_word(raw: bytes) -> Reading:
    """The proposal in a Word file; raises TooLarge, Stopped or Invalid and never anything else."""
    parts = package.open_word(raw)
    package.check_links(parts)
    main = package.main_part(parts)
    for part in parts.values():
        if any(has_mark(line) for line in all_words(part)):
            raise Stopped(MARKED)
    core = parts.get(CORE)
    if core is not None and any(has_mark(one.text or "") for one in core.iter()):
        raise Stopped(MARKED)
    blocks = list(Reader(parts).blocks(main))
    story = _Story(language_of(blocks))
    for block in blocks:
        story.block(block)
    for name, part in sorted(parts.items()):
        if name.startswith(NOTES):
            story.notes(name, list(words_in(part)))
    data, unread = story.results.finished()
    return Reading(data, joined([*story.leftovers, *unread]))


def language_of(blocks: list[Block]) -> str:
    """In which language the file writes its headings, and therefore its numbers."""
    words = {plain(block.text.split(":")[0]) for block in blocks if isinstance(block, Paragraph)}
    known = [(labels.both(labels.heading_of(part)), labels.both(labels.title_of(part))) for part in PARTS]
    count = [sum(a[n] in words or b[n] in words for a, b in known if a[n] != a[1 - n]) for n in (0, 1)]
    return "en" if count[1] > count[0] else "vi"


class _Story:
    """Where the reader is: the part, the sheet whose labels are expected, the columns of the table."""

    def __init__(self, language: str) -> None:
        self.results = Results(language)
        self.leftovers: list[Leftover] = []
        self.part = ""
        self.sheet: Sheet | None = None
        self.card: Listing | None = None
        self.grid: Grid | None = None
        self.titled: Listing | None = None

    def block(self, block: Block) -> None:
        if isinstance(block, Table):
            self.table(block)
        else:
            self.paragraph(block)

    def where(self) -> Where:
        return (labels.heading_of(self.part),) if self.part else ()

    def leave(self, text: str, reason: Message, where: Where | None = None) -> None:
        """Hand words back, unless they are the outline's own."""
        if plain(text) not in labels.known_texts() or (text.strip() and not plain(text)):
            self.leftovers.append(Leftover(self.where() if where is None else where, text.strip(), reason, self.part))

    def extras(self, paragraphs: list[Paragraph], where: Where | None = None) -> None:
        """Text boxes and pictures of some paragraphs."""
        for one in paragraphs:
            for box in one.boxes:
                self.leave(box, TEXT_BOX, where)
            if one.has_picture:
                self.leftovers.append(Leftover(self.where() if where is None else where, "", PICTURE, self.part))

    def notes(self, name: str, lines: list[str]) -> None:
        for line in lines:
            if not line.isdigit():
                self.leave(line, NOTE, (name.removeprefix("word/").removesuffix(".xml"),))

    def enter(self, part: str) -> None:
        self.part, self.grid, self.card = part, None, None
        self.sheet = self.results.sheet(part)

    def paragraph(self, one: Paragraph) -> None:
        """A heading leads to its part; other words outside the tables belong to nobody."""
        self.extras([one])
        found = labels.heading(one.text, is_styled=one.is_heading) if one.text.strip() else None
        if found:
            self.enter(found[0])
            if found[1]:
                self.leave(found[1], OUTSIDE)
        elif not (CODE.search(one.text) and plain(one.text.split(":")[0]) in labels.known_texts()):
            self.leave(one.text, OUTSIDE)

    def table(self, table: Table) -> None:
        title = labels.captions().get(plain(table.title))
        if title:
            if title[0] != self.part:
                self.enter(title[0])
            self.card = title[1] if title[1] and not title[1].is_grid else None
        self.titled = title[1] if title else None
        self.grid = None
        for row in table.rows:
            self.row(row)

    def row(self, row: list[Cell]) -> None:
        for cell in row:
            if not cell.goes_on:
                self.extras(cell.paragraphs)
        if not any(cell.text or cell.marks for cell in row):
            return
        if len(row) == 1:
            self.head_row(row[0])
        elif (grid := self.grid_at(row)) is not None:
            self.grid = grid
            self.results.begin_grid(grid, row, (*self.where(), grid.listing.field.label))
        elif self.grid is not None and not self.is_label_row(row):
            self.results.add_row(self.grid, row)
        else:
            self.label_row(row)

    def grid_at(self, row: list[Cell]) -> Grid | None:
        """The table that begins with this row: the list of this part, or of any, that most of its words name."""
        near = [listing for part in ([self.part] if self.part else PARTS) for listing in listings(part)]
        found = [grid for listing in near if (grid := grid_of(listing, row))]
        return max(found, key=lambda grid: (grid.named_count, grid.listing == self.titled), default=None)

    def is_label_row(self, row: list[Cell]) -> bool:
        """Whether a form goes on below a table, because nothing was left between the two."""
        assert self.grid is not None
        words = first_words(row[0])
        return (
            len(row) == 2 < len(self.grid.columns) and self.sheet is not None and self.sheet.line_for(words) is not None
        )

    def head_row(self, cell: Cell) -> None:
        """A box over the whole width: the head of a card or of a group of lines."""
        words = plain(cell.text)
        if self.sheet and self.is_in_card() and self.sheet.is_at_head(words):
            self.sheet.enter(words)
            return
        for listing in ([self.card] if self.card else []) + [one for one in listings(self.part) if self.part]:
            code = labels.card_head(listing.field, cell.text) if not listing.is_grid else None
            if code is not None:
                self.begin_card(listing, code, cell)
                return
        if self.sheet and self.sheet.enter(words):
            return
        if self.part and self.results.sheet(self.part).enter(words):
            self.sheet, self.card = self.results.sheet(self.part), None
            return
        self.leave(cell.text, OUTSIDE)

    def begin_card(self, listing: Listing, code: str, head: Cell | None) -> None:
        self.card, self.grid = listing, None
        self.sheet = self.results.new_card(listing, code)
        if head is not None:
            self.results.mark_list(listing, [head])

    def label_row(self, row: list[Cell]) -> None:
        label, *answers = row
        words = first_words(label)
        if label.goes_on and self.sheet and self.sheet.last in self.sheet.found:
            self.sheet.found[self.sheet.last] += answers
            return
        if not self.part:
            self.find_part(words)
        sheet = self.sheet_for(words)
        n = sheet.line_for(words) if sheet else None
        if sheet is None or n is None:
            reason = TWICE if self.sheet and self.sheet.has_answered(words) else NO_LABEL
            self.leave_row(row, reason)
            return
        answer = answers[0] if answers and not answers[0].goes_on else None
        sheet.take(n, answer or Cell(1, 1, False, []))
        where = sheet.where_of(n)
        for cell in answers[1:]:
            self.leave(cell.text, BESIDE, where)
        for line in label.lines[1:] if plain(label.text) != words else ():
            self.leave(line, IN_LABEL, where)

    def leave_row(self, row: list[Cell], reason: Message) -> None:
        """A row whose label says nothing to us; one without an answer is the outline's own, or worth a line."""
        texts = [cell.text for cell in row if not cell.goes_on and cell.text]
        if all(plain(text) in labels.known_texts() for text in texts):
            return
        first = texts[0] if row[0].text else ""
        others = texts[1:] if first else texts
        self.leave(": ".join(part for part in (first, "\n".join(others)) if part), reason)

    def is_in_card(self) -> bool:
        return self.sheet is not None and self.sheet is not self.results.sheets.get(self.part)

    def find_part(self, words: str) -> None:
        """The first part that has this label, where no heading and no title has told."""
        for part in PARTS:
            if self.results.sheet(part).line_for(words) is not None:
                self.enter(part)
                return

    def sheet_for(self, words: str) -> Sheet | None:
        """The sheet that expects this label: the card that is open, its next card, or the form of the part."""
        expected = card_lines(self.card.field) if self.card and not self.is_in_card() else ()
        if self.card and any(labels.is_called(line.field.label, words) for line in expected):
            self.begin_card(self.card, "", None)
        if self.sheet and self.sheet.line_for(words) is not None:
            return self.sheet
        if self.card and self.sheet and self.is_in_card() and self.sheet.has_answered(words):
            self.begin_card(self.card, "", None)
            return self.sheet
        if self.part and self.results.sheet(self.part).line_for(words) is not None:
            self.sheet, self.card = self.results.sheet(self.part), None
            return self.sheet
        return None


def first_words(cell: Cell) -> str:
    """The label in a box: its first line, or all of it where a label was broken into lines."""
    lines = [line for line in cell.lines if line.strip()]
    whole = plain(" ".join(lines))
    return whole if whole in known_labels() else plain(lines[0]) if lines else ""


@cache
def known_labels() -> frozenset[str]:
    """Every label of a form or card."""
    found = [line for part in PARTS for line in form_lines(part)]
    found += [line for part in PARTS for listing in listings(part) for line in card_lines(listing.field)]
    return frozenset(words for line in found for words in labels.both(line.field.label))
