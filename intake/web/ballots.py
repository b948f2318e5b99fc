"""Votes: the ballot on a member's phone, those recorded for members (with a scan) and confirmed, and stepping back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Invalid
from intake.forms.ballots import BallotForm, RecordedBallotForm, RecusalForm
from intake.forms.conflicts import ConflictForm
from intake.models import CommitteeSession, Proposal
from intake.models.sessions import CHOICES
from intake.services import ballot_scans, ballots, conflicts, rights, session_desk, sessions
from intake.services.ballot_scans import Scan
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.item_desks import ItemDesk
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import requires
from intake.web.session_items import opened
from intake.web.vote_bars import LABELS

bp = Blueprint("ballots", __name__, url_prefix="/sessions/<int:id>/items/<code>")

# What a choice asks for; the rest needs no words.
HINTS = {
    "approve_with_conditions": "conditions",
    "reject": "reason",
    "defer": "reason",
    "request_revision": "reason",
    "merge": "code",
}


@bp.get("/ballot")
@requires("session.read")
def show(session: CommitteeSession, proposal: Proposal) -> Any:
    """The own ballot; before a word on conflicts of interest only the cover and that question."""
    desk = opened(session, proposal)
    if desk.is_released:
        return see_other(desk.url)
    rights.ensure(g.db, proposal, "recusal.declare", actor=desk.actor)
    if desk.must_declare:
        state = conflicts.state_of(g.db, proposal, desk.actor)
        form = ConflictForm(say=tr)
        return render_template("sessions/declare.html", desk=desk, form=form, conflict_state=state)
    return ballot_page(desk, ballot_form(desk, None))


@bp.post("/ballot")
@requires("ballot.cast")
def cast(session: CommitteeSession, proposal: Proposal) -> Any:
    desk = opened(session, proposal)
    form = ballot_form(desk, request.form)
    with attempt(form):
        ballots.cast(g.db, session, proposal.code, **form.paper, actor=desk.actor)
    if form.problems:
        return ballot_page(desk, form), 422
    if desk.item.is_secret:
        flash(_("Your secret ballot is in the box. It cannot be changed."), "success")
    else:
        flash(_("Your ballot is received. You can change it until the item is closed."), "success")
    return see_other(f"{desk.url}/ballot")


def ballot_form(desk: ItemDesk, sent: Any) -> BallotForm:
    """With what was cast before, in an open vote."""
    own = desk.own_ballot
    before = {"choice": own.choice, "reason": own.reason} if own else {}
    if own is not None and own.into_id is not None:
        before["into"] = session_desk.code_of(g.db, own.into_id)
    return BallotForm(sent, say=tr, choices=choices(), is_secret=desk.item.is_secret, **before)


def choices() -> list[tuple[str, str]]:
    return [(choice, tr(LABELS[choice])) for choice in CHOICES]


def ballot_page(desk: ItemDesk, form: BallotForm) -> str:
    return render_template("sessions/ballot.html", desk=desk, form=form, cards=cards(form))


def cards(form: BallotForm) -> list[dict[str, Any]]:
    """The choices for the macro `ballot_choices`."""
    hints = {"conditions": _("Write the conditions below"), "reason": _("Say why below"), "code": _("Name it below")}
    offered: Any = form.choice.choices
    return [
        {
            "value": value,
            "label": label,
            "hint": "" if form.is_secret else hints.get(HINTS.get(value, ""), ""),
            "is_chosen": value == form.choice.data,
        }
        for value, label in offered
    ]


@bp.get("/recorded-ballot")
@requires("session.read")
def recording(session: CommitteeSession, proposal: Proposal) -> str:
    rights.ensure(g.db, proposal, "ballot.cast_on_behalf", actor=current_actor())
    desk = opened(session, proposal)
    return recording_page(desk, recorded_form(desk, None))


def with_scan(view: Callable[..., Any]) -> Callable[..., Any]:
    """Pass the file of the form, kept in the store before the view's transaction starts, or why it was refused."""

    @wraps(view)
    def received(**arguments: Any) -> Any:
        return view(**arguments, scan=sent_scan(arguments["id"], arguments["code"]))

    return received


def sent_scan(session_id: int, code: str) -> Scan | Invalid | None:
    sent = request.files.get("scan")
    if sent is None or not sent.filename:
        return None
    actor, content = current_actor(), sent.stream.read(ballot_scans.LARGEST + 1)
    try:
        with resources().database.reading() as db:
            session = sessions.get(db, session_id, actor=actor)
            return ballot_scans.keep(db, resources().files, session, code, content, actor=actor)
    except Invalid as refused:
        return refused


@bp.post("/recorded-ballot")
@with_scan
@requires("session.read")
def record(session: CommitteeSession, proposal: Proposal, scan: Scan | Invalid | None) -> Any:
    """Record what a member voted on paper or by word; another person has to confirm it."""
    rights.ensure(g.db, proposal, "ballot.cast_on_behalf", actor=current_actor())
    desk = opened(session, proposal)
    form = recorded_form(desk, request.form)
    with attempt(form):
        voted, member = form.paper, form.email
        if isinstance(scan, Invalid):
            raise scan
        ballots.cast(g.db, session, proposal.code, **voted, on_behalf_of=member, actor=desk.actor)
        if scan is not None:
            ballot_scans.attach(g.db, session, proposal.code, member, scan, actor=desk.actor)
    if form.problems:
        if scan is not None and not form.scan.errors:
            form.ask_for_scan_again()
        return recording_page(desk, form), 422
    flash(_("The ballot is recorded. Another person confirms it before the item closes."), "success")
    return see_other(desk.url)


def recorded_form(desk: ItemDesk, sent: Any) -> RecordedBallotForm:
    members = [(voter.email, voter.name) for voter in desk.recordable]
    return RecordedBallotForm(sent, say=tr, members=members, choices=choices(), is_secret=desk.item.is_secret)


def recording_page(desk: ItemDesk, form: RecordedBallotForm) -> str:
    return render_template("sessions/recorded_ballot.html", desk=desk, form=form)


@bp.get("/scans/<int:ballot>")
@requires("ballot.read_scan")
def scan(session: CommitteeSession, proposal: Proposal, ballot: int) -> Response:
    """The paper that a recorded ballot was taken from."""
    found = ballot_scans.fetch(g.db, session, proposal.code, ballot, actor=current_actor())
    response = make_response(resources().files.get(found.file_key))
    response.mimetype = found.media_type
    response.headers["Content-Disposition"] = f'inline; filename="{found.filename}"'
    response.set_etag(found.sha256)
    return response.make_conditional(request)


@bp.post("/confirm")
@requires("ballot.confirm")
def confirm(session: CommitteeSession, proposal: Proposal) -> Any:
    count = ballots.confirm(g.db, session, proposal.code, actor=current_actor())
    flash(_("Ballots confirmed: %(count)s.", count=count), "success")
    return see_other(opened(session, proposal).url)


@bp.get("/recusal")
@requires("session.read")
def recusing(session: CommitteeSession, proposal: Proposal) -> str:
    desk = opened(session, proposal)
    return recusal_page(desk, recusal_form(desk, None))


@bp.post("/recusal")
@requires("session.read")
def recuse(session: CommitteeSession, proposal: Proposal) -> Any:
    """Take no part: oneself, or as the secretariat records it for a member."""
    desk = opened(session, proposal)
    form = recusal_form(desk, request.form)
    with attempt(form):
        sessions.recuse(g.db, session, proposal.code, reason=form.reason.data or "", email=form.email, actor=desk.actor)
    if form.problems:
        return recusal_page(desk, form), 422
    flash(_("The recusal is recorded."), "success")
    return see_other(desk.url)


def recusal_form(desk: ItemDesk, sent: Any) -> RecusalForm:
    """For whoever records it for others with a list of members; who may do neither is refused."""
    if desk.may_record:
        seats = [row for row in desk.sitting.session.attendance if row.seat]
        return RecusalForm(sent, say=tr, members=[(row.user.email, row.user.name) for row in seats])
    rights.ensure(g.db, desk.proposal, "recusal.declare", actor=desk.actor)
    return RecusalForm(sent, say=tr, members=None)


def recusal_page(desk: ItemDesk, form: RecusalForm) -> str:
    return render_template("sessions/recusal.html", desk=desk, form=form)
