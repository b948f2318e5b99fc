"""People as an administrator sees them: found by name or address, with their roles; never with what they write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from intake import policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import LANGUAGES, N_
from intake.models import Assignment, Body, BodyMember, Membership, Organisation, User
from intake.policy import Actor, Subject
from intake.services import accounts, addresses, audit, links, searching, second_factors

MANAGE = "user.manage"
PAGE = 50


@dataclass(frozen=True)
class PersonLine:
    """One person in the list."""

    id: int
    name: str
    email: str
    is_active: bool
    roles: list[Membership]


@dataclass(frozen=True)
class Page:
    """Some people by address, and where the next page starts (None at the end)."""

    items: list[PersonLine]
    next: str | None


@dataclass(frozen=True)
class Person:
    """One account with everything an administrator may change about it."""

    user: User
    current: list[Membership]
    ended: list[Membership]
    seats: list[tuple[BodyMember, Organisation]]
    has_second_factor: bool
    has_password: bool
    asked_count: int
    created_at: datetime


def search(db: Session, q: str = "", *, after: str = "", actor: Actor) -> Page:
    """People whose name or address contains every word typed, marks aside."""
    policy.ensure(actor, MANAGE, Subject())
    found = select(User).where(User.email > after, searching.has_words(User.folded, q))
    found = found.order_by(User.email).limit(PAGE + 1)
    people = db.scalars(found).all()
    shown = people[:PAGE]
    held: dict[int, list[Membership]] = {user.id: [] for user in shown}
    for membership in db.scalars(current_of(list(held))):
        held[membership.user_id].append(membership)
    lines = [PersonLine(user.id, user.name, user.email, user.is_active, held[user.id]) for user in shown]
    return Page(lines, shown[-1].email if len(people) > PAGE else None)


def current_of(user_ids: list[int]):
    return (
        select(Membership)
        .where(Membership.user_id.in_(user_ids), Membership.ended_at.is_(None))
        .options(joinedload(Membership.organisation))
        .order_by(Membership.id)
    )


def get(db: Session, user_id: int, *, actor: Actor) -> Person:
    """One person; NotFound for nobody."""
    policy.ensure(actor, MANAGE, Subject())
    user = db.get(User, user_id)
    if user is None:
        raise NotFound()
    ended = (
        select(Membership)
        .where(Membership.user_id == user_id, Membership.ended_at.is_not(None))
        .options(joinedload(Membership.organisation))
        .order_by(Membership.ended_at.desc(), Membership.id.desc())
    )
    seats = db.execute(
        select(BodyMember, Organisation)
        .join(Body, Body.organisation_id == BodyMember.body_id)
        .join(Organisation, Organisation.id == Body.organisation_id)
        .where(BodyMember.user_id == user_id, BodyMember.ended_on.is_(None))
        .order_by(BodyMember.id)
    ).all()
    asked = select(func.count()).select_from(Assignment)
    return Person(
        user=user,
        current=list(db.scalars(current_of([user_id]))),
        ended=list(db.scalars(ended)),
        seats=[(seat, organisation) for seat, organisation in seats],
        has_second_factor=second_factors.state(db, user_id).is_on,
        has_password=user.password_hash is not None,
        asked_count=db.scalar(asked.where(Assignment.user_id == user_id, Assignment.ended_at.is_(None))) or 0,
        created_at=user.created_at,
    )


def create(
    db: Session,
    *,
    email: str,
    name: str,
    language: str,
    role: str,
    organisation_id: str | None,
    system: str | None,
    is_manager: bool,
    actor: Actor,
) -> User:
    """Open an account for somebody with a first role; they get a link that sets their password."""
    policy.ensure(actor, MANAGE, Subject())
    address, full_name = addresses.checked(email), addresses.checked_name(name)
    if language not in LANGUAGES:
        raise Invalid(errors=[("language", N_("Choose a language."))])
    if db.scalar(select(User.id).where(User.email == address)) is not None:
        raise Invalid(errors=[("email", N_("There is an account with this address already. Search for it."))])
    user = accounts.create_user(
        db,
        email=address,
        name=full_name,
        role=role,
        organisation_id=organisation_id,
        system=system,
        language=language,
        is_manager=is_manager,
        actor=actor,
    )
    send_link(db, user, actor=actor)
    return user


def send_link(db: Session, user: User, *, actor: Actor) -> None:
    """A link that sets a password, for three days; it goes to the person, never to the screen."""
    policy.ensure(actor, MANAGE, Subject())
    if not user.is_active:
        raise IllegalMove(N_("This account is closed. Open it again first."))
    audit.record(db, "password.link_sent", actor=actor, subject=f"user:{user.id}")
    body = [N_("An administrator opened an account for you. The link sets your password; it works once, for 3 days.")]
    links.invite_to_set_password(db, user, body)
