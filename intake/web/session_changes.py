"""A sitting that is put off or called off, and what its minutes say."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import clock, policy
from intake.forms.days import shown
from intake.forms.sessions import CancellationForm, MinutesForm, PostponementForm
from intake.models import CommitteeSession
from intake.services import minutes, sessions
from intake.services.subjects import session_subject
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.minutes_pages import MinutesPage
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.sittings import Sitting

bp = Blueprint("session_changes", __name__, url_prefix="/sessions/<int:id>")


def ensure_preparing(session: CommitteeSession) -> None:
    """The secretariat calls a session, so it moves it; who does not even see it has heard 404 before."""
    actor = current_actor()
    policy.ensure(actor, "session.create", session_subject(g.db, session, actor=actor))


@bp.get("/schedule")
@requires("session.read")
def schedule(session: CommitteeSession) -> str:
    ensure_preparing(session)
    starts = session.starts_at.astimezone(clock.ZONE)
    known = {"day": shown(starts.date()), "time": f"{starts:%H:%M}", "place": session.place}
    return schedule_page(session, PostponementForm(None, say=tr, data=known), CancellationForm(None, say=tr))


def schedule_page(session: CommitteeSession, later: PostponementForm, off: CancellationForm) -> str:
    off.reason.id = "off-reason"
    return render_template("sessions/schedule.html", sitting=Sitting(session), later=later, off=off)


@bp.post("/schedule")
@requires("session.read")
def postpone(session: CommitteeSession) -> Any:
    """Another day or place; the agenda stays and everybody on the list is told."""
    ensure_preparing(session)
    form = PostponementForm(request.form, say=tr)
    with attempt(form):
        given = {"starts_at": form.starts_at, "place": form.place.data or "", "reason": form.reason.data or ""}
        sessions.postpone(g.db, session, **given, actor=current_actor())
    if form.problems:
        return schedule_page(session, form, CancellationForm(None, say=tr)), 422
    flash(_("The session is postponed. Everybody on its list is told."), "success")
    return see_other(f"/sessions/{session.id}")


@bp.post("/cancel")
@requires("session.read")
def cancel(session: CommitteeSession) -> Any:
    ensure_preparing(session)
    form = CancellationForm(request.form, say=tr)
    form.reason.id = "off-reason"
    with attempt(form):
        sessions.cancel(g.db, session, reason=form.reason.data or "", actor=current_actor())
    if form.problems:
        starts = session.starts_at.astimezone(clock.ZONE)
        known = {"day": shown(starts.date()), "time": f"{starts:%H:%M}", "place": session.place}
        return schedule_page(session, PostponementForm(None, say=tr, data=known), form), 422
    flash(_("The session is cancelled. Everybody on its list is told."), "success")
    return see_other(f"/sessions/{session.id}")


@bp.get("/minutes")
@requires("session.read")
def read_minutes(session: CommitteeSession) -> str:
    """For the secretariat and the chair at any time, for members after the release."""
    page = MinutesPage(Sitting(session))
    form = MinutesForm(None, say=tr, notes=session.minutes) if page.may_write else None
    return render_template("sessions/minutes.html", page=page, sitting=page.sitting, form=form)


@bp.post("/minutes")
@requires("session.read")
def write_minutes(session: CommitteeSession) -> Any:
    ensure_preparing(session)
    form = MinutesForm(request.form, say=tr)
    with attempt(form):
        minutes.write_notes(g.db, session, form.notes.data or "", actor=current_actor())
    if form.problems:
        page = MinutesPage(Sitting(session))
        return render_template("sessions/minutes.html", page=page, sitting=page.sitting, form=form), 422
    flash(_("The minutes are saved."), "success")
    return see_other(f"/sessions/{session.id}/minutes")
