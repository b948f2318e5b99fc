"""The checklist of the reception: what the system finds, what the secretariat checks by eye."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.forms.receptions import ChecklistForm
from intake.i18n import N_, Message
from intake.models import Proposal
from intake.services import receptions, rights
from intake.services.receptions import POINTS, Checklist
from intake.web.attempts import attempt
from intake.web.desks import opened
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("receptions", __name__)

STATES: dict[str, tuple[Message, str]] = {
    "ok": (N_("In order"), "ok"),
    "look": (N_("To look at"), "you"),
    "missing": (N_("Missing"), "you"),
}


@bp.get("/proposals/<code>/reception")
@requires("proposal.read")
def show(proposal: Proposal) -> str:
    found = receptions.checklist(g.db, proposal, actor=current_actor())
    return page(proposal, found, form_of(found, None))


@bp.post("/proposals/<code>/reception")
@requires("proposal.read")
def save(proposal: Proposal) -> Any:
    rights.ensure(g.db, proposal, "reception.check", actor=current_actor())
    found = receptions.checklist(g.db, proposal, actor=current_actor())
    form = form_of(found, request.form)
    with attempt(form):
        receptions.save(g.db, proposal, form.answers, actor=current_actor())
    if form.problems:
        return page(proposal, found, form), 422
    flash(_("The checklist of %(code)s is saved.", code=proposal.code), "success")
    return see_other(f"/proposals/{proposal.code}/reception")


def form_of(found: Checklist, sent: Any) -> ChecklistForm:
    answers = {check.point: (check.is_met, check.note) for check in found.checks}
    return ChecklistForm(sent, POINTS, answers, say=tr)


def page(proposal: Proposal, found: Checklist, form: ChecklistForm) -> str:
    return render_template(
        "receptions/show.html",
        head=head_of(proposal),
        tabs=opened(proposal).tabs("checklist"),
        form=form,
        checks=found.checks,
        findings=found.findings,
        related=found.related,
        is_clear=found.is_clear,
        states=STATES,
    )
