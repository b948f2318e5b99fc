"""Letting one owner draft on an initiative that is stopped for everybody else."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import catalogue, clock, policy
from intake.errors import Invalid
from intake.i18n import N_
from intake.models import Clearance, User
from intake.policy import Actor, Subject
from intake.services import audit


def grant(db: Session, *, owner: str, initiative: str, reason: str, actor: Actor) -> Clearance:
    """Record that `owner` (an e-mail address) may draft on `initiative`; granting it again changes nothing."""
    policy.ensure(actor, "clearance.create", Subject())
    user = db.scalar(select(User).where(User.email == owner.strip().casefold()))
    if user is None:
        raise Invalid(errors=[("owner", N_("There is no account %(email)s.", email=owner))])
    known = catalogue.INITIATIVES.get(initiative)
    if known is None or not known.is_secret:
        raise Invalid(errors=[("initiative", N_("%(id)s is not an initiative that is stopped online.", id=initiative))])
    if not reason.strip():
        raise Invalid(errors=[("reason", N_("Give a reason."))])
    granted = db.scalar(select(Clearance).where(Clearance.owner_id == user.id, Clearance.initiative == initiative))
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
    return granted
