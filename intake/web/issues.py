"""Issuing a document: number, date, signer and place turn the draft into the final paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import clock
from intake.forms.days import shown
from intake.forms.issues import IssueForm
from intake.services import papers, session_desk
from intake.services.session_desk import Draft
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.verify import KINDS

bp = Blueprint("issues", __name__)


@bp.get("/documents/<doc>/issue")
@requires("document.issue")
def show(doc: str) -> str:
    draft = session_desk.to_issue(g.db, doc, actor=current_actor())
    return page(draft, IssueForm(say=tr, date=shown(clock.today()), place=draft.head.place, signer=draft.head.signer))


@bp.post("/documents/<doc>/issue")
@requires("document.issue")
def issue(doc: str) -> Any:
    actor, form = current_actor(), IssueForm(request.form, say=tr)
    draft = session_desk.to_issue(g.db, doc, actor=actor)
    with attempt(form):
        papers.issue(g.db, doc, **form.entries, actor=actor)
    if form.problems:
        return page(draft, form), 422
    flash(_("The document is issued. Its final form is being made."), "success")
    return see_other(f"/documents/{doc}")


def page(draft: Draft, form: IssueForm) -> str:
    return render_template("sessions/issue.html", draft=draft, kind=KINDS[draft.kind], form=form)
