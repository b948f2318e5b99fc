"""Letting one owner draft on an initiative that is stopped for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from intake import catalogue, clock, outline, policy
from intake.errors import Invalid, NotFound, Stopped
from intake.i18n import N_, Message
from intake.models import Clearance, User
from intake.outline.secrecy import MARKED
from intake.policy import Actor, Subject
from intake.services import audit, wordings
from intake.services.notices import notify

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Granted:
    """One clearance as the secretariat lists it; `revoked_at` is None while it is in force."""

    id: int
    owner_email: str
    owner_name: str
    initiative: str
    reason: str
    granted_by: str
    granted_at: datetime
    revoked_by: str | None
    revoked_at: datetime | None
    revoke_reason: str | None


def grant(db: Session, *, owner: str, initiative: str, reason: str, actor: Actor) -> Clearance:
    """Record that `owner` (an e-mail address) may draft on `initiative`; granting it again changes nothing."""
    policy.ensure(actor, "clearance.create", Subject())
    user = account(db, owner)
    errors = faults(user, owner, initiative, reason.strip())
    if errors or user is None:
        raise Invalid(errors=errors)
    granted = in_force(db, user.id, initiative)
    if granted is None:
        granted = Clearance(
            owner_id=user.id,
            initiative=initiative,
            reason=reason.strip(),
            granted_by_id=actor.user_id,
            granted_at=clock.now(),
        )
        db.add(granted)
        db.flush()
        audit.record(db, "clearance.granted", actor=actor, subject=f"user:{user.id}", data={"initiative": initiative})
        tell(db, granted)
    return granted


def account(db: Session, email: str) -> User | None:
    """The account with this address, however it was typed."""
    return db.scalar(select(User).where(User.email == email.strip().casefold()))


def in_force(db: Session, owner_id: int, initiative: str) -> Clearance | None:
    """The clearance that stands now."""
    found = select(Clearance).where(
        Clearance.owner_id == owner_id, Clearance.initiative == initiative, Clearance.revoked_at.is_(None)
    )
    return db.scalar(found.with_for_update())


def revoke(db: Session, clearance_id: int, *, reason: str, actor: Actor) -> Clearance:
    """Take a clearance back: from now on nothing more is entered on it; what was submitted goes its way."""
    policy.ensure(actor, "clearance.revoke", Subject())
    found = select(Clearance).where(Clearance.id == clearance_id, Clearance.revoked_at.is_(None))
    granted = db.scalar(found.with_for_update())
    if granted is None:
        raise NotFound()
    if outline.has_mark(reason):
        raise Stopped(MARKED)
    text = wordings.checked(reason, "reason", longest=LONGEST_REASON, missing=N_("Give a reason."))
    granted.revoked_at, granted.revoked_by_id, granted.revoke_reason = clock.now(), actor.user_id, text
    db.flush()
    data = {"initiative": granted.initiative, "clearance": granted.id, "reason": text}
    audit.record(db, "clearance.revoked", actor=actor, subject=f"user:{granted.owner_id}", data=data)
    tell_revoked(db, granted)
    return granted


def revoke_of(db: Session, *, owner: str, initiative: str, reason: str, actor: Actor) -> Clearance:
    """The same by account and initiative."""
    policy.ensure(actor, "clearance.revoke", Subject())
    user = account(db, owner)
    granted = in_force(db, user.id, initiative) if user is not None else None
    if granted is None:
        message = N_("%(email)s has no clearance on %(id)s.", email=owner.strip(), id=initiative)
        raise Invalid(errors=[("owner", message)])
    return revoke(db, granted.id, reason=reason, actor=actor)


def faults(user: User | None, owner: str, initiative: str, reason: str) -> list[tuple[str, Message]]:
    """Everything that is wrong with what was entered; Stopped for a reason that says itself it is secret."""
    if outline.has_mark(reason):
        raise Stopped(MARKED)
    errors: list[tuple[str, Message]] = []
    if not owner.strip():
        errors.append(("owner", N_("Enter the e-mail address of the account.")))
    elif user is None:
        errors.append(("owner", N_("There is no account %(email)s.", email=owner.strip())))
    known = catalogue.INITIATIVES.get(initiative)
    if not initiative:
        errors.append(("initiative", N_("Choose the initiative.")))
    elif known is None or not known.is_secret:
        errors.append(("initiative", N_("%(id)s is not an initiative that is stopped online.", id=initiative)))
    if not reason:
        errors.append(("reason", N_("Give a reason.")))
    elif len(reason) > LONGEST_REASON:
        errors.append(("reason", N_("A reason may have at most %(count)s characters.", count=LONGEST_REASON)))
    return errors


def tell(db: Session, granted: Clearance) -> None:
    """The owner learns that the way is open; the mail names the initiative by its number only."""
    number = catalogue.INITIATIVES[granted.initiative].number
    notify(
        db,
        {granted.owner_id},
        N_("You may draft a proposal on initiative %(number)s", number=number),
        [
            N_(
                "The secretariat has recorded that you may write a proposal on initiative %(number)s of the list. "
                "Enter nothing that is a state secret: what is secret is received only by classified mail.",
                number=number,
            )
        ],
        key=f"clearance:{granted.id}",
        path="/proposals/new",
    )


def tell_revoked(db: Session, granted: Clearance) -> None:
    """The owner learns that nothing more on the initiative is received online."""
    number = catalogue.INITIATIVES[granted.initiative].number
    notify(
        db,
        {granted.owner_id},
        N_("You may no longer write on initiative %(number)s", number=number),
        [
            N_(
                "The secretariat has taken back the clearance to write on initiative %(number)s of the list. "
                "Nothing more on it is received online. What you have submitted goes its way.",
                number=number,
            )
        ],
        key=f"clearance-revoked:{granted.id}",
        path="/state-secrets",
    )


def listing(db: Session, *, actor: Actor) -> list[Granted]:
    """Every clearance, newest first, those taken back too."""
    policy.ensure(actor, "clearance.create", Subject())
    owner, secretary, revoker = aliased(User), aliased(User), aliased(User)
    rows = db.execute(
        select(
            Clearance.id,
            owner.email.label("owner_email"),
            owner.name.label("owner_name"),
            Clearance.initiative,
            Clearance.reason,
            secretary.name.label("granted_by"),
            Clearance.granted_at,
            revoker.name.label("revoked_by"),
            Clearance.revoked_at,
            Clearance.revoke_reason,
        )
        .join(owner, owner.id == Clearance.owner_id)
        .join(secretary, secretary.id == Clearance.granted_by_id)
        .outerjoin(revoker, revoker.id == Clearance.revoked_by_id)
        .order_by(Clearance.id.desc())
    )
    return [Granted(**row._mapping) for row in rows]
