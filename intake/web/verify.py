"""The check page of an issued document, reached from its QR code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request
from wtforms import Form, StringField

from intake.errors import NotFound
from intake.i18n import N_, Message
from intake.services import papers
from intake.services.codes import normalised
from intake.web.lazy import _
from intake.web.redirects import see_other
from intake.web.rights import public

bp = Blueprint("verify", __name__)
LONGEST_CODE = 40

KINDS: dict[str, Message] = {
    "receipt": N_("Receipt of a proposal"),
    "decision": N_("Notice of the conclusion on a proposal"),
    "proposal": N_("Proposal in full, as it was submitted"),
    "supplement_request": N_("Request to supplement the proposal"),
    "ineligibility_notice": N_("Notice that the proposal was not accepted"),
}


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
    try:
        found = papers.verify(g.db, normalised(doc))
    except NotFound:
        return render_template("public/unverified.html", doc=doc[:LONGEST_CODE]), 404
    return render_template("public/verified.html", found=found, kind=KINDS.get(found.kind, found.kind))
