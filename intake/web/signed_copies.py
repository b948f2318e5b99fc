"""Signed copies of issued documents: handed in, checked, downloaded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import Document
from intake.services import papers, signed_copies, verification
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import requires, signed_in
from intake.web.verify import KINDS

bp = Blueprint("signed_copies", __name__)


@bp.get("/documents/<doc>/signed")
@requires("document.issue")
def show(doc: str) -> str:
    return page(signed_copies.original(g.db, doc, actor=current_actor()))


@bp.post("/documents/<doc>/signed")
@requires("document.issue")
def hand_in(doc: str) -> Any:
    """Checking a signature takes its time, so it is done before anything is written."""
    actor, sent, files = current_actor(), request.files.get("file"), resources().files
    content = sent.stream.read(signed_copies.LARGEST + 1) if sent is not None and sent.filename else b""
    with resources().database.reading() as db:
        document = signed_copies.original(db, doc, actor=actor)
    if not content:
        return page(document, N_("Choose a file first.")), 422
    try:
        signatures = signed_copies.checked(files, document, content)
    except Invalid as refused:
        return page(document, refused.errors[0][1]), 422
    signed_copies.keep(g.db, files, document, content, signatures, actor=actor)
    flash(_("The signature holds; the copy is kept."), "success")
    return see_other(f"/documents/{doc}/signed")


@bp.get("/documents/<doc>/signed.pdf")
@signed_in
def download(doc: str) -> Response:
    copy = signed_copies.newest(g.db, doc, actor=current_actor())
    if copy is None:
        raise NotFound()
    response = make_response(resources().files.get(copy.file_key))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="signed-{doc}.pdf"'
    response.set_etag(copy.sha256)
    return response.make_conditional(request)


def page(document: Document, problem: Message | None = None) -> str:
    copies = verification.copies(g.db, document)
    code = papers.proposal_of(g.db, document).code if document.proposal_id else None
    return render_template(
        "papers/signed.html", document=document, kind=KINDS[document.kind], code=code, copies=copies, problem=problem
    )
