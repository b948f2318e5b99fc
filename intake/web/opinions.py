"""The opinion of a ministry or an adviser: written, signed, and later replaced by a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import policy
from intake.forms.opinions import POSITIONS, OpinionForm
from intake.models import Proposal
from intake.policy import Role
from intake.services import opinions, proposals, rights, score_sheets
from intake.services.opinions import OpinionView
from intake.services.subjects import subject_of
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("opinions", __name__)

OWN_KIND = {Role.MINISTRY_LEAD: "ministry", Role.ADVISER: "adviser"}


@bp.get("/proposals/<code>/opinion")
@requires("opinion.read_own")
def show(proposal: Proposal) -> str:
    """The form while the person may write; afterwards what was signed."""
    actor = current_actor()
    own = own_opinions(proposal)
    if not policy.allows(actor, "opinion.write", subject_of(g.db, proposal, actor=actor)):
        if not own:
            rights.ensure(g.db, proposal, "opinion.write", actor=actor)
        return render_template("reviews/kept_opinion.html", proposal=proposal, opinions=own, positions=POSITIONS)
    return page(proposal, form_of(drafted(own)))


@bp.post("/proposals/<code>/opinion")
@requires("opinion.read_own")
def save(proposal: Proposal) -> Any:
    """Keep the draft, sign it, or only show more rows for conditions."""
    actor, form = current_actor(), OpinionForm(request.form, say=tr)
    rights.ensure(g.db, proposal, "opinion.write", actor=actor)
    if "more" in request.form:
        form.add_rows(1)
        return page(proposal, form)
    signs = request.form.get("do") == "sign"
    written(proposal, form, signs=signs)
    if form.problems:
        return page(proposal, form), 422
    flash(_("The opinion is signed.") if signs else _("The draft is saved. Nobody else reads it."), "success")
    return see_other("/queue" if signs else f"/proposals/{proposal.code}/opinion")


def written(proposal: Proposal, form: OpinionForm, *, signs: bool) -> None:
    """Save what stands in the form; what is refused goes into it."""
    with attempt(form):
        opinions.save(
            g.db,
            proposal,
            position=form.chosen,
            text=form.text.data or "",
            conditions=form.conditions,
            submit=signs,
            actor=current_actor(),
        )


def form_of(draft: OpinionView | None) -> OpinionForm:
    if draft is None:
        return OpinionForm(say=tr)
    return OpinionForm(say=tr, position=draft.position, text=draft.text, conditions=draft.conditions)


def own_opinions(proposal: Proposal) -> list[OpinionView]:
    """Those the person may read of the kind that he writes, newest first."""
    actor = current_actor()
    found = opinions.listing(g.db, proposal, actor=actor)
    return [one for one in reversed(found) if one.kind == OWN_KIND.get(actor.role)]


def drafted(own: list[OpinionView]) -> OpinionView | None:
    """The draft to go on with, else the one in force to start from."""
    draft = next((one for one in own if one.signed_at is None), None)
    return draft or next((one for one in own if one.superseded_at is None), None)


def page(proposal: Proposal, form: OpinionForm) -> str:
    actor = current_actor()
    own = own_opinions(proposal)
    sees_sheets = policy.allows(actor, "score_sheet.read_ministry", subject_of(g.db, proposal, actor=actor))
    return render_template(
        "reviews/opinion.html",
        head=head_of(proposal),
        version=proposals.text_of(g.db, proposal, actor=actor).number,
        form=form,
        draft=next((one for one in own if one.signed_at is None), None),
        signed=[one for one in own if one.signed_at is not None],
        positions=POSITIONS,
        is_ministry=actor.role is Role.MINISTRY_LEAD,
        sheets=score_sheets.submitted(g.db, proposal, actor=actor) if sees_sheets else None,
    )
