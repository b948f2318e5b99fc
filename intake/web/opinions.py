"""The opinion of a ministry or an adviser: written, signed, and later replaced by a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import policy
from intake.forms.opinions import POSITIONS, OpinionForm
from intake.forms.scores import plain
from intake.models import Proposal
from intake.policy import Role
from intake.services import opinions, proposals, rights, score_sheets
from intake.services.opinions import OpinionView
from intake.services.subjects import subject_of
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.kept_drafts import (
    first_words,
    instant,
    is_automatic,
    is_overtaken,
    is_put_back,
    print_of,
    seen_before,
    told,
    took,
)
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import saved_text

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
        return page(proposal, form, is_saved=False)
    draft = next((one for one in own_opinions(proposal) if one.signed_at is None), None)
    early = before_saving(proposal, form, draft, partial(page, proposal))
    if early is not None:
        return early
    signs = request.form.get("do") == "sign"
    written(proposal, form, signs=signs)
    if form.problems:
        return page(proposal, form, is_saved=False), 422
    flash(_("The opinion is signed.") if signs else _("The draft is saved. Nobody else reads it."), "success")
    return see_other("/queue" if signs else f"/proposals/{proposal.code}/opinion")


def before_saving(
    proposal: Proposal, form: OpinionForm, draft: OpinionView | None, show: Callable[..., str]
) -> Response | None:
    """What answers instead of saving by hand: text put back, another window's draft beside it, saving by itself."""
    if is_put_back():
        return make_response(show(form, is_saved=False))
    if is_overtaken(mark_of(draft), print_of(words_of(form))):
        if is_automatic():
            return told(_("Not saved: you saved something else in another window. Save to see both."), 409)
        return make_response(show(form, is_saved=False, overtaken=draft), 409)
    if not is_automatic():
        return None
    written(proposal, form, signs=False)
    if form.problems:
        return told(first_words(form.problems), 422)
    found = opinions.listing(g.db, proposal, actor=current_actor())
    now = next(one for one in reversed(found) if one.signed_at is None)
    return took(now.saved_at, mark_of(now))


def mark_of(draft: OpinionView | None) -> str:
    """A short mark of the draft as it is saved."""
    return print_of([draft.position, plain(draft.text), list(draft.conditions)] if draft else None)


def words_of(form: OpinionForm) -> list[Any]:
    return [form.position.data, plain(form.text.data or ""), [plain(one) for one in form.conditions]]


def saving(draft: OpinionView | None, *, is_saved: bool, overtaken: OpinionView | None) -> dict[str, Any]:
    """What the form needs that saves itself."""
    return {
        "is_saved": is_saved,
        "overtaken_by": overtaken,
        "saved_at": saved_text(draft.saved_at) if draft else "",
        "revision_seen": instant(draft.saved_at if draft else None),
        "seen_text": seen_before(mark_of(draft), is_saved=is_saved or overtaken is not None),
        "draft": draft,
    }


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


def page(proposal: Proposal, form: OpinionForm, *, is_saved: bool = True, overtaken: OpinionView | None = None) -> str:
    actor = current_actor()
    own = own_opinions(proposal)
    draft = next((one for one in own if one.signed_at is None), None)
    sees_sheets = policy.allows(actor, "score_sheet.read_ministry", subject_of(g.db, proposal, actor=actor))
    return render_template(
        "reviews/opinion.html",
        head=head_of(proposal),
        version=proposals.text_of(g.db, proposal, actor=actor).number,
        form=form,
        **saving(draft, is_saved=is_saved, overtaken=overtaken),
        signed=[one for one in own if one.signed_at is not None],
        positions=POSITIONS,
        is_ministry=actor.role is Role.MINISTRY_LEAD,
        sheets=score_sheets.submitted(g.db, proposal, actor=actor) if sees_sheets else None,
    )
