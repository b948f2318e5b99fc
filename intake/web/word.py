"""Word files out: the blank outline for everybody, a proposal on the outline for who may read it."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, request

from intake.documents.word.writing import blank_outline, write_word
from intake.models import Proposal
from intake.services import proposals
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.rights import public, requires

bp = Blueprint("word", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLANK_NAMES = {"vi": "khung-de-xuat.docx", "en": "outline.docx"}


@bp.get("/help/outline.docx")
@public
def blank() -> Response:
    """The outline to fill in at home, in the language of the pages."""
    return answer(blank_outline(language()), BLANK_NAMES[language()])


@bp.get("/proposals/<code>/proposal.docx")
@requires("proposal.read")
def filled(proposal: Proposal) -> Response:
    """The text that the person reads; `?version=` names a frozen one."""
    number = request.args.get("version", type=int)
    text = proposals.text_of(g.db, proposal, actor=current_actor(), number=number)
    name = f"{proposal.code}-v{text.number}.docx" if text.number else f"{proposal.code}.docx"
    return answer(write_word(text.document, language(), code=proposal.code), name)


def answer(content: bytes, filename: str) -> Response:
    response = make_response(content)
    response.mimetype = WORD
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
