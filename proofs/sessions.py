"""Random walks over a session: whatever is tried in whatever order, no path reaches a decision without a quorum."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.db import Database
from intake.errors import DomainError
from intake.models import Decision, SessionItem
from intake.policy import Actor
from intake.services import ballots, conclusions, conflicts, decisions, seeding, sessions
from proofs.chamber import THERE, Chamber, Point
from tests.services import sittings
from tests.services.sittings import EVERYBODY

LONG = 150
SHORT = 2
ITEMS, ACTS = 2, 50
SENSIBLE = 0.7
CHOICES = ("approve", "reject", "defer", "request_revision", "abstain")
STATUSES = ("present", "present", "remote", "excused", "absent")
WORDS = "Theo kết quả biểu quyết."


class Walk:
    """One session, the acts that people try in it, and what must have come of each."""

    def __init__(self, db: Session, held: sittings.Sitting, seed: int, made: Counter[str]) -> None:
        self.db, self.held, self.made = db, held, made
        self.random = random.Random(seed)
        self.mood = self.random.choice(CHOICES)
        status: dict[str, str] = dict.fromkeys(EVERYBODY, "present")
        mode = held.session.mode
        self.chamber = Chamber(EVERYBODY, mode, [Point() for _ in held.codes], attendance=status)
        self.acts: list[Callable[[], None]] = [self.attend, self.attend, self.step_back, self.find_conflict]
        self.acts += [self.start, self.vote, self.confirm, self.finish, self.conclude, self.release]
        self.acts += [self.call_off, self.open_sitting, self.close_sitting]

    def go(self) -> None:
        """Mostly what comes next, and in between anything at all."""
        for _ in range(ACTS):
            act = self.next_act() if self.random.random() < SENSIBLE else self.random.choice(self.acts)
            act()
            self.look()
            if all(point.state in ("released", "removed") for point in self.chamber.points):
                return

    def next_act(self) -> Callable[[], None]:
        """What people would do who want to get on."""
        if self.chamber.state == "planned":
            return self.open_sitting
        states = {point.state for point in self.chamber.points}
        if "open" in states:
            if not all(self.chamber.has_quorum(point) for point in self.chamber.points if point.state == "open"):
                return self.gather
            return self.vote_or_finish()
        if any(point.state == "closed" and self.chamber.newly_conflicted(point) for point in self.chamber.points):
            return self.start
        if any(point.concluded and point.state == "closed" for point in self.chamber.points):
            return self.release
        if "closed" in states:
            return self.conclude
        waiting = next(point for point in self.chamber.points if point.state == "waiting")
        return self.start if self.chamber.has_quorum(waiting) else self.gather

    def vote_or_finish(self) -> Callable[[], None]:
        """Until most have voted they vote; what a secretary recorded is then confirmed."""
        point = next(point for point in self.chamber.points if point.state == "open")
        if self.chamber.mode == "ballot" and len(point.votes) < 4 and self.random.random() < 0.9:
            return self.vote
        return self.confirm if point.unconfirmed else self.finish

    def tried(self, name: str, work: Callable[[], Any]) -> bool:
        """Whether the act went through; what was refused has left no trace."""
        try:
            with self.db.begin_nested():
                work()
        except DomainError:
            self.db.expire_all()
            self.made[f"{name} refused"] += 1
            return False
        self.made[name] += 1
        return True

    def any_item(self, *states: str) -> tuple[str, Point]:
        """Mostly one that stands where the act can be done."""
        fitting = [number for number, point in enumerate(self.chamber.points) if point.state in states]
        numbers = fitting if fitting and self.random.random() < 0.9 else range(len(self.held.codes))
        number = self.random.choice(list(numbers))
        return self.held.codes[number], self.chamber.points[number]

    def anybody(self) -> str:
        return self.random.choice(EVERYBODY)

    def runner(self) -> Actor:
        """Who opens and closes: mostly a secretary."""
        names = (self.held.member("chair"), self.held.member("deputy"))
        return self.random.choice((*[self.held.secretary] * 4, *names))

    def open_sitting(self) -> None:
        if self.tried("open session", lambda: sessions.open_session(self.db, self.held.session, actor=self.runner())):
            assert self.chamber.state == "planned", "a session opened twice"
            self.chamber.state = "open"

    def close_sitting(self) -> None:
        if self.random.random() < 0.7:
            return
        if self.tried("close session", lambda: sessions.close_session(self.db, self.held.session, actor=self.runner())):
            self.chamber.state = "closed"
            for point in self.chamber.points:
                point.state = "removed" if point.state == "waiting" else point.state

    def call_off(self) -> None:
        """Put the session off: only before the first item."""
        act, untouched = self.held, all(point.state == "waiting" for point in self.chamber.points)
        if self.random.random() < 0.4:
            given: dict[str, Any] = {"starts_at": clock.now() + timedelta(days=9), "place": "Phòng 2", "reason": WORDS}
            if self.tried("postpone", lambda: sessions.postpone(self.db, act.session, **given, actor=act.secretary)):
                assert untouched, "a session was put off after it had dealt with an item"
                self.chamber.state = "planned"
                self.chamber.attendance = {name: "expected" for name in EVERYBODY}
                self.gather()

    def attend(self) -> None:
        """One or several people come, go, or are recorded anew."""
        names = self.random.sample(EVERYBODY, self.random.choice((1, 1, 2, 4)))
        status = {name: self.random.choice(STATUSES) for name in names}
        if self.tried("attend", lambda: self.held.attend(**status)):
            secret = [point for point in self.chamber.points if point.state == "open" and point.is_secret]
            left = {name for name, now in status.items() if now not in THERE}
            assert not any(left & set(point.votes) for point in secret), "a secret voter left the base"
            self.chamber.attendance |= status

    def gather(self) -> None:
        """Whoever is missing is there again, if nothing forbids it."""
        missing = {name: "present" for name, status in self.chamber.attendance.items() if status not in THERE}
        if self.tried("gather", lambda: self.held.attend(**missing)):
            self.chamber.attendance |= missing

    def step_back(self) -> None:
        if self.random.random() < 0.5:
            return
        (code, point), name = self.any_item("waiting", "open"), self.anybody()
        given: dict[str, Any] = {"reason": WORDS}
        given |= {"actor": self.held.secretary, "email": f"{name}@example.vn"}
        if self.tried("recuse", lambda: sessions.recuse(self.db, self.held.session, code, **given)):
            assert not (point.is_secret and name in point.votes and point.state == "open"), (
                "a secret voter stepped back"
            )
            point.recused.add(name)
            point.votes.pop(name, None)
            point.unconfirmed.discard(name)

    def find_conflict(self) -> None:
        if self.random.random() < 0.7:
            return
        code, point = self.any_item("open", "closed")
        name, proposal = self.anybody(), self.held.proposals[self.held.codes.index(code)]
        given: dict[str, Any] = {
            "conflicted": True,
            "kind": "financial",
            "reason": WORDS,
            "actor": self.held.member(name),
        }
        if self.tried("find a conflict", lambda: conflicts.declare(self.db, proposal, **given)):
            point.conflicted.add(name)

    def start(self) -> None:
        code, point = self.any_item("waiting", "closed")
        secret = self.chamber.mode == "ballot" and self.random.random() < 0.3
        expected = Point(recused=point.recused | point.conflicted)
        given: dict[str, Any] = {"secret": secret, "actor": self.runner()}
        if self.tried("open item", lambda: sessions.open_item(self.db, self.held.session, code, **given)):
            assert self.chamber.state == "open", "an item was opened outside an open session"
            assert self.chamber.has_quorum(expected), "an item was opened without a quorum"
            assert point.state == "waiting" or point.outcome is None or self.chamber.newly_conflicted(point)
            point.recused, point.votes, point.unconfirmed = expected.recused, {}, set()
            point.state, point.is_secret, point.had_quorum = "open", secret, [True]
            point.outcome = point.concluded = None

    def vote(self) -> None:
        code, point = self.any_item("open")
        left = [one for one in EVERYBODY if one not in point.votes]
        name, choice = self.random.choice(left or EVERYBODY), self.random.choice((*[self.mood] * 9, *CHOICES))
        is_recorded = self.random.random() < 0.3
        actor = self.held.secretary if is_recorded else self.held.member(name)
        given: dict[str, Any] = {
            "choice": choice,
            "actor": actor,
            "on_behalf_of": f"{name}@example.vn" if is_recorded else None,
        }
        if self.tried("vote", lambda: ballots.cast(self.db, self.held.session, code, **given)):
            barred = point.recused | point.conflicted
            assert name not in barred and self.chamber.attendance[name] in THERE, "somebody voted without a vote"
            assert not (point.is_secret and name in point.votes), "a secret ballot was changed"
            point.votes[name] = choice
            point.unconfirmed.discard(name)
            if is_recorded:
                point.unconfirmed.add(name)

    def confirm(self) -> None:
        code, point = self.any_item("open")
        actor = self.random.choice((self.held.secretary, self.held.second_secretary, self.held.second_secretary))
        if self.tried("confirm", lambda: ballots.confirm(self.db, self.held.session, code, actor=actor)):
            assert actor == self.held.second_secretary or not point.unconfirmed, "a recorder confirmed"
            point.unconfirmed.clear()

    def finish(self) -> None:
        code, point = self.any_item("open")
        expected = Point(recused=point.recused | point.conflicted, is_secret=point.is_secret, votes=dict(point.votes))
        if not point.is_secret:
            expected.votes = {name: vote for name, vote in point.votes.items() if name not in expected.recused}
        given: dict[str, Any] = {"actor": self.runner()}
        if self.tried("close item", lambda: sessions.close_item(self.db, self.held.session, code, **given)):
            assert point.state == "open" and self.chamber.has_quorum(expected), "an item was closed without a quorum"
            assert not point.unconfirmed & self.chamber.base(expected), "an unconfirmed ballot was counted"
            point.recused, point.votes, point.state = expected.recused, expected.votes, "closed"
            point.had_quorum = [True, True]
            point.outcome = self.chamber.result(point) if self.chamber.mode == "ballot" else None
            self.made["no majority" if point.outcome is None else "majority"] += 1
            row = self.row(code)
            assert row.tally is not None and row.tally["choice"] == point.outcome, (row.tally, point)

    def row(self, code: str) -> SessionItem:
        proposal = self.held.proposals[self.held.codes.index(code)]
        mine = select(SessionItem).where(SessionItem.session_id == self.held.session.id)
        return self.db.scalars(mine.where(SessionItem.proposal_id == proposal.id)).one()

    def conclude(self) -> None:
        code, point = self.any_item("closed")
        outcome = point.outcome or "defer"
        if self.chamber.mode == "consensus" or self.random.random() < 0.2:
            outcome = self.random.choice(("approve", "reject", "defer", "request_revision"))
        given: dict[str, Any] = {"outcome": outcome, "text": WORDS, "reason": WORDS, "actor": self.held.secretary}
        if self.tried("conclude", lambda: conclusions.prepare(self.db, self.held.session, code, **given)):
            fits = self.chamber.mode == "consensus" or outcome == (point.outcome or "defer")
            assert point.state == "closed" and fits, "a conclusion named another outcome"
            point.concluded = outcome

    def release(self) -> None:
        who = self.random.choice(("chair", "chair", "chair", "deputy", "secretary", "m1"))
        actor = self.held.secretary if who == "secretary" else self.held.member(who)
        points = enumerate(self.chamber.points)
        ready = [number for number, point in points if point.concluded and point.state == "closed"]
        size = self.random.randint(1, ITEMS)
        chosen = ready if self.random.random() < 0.7 else self.random.sample(range(ITEMS), size)
        if not chosen:
            return
        given: dict[str, Any] = {"codes": [self.held.codes[number] for number in chosen], "actor": actor}
        if self.tried("release", lambda: decisions.release(self.db, self.held.session, **given)):
            assert self.chamber.may_release(who, chosen), f"{who} released"
            for number in chosen:
                point = self.chamber.points[number]
                assert self.chamber.is_decidable(point), f"decided without a quorum, or otherwise than voted: {point}"
                point.state = "released"
                self.made[f"decided {point.concluded}"] += 1

    def look(self) -> None:
        """The rows say the same: a decision exactly for what was released, each item where it is thought to be."""
        rows = dict(
            self.db.execute(
                select(SessionItem.proposal_id, SessionItem.state).where(SessionItem.session_id == self.held.session.id)
            ).all()
        )
        thought = {made.id: point.state for made, point in zip(self.held.proposals, self.chamber.points, strict=True)}
        assert rows == thought, (rows, thought)
        decided = {row.proposal_id: row.outcome for row in self.db.scalars(select(Decision))}
        released = zip(self.held.proposals, self.chamber.points, strict=True)
        assert decided == {made.id: point.concluded for made, point in released if point.state == "released"}


def walked(database: Database, seed: int, made: Counter[str]) -> None:
    """One walk in a transaction that is taken back, so that each begins in an empty office."""
    with database.write() as db, db.begin() as transaction:
        mode = "consensus" if seed % 5 == 4 else "ballot"
        Walk(db, sittings.sitting(db, ITEMS, mode=mode), seed, made).go()
        transaction.rollback()


def run(n: int, url: str | None = None) -> str:
    """On SQLite unless `url` names an upgraded database without members in its bodies."""
    made: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        database = Database(url or f"sqlite:///{Path(name) / 'intake.db'}")
        if url is None:
            seeding.upgrade(database)
        for seed in range(n):
            try:
                walked(database, seed, made)
            except AssertionError as error:
                raise AssertionError(f"walk {seed}: {error}") from error
        database.dispose()
    if n == LONG:
        wanted = {"majority", "no majority", "decided approve", "decided defer", "open item refused", "postpone"}
        missing = sorted(wanted - set(made))
        assert not missing, f"no walk came through {', '.join(missing)}"
    decided = sum(count for name, count in made.items() if name.startswith("decided "))
    return f"{n} walks of {ACTS} acts at most, {decided} decisions, none without a quorum: {dict(sorted(made.items()))}"
