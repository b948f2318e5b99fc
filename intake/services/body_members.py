"""Bodies that decide, as an administrator keeps them: who sits in them, which part is a quorum, how they vote."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from intake import clock, policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import Body, BodyMember, CommitteeSession, Membership, User
from intake.policy import Actor, Role, Subject
from intake.services import accounts, audit

EDIT = "settings.edit"
SEATS: dict[str, Message] = {"chair": N_("Chair"), "deputy": N_("Deputy chair"), "member": N_("Member of the body")}
MODES: dict[str, Message] = {"ballot": N_("By ballot"), "consensus": N_("By consensus")}
SITTING_ROLES = (Role.COMMITTEE_MEMBER.value, Role.COMMITTEE_CHAIR.value)
LONGEST_TITLE = 200
LARGEST_PART = 100


@dataclass(frozen=True)
class Sitting:
    """One body with the people in it."""

    body: Body
    seats: list[tuple[BodyMember, User]]


def listing(db: Session, *, actor: Actor) -> list[Sitting]:
    """Every deciding body with its seats, in their order."""
    policy.ensure(actor, EDIT, Subject())
    bodies = db.scalars(select(Body).options(joinedload(Body.organisation)).order_by(Body.organisation_id)).all()
    rows = db.execute(
        select(BodyMember, User)
        .join(User, User.id == BodyMember.user_id)
        .where(BodyMember.ended_on.is_(None))
        .order_by(BodyMember.position, BodyMember.id)
    ).all()
    return [Sitting(body, [(m, u) for m, u in rows if m.body_id == body.organisation_id]) for body in bodies]


def get(db: Session, body_id: str, *, actor: Actor) -> Sitting:
    """One body; NotFound for another word."""
    found = next((one for one in listing(db, actor=actor) if one.body.organisation_id == body_id), None)
    if found is None:
        raise NotFound()
    return found


def seat(db: Session, body_id: str, *, email: str, seat: str, title: str, actor: Actor) -> None:
    """Give somebody a seat, who must hold a role of the committee already: the seat alone opens nothing."""
    sitting = get(db, body_id, actor=actor)
    user = accounts.by_address(db, email)
    words = " ".join(title.split())
    errors: list[tuple[str, Message]] = []
    if user is None:
        errors.append(("email", N_("There is no active account with this address.")))
    elif not db.scalar(committee_role(user.id)):
        errors.append(("email", N_("Give the person the role of committee member or chair first.")))
    elif any(person.id == user.id for _, person in sitting.seats):
        errors.append(("email", N_("This person has a seat in the body already.")))
    if seat not in SEATS:
        errors.append(("seat", N_("Choose a seat.")))
    elif seat == "chair" and any(one.seat == "chair" for one, _ in sitting.seats):
        errors.append(("seat", N_("The body has a chair. End that seat first.")))
    if len(words) > LONGEST_TITLE or not words.isprintable():
        errors.append(("title", N_("Use at most %(count)s characters.", count=LONGEST_TITLE)))
    if errors or user is None:
        raise Invalid(errors=errors)
    refuse_while_sitting(db, body_id)
    write_seat(db, body_id, user.id, seat, words)
    data = {"old": None, "new": {"user": user.id, "seat": seat, "title": words}}
    audit.record(db, "body.seat_given", actor=actor, subject=f"body:{body_id}", data=data)


def committee_role(user_id: int):
    return select(Membership.id).where(
        Membership.user_id == user_id, Membership.role.in_(SITTING_ROLES), Membership.ended_at.is_(None)
    )


def write_seat(db: Session, body_id: str, user_id: int, seat: str, title: str) -> None:
    """A person has one row a body: whoever comes back takes it again."""
    last = db.scalar(select(func.max(BodyMember.position)).where(BodyMember.body_id == body_id)) or 0
    row = db.scalar(select(BodyMember).where(BodyMember.body_id == body_id, BodyMember.user_id == user_id))
    if row is None:
        row = BodyMember(body_id=body_id, user_id=user_id, position=last + 1)
        db.add(row)
    row.seat, row.title, row.position, row.ended_on = seat, title, last + 1, None
    db.flush()


def end(db: Session, body_id: str, member_id: int, *, actor: Actor) -> None:
    """End a seat from today on: the person no longer counts for the quorum and sees nothing of the next sittings."""
    sitting = get(db, body_id, actor=actor)
    row = next((one for one, _ in sitting.seats if one.id == member_id), None)
    if row is None:
        raise NotFound()
    refuse_while_sitting(db, body_id)
    db.execute(update(BodyMember).where(BodyMember.id == row.id).values(ended_on=clock.today()))
    data = {"old": {"user": row.user_id, "seat": row.seat, "title": row.title}, "new": None}
    audit.record(db, "body.seat_ended", actor=actor, subject=f"body:{body_id}", data=data)


def refuse_while_sitting(db: Session, body_id: str) -> None:
    """Nobody comes or goes in the middle of a sitting: its quorum was counted."""
    is_open = select(CommitteeSession.id).where(CommitteeSession.body_id == body_id, CommitteeSession.state == "open")
    if db.scalar(is_open.limit(1)) is not None:
        raise IllegalMove(N_("The body is in session now. Change its seats when the session is closed."))


def set_rules(db: Session, body_id: str, *, numerator: int, denominator: int, mode: str, actor: Actor) -> None:
    """Which part of those entitled is a quorum, and how the body votes unless a session says otherwise."""
    body = get(db, body_id, actor=actor).body
    errors = []
    if not 1 <= denominator <= LARGEST_PART or not 1 <= numerator <= denominator:
        errors.append(("quorum", N_("Enter a part like 2/3: more than nothing, at most the whole.")))
    if mode not in MODES:
        errors.append(("mode", N_("Choose how the body decides.")))
    if errors:
        raise Invalid(errors=errors)
    refuse_while_sitting(db, body_id)
    old = {"quorum": f"{body.quorum_numerator}/{body.quorum_denominator}", "mode": body.mode}
    body.quorum_numerator, body.quorum_denominator, body.mode = numerator, denominator, mode
    db.flush()
    data = {"old": old, "new": {"quorum": f"{numerator}/{denominator}", "mode": mode}}
    audit.record(db, "body.rules_set", actor=actor, subject=f"body:{body_id}", data=data)
