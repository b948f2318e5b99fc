"""The worker's part of the standings: find the sets whose inputs have changed, compute them, keep the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake import clock
from intake.catalogue import SYSTEMS
from intake.db import Database
from intake.models import AuditHead, Membership, ScoreSheet, StoredStanding
from intake.policy import Actor, Role
from intake.scoring.standings import Entry, stand
from intake.services import standing_rows, standings
from intake.services.certificates import Scored
from intake.services.ranked_scores import ranked, scores_of

READERS = (Role.SECRETARY.value, Role.COMMITTEE_CHAIR.value, Role.COMMITTEE_MEMBER.value)
"""Who reads the ranking, or stands in for somebody who does."""


@dataclass(frozen=True)
class Set:
    """The proposals one audience sees in one scope, with what is computed from."""

    scope: str
    audience: str
    rows: Sequence[Any]
    scores: Mapping[int, Scored]

    @property
    def key(self) -> tuple[str, str]:
        return self.scope, self.audience


def turn(database: Database) -> int:
    """Compute what has changed since the last round; how many sets. Nothing at all has happened: nothing is read."""
    with database.reading() as db:
        seq = db.scalar(select(AuditHead.seq)) or 0
        if not is_due(db, seq):
            return 0
        sets = all_sets(db)
        known = {(row.scope, row.audience): row.inputs_sha256 for row in db.scalars(select(StoredStanding))}
        hashes = {one.key: standings.inputs_sha256(one.rows, one.scores) for one in sets}
        changed = [one for one in sets if known.get(one.key) != hashes[one.key]]
        computed = {one.key: computed_rows(db, one) for one in changed}
    # Computed outside of the transaction that keeps it: nobody has to wait for the arithmetic.
    for key, rows in computed.items():
        keep(database, key, hashes[key], rows, seq)
    database.transact(lambda db: note(db, set(hashes), seq))
    return len(computed)


def is_due(db: Session, seq: int) -> bool:
    """Whether anything was recorded, or a day has begun, since everything was last looked at."""
    looked = db.execute(select(StoredStanding.audit_seq, StoredStanding.checked_on)).all()
    today = clock.today()
    return not looked or any(row.audit_seq != seq or row.checked_on != today for row in looked)


def all_sets(db: Session) -> list[Set]:
    """Every set that somebody reads and that is small enough."""
    rows = ranked(db, standings.OFFICE)
    scores = scores_of(db, rows)
    hidden = {frozenset[str]()} | hidden_sets(db, {row.code for row in rows})
    found: dict[tuple[str, str], Set] = {}
    for scope, inside in scopes(db, rows):
        codes = {row.code for row in inside}
        for away in hidden:
            seen = [row for row in inside if row.code not in away]
            one = Set(scope, standings.audience_without(codes & away), seen, scores)
            if 0 < len(seen) <= standings.MOST_PROPOSALS:
                found[one.key] = Set(one.scope, one.audience, seen, {row.id: scores[row.id] for row in seen})
    return list(found.values())


def scopes(db: Session, rows: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """All the ranking, each system's, and the agenda of each session."""
    yield standings.ALL, list(rows)
    for system in SYSTEMS:
        yield standings.scope_of(system), [row for row in rows if row.primary_system == system]
    for session_id, codes in standings.agendas(db).items():
        yield standings.scope_of(None, session_id), [row for row in rows if row.code in codes]


def hidden_sets(db: Session, codes: set[str]) -> set[frozenset[str]]:
    """What is hidden from each reader who is conflicted in something of the ranking."""
    held = db.scalars(select(Membership).where(Membership.ended_at.is_(None)).order_by(Membership.id)).all()
    readers = {one.user_id for one in held if one.role in READERS}
    found = set()
    for user_id in sorted(readers):
        bodies = frozenset(one.organisation_id for one in held if one.user_id == user_id and one.organisation_id)
        actor = Actor(user_id, Role.COMMITTEE_CHAIR, organisations=bodies)
        found.add(frozenset(codes - {row.code for row in ranked(db, actor)}))
    return found


def computed_rows(db: Session, one: Set) -> dict[str, Any]:
    """The standing of one set as it is kept."""
    authors = authors_of(db, one.rows)
    entries = [
        Entry(
            code=row.code,
            submitted_at=row.submitted_at,
            scheme=one.scores[row.id].scheme,
            sheets=one.scores[row.id].sheets,
            tally=one.scores[row.id].tally,
            reviewers={sheet.key: authors[sheet_id(sheet.key)] for sheet in one.scores[row.id].sheets},
        )
        for row in one.rows
    ]
    return {code: standing_rows.as_data(row) for code, row in stand(entries).items()}


def authors_of(db: Session, rows: Sequence[Any]) -> dict[int, str]:
    """Who wrote each sheet; only the worker looks at this."""
    read = select(ScoreSheet.id, ScoreSheet.user_id).where(ScoreSheet.proposal_id.in_([row.id for row in rows]))
    return {row.id: str(row.user_id) for row in db.execute(read)}


def sheet_id(key: str) -> int:
    """The sheet a certificate's key names."""
    return int(key.rsplit("/", 1)[1])


def keep(database: Database, key: tuple[str, str], inputs: str, rows: Mapping[str, Any], seq: int) -> None:
    """Put the newest result in place; of two workers that compute at once either may win, both computed the same."""
    values = {
        "computed_at": clock.now(),
        "inputs_sha256": inputs,
        "audit_seq": seq,
        "checked_on": clock.today(),
        "rows": dict(rows),
    }

    def work(db: Session) -> None:
        place = (StoredStanding.scope == key[0]) & (StoredStanding.audience == key[1])
        if db.scalar(select(StoredStanding.id).where(place)) is None:
            db.add(StoredStanding(scope=key[0], audience=key[1], **values))
        else:
            db.execute(update(StoredStanding).where(place).values(**values))

    try:
        database.transact(work)
    except IntegrityError:
        database.transact(work)


def note(db: Session, keys: set[tuple[str, str]], seq: int) -> None:
    """Everything was looked at up to `seq`; sets that nobody reads any more are forgotten."""
    db.execute(update(StoredStanding).values(audit_seq=seq, checked_on=clock.today()))
    place = tuple_(StoredStanding.scope, StoredStanding.audience)
    db.execute(delete(StoredStanding).where(place.not_in(sorted(keys))) if keys else delete(StoredStanding))
