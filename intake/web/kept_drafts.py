"""Drafts of sheets, opinions and syntheses that save themselves, and notice what was saved in another window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.canonical import sha256_of
from intake.web.section_editor import saved_text

AUTOMATICALLY = "auto"
PUT_BACK = "show:"
PRINT_LENGTH = 16


def is_automatic() -> bool:
    """Whether the page sends the form by itself while the person goes on writing."""
    return request.form.get("go") == AUTOMATICALLY


def is_put_back() -> bool:
    """Whether text that was kept in the tab is to be shown in its boxes again: nothing is saved by that."""
    return request.form.get("row") == PUT_BACK


def told(message: str, status: int) -> Response:
    """Why it was not saved by itself; the boxes stay as they are, the tab keeps the text."""
    return make_response(jsonify(message=message), status)


def took(saved_at: datetime, seen_text: str, more: str = "", **figures: str) -> Response:
    """When it was saved, what the form has seen from now on, and figures of the page that have changed with it."""
    message = f"{saved_text(saved_at)}{more}"
    return make_response(jsonify(message=message, revision=instant(saved_at), seen_text=seen_text, **figures))


def instant(saved_at: datetime | None) -> int:
    """A number that grows with every save."""
    return round(saved_at.timestamp() * 1000) if saved_at else 0


def print_of(value: Any) -> str:
    """A short mark of what a form showed."""
    return sha256_of(value)[:PRINT_LENGTH]


def first_words(problems: list[Any]) -> str:
    """Why nothing was saved: the first thing to put right."""
    return _("Not saved yet: %(problem)s", problem=problems[0].text)


def is_overtaken(shown_now: str, sent: str) -> bool:
    """Whether something else was saved since the page was opened, and it is not what this form brings."""
    seen = request.form.get("seen_text")
    return seen is not None and shown_now not in (seen, sent)


def seen_before(shown_now: str, *, is_saved: bool) -> str:
    """The mark a page carries on: of what is saved now, or of what was seen when the typing began."""
    return shown_now if is_saved else request.form.get("seen_text", shown_now)
