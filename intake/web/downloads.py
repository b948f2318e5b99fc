"""Lists to take away: a spreadsheet as the answer, named by what it is and the day."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from intake import clock
from intake.documents import spreadsheets
from intake.documents.spreadsheets import Listing

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel(listing: Listing, name: str) -> Response:
    return download(spreadsheets.workbook(listing), SHEET_TYPE, f"{name}-{clock.today():%Y-%m-%d}.xlsx")


def comma_separated(listing: Listing, name: str) -> Response:
    """With the mark by which spreadsheet programs know UTF-8."""
    content = spreadsheets.csv_text(listing).encode("utf-8-sig")
    return download(content, "text/csv", f"{name}-{clock.today():%Y-%m-%d}.csv")


def download(content: bytes, mimetype: str, filename: str) -> Response:
    response = make_response(content)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
