"""The chief engineer's assessment: own sheet first and blind, then what the ministries say, then his own word."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import policy
from intake.forms.opinions import POSITIONS, OpinionForm
from intake.models import Proposal
from intake.services import opinions, rights, schemes, score_sheets
from intake.services.opinions import OpinionView
from intake.services.subjects import subject_of
from intake.web.desks import Part
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.opinions import before_saving, drafted, form_of, saving, written
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("assessments", __name__)

KIND = "assessment"


@bp.get("/proposals/<code>/assessment")
@requires("opinion.read_own")
def show(proposal: Proposal) -> str:
    """What to do next in the three steps; later what was signed."""
    actor = current_actor()
    own = [one for one in opinions.listing(g.db, proposal, actor=actor) if one.kind == KIND]
    if not policy.allows(actor, "assessment.write", subject_of(g.db, proposal, actor=actor)):
        if not own:
            rights.ensure(g.db, proposal, "assessment.write", actor=actor)
        return render_template("reviews/kept_opinion.html", proposal=proposal, opinions=own, positions=POSITIONS)
    return page(proposal, form_of(drafted(mine(own))))


@bp.post("/proposals/<code>/assessment")
@requires("opinion.read_own")
def save(proposal: Proposal) -> Any:
    """Keep the draft or sign it; handing over is a move of its own."""
    form = OpinionForm(request.form, say=tr)
    rights.ensure(g.db, proposal, "assessment.write", actor=current_actor())
    if "more" in request.form:
        form.add_rows(1)
        return page(proposal, form, is_saved=False)
    found = opinions.listing(g.db, proposal, actor=current_actor())
    early = before_saving(proposal, form, draft_among(found), partial(page, proposal))
    if early is not None:
        return early
    signs = request.form.get("do") == "sign"
    written(proposal, form, signs=signs)
    if form.problems:
        return page(proposal, form, is_saved=False), 422
    flash(_("The assessment is signed.") if signs else _("The draft is saved. Nobody else reads it."), "success")
    return see_other(f"/proposals/{proposal.code}/move/assess" if signs else f"/proposals/{proposal.code}/assessment")


def mine(own: list[OpinionView]) -> list[OpinionView]:
    return list(reversed(own))


def draft_among(found: list[OpinionView]) -> OpinionView | None:
    return next((one for one in found if one.kind == KIND and one.signed_at is None), None)


def page(proposal: Proposal, form: OpinionForm, *, is_saved: bool = True, overtaken: OpinionView | None = None) -> str:
    actor = current_actor()
    sees_others = policy.allows(actor, "score_sheet.read_all", subject_of(g.db, proposal, actor=actor))
    found = opinions.listing(g.db, proposal, actor=actor)
    return render_template(
        "reviews/assessment.html",
        head=head_of(proposal),
        form=form,
        own_sheet=score_sheets.own(g.db, proposal, actor=actor),
        sees_others=sees_others,
        sheets=score_sheets.submitted(g.db, proposal, actor=actor) if sees_others else [],
        others=[one for one in found if one.kind != KIND and one.signed_at] if sees_others else [],
        signed=[one for one in mine(found) if one.kind == KIND and one.signed_at],
        **saving(draft_among(found), is_saved=is_saved, overtaken=overtaken),
        moves=[one for one in Part(proposal).moves()[1] if one.needs_reason or one.required_data],
        positions=POSITIONS,
        scheme=schemes.of(g.db, proposal),
    )
