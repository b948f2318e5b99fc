"""Mails to those who are expected at a sitting: when and where only, never what is on the agenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import N_, Message, Text
from intake.models import Attendance, CommitteeSession, Organisation
from intake.services.notices import notify


def called(db: Session, session: CommitteeSession) -> None:
    """The sitting is called."""
    subject = N_("You are invited to a session of %(body)s", body=body_of(db, session))
    tell(db, session, "called", subject, [when(session), where(session)])


def postponed(db: Session, session: CommitteeSession, before: datetime) -> None:
    """The sitting was put off."""
    subject = N_("The session of %(body)s is postponed", body=body_of(db, session))
    lines = [
        N_("It was called for %(time)s on %(day)s and is put off.", **day_and_time(before)),
        when(session),
        where(session),
        why(session),
    ]
    tell(db, session, f"postponed:{clock.now().isoformat()}", subject, lines)


def cancelled(db: Session, session: CommitteeSession) -> None:
    """The sitting is not held."""
    subject = N_("The session of %(body)s is cancelled", body=body_of(db, session))
    lines = [N_("It was called for %(time)s on %(day)s and is not held.", **day_and_time(session.starts_at))]
    tell(db, session, "cancelled", subject, [*lines, why(session)])


def tell(db: Session, session: CommitteeSession, event: str, subject: Message, lines: list[Message]) -> None:
    """Once to everybody on the list: members open the session from the mail, guests have no page of it."""
    rows = db.execute(select(Attendance.user_id, Attendance.seat).where(Attendance.session_id == session.id)).all()
    key = f"session:{session.id}:{event}"
    notify(db, [row.user_id for row in rows if row.seat], subject, lines, key=key, path=f"/sessions/{session.id}")
    notify(db, [row.user_id for row in rows if not row.seat], subject, lines, key=key)


def body_of(db: Session, session: CommitteeSession) -> Text:
    body = db.get_one(Organisation, session.body_id)
    return Text(vi=body.name_vi, en=body.name_en)


def day_and_time(at: datetime) -> dict[str, str]:
    local = at.astimezone(clock.ZONE)
    return {"day": f"{local:%d/%m/%Y}", "time": f"{local:%H:%M}"}


def when(session: CommitteeSession) -> Message:
    return N_("It begins at %(time)s on %(day)s.", **day_and_time(session.starts_at))


def where(session: CommitteeSession) -> Message:
    return N_("Place: %(place)s", place=session.place)


def why(session: CommitteeSession) -> Message:
    return N_("Reason: %(reason)s", reason=session.change_reason)
