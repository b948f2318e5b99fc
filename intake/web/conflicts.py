"""The cover of a proposal, and the declaration that opens the rest of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.forms.conflicts import KINDS, ConflictForm
from intake.i18n import Text
from intake.models import Proposal
from intake.services import conflicts, organisations
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name, head_of
from intake.web.redirects import inside, see_other
from intake.web.rights import requires

bp = Blueprint("conflicts", __name__)


@bp.app_template_global()
def cover_of(proposal: Proposal) -> dict[str, Any]:
    """What a cover shows besides the proposal's own columns, and the form to declare with."""
    partners = [row for row in organisations.links(g.db, proposal) if row.role == "partner"]
    return {
        "head": head_of(proposal),
        "partners": [body_name(row.organisation) if row.organisation else Text(row.name, row.name) for row in partners],
        "form": ConflictForm(say=tr),
        "next": inside(request.args.get("next"), ""),
    }


@bp.get("/proposals/<code>/conflict")
@requires("conflict.declare")
def show(proposal: Proposal) -> str:
    state = conflicts.state_of(g.db, proposal, current_actor())
    form = ConflictForm(say=tr, kind=state.kind)
    return page(proposal, state, form)


@bp.post("/proposals/<code>/conflict")
@requires("conflict.declare")
def declare(proposal: Proposal) -> Any:
    actor, form = current_actor(), ConflictForm(request.form, say=tr)
    state = conflicts.state_of(g.db, proposal, actor)
    with attempt(form):
        conflicts.declare(
            g.db,
            proposal,
            conflicted=form.is_conflicted,
            kind=form.answer,
            reason=form.reason.data or "",
            actor=actor,
        )
    if form.problems:
        return page(proposal, state, form), 422
    if form.is_conflicted:
        flash(_("You are recused from %(code)s. The people responsible were told.", code=proposal.code), "success")
        return see_other("/queue")
    flash(_("You declared that you have no conflict of interest in %(code)s.", code=proposal.code), "success")
    return see_other(inside(request.form.get("next"), f"/proposals/{proposal.code}"))


def page(proposal: Proposal, state: conflicts.ConflictState, form: ConflictForm) -> str:
    return render_template(
        "desks/cover.html",
        proposal=proposal,
        stage=head_of(proposal).stage,
        conflict_state=state,
        form=form,
        kinds=KINDS,
        next=inside(request.values.get("next"), ""),
    )
