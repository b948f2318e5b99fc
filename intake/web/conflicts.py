"""The cover of a proposal, the declaration that opens the rest of it, and taking such a declaration back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.errors import NotFound
from intake.forms.conflicts import KINDS, ConflictForm, UndoForm
from intake.i18n import Text
from intake.models import Proposal
from intake.services import conflicts, organisations
from intake.web.attempts import attempt
from intake.web.desks import opened
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


@bp.get("/proposals/<code>/conflicts")
@requires("conflict.undo")
def listing(proposal: Proposal) -> str:
    return listing_page(proposal, {})


@bp.post("/proposals/<code>/conflicts/<int:declaration_id>/undo")
@requires("conflict.undo")
def undo(proposal: Proposal, declaration_id: int) -> Any:
    """Take back what somebody else declared; who declared it is told and declares again."""
    actor, form = current_actor(), UndoForm(request.form, say=tr, prefix=f"undo-{declaration_id}-")
    line = next((one for one in conflicts.listing(g.db, proposal, actor=actor) if one.id == declaration_id), None)
    if line is None or line.ended_at is not None:
        raise NotFound()
    with attempt(form):
        conflicts.undo(g.db, proposal, line.email, reason=form.reason.data or "", actor=actor)
    if form.problems:
        return listing_page(proposal, {declaration_id: form}), 422
    flash(_("The declaration of %(name)s is taken back.", name=line.name), "success")
    return see_other(f"/proposals/{proposal.code}/conflicts")


def listing_page(proposal: Proposal, refused: dict[int, UndoForm]) -> str:
    part = opened(proposal)
    lines = conflicts.listing(g.db, proposal, actor=part.actor)
    forms = {line.id: UndoForm(say=tr, prefix=f"undo-{line.id}-") for line in lines if line.ended_at is None}
    return render_template(
        "desks/conflicts.html",
        head=head_of(proposal),
        tabs=part.tabs("conflicts"),
        lines=lines,
        forms=forms | refused,
        problems=[problem for form in refused.values() for problem in form.problems],
        kinds=KINDS,
    )
