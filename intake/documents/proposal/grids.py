"""A list of the template as a table to print; when a row is too long for its cells, as one block for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from intake.documents.proposal.cells import Column, Line, Row, in_billions, line, row_of
from intake.documents.proposal.tables import BESIDE, MONEY_UNIT, SUMMED, TABLES
from intake.documents.wording import share
from intake.i18n import Text
from intake.outline.displays import Entry

Block = dict[str, Any]

PAGE_WIDTH = 165
SIGN_WIDTH = 1.95  # millimetres that a letter takes on average in a table
PADDING = 2.8
NUMBER_WIDTH, CODE_WIDTH = 11, 14
SMALL = 0.8  # of a line of ordinary words
LONGEST_ROW = 30
KEPT_TOGETHER = 12
LONG_AMOUNT, WIDE_AMOUNT = 10, 31
WITHOUT_NUMBER = frozenset({"resources.by_phase.rows"})

PLACE, CODE = Text("STT", "No."), Text("Mã", "Code")
TOTAL, SHARE = Text("Tổng cộng", "Total"), Text("Tỷ trọng", "Share")
NO_ROWS = Text("Không nêu.", "Not stated.")


@dataclass(frozen=True)
class Printer:
    """What the tables of one document need to know beside their rows."""

    language: str
    phase_names: Mapping[str, str]

    def say(self, text: Text) -> str:
        return text.in_(self.language)


def list_blocks(entry: Entry, printer: Printer) -> Iterator[Block]:
    """The blocks of one list: its table, and the table of what does not fit beside it."""
    if entry.is_empty:
        yield {"kind": "empty", "text": printer.say(NO_ROWS)}
        return
    rows = [
        row_of(place, child, printer.phase_names, printer.language) for place, child in enumerate(entry.children, 1)
    ]
    yield grid(entry.path, rows, TABLES[entry.path], printer)
    name, *others = BESIDE.get(entry.path, (None,))
    filled = [column for column in others if any(not row.fields[id].is_empty for row in rows for id in column.fields)]
    if name and filled:
        yield grid(entry.path, rows, [name, *(replace(one, width=0) for one in filled)], printer, is_beside=True)


def grid(path: str, rows: list[Row], columns: Sequence[Column], printer: Printer, *, is_beside: bool = False) -> Block:
    """A table, or blocks when one of its rows would run over most of a page."""
    has_sums = path in SUMMED and not is_beside
    laid_out = [*first_column(path, rows), *columns]
    written = [[cell(row, column) for column in laid_out] for row in rows]
    is_fine = any(amounts_are_long(row, laid_out) for row in written)
    if is_fine:
        laid_out = [replace(column, width=WIDE_AMOUNT) if column.is_money else column for column in laid_out]
    widths = widths_of(laid_out)
    heights = [max(height(one["lines"], width) for one, width in zip(row, widths, strict=True)) for row in written]
    if max(heights) > LONGEST_ROW:
        return cards(rows, columns, printer)
    return {
        "kind": "table",
        "columns": [
            {"label": heading(column, rows, printer), "width": column.width, "align": column.align}
            for column in laid_out
        ],
        "rows": written,
        "sums": sums(path, rows, laid_out, printer) if has_sums else [],
        "is_kept": sum(heights) <= KEPT_TOGETHER,
        "is_fine": is_fine,
    }


def first_column(path: str, rows: Sequence[Row]) -> list[Column]:
    """The code of the row where rows have codes, else its number; none where the phase names the row."""
    if path in WITHOUT_NUMBER:
        return []
    width, label = (CODE_WIDTH, CODE) if rows[0].code else (NUMBER_WIDTH, PLACE)
    return [Column((), width, label=label, write=lambda row, _: [line(row.code or str(row.place))], align="c")]


def cell(row: Row, column: Column) -> dict[str, Any]:
    return {
        "lines": column.write(row, column.fields) or [line("-")],
        "align": column.align,
        "is_head": column.is_head,
        "is_money": column.is_money,
    }


def heading(column: Column, rows: Sequence[Row], printer: Printer) -> str:
    """What the column is called; amounts say their unit."""
    label = printer.say(column.label) if column.label else rows[0].fields[column.fields[0]].label
    return f"{label} ({printer.say(MONEY_UNIT)})" if column.is_money else label


def amounts_are_long(row: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> bool:
    return any(len(one["lines"][0]["text"]) > LONG_AMOUNT for one in row if one["is_money"])


def widths_of(columns: Sequence[Column]) -> list[int]:
    left = PAGE_WIDTH - sum(column.width for column in columns)
    unset = sum(not column.width for column in columns)
    return [column.width or left // unset for column in columns]


def height(lines: Sequence[Line], width: float) -> float:
    """About how many lines the words take in a cell of that width."""
    a_line = max(int((width - PADDING) / SIGN_WIDTH), 1)

    def lines_of(one: Line) -> float:
        size = SMALL if one["is_small"] else 1
        return size * ceil(max(size * (len(one["label"]) + len(one["text"]) + 2) / a_line, 1))

    return sum(lines_of(one) for one in lines)


def cards(rows: Sequence[Row], columns: Sequence[Column], printer: Printer) -> Block:
    """Each row as a block over the full width: what stood in its cells, under the heads of the columns."""
    return {
        "kind": "cards",
        "cards": [
            {
                "head": row.code or f"{row.place}.",
                "lines": [
                    found
                    for column in columns
                    if column.fields
                    for found in under(heading(column, rows, printer), column.write(row, column.fields))
                ],
            }
            for row in rows
        ],
    }


def under(head: str, lines: list[Line]) -> list[Line]:
    """The lines of a cell under the head of its column; a single one stands beside it."""
    if not lines:
        return []
    first, *others = lines
    if first["label"] or first["is_item"]:
        return [line("", head), *lines]
    return [{**first, "label": head}, *others]


def sums(path: str, rows: Sequence[Row], columns: Sequence[Column], printer: Printer) -> list[dict[str, Any]]:
    """The last lines of a table of money: the sums, and where there are several sources their shares."""
    totals: dict[tuple[str, ...], int] = {(id,): sum(row.fields[id].value or 0 for row in rows) for id in SUMMED[path]}
    whole = sum(totals.values())
    totals[()] = whole  # the column of the row's own sum
    before = next(place for place, column in enumerate(columns) if column.is_money)
    keys = [column.fields if column.is_money else None for column in columns[before:]]

    def last(label: Text, words: Callable[[int], str]) -> dict[str, Any]:
        cells = ["" if key is None else words(totals[key]) for key in keys]
        return {"label": printer.say(label), "span": before, "cells": cells}

    found = [last(TOTAL, lambda total: in_billions(total, printer.language))]
    if len(SUMMED[path]) > 1 and whole:
        found.append(last(SHARE, lambda total: share(total, whole)))
    return found
