"""The audit trail as the auditor reads it: what happened, by whom, when; never a text, a score or a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.models import AuditEntry, AuditHead, Organisation, Proposal, User
from intake.policy import Actor, Subject
from intake.services import audit
from intake.services.addresses import plain
from intake.services.audit_words import DETAILS, ORGANISATIONS
from intake.services.codes import normalised
from intake.services.proposals import keyset

PAGE = 50
LONGEST_SHOWN = 80
# What people judged, declared or cast, and all that belongs to it: not even its numbers.
CLOSED = ("score_sheet.", "opinion.", "ballot.", "assessment.", "conclusion.", "conflict.", "recusal.", "item.")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty parts ask for everything."""

    subject: str = ""
    person: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Line:
    """One entry; `details` are the values that may be shown, `is_sealed` says that its hash fits it."""

    seq: int
    at: datetime
    event: str
    person: str
    email: str
    role: str
    subject: str
    details: dict[str, Any]
    is_sealed: bool


@dataclass(frozen=True)
class Trail:
    """Entries, the newest first; `length` is that of the whole chain, `ends_well` whether its end is the last entry.

    `people` and `organisations` are those that the entries are about, by what stands after the colon of a subject.
    """

    lines: list[Line]
    people: dict[str, str]
    organisations: dict[str, Organisation]
    next: str | None
    length: int
    ends_well: bool


def page(db: Session, *, actor: Actor, wanted: Wanted | None = None, after: str | None = None) -> Trail:
    """One page of the trail; the same few statements however long it is."""
    policy.ensure(actor, "audit.read", Subject())
    columns = AuditEntry.__table__.c
    query = (
        select(*columns, User.name.label("person"), User.email.label("email"))
        .outerjoin(User, User.id == columns.actor_id)
        .where(*conditions(db, wanted or Wanted()))
        .order_by(columns.seq.desc())
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(columns.seq < keyset(after))
    rows = [dict(row) for row in db.execute(query).mappings()]
    following = str(rows[PAGE - 1]["seq"]) if len(rows) > PAGE else None
    last = db.execute(select(columns.seq, columns.hash).order_by(columns.seq.desc()).limit(1)).first()
    head = db.get(AuditHead, 1)
    ends_well = head is not None and (head.seq, head.hash) == ((last.seq, last.hash) if last else (0, audit.GENESIS))
    lines = [line(row) for row in rows[:PAGE]]
    people, organisations = people_of(db, lines), organisations_of(db, lines)
    return Trail(lines, people, organisations, following, head.seq if head else 0, ends_well)


def people_of(db: Session, lines: list[Line]) -> dict[str, str]:
    """The people that the entries are about, by the number in the subject."""
    ids = {int(id) for kind, _, id in (one.subject.partition(":") for one in lines) if kind == "user" and id.isdigit()}
    return {str(row.id): row.name for row in db.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def organisations_of(db: Session, lines: list[Line]) -> dict[str, Organisation]:
    """The bodies that the entries are about or name in their details."""
    ids = {one.subject.partition(":")[2] for one in lines}
    ids |= {str(one.details[name]) for one in lines for name in ORGANISATIONS & one.details.keys()}
    return {found.id: found for found in db.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def conditions(db: Session, wanted: Wanted) -> list[Any]:
    """A code finds all that was done about the proposal, other subjects what names them exactly."""
    found: list[Any] = []
    if wanted.subject:
        proposal_id = db.scalar(select(Proposal.id).where(Proposal.code == normalised(wanted.subject)))
        named = AuditEntry.subject == wanted.subject
        found.append(AuditEntry.proposal_id == proposal_id if proposal_id is not None else named)
    if wanted.person:
        user_id = db.scalar(select(User.id).where(User.email == plain(wanted.person)))
        found.append(AuditEntry.actor_id == user_id if user_id is not None else false())
    if wanted.on is not None:
        begins = datetime.combine(wanted.on, time(), clock.ZONE)
        found += [AuditEntry.at >= begins, AuditEntry.at < begins + timedelta(days=1)]
    return found


def line(row: Mapping[str, Any]) -> Line:
    return Line(
        seq=row["seq"],
        at=row["at"],
        event=row["event"],
        person=row["person"] or "",
        email=row["email"] or "",
        # Whoever works on the own account has chosen no role yet.
        role="" if row["subject"] == f"user:{row['actor_id']}" else row["role"],
        subject=row["subject"],
        details=details(row["event"], row["data"]),
        is_sealed=audit.seal(row) == row["hash"],
    )


def details(event: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an entry that say what happened and nothing about anybody's words."""
    if event.startswith(CLOSED):
        return {}
    return {name: data[name] for name in DETAILS if is_plain(data.get(name))}


def is_plain(value: Any) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and 0 < len(value) <= LONGEST_SHOWN)
