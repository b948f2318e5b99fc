"""A file with a whole proposal, sent to a page: what of it found no place is shown, and the person places it."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import outline
from intake.documents.word.files import LARGEST, read_file
from intake.documents.word.leftovers import Leftover
from intake.documents.word.placing import LEAVE_OUT, placed, suggested, targets
from intake.documents.word.reading import Reading
from intake.errors import Invalid, Stopped
from intake.i18n import N_
from intake.web.filters import tr
from intake.web.languages import language

MOST_SHOWN_ERRORS = 50
MOST_LEFTOVERS = 150
OUR_FIELDS = ("csrf_token", "form_token", "text")
PREFIX = "leftover-"

TOO_MANY = N_(
    "Most of this file stands outside the boxes of the outline, so it cannot be placed piece by piece. Copy it into "
    "the blank outline, section by section, and send that."
)


class FileProblem(NamedTuple):
    """What is wrong with a file, and where."""

    path: str
    text: str


class Piece(NamedTuple):
    """Words that found no place, as they stand on the page."""

    place: str
    reason: str
    text: str
    part: str
    chosen: str
    error: str


def is_placing() -> bool:
    """Whether the form of the second step was sent: what found no place, placed."""
    return "text" in request.form


def sent_reading() -> tuple[Reading | None, list[FileProblem]]:
    """What the sent file says, or what is wrong with it; neither when no file was chosen. Raises Stopped, TooLarge."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None, []
    try:
        reading = read_file(sent.stream.read(LARGEST + 1))
        outline.import_proposal(reading.data)
        if len(reading.leftovers) > MOST_LEFTOVERS:
            return None, [FileProblem("", tr(TOO_MANY))]
        return reading, []
    except Stopped:
        raise
    except Invalid as refused:
        return None, file_errors(refused)


def file_errors(refused: Invalid) -> list[FileProblem]:
    """What is wrong with a file, place by place; of very many the first."""
    errors = refused.errors or [("", refused.message)]
    return [FileProblem(path, tr(message)) for path, message in errors[:MOST_SHOWN_ERRORS]]


def document_of(reading: Reading) -> dict[str, Any]:
    """The stored form of what a file says."""
    return outline.import_proposal(reading.data)


def placed_document() -> tuple[dict[str, Any] | None, dict[str, Any], list[Piece]]:
    """The document of the second step; without one, the text and the pieces to show again."""
    data = outline.read_proposal(request.form.get("text", ""))
    outline.import_proposal(data)
    pieces = sent_pieces()
    result, wrong = placed(data, [(piece.text, piece.chosen) for piece in pieces])
    if wrong:
        return None, data, [piece._replace(error=tr(wrong[n]) if n in wrong else "") for n, piece in enumerate(pieces)]
    return outline.import_proposal(result), data, []


def sent_pieces() -> list[Piece]:
    """The pieces of the form, with the words as the person left them."""
    found = []
    while f"{PREFIX}{len(found)}-to" in request.form and len(found) < MOST_LEFTOVERS:
        names = {name: request.form.get(f"{PREFIX}{len(found)}-{name}", "") for name in ("place", "reason", "part")}
        text = request.form.get(f"{PREFIX}{len(found)}-text", "").replace("\r\n", "\n").strip()
        found.append(Piece(text=text, chosen=request.form[f"{PREFIX}{len(found)}-to"], error="", **names))
    return found


def pieces_of(reading: Reading) -> list[Piece]:
    """What a file brought without a place; words beside the boxes of a section are offered its long text."""
    return [
        Piece(one.place(language()), tr(one.reason), one.text, one.part, likely(reading.data, one), "")
        for one in reading.leftovers
    ]


def likely(data: dict[str, Any], one: Leftover) -> str:
    """Where the words most likely belong: beside the boxes of a section, in its long text."""
    if not one.text:
        return LEAVE_OUT
    return suggested(data, one.part) if len(one.where) == 1 else ""


def placing_page(data: dict[str, Any], pieces: list[Piece], *, action: str, status: int = 200) -> Response:
    """The page on which every piece gets a place; what else the form held comes along."""
    options = targets(data)
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in OUR_FIELDS and not name.startswith(PREFIX)
    ]
    shown = render_template(
        "drafts/place.html",
        pieces=[{"piece": piece, "groups": groups_for(piece, options)} for piece in pieces],
        errors=[
            {"text": _("Piece %(number)d: %(problem)s", number=n + 1, problem=piece.error), "href": f"#{PREFIX}{n}-to"}
            for n, piece in enumerate(pieces)
            if piece.error
        ],
        text=outline.canonical(data).decode(),
        kept=kept,
        action=action,
        leave_out=LEAVE_OUT,
    )
    return make_response(shown, status)


def groups_for(piece: Piece, options: list[Any]) -> list[dict[str, Any]]:
    """Places by section; rows of a list are offered in the section around the piece only."""
    groups = []
    for head, places in options:
        shown = [
            {"value": path, "text": label.in_(language()), "is_chosen": path == piece.chosen}
            for path, label in places
            if path.partition(".")[0] == piece.part or not any(step.isdigit() for step in path.split("."))
        ]
        groups.append({"head": head.in_(language()), "places": shown})
    return groups
