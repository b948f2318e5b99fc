"""Closing an account, by an administrator: from that moment nothing of the person opens anything; and undoing it."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import IllegalMove, NotFound
from intake.i18n import N_
from intake.models import ApiToken, Invitation, Membership, User
from intake.policy import Actor, Role, Subject
from intake.services import audit, duties, invitations, links, logins, memberships, notices, wordings


def deactivate(db: Session, user_id: int, *, reason: str, actor: Actor) -> User:
    """End logins, tokens, links, sent invitations and assignments at once; the memberships stay for the record."""
    policy.ensure(actor, "user.manage", Subject())
    text = wordings.checked(reason, "reason", missing=N_("Say why the account is closed."))
    if user_id == actor.user_id:
        raise IllegalMove(N_("You cannot close your own account. Ask another administrator."))
    administers = select(Membership.id).where(
        Membership.user_id == user_id, Membership.role == Role.ADMINISTRATOR, Membership.ended_at.is_(None)
    )
    if db.scalar(administers) is not None:
        memberships.refuse_last_administrator(db, user_id)
    user = switched(db, user_id, is_active=False)
    now = clock.now()
    ended = logins.end_all(db, user.id)
    tokens = update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    revoked = len(db.scalars(tokens.values(revoked_at=now).returning(ApiToken.id)).all())
    links.void(db, user.id)
    sent = (Invitation.invited_by_id == user.id, invitations.still_open())
    db.execute(update(Invitation).where(*sent).values(withdrawn_at=now))
    duties.end_of_person(db, user.id, actor=actor)
    data = {"old": True, "new": False, "reason": text, "logins": ended, "tokens": revoked}
    audit.record(db, "user.deactivated", actor=actor, subject=f"user:{user.id}", data=data)
    return user


def reactivate(db: Session, user_id: int, *, actor: Actor) -> User:
    """Open the account again: the roles count again, work that was ended stays ended."""
    policy.ensure(actor, "user.manage", Subject())
    user = switched(db, user_id, is_active=True)
    audit.record(db, "user.reactivated", actor=actor, subject=f"user:{user.id}", data={"old": False, "new": True})
    body = [N_("An administrator has opened your account again. Sign in with your password, or set a new one.")]
    key = f"reactivated:{clock.now().timestamp()}"
    notices.notify(db, [user.id], N_("Your account is open again"), body, key=key, path="/login")
    return user


def switched(db: Session, user_id: int, *, is_active: bool) -> User:
    """The person after the change; NotFound for nobody, IllegalMove when it was made already."""
    hit = db.scalar(
        update(User)
        .where(User.id == user_id, User.is_active.is_not(is_active))
        .values(is_active=is_active)
        .returning(User.id)
    )
    found = db.get(User, user_id, populate_existing=True)
    if found is None:
        raise NotFound()
    if hit is None:
        raise IllegalMove(N_("Somebody has done this already. Reload the page."))
    return found
