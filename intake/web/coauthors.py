"""Who writes and reads a proposal along with its owner."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.accounts import CoauthorForm
from intake.models import Proposal
from intake.services import coauthors
from intake.services.coauthors import RELATIONS
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.members import MAILS_OF_ONE_PERSON, inviter
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.security import limiter

bp = Blueprint("coauthors", __name__)


@bp.get("/proposals/<code>/coauthors")
@requires("coauthors.manage")
def show(proposal: Proposal) -> str:
    return page(proposal, CoauthorForm(say=tr, relations=RELATIONS))


@bp.post("/proposals/<code>/coauthors")
@requires("coauthors.manage")
@limiter.limit(MAILS_OF_ONE_PERSON, key_func=inviter)
def invite(proposal: Proposal) -> Any:
    form = CoauthorForm(request.form, say=tr, relations=RELATIONS)
    with attempt(form):
        coauthors.invite(
            g.db,
            proposal,
            form.email.data or "",
            relation=form.relation.data or "",
            language=language(),
            actor=current_actor(),
        )
    if form.problems:
        return page(proposal, form), 422
    flash(_("The invitation is on its way."), "success")
    return see_other(f"/proposals/{proposal.code}/coauthors")


@bp.post("/proposals/<code>/coauthors/<int:person_id>/remove")
@requires("coauthors.manage")
def remove(proposal: Proposal, person_id: int) -> Response:
    coauthors.remove(g.db, proposal, person_id, actor=current_actor())
    flash(_("That person no longer sees the proposal."), "success")
    return see_other(f"/proposals/{proposal.code}/coauthors")


@bp.post("/proposals/<code>/coauthors/invitations/<int:invitation_id>/end")
@requires("coauthors.manage")
def withdraw(proposal: Proposal, invitation_id: int) -> Response:
    coauthors.withdraw(g.db, proposal, invitation_id, actor=current_actor())
    flash(_("The invitation is withdrawn."), "success")
    return see_other(f"/proposals/{proposal.code}/coauthors")


def page(proposal: Proposal, form: CoauthorForm) -> str:
    actor = current_actor()
    return render_template(
        "account/coauthors.html",
        proposal=proposal,
        form=form,
        relations=RELATIONS,
        lines=coauthors.listing(g.db, proposal, actor=actor),
        waiting=coauthors.waiting(g.db, proposal, actor=actor),
    )
