"""Sittings of a deciding body: the list, calling one, its agenda and attendance, opening and closing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import policy
from intake.catalogue import SYSTEMS
from intake.errors import NotFound
from intake.forms.sessions import GUEST, SEATS, AgendaForm, AttendanceForm, SessionForm
from intake.models import CommitteeSession
from intake.services import session_desk, sessions
from intake.services.subjects import session_subject
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.item_desks import ItemDesk
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.session_pages import page
from intake.web.sittings import STATES, Sitting
from intake.workflow.procedures import DEFAULT_PROCEDURE

bp = Blueprint("sessions", __name__, url_prefix="/sessions")


@bp.get("")
@requires("queue.read")
def listing() -> str:
    """Newest first; the sessions of other bodies do not exist for a member, and none for who never sits."""
    actor = current_actor()
    if actor.role not in policy.roles_for("session.read"):
        raise NotFound()
    return render_template(
        "sessions/listing.html",
        sessions=sessions.listing(g.db, actor=actor),
        counts=session_desk.item_counts(g.db, actor=actor),
        states=STATES,
    )


@bp.get("/new")
@requires("session.create")
def new() -> str:
    chosen = request.args.getlist("item")
    waiting = session_desk.awaiting(g.db, actor=current_actor())
    usual = waiting[0].body_id if waiting else DEFAULT_PROCEDURE.bodies[0].organisation_id
    return called_page(session_form(None, mode="ballot", body=usual, items=chosen))


@bp.post("/new")
@requires("session.create")
def create() -> Any:
    """Call the session; the proposals chosen are its agenda."""
    form = session_form(request.form)
    made = None
    with attempt(form):
        made = sessions.create(
            g.db,
            body=form.body.data or "",
            starts_at=form.starts_at,
            place=form.place.data or "",
            mode=form.mode.data,
            invited=form.guests,
            items=form.codes,
            actor=current_actor(),
        )
    if made is None:
        return called_page(form), 422
    flash(_("The session is called."), "success")
    return see_other(f"/sessions/{made.id}")


def session_form(sent: Any, **values: Any) -> SessionForm:
    waiting = session_desk.awaiting(g.db, actor=current_actor())
    bodies = [(id, tr(name)) for id, name in session_desk.bodies(g.db)]
    return SessionForm(sent, say=tr, bodies=bodies, proposals=options(waiting), **values)


def options(waiting: list[session_desk.Awaiting]) -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in waiting]


def notes(session: CommitteeSession | None = None) -> dict[str, str]:
    """Under each proposal: code, proposer, system, and the body that decides it."""
    bodies = {id: tr(name) for id, name in session_desk.bodies(g.db)}
    waiting = session_desk.awaiting(g.db, actor=current_actor(), session=session)
    told = {
        one.code: (one.code, one.proposer_name, system_code(one.system), bodies.get(one.body_id)) for one in waiting
    }
    return {code: " · ".join(filter(None, words)) for code, words in told.items()}


def system_code(system: str | None) -> str:
    found = SYSTEMS.get(system or "")
    return found.code if found else ""


def called_page(form: SessionForm) -> str:
    return render_template("sessions/new.html", form=form, hints=notes())


@bp.get("/<int:id>")
@requires("session.read")
def show(session: CommitteeSession) -> str:
    sitting = Sitting(session)
    current = sitting.first_item()
    return page(sitting, ItemDesk(sitting, current) if current else None)


@bp.get("/<int:id>/agenda")
@requires("session.read")
def agenda(session: CommitteeSession) -> str:
    ensure_preparing(session)
    listed = [item.proposal.code for item in Sitting(session).items]
    return agenda_page(session, agenda_form(session, None, items=listed))


@bp.post("/<int:id>/agenda")
@requires("session.read")
def set_agenda(session: CommitteeSession) -> Any:
    """Make the proposals that are ticked the agenda, in the order of the list."""
    ensure_preparing(session)
    form = agenda_form(session, request.form)
    with attempt(form):
        sessions.set_agenda(g.db, session, form.codes, actor=current_actor())
    if form.problems:
        return agenda_page(session, form), 422
    flash(_("The agenda is set."), "success")
    return see_other(f"/sessions/{session.id}")


@bp.post("/<int:id>/agenda/order")
@requires("session.read")
def reorder(session: CommitteeSession) -> Any:
    """One step for one item: the button that was pressed carries its code."""
    ensure_preparing(session)
    for name, step in (("up", -1), ("down", 1)):
        if name in request.form:
            sessions.shift(g.db, session, request.form[name], step, actor=current_actor())
    return see_other(f"/sessions/{session.id}#agenda")


def ensure_preparing(session: CommitteeSession) -> None:
    """The secretariat prepares a session; who does not even see it has heard 404 before."""
    actor = current_actor()
    policy.ensure(actor, "session.create", session_subject(g.db, session, actor=actor))


def agenda_form(session: CommitteeSession, sent: Any, **values: Any) -> AgendaForm:
    waiting = session_desk.awaiting(g.db, actor=current_actor(), session=session)
    listed = [item.proposal.code for item in Sitting(session).items]
    waiting.sort(key=lambda one: listed.index(one.code) if one.code in listed else len(listed))
    return AgendaForm(sent, say=tr, proposals=options(waiting), **values)


def agenda_page(session: CommitteeSession, form: AgendaForm) -> str:
    return render_template("sessions/agenda.html", sitting=Sitting(session), form=form, hints=notes(session))


@bp.get("/<int:id>/attendance")
@requires("session.read")
def attendance(session: CommitteeSession) -> str:
    ensure_preparing(session)
    return render_template("sessions/attendance.html", sitting=Sitting(session), form=attendance_form(session, None))


@bp.post("/<int:id>/attendance")
@requires("session.read")
def set_attendance(session: CommitteeSession) -> Any:
    """Keep the whole list in one save."""
    ensure_preparing(session)
    form = attendance_form(session, request.form)
    with attempt(form):
        sessions.set_attendance(g.db, session, form.statuses, actor=current_actor())
    if form.problems:
        return render_template("sessions/attendance.html", sitting=Sitting(session), form=form), 422
    flash(_("The attendance is saved."), "success")
    return see_other(f"/sessions/{session.id}")


def attendance_form(session: CommitteeSession, sent: Any) -> AttendanceForm:
    people = [
        {
            "name": row.user.name,
            "email": row.user.email,
            "status": row.status,
            "seat": tr(SEATS.get(row.seat or "", GUEST)),
        }
        for row in session.attendance
    ]
    return AttendanceForm(sent, say=tr, people=people)


@bp.post("/<int:id>/open")
@requires("session.manage")
def open_session(session: CommitteeSession) -> Any:
    sessions.open_session(g.db, session, actor=current_actor())
    flash(_("The session is open. Its agenda is fixed."), "success")
    return see_other(f"/sessions/{session.id}")


@bp.post("/<int:id>/close")
@requires("session.manage")
def close_session(session: CommitteeSession) -> Any:
    sessions.close_session(g.db, session, actor=current_actor())
    flash(_("The session is closed."), "success")
    return see_other(f"/sessions/{session.id}")
