"""Versions of the scoring scheme as an administrator keeps them: each in force from a day on, none ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.canonical import sha256_of
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import AuditEntry, ScoringScheme
from intake.policy import Actor, Subject
from intake.scoring.scheme_terms import faults, terms_of, with_terms
from intake.scoring.schemes import KH01_2025, SCHEMES, Scheme
from intake.services import audit, schemes, wordings

EDIT = "settings.edit"
ADDED = "scheme.added"
FAMILY = KH01_2025.id.rsplit("/", 1)[0]


@dataclass(frozen=True)
class SchemeVersion:
    """One version with its time: coming, in force, or before."""

    number: int
    scheme: Scheme
    effective_from: date
    is_coming: bool
    is_in_force: bool


def listing(db: Session, *, actor: Actor) -> list[SchemeVersion]:
    """Every version, the newest first."""
    policy.ensure(actor, EDIT, Subject())
    rows = db.scalars(select(ScoringScheme).order_by(ScoringScheme.effective_from.desc())).all()
    today = clock.today()
    past = [row.id for row in rows if row.effective_from <= today]
    return [
        SchemeVersion(
            number=number_of(row.id),
            scheme=Scheme.from_declaration(row.declaration),
            effective_from=row.effective_from,
            is_coming=row.effective_from > today,
            is_in_force=past[:1] == [row.id],
        )
        for row in rows
    ]


def number_of(id: str) -> int:
    return int(id.rsplit("/", 1)[1])


def newest(db: Session, *, actor: Actor) -> Scheme:
    """The version a new one starts from: the last that was declared."""
    return listing(db, actor=actor)[0].scheme


def add(db: Session, terms: Mapping[str, str], *, effective_from: date, actor: Actor) -> Scheme:
    """A new version from a day on, today at the earliest; proposals that have a sheet keep the scheme of it."""
    known = listing(db, actor=actor)
    before = known[0].scheme
    given = {name: wordings.plain(terms.get(name, "")) for name in terms_of(before)}
    wrong = faults(given)
    if effective_from < clock.today():
        wrong.append(("effective_from", N_("Choose today or a later day.")))
    if any(one.effective_from == effective_from for one in known):
        wrong.append(("effective_from", N_("There is a version from that day on already. Choose another day.")))
    if not wrong and given == terms_of(before):
        wrong.append(("", N_("Nothing differs from the newest version.")))
    if wrong:
        raise Invalid(errors=wrong)
    made = with_terms(before, f"{FAMILY}/{next_number(db)}", given)
    db.add(ScoringScheme(id=made.id, declaration=made.declaration(), effective_from=effective_from))
    db.flush()
    schemes.forget(db)
    note(db, made, before, effective_from, actor=actor)
    return made


def next_number(db: Session) -> int:
    """Counts what was ever added, so that a version taken back leaves its number to nobody."""
    added = db.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.event == ADDED)) or 0
    return len(SCHEMES) + added + 1


def note(db: Session, made: Scheme, before: Scheme, effective_from: date, *, actor: Actor) -> None:
    old, new = terms_of(before), terms_of(made)
    changed = [name for name in new if old.get(name) != new[name]]
    data: dict[str, Any] = {
        "old": {name: old.get(name) for name in changed},
        "new": {name: new[name] for name in changed},
        "effective_from": effective_from.isoformat(),
        "sha256": sha256_of(made.declaration()),
    }
    audit.record(db, ADDED, actor=actor, subject=f"scheme:{made.id}", data=data)


def withdraw(db: Session, number: int, *, actor: Actor) -> None:
    """Take back a version that is still to come."""
    found = next((one for one in listing(db, actor=actor) if one.number == number), None)
    if found is None:
        raise NotFound()
    if not found.is_coming:
        raise IllegalMove(N_("This version is in force already. Add another one from a later day."))
    db.execute(delete(ScoringScheme).where(ScoringScheme.id == found.scheme.id))
    schemes.forget(db)
    data = {"effective_from": found.effective_from.isoformat()}
    audit.record(db, "scheme.withdrawn", actor=actor, subject=f"scheme:{found.scheme.id}", data=data)
