"""Who is expected at a sitting and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_
from intake.models import Attendance, AttendanceChange, Ballot, BodyMember, CommitteeSession, SessionItem, User
from intake.policy import Actor
from intake.services import audit
from intake.services.subjects import session_subject
from intake.workflow.voting import ATTENDING

OVER = ("closed", "cancelled")
RECORDABLE = ("present", "remote", "excused", "absent")


def enrol(db: Session, session: CommitteeSession) -> None:
    """Put every current member of the body on the list, and take off those whose seat has ended."""
    seats = dict(
        db.execute(
            select(BodyMember.user_id, BodyMember.seat)
            .where(BodyMember.body_id == session.body_id, BodyMember.ended_on.is_(None))
            .order_by(BodyMember.position, BodyMember.id)
        ).all()
    )
    listed = {row.user_id: row for row in db.scalars(select(Attendance).where(Attendance.session_id == session.id))}
    for user_id, seat in seats.items():
        if user_id in listed:
            listed[user_id].seat = seat
        else:
            db.add(Attendance(session_id=session.id, user_id=user_id, seat=seat))
    gone = [user_id for user_id, row in listed.items() if row.seat is not None and user_id not in seats]
    db.flush()
    db.execute(delete(Attendance).where(Attendance.session_id == session.id, Attendance.user_id.in_(gone)))


def invite(db: Session, session: CommitteeSession, emails: Iterable[str]) -> None:
    """Put guests on the list: they attend without a vote."""
    listed = set(db.scalars(select(Attendance.user_id).where(Attendance.session_id == session.id)))
    for index, email in enumerate(emails):
        user_id = db.scalar(select(User.id).where(User.email == email.strip().casefold(), User.is_active))
        if user_id is None:
            raise Invalid(errors=[(f"invited.{index}", N_("There is no account %(email)s.", email=email))])
        if user_id not in listed:
            listed.add(user_id)
            db.add(Attendance(session_id=session.id, user_id=user_id, seat=None))
    db.flush()


def set_attendance(db: Session, session: CommitteeSession, statuses: Mapping[str, str], *, actor: Actor) -> None:
    """Record who is there; people not named keep what was recorded."""
    # Only the secretariat keeps the list: it decides who stands in for the chair.
    policy.ensure(actor, "session.create", session_subject(db, session, actor=actor))
    if session.state in OVER:
        raise IllegalMove(N_("The session is closed; its attendance can no longer change."))
    listed = {
        email: row
        for row, email in db.execute(
            select(Attendance, User.email)
            .join(User, User.id == Attendance.user_id)
            .where(Attendance.session_id == session.id)
        ).all()
    }
    checked = {email.strip().casefold(): status for email, status in statuses.items()}
    errors = [
        (email, N_("%(email)s is not on the list of this session.", email=email))
        for email in checked
        if email not in listed
    ]
    known = ", ".join(RECORDABLE)
    errors += [
        (email, N_("Use one of: %(known)s.", known=known))
        for email, status in checked.items()
        if status not in RECORDABLE
    ]
    if errors:
        raise Invalid(errors=errors)
    leaving = [listed[email].user_id for email, status in checked.items() if status not in ATTENDING]
    refuse_leaving_a_secret_ballot(db, session, leaving)
    for email, status in checked.items():
        note(db, listed[email], status, actor=actor)
    db.flush()
    recorded = {str(listed[email].user_id): status for email, status in checked.items()}
    audit.record(db, "session.attendance_recorded", actor=actor, subject=f"session:{session.id}", data=recorded)


def note(db: Session, row: Attendance, status: str, *, actor: Actor) -> None:
    """Record the status; a change also with its time, so that the minutes tell who came late and who left early."""
    row.recorded_by_id = actor.user_id
    if row.status == status:
        return
    row.status = status
    db.add(
        AttendanceChange(
            session_id=row.session_id,
            user_id=row.user_id,
            status=status,
            changed_at=clock.now(),
            recorded_by_id=actor.user_id,
        )
    )


def refuse_leaving_a_secret_ballot(db: Session, session: CommitteeSession, leaving: list[int]) -> None:
    """A secret ballot cannot be taken out again, so its voter must stay in the base until the item closes."""
    cast = (
        select(Ballot.id)
        .join(SessionItem, SessionItem.id == Ballot.item_id)
        .where(
            SessionItem.session_id == session.id,
            SessionItem.state == "open",
            SessionItem.is_secret,
            Ballot.user_id.in_(leaving),
        )
    )
    if db.scalar(cast.limit(1)) is not None:
        raise IllegalMove(N_("A secret vote is under way and one of these people has voted; close the item first."))
