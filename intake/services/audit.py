"""The audit chain: what happened, by whom, each entry sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.canonical import canonical_json
from intake.models import AuditEntry, AuditHead
from intake.policy import Actor

PENDING = "intake.audit"
GENESIS = "0" * 64


@dataclass(frozen=True)
class Broken:
    """The first entry that does not fit the chain."""

    seq: int
    reason: str


def record(
    db: Session,
    event_name: str,
    *,
    actor: Actor,
    subject: str,
    proposal_id: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Note one event; it is chained and written last, just before the transaction commits."""
    entry = {
        "at": clock.now(),
        "event": event_name,
        "actor_id": actor.user_id,
        "role": actor.role.value,
        "proposal_id": proposal_id,
        "subject": subject,
        "data": dict(data or {}),
    }
    db.info.setdefault(PENDING, []).append(entry)


def canonical(entry: Mapping[str, Any]) -> bytes:
    """What is hashed: every column but the hash, in one byte form."""
    at: datetime = entry["at"]
    plain = {
        name: entry[name] for name in ("seq", "event", "actor_id", "role", "proposal_id", "subject", "data", "previous")
    }
    plain["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical_json(plain)


def seal(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(entry)).hexdigest()


@event.listens_for(Session, "before_commit")
def write_pending(db: Session) -> None:
    """Chain the noted entries. The head row is locked only here, so writers wait for each other only briefly."""
    if db.in_nested_transaction() or not db.info.get(PENDING):
        return
    db.flush()
    entries = db.info.pop(PENDING)
    head = db.execute(
        update(AuditHead)
        .where(AuditHead.id == 1)
        .values(seq=AuditHead.seq + len(entries))
        .returning(AuditHead.seq, AuditHead.hash)
    ).one()
    previous, first = head.hash, head.seq - len(entries) + 1
    for seq, entry in enumerate(entries, first):
        entry |= {"seq": seq, "previous": previous}
        entry["hash"] = previous = seal(entry)
    db.execute(insert(AuditEntry), entries)
    db.execute(update(AuditHead).where(AuditHead.id == 1).values(hash=previous))


@event.listens_for(Session, "after_rollback")
def forget_pending(db: Session) -> None:
    db.info.pop(PENDING, None)


def start(db: Session) -> None:
    """Make the end of an empty chain, once per database."""
    if db.get(AuditHead, 1) is None:
        db.add(AuditHead(id=1, seq=0, hash=GENESIS))
        db.flush()


def rows(db: Session) -> Iterator[dict[str, Any]]:
    """Every entry in order, as plain values, without loading all at once."""
    columns = AuditEntry.__table__.c
    for row in db.execute(select(*columns).order_by(columns.seq).execution_options(yield_per=1000)).mappings():
        yield dict(row)


def first_broken(entries: Iterable[Mapping[str, Any]]) -> Broken | None:
    """The first entry that does not follow from the ones before, or None."""
    previous, expected = GENESIS, 1
    for row in entries:
        if row["seq"] != expected:
            return Broken(expected, f"entry {expected} is missing")
        if row["previous"] != previous:
            return Broken(row["seq"], f"entry {row['seq']} does not follow entry {row['seq'] - 1}")
        if seal(row) != row["hash"]:
            return Broken(row["seq"], f"entry {row['seq']} was changed after it was written")
        previous, expected = row["hash"], expected + 1
    return None


def verify(db: Session) -> Broken | None:
    """The first bad entry of the chain in the database, or None when it is whole to its end."""
    if broken := first_broken(rows(db)):
        return broken
    last = db.execute(select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)).first()
    found = (last.seq, last.hash) if last else (0, GENESIS)
    head = db.get(AuditHead, 1)
    if head is None or (head.seq, head.hash) != found:
        return Broken(found[0] + 1, f"entries after {found[0]} were removed")
    return None


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """An entry for export."""
    return dict(row) | {"at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}


def from_json(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An exported entry as `seal` wants it."""
    return dict(entry) | {"at": datetime.fromisoformat(entry["at"])}
