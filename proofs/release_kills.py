"""Killing the release of decisions at any moment: all of them or none, and every notice once."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.db import Database
from intake.errors import IllegalMove
from intake.models import CommitteeSession, Decision, Document, Outbox, Proposal, SessionItem
from intake.services import audit, conclusions, decisions, seeding, sessions
from proofs.kills import environment, kill, start_worker, undelivered
from tests.services import sittings
from tests.services.sittings import EVERYBODY

LONG = 20
SHORT = 2
BEYOND = 1.5
ITEMS = 3
OUTCOMES = ("approve", "reject", "request_revision")
WORDS = "Theo kết luận của phiên họp."
GO, DONE = b"g", b"d"
PAPERS_SECONDS = 600  # every decision of the long form is laid out as a PDF
Counts = dict[str, int]


def prepared(db: Session, number: int) -> CommitteeSession:
    """A closed sitting whose conclusions wait for the release."""
    made = [sittings.proposal(db, 1 + number * ITEMS + place) for place in range(ITEMS)]
    codes, secretary = [one.code for one in made], sittings.secretary(db)
    called = {"body": "tt_bcdtw", "starts_at": sittings.STARTS_AT, "place": sittings.PLACE, "mode": "consensus"}
    session = sessions.create(db, **called, items=codes, actor=secretary)
    there = {f"{name}@example.vn": "present" for name in EVERYBODY}
    sessions.set_attendance(db, session, there, actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    for proposal, outcome in zip(made, OUTCOMES, strict=True):
        sittings.declaration(db, proposal, "chair")
        sessions.open_item(db, session, proposal.code, actor=secretary)
        sessions.close_item(db, session, proposal.code, actor=secretary)
        told: dict[str, Any] = {"outcome": outcome, "text": WORDS, "reason": WORDS}
        conclusions.prepare(db, session, proposal.code, **told, actor=secretary)
    return sessions.close_session(db, session, actor=secretary)


def release(db: Session, session_id: int) -> int:
    """How many decisions the chair's one act has made."""
    chair = sittings.member(db, "chair")
    return len(decisions.release(db, sessions.get(db, session_id, actor=chair), actor=chair))


def counted(db: Session, session_id: int) -> Counts:
    """What there is of one release. Locking the items waits for a transaction that is still dying."""
    items = select(SessionItem).where(SessionItem.session_id == session_id).order_by(SessionItem.id)
    rows = list(db.scalars(items.with_for_update()))
    proposals = [row.proposal_id for row in rows]
    moved = select(func.count()).select_from(Proposal).where(Proposal.id.in_(proposals), Proposal.state != "committee")
    of_them = select(func.count()).select_from(Decision).where(Decision.proposal_id.in_(proposals))
    papers = select(Document.id).where(Document.kind == "decision", Document.proposal_id.in_(proposals))
    return {
        "released": sum(row.state == "released" for row in rows),
        "moved": db.scalar(moved) or 0,
        "decisions": db.scalar(of_them) or 0,
        "documents": len(db.scalars(papers).all()),
    }


def promises(db: Session) -> Counts:
    """How many things of each kind are promised altogether."""
    counts = select(Outbox.kind, func.count()).group_by(Outbox.kind)
    return {kind: count for kind, count in db.execute(counts).all()}


def child(url: str, session_id: int, pipe: int) -> NoReturn:
    """Release as a process of its own: says when it begins and, after the commit, that it is done."""
    try:
        database = Database(url)
        with database.reading() as db:
            sessions.get(db, session_id, actor=sittings.member(db, "chair"))
        os.write(pipe, GO)
        database.transact(lambda db: release(db, session_id))
        os.write(pipe, DONE)
    finally:
        os._exit(0)


def attempted(url: str, session_id: int, wait: Callable[[int], None]) -> bool:
    """Whether the releasing process said that it was done, before `wait` was over and it was killed."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        child(url, session_id, theirs)
    os.close(theirs)
    assert os.read(ours, 1) == GO, "the releasing process did not begin"
    wait(ours)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    said = os.read(ours, 1)
    os.close(ours)
    return said == DONE


def usual_seconds(database: Database, session_id: int) -> float:
    """How long a release takes that nobody interrupts."""
    started = 0.0

    def until_done(pipe: int) -> None:
        nonlocal started
        started = time.monotonic()
        while b"d" not in os.read(pipe, 1):
            pass
        started = time.monotonic() - started

    attempted(database.url, session_id, until_done)
    return started


class Rounds:
    """The kills one after the other, and what each left behind."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as db:
            sittings.body(db)
            first = prepared(db, 0).id
            before = promises(db)
        self.seconds = usual_seconds(database, first)
        with database.writing() as db:
            self.whole = counted(db, first)
            assert set(self.whole.values()) == {ITEMS}, f"a whole release left {self.whole}"
            self.due = {kind: count - before.get(kind, 0) for kind, count in promises(db).items()}
        self.landed = {"before the commit": 0, "after it": 0}

    def round(self, number: int, place: float) -> None:
        """Kill one release at `place` of its usual time; it left all or nothing, and the next one ends it."""
        with self.database.writing() as db:
            session_id = prepared(db, number).id
            before = promises(db)
        said = attempted(self.database.url, session_id, lambda _pipe: time.sleep(place * self.seconds))
        with self.database.writing() as db:
            left, added = counted(db, session_id), self.added(db, before)
        is_whole = left == self.whole and added == self.due
        is_nothing = not any(left.values()) and not any(added.values())
        assert is_whole or is_nothing, f"killed at {place:.2f}: half a release, {left}, {added}"
        assert is_whole or not said, f"killed at {place:.2f}: said to be done, and is not"
        self.landed["after it" if is_whole else "before the commit"] += 1
        self.again(session_id, is_whole)
        with self.database.writing() as db:
            assert (counted(db, session_id), self.added(db, before)) == (self.whole, self.due), "not each notice once"
            assert audit.verify(db) is None, "the audit chain is broken"

    def again(self, session_id: int, is_whole: bool) -> None:
        """The chair presses the button once more: what was released stays as it is, what was not is released."""
        try:
            count = self.database.transact(lambda db: release(db, session_id))
        except IllegalMove:
            count = 0
        assert count == (0 if is_whole else ITEMS)

    def added(self, db: Session, before: Counts) -> Counts:
        return {kind: count - before.get(kind, 0) for kind, count in promises(db).items()}


def delivered(database: Database, folder: Path, url: str) -> int:
    """How many mails a worker has sent, killed once while it works; each promise is one mail."""
    settings: Any = environment(folder, url)
    worker = start_worker(settings)
    time.sleep(4)
    kill(worker)
    worker = start_worker(settings)
    limit = time.monotonic() + PAPERS_SECONDS
    try:
        while left := undelivered(database):
            assert time.monotonic() < limit, f"{left} promises were not kept in {PAPERS_SECONDS} s"
            time.sleep(0.5)
    finally:
        kill(worker)
    with database.reading() as db:
        promised = db.scalar(select(func.count()).select_from(Outbox).where(Outbox.kind == "mail"))
        unmade = db.scalars(select(Document.doc).where(Document.file_key.is_(None))).all()
    arrived = len(list((folder / "mail").glob("*.eml")))
    assert (arrived, unmade) == (promised, []), f"{promised} mails promised, {arrived} arrived; not made: {unmade}"
    return arrived


def run(n: int, url: str | None = None) -> str:
    """`n` releases killed at random moments; of the long form a worker then delivers everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder / 'intake.db'}"
        database = Database(url)
        seeding.upgrade(database)
        rounds = Rounds(database)
        for number in range(1, n + 1):
            # One in each part of the usual time and well beyond it.
            rounds.round(number, random.uniform(number - 1, number) / n * BEYOND)
        landed = ", ".join(f"{count} {moment}" for moment, count in rounds.landed.items())
        assert n < LONG or all(rounds.landed.values()), f"no kill on one side of the commit: {landed}"
        mails = f", {delivered(database, folder, url)} mails arrived, each once" if n == LONG else ""
        database.dispose()
    return f"{n} releases of {ITEMS} killed ({landed}), each all or nothing, notices promised once{mails}"
