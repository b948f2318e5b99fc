"""How the papers of each issuing body look, from a day on: kept by the administrator, papers keep what they had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.documents.facts import from_data, to_data
from intake.documents.letterheads import LETTERHEADS, Letterhead, letterhead_of
from intake.documents.profiles import PROFILES
from intake.documents.typeface import uncovered
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import LetterheadSetting, Organisation
from intake.policy import Actor, Subject
from intake.services import audit

EDIT = "settings.edit"
LONGEST_LINE = 120
MOST_LINES = 12
LINES = ("parent", "own", "capacity", "recipients_before", "recipients_after")
WORDS = ("symbol", "place", "number_pattern", "authority", "signer")
NEEDED = ("own", "symbol", "place", "capacity")


@dataclass(frozen=True)
class Setting:
    """One issuer: what is in force today, what is to come, what was."""

    issuer: str
    name: str
    head: Letterhead
    coming: list[LetterheadSetting]
    former: list[LetterheadSetting]


def of(db: Session, issuer: str, on: date) -> Letterhead:
    """What the papers of that issuer look like on that day."""
    row = db.scalar(
        select(LetterheadSetting)
        .where(LetterheadSetting.issuer == issuer, LetterheadSetting.effective_from <= on)
        .order_by(LetterheadSetting.effective_from.desc())
        .limit(1)
    )
    return from_data(Letterhead, row.declaration) if row else default(db, issuer)


def default(db: Session, issuer: str) -> Letterhead:
    """What an issuer has that has set nothing."""
    known = LETTERHEADS.get(issuer)
    if known is not None:
        return known
    body = db.get(Organisation, issuer)
    if body is None:
        raise NotFound()
    return letterhead_of(body.id, body.name_vi, body.abbreviation or body.id.upper())


def as_data(db: Session, issuer: str, on: date) -> dict[str, Any]:
    return to_data(of(db, issuer, on))


def listing(db: Session, *, actor: Actor) -> list[Setting]:
    """Every issuer that has a letterhead of its own or has set one."""
    policy.ensure(actor, EDIT, Subject())
    others = db.scalars(select(LetterheadSetting.issuer).distinct().order_by(LetterheadSetting.issuer))
    return [setting(db, issuer, actor=actor) for issuer in dict.fromkeys([*LETTERHEADS, *others])]


def setting(db: Session, issuer: str, *, actor: Actor) -> Setting:
    """One issuer; NotFound for a word that names none."""
    policy.ensure(actor, EDIT, Subject())
    today = clock.today()
    rows = db.scalars(
        select(LetterheadSetting)
        .where(LetterheadSetting.issuer == issuer)
        .order_by(LetterheadSetting.effective_from, LetterheadSetting.id)
    ).all()
    head = of(db, issuer, today)
    past = [row for row in rows if row.effective_from <= today]
    coming = [row for row in rows if row.effective_from > today]
    return Setting(issuer, " ".join((*head.parent, *head.own)), head, coming, past)


def declared(db: Session, issuer: str, entries: dict[str, Any]) -> Letterhead:
    """The letterhead that the entries describe; raises Invalid with everything that could not be printed."""
    errors: list[tuple[str, Message]] = []
    if entries.get("profile_id") not in PROFILES:
        errors.append(("profile_id", N_("Choose a family.")))
    changes: dict[str, Any] = {"profile_id": entries.get("profile_id", "")}
    for name in LINES:
        changes[name] = tuple(line.strip() for line in entries.get(name, "").splitlines() if line.strip())
    for name in WORDS:
        changes[name] = entries.get(name, "").strip()
    for name in (*LINES, *WORDS):
        if not changes[name] and name in NEEDED:
            errors.append((name, N_("Fill this in.")))
        else:
            errors += unprintable(name, changes[name])
    pattern = changes["number_pattern"]
    if pattern and ("{number}" not in pattern or set("{}") & set(filled(pattern))):
        errors.append(("number_pattern", N_("Write {number} once, and at most {kind} and {symbol} besides.")))
    if errors:
        raise Invalid(errors=errors)
    return replace(default(db, issuer), **changes)


def filled(pattern: str) -> str:
    return pattern.replace("{number}", "", 1).replace("{kind}", "", 1).replace("{symbol}", "", 1)


def unprintable(name: str, value: str | tuple[str, ...]) -> list[tuple[str, Message]]:
    """Lines that are too many, too long, or in signs that the fonts of documents do not have."""
    lines = value if isinstance(value, tuple) else (value,)
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        message = N_("Write at most %(lines)s lines of %(count)s characters.", lines=MOST_LINES, count=LONGEST_LINE)
        return [(name, message)]
    missing = uncovered("".join(lines))
    if missing:
        return [(name, N_("These signs cannot be printed: %(signs)s", signs=" ".join(missing)))]
    return []


def add(db: Session, issuer: str, *, entries: dict[str, Any], effective_from: date, actor: Actor) -> None:
    """Another letterhead from a day on, today at the earliest: what was issued stays as it is."""
    before = setting(db, issuer, actor=actor)
    head = declared(db, issuer, entries)
    if effective_from < clock.today():
        raise Invalid(errors=[("effective_from", N_("Choose today or a later day."))])
    row = db.scalar(
        select(LetterheadSetting).where(
            LetterheadSetting.issuer == issuer, LetterheadSetting.effective_from == effective_from
        )
    )
    old = row.declaration if row else to_data(before.head)
    if row is None:
        row = LetterheadSetting(issuer=issuer, effective_from=effective_from, declaration={})
        db.add(row)
    row.declaration = to_data(head)
    db.flush()
    new = row.declaration
    changed = {name: {"old": old.get(name), "new": new[name]} for name in new if old.get(name) != new[name]}
    data = {"changed": changed, "effective_from": effective_from.isoformat()}
    audit.record(db, "letterhead.set", actor=actor, subject=f"letterhead:{issuer}", data=data)


def withdraw(db: Session, setting_id: int, *, actor: Actor) -> str:
    """Take back a letterhead that is still to come; answers whose it was."""
    policy.ensure(actor, EDIT, Subject())
    row = db.get(LetterheadSetting, setting_id)
    if row is None:
        raise NotFound()
    if row.effective_from <= clock.today():
        raise IllegalMove(N_("This letterhead is in force already. Set another one from a later day."))
    db.execute(delete(LetterheadSetting).where(LetterheadSetting.id == row.id))
    data = {"effective_from": row.effective_from.isoformat()}
    audit.record(db, "letterhead.withdrawn", actor=actor, subject=f"letterhead:{row.issuer}", data=data)
    return row.issuer
