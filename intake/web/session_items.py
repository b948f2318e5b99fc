"""One item of a sitting: shown, put to the vote, closed, and concluded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request
from flask_babel import gettext as _

from intake.models import CommitteeSession, Proposal
from intake.services import conclusions, items, rights, sessions
from intake.web.attempts import attempt
from intake.web.item_desks import ItemDesk
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.refusals import Refusals
from intake.web.rights import requires
from intake.web.session_pages import conclusion_form, page
from intake.web.sittings import Sitting

bp = Blueprint("session_items", __name__, url_prefix="/sessions/<int:id>/items/<code>")


def opened(session: CommitteeSession, proposal: Proposal) -> ItemDesk:
    """The item in hand; NotFound when it is not on this agenda."""
    sitting = Sitting(session)
    return ItemDesk(sitting, sitting.item_of(proposal.code))


@bp.get("")
@requires("session.read")
def show(session: CommitteeSession, proposal: Proposal) -> str:
    desk = opened(session, proposal)
    return page(desk.sitting, desk)


@bp.post("/open")
@requires("session.manage")
def open_item(session: CommitteeSession, proposal: Proposal) -> Any:
    """Put the item to the vote, or to the vote again."""
    is_secret = request.form.get("secret") == "yes"
    tried = Refusals("#attendance")
    with attempt(tried):
        sessions.open_item(g.db, session, proposal.code, secret=is_secret, actor=current_actor())
    return answer(session, proposal, tried, _("The item is open."))


@bp.post("/close")
@requires("session.manage")
def close_item(session: CommitteeSession, proposal: Proposal) -> Any:
    tried = Refusals("#attendance")
    with attempt(tried):
        sessions.close_item(g.db, session, proposal.code, actor=current_actor())
    return answer(session, proposal, tried, _("The item is closed."))


def answer(session: CommitteeSession, proposal: Proposal, tried: Refusals, done: str) -> Any:
    """Back to the item; with 422 and the reasons when a rule refused, for one when there is no quorum."""
    if tried.problems:
        desk = opened(sessions.get(g.db, session.id, actor=current_actor()), proposal)
        return page(desk.sitting, desk, refused=tried), 422
    flash(done, "success")
    return see_other(f"/sessions/{session.id}/items/{proposal.code}")


@bp.post("/give-back")
@requires("session.read")
def give_back(session: CommitteeSession, proposal: Proposal) -> Any:
    """Free the proposal for the agenda of another session."""
    actor = current_actor()
    rights.ensure(g.db, proposal, "conclusion.write", actor=actor)
    items.give_back(g.db, session, proposal.code, actor=actor)
    flash(_("The proposal waits for another session."), "success")
    return see_other(f"/sessions/{session.id}")


@bp.post("/conclusion")
@requires("session.read")
def conclude(session: CommitteeSession, proposal: Proposal) -> Any:
    """Prepare the conclusion, or only change the rows of conditions and remarks."""
    actor = current_actor()
    rights.ensure(g.db, proposal, "conclusion.write", actor=actor)
    desk = opened(session, proposal)
    form = conclusion_form(desk, request.form)
    if "more_remarks" in request.form:
        form.add_remark()
        return page(desk.sitting, desk, form=form)
    if "more" in request.form or "drop" in request.form:
        form.drop_row(request.form.get("drop", ""))
        if "more" in request.form:
            form.add_row()
        return page(desk.sitting, desk, form=form)
    with attempt(form):
        conclusions.prepare(g.db, session, proposal.code, **form.conclusion, actor=actor)
    if form.problems:
        return page(desk.sitting, desk, form=form, refused=form), 422
    flash(_("The conclusion is prepared. It takes effect when the chair releases it."), "success")
    return see_other(f"/sessions/{session.id}/items/{proposal.code}")
