"""Lists as spreadsheets, Excel or CSV from the same columns: a number stays a number, a text is never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None

# The same list gives the same bytes, whenever it is made.
MADE_ON = datetime(2025, 1, 1)
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans({letter: " " for letter in "[]:*?/\\'"})
# What a spreadsheet takes for the start of a formula, the wide forms of East Asian keyboards included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DAY_FORMAT = "dd/mm/yyyy"


@dataclass(frozen=True)
class Column:
    """`id` heads the column in CSV, `heading` in Excel; `places` are the decimals shown there."""

    id: str
    heading: str
    width: int = 12
    places: int = 0


@dataclass(frozen=True)
class Listing:
    """A list ready to be written: every row has one cell for each column; `notes` stand under it in Excel."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()


def csv_text(listing: Listing) -> str:
    """Comma separated, numbers with a point; a text that would run as a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.id for column in listing.columns])
    for row in listing.rows:
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue()


def inert(cell: Cell) -> str | int | Decimal:
    """The cell as CSV keeps it."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell


def workbook(listing: Listing) -> bytes:
    """An Excel file of one sheet: a head that stays, a filter, and the notes under the list."""
    # Loaded only when a file is asked for: pages do not wait for it.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    book.set_properties({"title": listing.title, "created": MADE_ON})
    sheet = book.add_worksheet(listing.title.translate(NOT_IN_SHEET_NAMES)[:LONGEST_SHEET_NAME])
    write_head(book, sheet, listing)
    write_rows(book, sheet, listing)
    for line, note in enumerate(listing.notes, len(listing.rows) + 2):
        sheet.write_string(line, 0, note)
    sheet.freeze_panes(1, 0)
    if listing.rows:
        sheet.autofilter(0, 0, len(listing.rows), len(listing.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def write_head(book: Workbook, sheet: Worksheet, listing: Listing) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#f7f2ec", "bottom": 1})
    for number, column in enumerate(listing.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, head)


def write_rows(book: Workbook, sheet: Worksheet, listing: Listing) -> None:
    """Every cell by its kind: nothing is guessed from what a text looks like."""
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": DAY_FORMAT, "valign": "top", "align": "left"})
    numeric = [book.add_format({"num_format": decimals(column.places), "valign": "top"}) for column in listing.columns]
    for line, row in enumerate(listing.rows, 1):
        for number, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, number, cell[:LONGEST_CELL], text)
            elif isinstance(cell, date):
                sheet.write_datetime(line, number, datetime.combine(cell, time()), day)
            elif cell is not None:
                sheet.write_number(line, number, float(cell), numeric[number])


def decimals(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")
