"""Tables with a column for each field: which column is which, whatever their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.documents.word import wording
from intake.documents.word.labels import both, column_of, plain
from intake.documents.word.paragraphs import Cell
from intake.documents.word.shapes import Listing, columns
from intake.outline.model import Field

COUNTING = {"stt", "tt", "so tt", "no", "so thu tu", ""}
LEAST_COLUMNS = 2


@dataclass(frozen=True)
class Grid:
    """The table of a list: by the place of each column its field, None for the code, or what else it is called."""

    listing: Listing
    columns: Mapping[int, Field | str | None]

    @property
    def named_count(self) -> int:
        return sum(not isinstance(head, str) for head in self.columns.values())

    def under(self, cell: Cell) -> list[Field | str | None]:
        """The columns that a box stands under."""
        return [head for place, head in self.columns.items() if cell.column <= place < cell.column + cell.span]


def grid_of(listing: Listing, row: Sequence[Cell]) -> Grid | None:
    """The grid whose head this row is: at least half of what is written there names columns of the list."""
    heads = {cell.column: head_of(listing, cell) for cell in row}
    named = [head for head in heads.values() if head is None or isinstance(head, Field)]
    written = [cell for cell in row if cell.text]
    if len(named) < min(LEAST_COLUMNS, len(columns(listing.field))) or 2 * len(named) < len(written):
        return None
    return Grid(listing, heads) if len({id(head) for head in named}) == len(named) else None


def head_of(listing: Listing, cell: Cell) -> Field | str | None:
    first = next((line for line in cell.lines if line.strip()), "")
    for words in (plain(cell.text), plain(first)):
        found = column_of(listing.field, words)
        if found is not None:
            return found
        if listing.field.code_prefix and words in both(wording.CODE):
            return None
    return cell.text


def beside_heads(grid: Grid, row: Sequence[Cell]) -> list[str]:
    """What stands in the head of a table and names none of its columns."""
    found = []
    for cell in row:
        head = grid.columns.get(cell.column)
        if isinstance(head, str):
            found += [] if plain(head) in COUNTING else [head]
        elif column_of(grid.listing.field, plain(cell.text)) is None and plain(cell.text) not in both(wording.CODE):
            found += [line for line in cell.lines if line.strip()][1:]
    return found


def positions(listing: Listing, row: Sequence[Cell]) -> Grid | None:
    """A table inside an answer whose head was deleted: its columns are known by their number."""
    found = columns(listing.field)
    if len(row) != len(found):
        return None
    return Grid(listing, {cell.column: field for cell, field in zip(row, found, strict=True)})
