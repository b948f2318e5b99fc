"""The demonstration told whole: every state, people late at their desks, a ranking worth a look, times that rise."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.cli.demo import add_people
from intake.cli.demo_stories import CHAIR, actor
from intake.cli.demo_year import telling
from intake.db import Database
from intake.models import AuditEntry, CommitteeSession, Outbox, Proposal
from intake.services import audit, outbox, rankings, seeding, standing_rounds
from intake.workflow.procedures import KH01
from proofs.site import databases

LONG = 60
MOST_MAILS = 250


def told(database: Database, year: telling.Year = telling.WHOLE) -> None:
    """The year, on an empty database."""
    seeding.upgrade(database)
    telling.tell(database, lambda db: add_people(db, "no password"), year)


def check_chain(db: Session) -> int:
    """The audit chain is whole and its times rise from the first person to now."""
    assert audit.verify(db) is None, "the audit chain is broken"
    times = list(db.scalars(select(AuditEntry.at).where(AuditEntry.event != "seeded").order_by(AuditEntry.seq)))
    assert all(before <= after for before, after in pairwise(times)), "the audit chain goes back in time"
    assert times[-1] <= clock.now()
    return len(times)


def check_states(db: Session, n: int) -> Counter[str]:
    """At least `n` proposals, every stage of the procedure among them, nothing that the clock should have closed."""
    found = Counter(db.scalars(select(Proposal.state)))
    assert found.total() >= n, f"{found.total()} proposals"
    missing = [stage.id for stage in KH01.stages if stage.id not in found]
    assert not missing, f"no proposal in {missing}"
    return found


def check_desks(db: Session) -> Counter[str]:
    """Who is late: several desks."""
    late = select(Proposal.holder_kind).where(Proposal.is_open, Proposal.due_on < clock.today())
    found = Counter(kind or "" for kind in db.scalars(late))
    assert len(found) >= 3, f"late are only {found}"
    return found


def check_sittings(db: Session) -> Counter[str]:
    """Past, going on and coming."""
    found = Counter(db.scalars(select(CommitteeSession.state)))
    assert {"planned", "open", "closed"} <= set(found), f"sittings: {found}"
    coming = select(CommitteeSession.starts_at).where(CommitteeSession.state == "planned")
    assert all(starts_at > clock.now() for starts_at in db.scalars(coming))
    return found


def check_ranking(db: Session) -> str:
    """Flags, equal places, intervals that overlap, more than one system."""
    rows = [row for row in rankings.ranking(db, actor=actor(db, CHAIR, "committee_chair")) if row.place is not None]
    flags = Counter(flag.id for row in rows for flag in row.flags or ())
    ties = sum(one.official == other.official for one, other in pairwise(rows))
    intervals = [row.interval for row in rows if row.interval]
    overlaps = sum(one[1] >= other[0] for one, other in pairwise(intervals))
    systems = {row.system for row in rows}
    bands = {row.band.id for row in rows if row.band}
    assert flags and ties and overlaps, f"{flags=} {ties=} {overlaps=}"
    assert len(systems) == 6 and len(bands) >= 3, f"{systems=} {bands=}"
    return f"{len(rows)} ranked, flags {dict(flags)}, {ties} equal pairs, {overlaps} overlapping neighbours"


def check_mails(db: Session) -> int:
    """Only what people have not read long ago."""
    mails = db.scalars(select(Outbox.created_at).where(Outbox.kind == outbox.MAIL)).all()
    assert 0 < len(mails) <= MOST_MAILS, f"{len(mails)} mails"
    assert min(mails) > clock.now() - timedelta(days=14)
    return len(mails)


def run(n: int, url: str | None = None) -> str:
    """At least `n` proposals, on both engines unless one is given."""
    results = []
    with databases(url) as urls:
        for engine in urls:
            database = Database(engine)
            told(database)
            standing_rounds.turn(database)
            with database.reading() as db:
                states, desks, sittings = check_states(db, n), check_desks(db), check_sittings(db)
                results.append(
                    f"{engine.partition(':')[0]}: {states.total()} proposals {dict(sorted(states.items()))}, "
                    f"late {dict(desks)}, sittings {dict(sittings)}, {check_ranking(db)}, "
                    f"{check_mails(db)} mails, {check_chain(db)} entries of the audit chain in order"
                )
            database.dispose()
    return "; ".join(results)
