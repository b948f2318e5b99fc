"""The second factor: enrolling an authenticator, checking its codes once each, recovery codes, and its reset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_
from intake.models import RecoveryCode, SecondFactor, User
from intake.policy import Actor
from intake.services import audit, logins, notices, one_time_passwords
from intake.services.codes import hashed, normalised, random_code

WRONG = N_("This code is not right. Wait for the next one and type it again.")
ENROLMENT_LIFETIME = timedelta(minutes=30)
RECOVERY_CODES = 10
RECOVERY_LENGTH, RECOVERY_GROUP = 16, 4  # 80 random bits, in groups that can be read aloud


@dataclass(frozen=True)
class State:
    """How a person's second factor stands."""

    is_on: bool
    codes_left: int


def state(db: Session, user_id: int | None) -> State:
    """Whether an authenticator is confirmed, and how many recovery codes are unused."""
    is_on = db.scalar(
        select(SecondFactor.user_id).where(SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_not(None))
    )
    unused = select(RecoveryCode.id).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return State(is_on is not None, len(db.scalars(unused).all()))


def begin(db: Session, user: User) -> None:
    """Make the secret to put into an authenticator, instead of one that was begun and never confirmed."""
    factor = db.get(SecondFactor, user.id)
    if factor is not None and factor.confirmed_at is not None:
        raise IllegalMove(N_("A second factor is already set up. Remove it first to set up another."))
    if factor is None:
        factor = SecondFactor(user_id=user.id)
        db.add(factor)
    factor.secret, factor.created_at = one_time_passwords.new_secret(), clock.now()
    db.flush()


def waiting_secret(db: Session, user_id: int | None) -> str | None:
    """The secret that was begun a short while ago and not yet confirmed: an old one may have been seen by others."""
    return db.scalar(
        select(SecondFactor.secret).where(
            SecondFactor.user_id == user_id,
            SecondFactor.confirmed_at.is_(None),
            SecondFactor.created_at > clock.now() - ENROLMENT_LIFETIME,
        )
    )


def confirm(db: Session, user: User, typed: str, *, token: str, actor: Actor) -> list[str]:
    """Switch the factor on with a first code; other logins end. Answers the recovery codes, shown once."""
    secret = waiting_secret(db, user.id)
    step = one_time_passwords.fitting_step(secret, plain(typed), clock.now()) if secret else None
    if step is None:
        raise Invalid(errors=[("code", WRONG)])
    now = clock.now()
    waiting = (SecondFactor.user_id == user.id, SecondFactor.confirmed_at.is_(None))
    confirmed = db.scalar(
        update(SecondFactor).where(*waiting).values(confirmed_at=now, last_step=step).returning(SecondFactor.user_id)
    )
    if confirmed is None:
        raise IllegalMove(N_("A second factor is already set up. Remove it first to set up another."))
    logins.end_others(db, user.id, token)
    logins.note_second_factor(db, token)
    audit.record(db, "second_factor.enrolled", actor=actor, subject=f"user:{user.id}")
    tell(db, user, f"factor-on:{now.timestamp()}", N_("A second factor was set up for your account."))
    return fresh_codes(db, user.id)


def check(db: Session, user_id: int, typed: str) -> bool:
    """Whether a code of the authenticator, or a recovery code, was typed; each is taken once, whoever is faster."""
    factor = db.get(SecondFactor, user_id)
    if factor is None or factor.confirmed_at is None:
        return False
    step = one_time_passwords.fitting_step(factor.secret, plain(typed), clock.now())
    if step is None:
        return use_recovery_code(db, user_id, typed)
    taken = (
        update(SecondFactor)
        .where(SecondFactor.user_id == user_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return db.scalar(taken, execution_options={"synchronize_session": False}) is not None


def use_recovery_code(db: Session, user_id: int, typed: str) -> bool:
    code = hashed(normalised(typed).replace("-", ""))
    own = (RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code, RecoveryCode.used_at.is_(None))
    return (
        db.scalar(update(RecoveryCode).where(*own).values(used_at=clock.now()).returning(RecoveryCode.id)) is not None
    )


def new_codes(db: Session, user: User, *, actor: Actor) -> list[str]:
    """Ten fresh recovery codes; the old ones are void."""
    if not state(db, user.id).is_on:
        raise IllegalMove(N_("Set up the second factor first."))
    audit.record(db, "second_factor.codes_renewed", actor=actor, subject=f"user:{user.id}")
    return fresh_codes(db, user.id)


def fresh_codes(db: Session, user_id: int) -> list[str]:
    db.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [random_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    db.add_all(RecoveryCode(user_id=user_id, code_hash=hashed(code)) for code in codes)
    starts = range(0, RECOVERY_LENGTH, RECOVERY_GROUP)
    return ["-".join(code[start : start + RECOVERY_GROUP] for start in starts) for code in codes]


def remove(db: Session, user: User, *, actor: Actor, reason: str = "") -> None:
    """Switch the second factor off, by the person or by an administrator whose user lost it; every login ends."""
    db.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    gone = db.scalar(delete(SecondFactor).where(SecondFactor.user_id == user.id).returning(SecondFactor.user_id))
    if gone is None:
        raise IllegalMove(N_("No second factor is set up."))
    logins.end_all(db, user.id)
    audit.record(
        db, "second_factor.removed", actor=actor, subject=f"user:{user.id}", data={"reason": reason} if reason else None
    )
    key = f"factor-off:{clock.now().timestamp()}"
    tell(db, user, key, N_("The second factor of your account was removed and every login was ended."))


def tell(db: Session, user: User, key: str, what: notices.Message) -> None:
    beware = N_("If this was not you, set a new password at once and tell an administrator.")
    notices.notify(db, [user.id], N_("Your account: second factor"), [what, beware], key=key, path="/account")


def plain(typed: str) -> str:
    return "".join(typed.split())
