"""A sitting that cannot be held as called: put off to another day with its agenda, or cancelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_, Message
from intake.models import Attendance, AttendanceChange, CommitteeSession, SessionItem
from intake.policy import Actor
from intake.services import agendas, audit, session_notices
from intake.services.subjects import session_subject

LONGEST_PLACE = 500
LONGEST_REASON = 5000
MOVABLE = ("planned", "open")


def postpone(
    db: Session, session: CommitteeSession, *, starts_at: datetime, place: str, reason: str, actor: Actor
) -> CommitteeSession:
    """Put the sitting off to another time and place; its agenda stays, its attendance is taken anew, people are told.

    One that has opened may be put off as long as no item was dealt with: a sitting without a quorum ends like this.
    """
    ensure_untouched(db, session, actor=actor)
    errors = place_errors(starts_at, place) + reason_errors(reason)
    if not errors and starts_at <= clock.now():
        errors.append(("starts_at", N_("Give a time to come.")))
    if errors:
        raise Invalid(errors=errors)
    before = session.starts_at
    values = {"starts_at": starts_at, "place": place.strip(), "postponed_from": before, "opened_at": None}
    change(db, session, "planned", change_reason=reason.strip(), **values)
    fresh = update(Attendance).where(Attendance.session_id == session.id)
    db.execute(fresh.values(status="expected", recorded_by_id=None))
    db.execute(delete(AttendanceChange).where(AttendanceChange.session_id == session.id))
    db.expire_all()
    data = {"from": before.isoformat(), "to": starts_at.isoformat(), "reason": reason.strip()}
    audit.record(db, "session.postponed", actor=actor, subject=f"session:{session.id}", data=data)
    session_notices.postponed(db, session, before)
    return session


def cancel(db: Session, session: CommitteeSession, *, reason: str, actor: Actor) -> CommitteeSession:
    """Call the sitting off; what was on its agenda goes back to the secretariat, and people are told."""
    ensure_untouched(db, session, actor=actor)
    if errors := reason_errors(reason):
        raise Invalid(errors=errors)
    change(db, session, "cancelled", change_reason=reason.strip())
    listed = select(SessionItem).where(SessionItem.session_id == session.id, SessionItem.state == "waiting")
    for item in db.scalars(listed.order_by(SessionItem.id)).all():
        agendas.take_off(db, session, item, actor=actor)
    data = {"reason": reason.strip()}
    audit.record(db, "session.cancelled", actor=actor, subject=f"session:{session.id}", data=data)
    session_notices.cancelled(db, session)
    return session


def may_be_moved(session: CommitteeSession, states: list[str]) -> bool:
    """Whether it can still be put off or cancelled, given the states of its items."""
    return session.state in MOVABLE and all(state in ("waiting", "removed") for state in states)


def ensure_untouched(db: Session, session: CommitteeSession, *, actor: Actor) -> None:
    # The secretariat calls a session and so moves it; whoever opens an item waits for this lock.
    policy.ensure(actor, "session.create", session_subject(db, session, actor=actor))
    db.refresh(session, with_for_update=True)
    states = list(db.scalars(select(SessionItem.state).where(SessionItem.session_id == session.id)))
    if not may_be_moved(session, states):
        raise IllegalMove(N_("Items of this session were dealt with, or it is over: it can no longer be moved."))


def place_errors(starts_at: datetime, place: str) -> list[tuple[str, Message]]:
    errors = []
    if starts_at.tzinfo is None:
        errors.append(("starts_at", N_("Give the time with its zone.")))
    if not 0 < len(place.strip()) <= LONGEST_PLACE:
        errors.append(("place", N_("Say where the session is held.")))
    return errors


def reason_errors(reason: str) -> list[tuple[str, Message]]:
    if 0 < len(reason.strip()) <= LONGEST_REASON:
        return []
    return [("reason", N_("Say why, in at most %(count)s characters.", count=LONGEST_REASON))]


def change(db: Session, session: CommitteeSession, state: str, **values: object) -> None:
    """Move the sitting by compare-and-set."""
    moved = db.scalar(
        update(CommitteeSession)
        .where(CommitteeSession.id == session.id, CommitteeSession.state == session.state)
        .values(state=state, **values)
        .returning(CommitteeSession.id),
        execution_options={"synchronize_session": False},
    )
    if moved is None:
        raise IllegalMove(N_("The session is no longer at the stage for this. Reload the page to see where it stands."))
    db.refresh(session)
