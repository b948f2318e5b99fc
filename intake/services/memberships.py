"""What people act as: roles granted and ended, by an administrator or, inside an organisation, by its manager."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake import catalogue, clock, policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import ApiToken, Membership, Organisation, User
from intake.models.accounts import ROLES
from intake.policy import Actor, Role, Subject
from intake.services import audit, conflict_checks, duties, notices
from intake.services.role_labels import ROLE_LABELS

NEED_ORGANISATION = frozenset({"ministry_lead", "ministry_reviewer", "implementer"})
NEED_SYSTEM = frozenset({"engineer"})


def refuse_impossible(db: Session, *, role: str, organisation_id: str | None, system: str | None) -> None:
    """Raise Invalid for a role, a body or a system that does not exist, or that does not fit together."""
    if role not in ROLES:
        known = ", ".join(ROLES)
        message = N_("There is no role %(role)s. Known roles: %(known)s.", role=role, known=known)
        raise Invalid(errors=[("role", message)])
    errors: list[tuple[str, Message]] = []
    organisation = db.get(Organisation, organisation_id) if organisation_id else None
    if organisation_id and (organisation is None or not organisation.is_active):
        message = N_("There is no organisation %(id)s in the catalogue.", id=organisation_id)
        errors.append(("organisation", message))
    elif role in NEED_ORGANISATION and organisation is None:
        errors.append(("organisation", N_("Say for which organisation: this role acts for one.")))
    if system and system not in catalogue.SYSTEMS:
        errors.append(("system", N_("There is no system %(id)s in the catalogue.", id=system)))
    elif role in NEED_SYSTEM and not system:
        errors.append(("system", N_("Say for which system: a chief engineer answers for one.")))
    if errors:
        raise Invalid(errors=errors)


def add(
    db: Session,
    user: User,
    *,
    role: str,
    organisation_id: str | None = None,
    system: str | None = None,
    is_manager: bool = False,
    actor: Actor,
) -> Membership:
    """Write a membership that the caller has checked."""
    membership = Membership(
        user_id=user.id,
        role=role,
        organisation_id=organisation_id,
        system=system,
        is_manager=is_manager,
        granted_by_id=actor.user_id,
        granted_at=clock.now(),
    )
    db.add(membership)
    db.flush()
    data = {"role": role, "organisation": organisation_id, "system": system}
    data |= {"manager": True} if is_manager else {}
    audit.record(db, "membership.granted", actor=actor, subject=f"user:{user.id}", data=data)
    return membership


def grant(
    db: Session,
    user: User,
    *,
    role: str,
    organisation_id: str | None = None,
    system: str | None = None,
    is_manager: bool = False,
    actor: Actor,
) -> Membership:
    """A further role, by an administrator; the person is told."""
    policy.ensure(actor, "user.manage", Subject())
    refuse_impossible(db, role=role, organisation_id=organisation_id, system=system)
    if is_manager and (role != Role.APPLICANT or organisation_id is None):
        raise Invalid(errors=[("is_manager", N_("Only an applicant of an organisation can invite others to it."))])
    if held(db, user.id, role, organisation_id, system):
        raise Invalid(errors=[("role", N_("The person holds this role already."))])
    with conflict_checks.of_person(db, user.id, actor=actor):
        made = add(
            db, user, role=role, organisation_id=organisation_id, system=system, is_manager=is_manager, actor=actor
        )
    body = [N_("You can now act as: %(role)s.", role=ROLE_LABELS[role])]
    notices.notify(db, [user.id], N_("You were given a role"), body, key=f"granted:{made.id}", path="/act-as")
    return made


def held(db: Session, user_id: int, role: str, organisation_id: str | None, system: str | None) -> bool:
    same = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.role == role,
        Membership.organisation_id.is_not_distinct_from(organisation_id),
        Membership.system.is_not_distinct_from(system),
        Membership.ended_at.is_(None),
    )
    return db.scalar(same) is not None


def end(db: Session, membership_id: int, *, user_id: int, reason: str, actor: Actor) -> Membership:
    """End a role, by an administrator: tokens made for it and work asked under it end at once."""
    policy.ensure(actor, "user.manage", Subject())
    membership = current(db, membership_id)
    if membership.user_id != user_id:
        raise NotFound()
    if membership.role == Role.ADMINISTRATOR:
        refuse_last_administrator(db, membership.user_id)
    finish(db, membership, reason=reason, actor=actor)
    return membership


def current(db: Session, membership_id: int) -> Membership:
    """The membership while it is held; NotFound otherwise."""
    found = db.get(Membership, membership_id)
    if found is None or found.ended_at is not None:
        raise NotFound()
    return found


def finish(db: Session, membership: Membership, *, reason: str, actor: Actor) -> None:
    """What ends with a membership that the caller may end."""
    now = clock.now()
    with conflict_checks.of_person(db, membership.user_id, actor=actor):
        ended = db.scalar(
            update(Membership)
            .where(Membership.id == membership.id, Membership.ended_at.is_(None))
            .values(ended_at=now)
            .returning(Membership.id)
        )
        if ended is None:
            raise NotFound()
    own_tokens = (ApiToken.membership_id == membership.id, ApiToken.revoked_at.is_(None))
    db.execute(update(ApiToken).where(*own_tokens).values(revoked_at=now))
    duties.end_of_role(db, membership, actor=actor)
    data = {"role": membership.role, "organisation": membership.organisation_id, "system": membership.system}
    data |= {"reason": reason}
    audit.record(db, "membership.ended", actor=actor, subject=f"user:{membership.user_id}", data=data)
    body = [N_("You can no longer act as: %(role)s.", role=ROLE_LABELS[membership.role])]
    notices.notify(
        db, [membership.user_id], N_("A role of yours has ended"), body, key=f"ended:{membership.id}", path="/act-as"
    )


def refuse_last_administrator(db: Session, user_id: int) -> None:
    """Somebody must be left who can put things right."""
    others = select(func.count(func.distinct(Membership.user_id))).join(User, User.id == Membership.user_id)
    others = others.where(
        Membership.role == Role.ADMINISTRATOR,
        Membership.ended_at.is_(None),
        Membership.user_id != user_id,
        User.is_active,
    )
    if not db.scalar(others):
        raise IllegalMove(N_("This is the last administrator. Give the role to somebody else first."))
