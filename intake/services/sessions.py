"""Sittings of a deciding body: called, opened, held, closed. The desk of the secretariat and the chair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from intake import clock, policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import Attendance, Body, BodyMember, CommitteeSession, Proposal, SessionItem
from intake.policy import Actor, Relation, Subject
from intake.services import agendas, attendance, audit, postponements, session_notices
from intake.services.agendas import set_agenda, shift, visible_items
from intake.services.attendance import set_attendance
from intake.services.items import close_item, open_item
from intake.services.postponements import cancel, postpone
from intake.services.recusals import recuse
from intake.services.subjects import session_subject

__all__ = [
    "cancel",
    "close_item",
    "close_session",
    "create",
    "get",
    "listing",
    "open_item",
    "open_session",
    "postpone",
    "recuse",
    "set_agenda",
    "set_attendance",
    "shift",
    "visible_items",
]

MODES = ("ballot", "consensus")
MOST_GUESTS = 200


def create(
    db: Session,
    *,
    body: str,
    starts_at: datetime,
    place: str,
    mode: str | None = None,
    invited: Sequence[str] = (),
    items: Sequence[str] = (),
    actor: Actor,
) -> CommitteeSession:
    """Call a sitting of `body`: numbered, its members and guests on the list, the agenda set."""
    policy.ensure(actor, "session.create", Subject())
    # The lock keeps two sittings of one body from taking the same number.
    found = db.scalar(select(Body).where(Body.organisation_id == body).with_for_update())
    errors = []
    if found is None:
        errors.append(("body", N_("%(id)s is not a body that sits.", id=body)))
    errors += postponements.place_errors(starts_at, place)
    if mode is not None and mode not in MODES:
        errors.append(("mode", N_("Use one of: %(known)s.", known=", ".join(MODES))))
    if len(invited) > MOST_GUESTS:
        errors.append(("invited", N_("At most %(count)s guests can be invited.", count=MOST_GUESTS)))
    if errors or found is None:
        raise Invalid(errors=errors)
    last = db.scalar(select(func.max(CommitteeSession.number)).where(CommitteeSession.body_id == body))
    session = CommitteeSession(
        number=(last or 0) + 1,
        body_id=body,
        starts_at=starts_at,
        place=place.strip(),
        mode=mode or found.mode,
        state="planned",
        created_by_id=actor.user_id,
        created_at=clock.now(),
    )
    db.add(session)
    db.flush()
    attendance.enrol(db, session)
    attendance.invite(db, session, invited)
    data = {"body": body, "number": session.number, "mode": session.mode}
    audit.record(db, "session.created", actor=actor, subject=f"session:{session.id}", data=data)
    session_notices.called(db, session)
    if items:
        set_agenda(db, session, items, actor=actor)
    return session


def get(db: Session, session_id: int, *, actor: Actor, action: str = "session.read") -> CommitteeSession:
    """The sitting with its body, agenda and list, when `actor` may do `action` with it.

    The agenda lists every item: what this person may know of, `visible_items` says.
    """
    found = db.scalar(
        select(CommitteeSession)
        .where(CommitteeSession.id == session_id)
        .options(
            selectinload(CommitteeSession.body),
            selectinload(CommitteeSession.items).selectinload(SessionItem.proposal),
            selectinload(CommitteeSession.attendance).selectinload(Attendance.user),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound()
    policy.ensure(actor, action, session_subject(db, found, actor=actor))
    return found


def listing(db: Session, *, actor: Actor) -> list[CommitteeSession]:
    """The sittings that `actor` may see, newest first: the secretariat all, a member those of the own bodies."""
    query = (
        select(CommitteeSession)
        .options(selectinload(CommitteeSession.body), selectinload(CommitteeSession.items))
        .order_by(CommitteeSession.starts_at.desc(), CommitteeSession.id.desc())
    )
    if not policy.allows(actor, "session.read", Subject()):
        if not policy.allows(actor, "session.read", Subject(frozenset({Relation.IN_SESSION}))):
            return []
        own = select(BodyMember.body_id).where(BodyMember.user_id == actor.user_id, BodyMember.ended_on.is_(None))
        query = query.where(CommitteeSession.body_id.in_(own))
    return list(db.scalars(query))


def open_session(db: Session, session: CommitteeSession, *, actor: Actor) -> CommitteeSession:
    """Open the sitting: its agenda is fixed, and members who joined or left since it was called are put right."""
    policy.ensure(actor, "session.manage", session_subject(db, session, actor=actor))
    advance(db, session, "planned", "open", opened_at=clock.now())
    attendance.enrol(db, session)
    audit.record(db, "session.opened", actor=actor, subject=f"session:{session.id}")
    return session


def close_session(db: Session, session: CommitteeSession, *, actor: Actor) -> CommitteeSession:
    """Close the sitting: items nobody dealt with leave its agenda, conclusions and release may still follow."""
    policy.ensure(actor, "session.manage", session_subject(db, session, actor=actor))
    advance(db, session, "open", "closed", closed_at=clock.now())
    items = db.execute(
        select(SessionItem, Proposal.code)
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(SessionItem.session_id == session.id)
        .order_by(SessionItem.id)
        .with_for_update(of=SessionItem)
    ).all()
    still_open = [code for item, code in items if item.state == "open"]
    if still_open:
        raise IllegalMove(N_("Close the open items first: %(codes)s.", codes=", ".join(still_open)), open=still_open)
    for item, _ in items:
        if item.state == "waiting":
            agendas.take_off(db, session, item, actor=actor)
    audit.record(db, "session.closed", actor=actor, subject=f"session:{session.id}")
    return session


def advance(db: Session, session: CommitteeSession, source: str, target: str, **values: datetime) -> None:
    """Move the sitting by compare-and-set."""
    db.flush()
    hit = db.scalar(
        update(CommitteeSession)
        .where(CommitteeSession.id == session.id, CommitteeSession.state == source)
        .values(state=target, **values)
        .returning(CommitteeSession.id),
        execution_options={"synchronize_session": False},
    )
    if hit is None:
        raise IllegalMove(N_("The session is no longer at the stage for this. Reload the page to see where it stands."))
    db.refresh(session, ["state", *values])
