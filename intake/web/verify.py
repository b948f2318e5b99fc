"""The check page of an issued document, reached from its QR code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request
from wtforms import Form, StringField

from intake.errors import NotFound
from intake.i18n import N_, Message
from intake.services import verification
from intake.services.codes import normalised
from intake.web.lazy import _
from intake.web.redirects import see_other
from intake.web.rights import public
from intake.web.security import limiter

bp = Blueprint("verify", __name__)
LONGEST_CODE = 40

KINDS: dict[str, Message] = {
    "receipt": N_("Receipt of a proposal"),
    "decision": N_("Notice of the conclusion on a proposal"),
    "proposal": N_("Proposal in full, as it was submitted"),
    "supplement_request": N_("Request to supplement the proposal"),
    "ineligibility_notice": N_("Notice that the proposal was not accepted"),
    "assessment_request": N_("Request to ministries to assess a proposal"),
    "ministry_opinion": N_("Opinion of a ministry on a proposal"),
    "assessment": N_("Assessment by a chief engineer"),
    "kpi_report": N_("Periodic report on the implementation"),
    "score_synthesis": N_("Synthesis of scores for a session"),
    "committee_report": N_("Report to the committee for a session"),
    "minutes": N_("Minutes of a session"),
}
# Whatever is sent for comparison is hashed and forgotten.
LARGEST_FILE = 20_000_000
COMPARISONS = "30 per hour"


class VerifyForm(Form):
    doc = StringField(_("Document code"), description=_("10 characters beside the QR code, for example 4T7KZ02M9Q"))


@bp.get("/verify")
@public
def ask() -> Any:
    form = VerifyForm(request.args)
    typed = normalised(form.doc.data or "")[:LONGEST_CODE]
    if typed.isalnum():
        return see_other(f"/verify/{typed}")
    return render_template("public/verify.html", form=form)


@bp.get("/verify/<doc>")
@public
def show(doc: str) -> Any:
    return page(doc)


@bp.post("/verify/<doc>")
@public
@limiter.limit(COMPARISONS)
def compare(doc: str) -> Any:
    """Say whether a file is the issued one; it is not kept."""
    sent = request.files.get("file")
    content = sent.stream.read(LARGEST_FILE + 1) if sent is not None and sent.filename else b""
    return page(doc, content)


def page(doc: str, content: bytes | None = None) -> Any:
    """The answer of the check page; `content` is a file to compare, empty when none was chosen."""
    try:
        found = verification.verify(g.db, normalised(doc))
    except NotFound:
        return render_template("public/unverified.html", doc=doc[:LONGEST_CODE]), 404
    result = verification.compare(found, content) if content else None
    is_missing = content == b""
    kind = KINDS.get(found.kind, found.kind)
    text = render_template("public/verified.html", found=found, kind=kind, result=result, is_missing=is_missing)
    return (text, 422) if is_missing else text
