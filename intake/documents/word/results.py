"""What was found in a Word file becomes an `initiative-proposal/1` value; what cannot be read is handed back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from intake.documents.word import labels, wording
from intake.documents.word.answers import CODE, Unreadable, read_answer
from intake.documents.word.finishing import Pending, assembled, resolve, take_out_wrong
from intake.documents.word.grids import COUNTING, Grid, beside_heads, grid_of, positions
from intake.documents.word.labels import plain
from intake.documents.word.leftovers import ACROSS, BESIDE, IN_TABLE, NO_COLUMN, Leftover
from intake.documents.word.markup import EMPTY_WAYS
from intake.documents.word.paragraphs import Cell
from intake.documents.word.shapes import CHOSEN_FROM_A_BOX, Listing, card_lines, form_lines
from intake.documents.word.sheets import Sheet, Where
from intake.i18n import Message
from intake.outline.model import Field, Party, RowReference, Rows

NOTHING_CHOSEN = {*labels.both(wording.CHOOSE), "choose an item", "chon mot muc"}


class Results:
    """Collects the parts of one file."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.content: dict[str, Any] = {}
        self.sheets: dict[str, Sheet] = {}
        self.cards: list[tuple[Listing, Sheet]] = []
        self.empty_lists: set[tuple[str, ...]] = set()
        self.pending: list[Pending] = []
        self.leftovers: list[Leftover] = []

    def sheet(self, part: str) -> Sheet:
        """The labels of a part's forms."""
        if part not in self.sheets:
            where = (labels.heading_of(part),)
            self.sheets[part] = Sheet(form_lines(part), {}, where, skip=1)
        return self.sheets[part]

    def rows(self, path: tuple[str, ...]) -> list[dict[str, Any]]:
        """The rows of a list outside other lists."""
        *way, name = path
        holder = self.content
        for step in way:
            holder = holder.setdefault(step, {})
        return holder.setdefault(name, [])

    def where_of(self, listing: Listing, place: int) -> Where:
        item = listing.field.item_label
        return (labels.heading_of(listing.path[0]), item, str(place))

    def new_card(self, listing: Listing, code: str) -> Sheet:
        """A card to fill; it becomes a row when something is written in it."""
        row: dict[str, Any] = {"code": code} if code else {}
        rows = self.rows(listing.path)
        rows.append(row)
        sheet = Sheet(card_lines(listing.field), row, self.where_of(listing, len(rows)), skip=0)
        self.cards.append((listing, sheet))
        return sheet

    def begin_grid(self, grid: Grid, row: list[Cell], where: Where) -> None:
        """The head of a table: it may say that the list was given without rows, and hold words of its own."""
        self.mark_list(grid.listing, row)
        for text in beside_heads(grid, row):
            self.leave(grid, text, NO_COLUMN, where)

    def mark_list(self, listing: Listing, head: list[Cell]) -> None:
        if any(cell.marks for cell in head):
            self.empty_lists.add(listing.path)

    def add_row(self, grid: Grid, cells: list[Cell]) -> None:
        """One row of a table outside other tables."""
        rows = self.rows(grid.listing.path)
        where = self.where_of(grid.listing, len(rows) + 1)
        row = self.grid_row(grid, cells, where)
        if row:
            rows.append(row)

    def grid_row(self, grid: Grid, cells: list[Cell], where: Where) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for cell in cells:
            heads = grid.under(cell)
            if len(heads) == len(grid.columns) > 1:
                self.leave(grid, cell.text, ACROSS, where)
                continue
            head = heads[0] if heads else ""
            if head is None:
                self.code(grid, cell, row, where)
            elif isinstance(head, str):
                is_counted = plain(head) in COUNTING and cell.text.rstrip(".").isdigit()
                if cell.text and not is_counted:
                    self.leave(grid, cell.text, NO_COLUMN, (*where, head) if head else where)
            else:
                self.answer(head, [cell], row, (*where, head.label), grid.listing.path[0])
        return row

    def code(self, grid: Grid, cell: Cell, row: dict[str, Any], where: Where) -> None:
        found = CODE.fullmatch(cell.text)
        prefix = grid.listing.field.code_prefix
        if found and found[1].upper().startswith(prefix):
            row["code"] = found[1].upper()
        elif cell.text and not cell.text.rstrip(".").isdigit():
            self.leave(grid, cell.text, NO_COLUMN, where)

    def leave(self, grid: Grid, text: str, reason: Message, where: Where) -> None:
        if plain(text) not in labels.known_texts():
            self.leftovers.append(Leftover(where, text, reason, grid.listing.path[0]))

    def answer(self, field: Field, cells: list[Cell], holder: dict[str, Any], where: Where, part: str) -> None:
        """The value in the boxes of one answer; a blank one may say in which way it is empty."""
        if isinstance(field, Rows):
            self.inner_rows(field, cells, holder, where, part)
            return
        has_table = any(cell.tables for cell in cells)
        lines = [line for cell in cells for line in (cell.all_lines if field.kind == "richtext" else cell.lines)]
        if has_table and field.kind != "richtext":
            text = "\n".join(line for cell in cells for table in cell.tables for line in table.lines)
            self.leftovers.append(Leftover(where, text, IN_TABLE, part))
        if plain(" ".join(lines)) in NOTHING_CHOSEN and field.kind in CHOSEN_FROM_A_BOX:
            lines = []
        try:
            value = read_answer(field, lines, self.language)
        except Unreadable as error:
            self.leftovers.append(Leftover(where, "\n".join(lines).strip(), error.message, part))
            return
        if value is None:
            marks = [mark for cell in cells for mark in cell.marks if mark in EMPTY_WAYS]
            if marks:
                empty = EMPTY_WAYS[marks[0]]
                holder[field.id] = list(empty) if isinstance(empty, list) else empty
            return
        holder[field.id] = value
        if isinstance(field, RowReference):
            self.pending.append(Pending(holder, field.id, field, where, part))

    def inner_rows(self, field: Rows, cells: list[Cell], holder: dict[str, Any], where: Where, part: str) -> None:
        """A list inside a card: a table in the box of its answer."""
        listing, rows, is_given = Listing((part, field.id), field), [], False
        for cell in cells:
            beside = "\n".join(line for line in cell.lines if plain(line) not in labels.known_texts())
            if beside.strip():
                self.leftovers.append(Leftover(where, beside.strip(), BESIDE, part))
            for table in cell.tables:
                grid = None
                for row in table.rows:
                    found = grid_of(listing, row)
                    if found:
                        grid, is_given = found, is_given or any(one.marks for one in row)
                        self.leftovers += [Leftover(where, text, NO_COLUMN, part) for text in beside_heads(found, row)]
                        continue
                    grid = grid or positions(listing, row)
                    made = self.inner_row(grid, row, (*where, str(len(rows) + 1)), part)
                    rows += [made] if made else []
        if rows or is_given:
            holder[field.id] = rows

    def inner_row(self, grid: Grid | None, row: list[Cell], where: Where, part: str) -> dict[str, Any]:
        if grid is not None:
            return self.grid_row(grid, row, where)
        text = " | ".join(cell.text for cell in row if cell.text)
        if text:
            self.leftovers.append(Leftover(where, text, NO_COLUMN, part))
        return {}

    def finished(self) -> tuple[dict[str, Any], list[Leftover]]:
        """The value of the whole file, of the right shape, and what could not be read."""
        for part, sheet in self.sheets.items():
            self.finish(sheet, part)
            if sheet.holder:
                merge(self.content.setdefault(part, {}), sheet.holder)
        for listing, sheet in self.cards:
            self.finish(sheet, listing.path[0])
        data = assembled(self.content, self.empty_lists)
        unread = [*self.leftovers, *resolve(self.pending, data["sections"]), *take_out_wrong(data, self.language)]
        return data, unread

    def finish(self, sheet: Sheet, part: str) -> None:
        """Read every answer of a sheet; a party of which only the name is said is that name."""
        for n, cells in sheet.found.items():
            line, found = sheet.lines[n], {}
            before = len(self.pending)
            self.answer(line.field, cells, found, sheet.where_of(n), part)
            if line.field.id in found:
                holder = sheet.put(n, found[line.field.id])
                self.pending[before:] = [
                    replace(one, holder=holder) if one.holder is found else one for one in self.pending[before:]
                ]
        for line in sheet.lines:
            if isinstance(line.field, Party) and line.field.accepts_name:
                value = sheet.holder.get(line.field.id)
                if isinstance(value, dict) and set(value) == {"name"}:
                    sheet.holder[line.field.id] = value["name"]


def merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put the answers of the forms beside the lists of the same part."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value
