"""The people of a random walk and what they do: the right thing, the wrong thing, the same as somebody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import time_machine
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cli import demo_stories as stories
from intake.cli.demo import add_account, add_university
from intake.cli.demo_documents import demo_document
from intake.cli.world import acting
from intake.db import Database
from intake.errors import DomainError
from intake.models import Assignment, AuditEntry, Proposal
from intake.policy import Actor, Role
from intake.services import assignments, conflicts, opinions, organisations, proposals, score_sheets, transitions
from intake.services.demo_accounts import ACCOUNTS, UNIVERSITY
from intake.services.subjects import subject_of
from intake.workflow.procedures import KH01
from proofs.promises import MOVED, Promises, may, watch_writes
from proofs.sittings import sit
from proofs.straight_way import STRAIGHT, move_by_owner

OWNERS = ("organisation@demo.vn", "applicant@demo.vn")
INITIATIVES = ("sk10", "sk12", "sk15")
MEMBERSHIPS = tuple((one.email, role) for one in ACCOUNTS for role, *_ in one.memberships)
MANY_MORE = ("engineer.ht1", "engineer.ht2", "engineer.ht5", "member4", "member5", "member6", "member7", "member8")
PEOPLE = tuple(pair for pair in MEMBERSHIPS if not pair[0].startswith(MANY_MORE))
MOVES = tuple(transition.name for transition in KH01.transitions)
KINDS = ("none", "none", "none", "family", "financial")
OUTCOMES = ("approve", "approve", "approve_with_conditions", "reject", "defer", "request_revision", "merge")
MOST_ALIVE, MOST_PROPOSALS = 3, 6
MONDAY = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
SERIAL = count(1)
CLOCK = Actor(None, Role.SYSTEM)

FORGOTTEN = MOST_ALIVE - 1
LONGER_THAN_ANY_ANSWER = 60
"""Days; an owner has 20 working days."""
SELDOM = 10
"""Of a hundred: an owner who withdraws at every turn would end most proposals before anything happens to them."""
NUMBERS, EITHER = range(MOST_ALIVE), (False, True)

# How often each is tried, and what is drawn for it.
ACTS: dict[str, tuple[int, dict[str, Sequence[Any]]]] = {
    "go_on": (12, {"number": NUMBERS, "outcome": OUTCOMES, "chair_steps_back": EITHER, "after": NUMBERS}),
    "make_a_move": (8, {"number": NUMBERS, "which": range(100)}),
    "try_a_move": (4, {"number": NUMBERS, "who": PEOPLE, "name": MOVES, "has_reason": EITHER}),
    "start": (2, {"number": NUMBERS}),
    "clock_strikes": (2, {}),
    "days_pass": (3, {"days": range(1, 61)}),
    "declare": (2, {"number": NUMBERS, "who": PEOPLE, "kind": KINDS}),
    "take_back": (1, {"number": NUMBERS, "who": PEOPLE, "whose": PEOPLE}),
    "link": (1, {"number": NUMBERS, "who": PEOPLE, "lead": (None, UNIVERSITY, "byt", "bkhcn")}),
    "ask": (1, {"number": NUMBERS, "who": PEOPLE, "whom": PEOPLE}),
    "no_longer_ask": (1, {"number": NUMBERS, "who": PEOPLE}),
    "score": (1, {"number": NUMBERS, "who": PEOPLE, "mark": range(1, 6)}),
    "opine": (1, {"number": NUMBERS, "who": PEOPLE}),
}
OFTEN = tuple(name for name, (weight, _) in ACTS.items() for _ in range(weight))


def drawn(seed: int, step: int) -> tuple[str, dict[str, Any]]:
    """An act and what goes with it, evenly: Hypothesis alone draws the same few numbers again and again."""
    draw = Random(f"{seed} {step}")
    name = draw.choice(OFTEN)
    return name, {word: draw.choice(values) for word, values in ACTS[name][1].items()}


def people(db: Session) -> None:
    """The accounts of the demonstration."""
    add_university(db)
    for account in ACCOUNTS:
        add_account(db, account, "nobody signs in")


@dataclass
class Office:
    """A database with people, where walk after walk takes place."""

    database: Database
    is_watched: bool = False

    def opened(self) -> Office:
        if not self.is_watched:
            watch_writes(self.database)
            self.is_watched = True
        return self


class Walk(RuleBasedStateMachine):
    """Each rule is one thing that somebody tries; a refusal changes nothing."""

    def __init__(self, office: Office, made: Counter[str]) -> None:
        super().__init__()
        self.database, self.made = office.database, made
        self.promises = Promises(self.database)
        self.codes: list[str] = []
        self.step = 0
        self.now = MONDAY
        with self.database.reading() as db:
            self.actors = [(email, acting(db, email, role).actor) for email, role in PEOPLE]

    # How anything is done

    def act(self, work: Callable[[Session], Any]) -> bool:
        """Whether it was done; what was refused left every proposal as it was."""
        before = self.standing()
        self.now += timedelta(seconds=1)
        with time_machine.travel(self.now, tick=False):
            try:
                self.database.transact(work)
            except DomainError:
                assert self.standing() == before
                return False
        return True

    def standing(self) -> dict[str, tuple[Any, ...]]:
        columns = (Proposal.state, Proposal.revision, Proposal.holder_organisation_id, Proposal.due_on)
        query = select(Proposal.code, *columns, Proposal.current_version).where(Proposal.code.in_(self.codes))
        with self.database.reading() as db:
            return {row[0]: tuple(row[1:]) for row in db.execute(query)}

    def code(self, number: int) -> str:
        """One of those that are under way; an ended one when none is."""
        alive = self.alive() or self.codes
        return alive[number % len(alive)]

    def alive(self) -> list[str]:
        return [code for code, (state, *_) in self.standing().items() if not KH01.stage(state).is_final]

    def fire(
        self, code: str, transition: str, actor: Actor, *, reason: str = "", data: dict[str, Any] | None = None
    ) -> bool:
        """One move; made only by whom the hand-written table admits."""

        def work(db: Session) -> None:
            proposal = proposals.unchecked(db, code)
            has_right = may(actor, f"proposal.{transition}", subject_of(db, proposal, actor=actor))
            seen = proposal.revision
            transitions.move(db, proposal, transition, actor=actor, seen=seen, reason=reason, data=data)
            assert has_right, f"{actor} made {transition}"

        return self.act(work)

    def actor(self, email: str, role: str) -> Actor:
        with self.database.reading() as db:
            return acting(db, email, role).actor

    # What people do

    @initialize()
    def begin(self) -> None:
        self.start(0)

    def start(self, number: int) -> None:
        """A new draft, as long as there are few."""
        if len(self.codes) >= MOST_PROPOSALS or len(self.alive()) >= MOST_ALIVE:
            return
        owner, initiative = OWNERS[number % 2], INITIATIVES[len(self.codes) % len(INITIATIVES)]

        def work(db: Session) -> None:
            document = demo_document(initiative, person="Nguyễn Thị Ước" if owner == OWNERS[1] else None)
            # All walks share one database, and rule R21 refuses an owner a second proposal of the same name.
            document["sections"]["name"]["name_vi"] += f" {next(SERIAL)}"
            made = proposals.create(db, document, actor=acting(db, owner).actor)
            self.codes.append(made.code)

        self.act(work)

    def go_on(self, number: int, outcome: str, chair_steps_back: bool, after: int) -> None:
        """Those whose turn it is do what the procedure expects of them."""
        code = self.code(number)
        state = self.standing()[code][0]
        if state in STRAIGHT:
            for step in STRAIGHT[state]:
                self.act(lambda db, step=step: step(db, code))
        elif state == "committee":
            others = [one for one in self.codes if one != code]
            sit(self, code, outcome, others[0] if others else None, chair_steps_back=chair_steps_back)
        elif state in ("supplement", "revision") and after == FORGOTTEN:
            self.days_pass(LONGER_THAN_ANY_ANSWER)
        elif state in ("supplement", "revision"):
            self.rewrite(code)
            self.act(lambda db: move_by_owner(db, code, "resubmit"))
        elif state == "implementation":
            name = ("complete", "stop", "adjust")[after]
            maker = (stories.SECRETARY, "secretary") if name == "complete" else (stories.CHAIR, "committee_chair")
            self.fire(code, name, self.actor(*maker), reason="Theo báo cáo định kỳ.")

    def rewrite(self, code: str) -> None:
        """Change what every request of a supplement here asks about."""

        def work(db: Session) -> None:
            proposal = proposals.unchecked(db, code)
            document = deepcopy(proposals.draft_of(db, proposal))
            document["sections"]["resources"]["human"]["key_staff"][0]["count"] += 1
            owner = stories.owner_of(db, proposal)
            proposals.save_document(db, proposal, document, actor=owner, seen=proposal.document_revision)

        self.act(work)

    def make_a_move(self, number: int, which: int) -> None:
        """One of the moves that somebody may make now."""
        code = self.code(number)
        with self.database.reading() as db:
            proposal = proposals.unchecked(db, code)
            free = [
                (move.name, actor)
                for _, actor in self.actors
                for move in transitions.choices(db, proposal, actor=actor)
            ]
        free = [(name, actor) for name, actor in free if name != "withdraw" or which < SELDOM]
        if free:
            # The move first, then who makes it: what many may do is no more likely than what one may.
            names = sorted({name for name, _ in free})
            name = names[which % len(names)]
            actor = next(one for made, one in free if made == name)
            self.fire(code, name, actor, reason="Có lý do.", data=self.data_of(name, number))

    def try_a_move(self, number: int, who: tuple[str, str], name: str, has_reason: bool) -> None:
        reason = "Có lý do." if has_reason else ""
        self.fire(self.code(number), name, self.actor(*who), reason=reason, data=self.data_of(name, number))

    def data_of(self, name: str, number: int) -> dict[str, Any] | None:
        return {
            "accept": {"lead": "bkhcn", "cooperating": ["byt"]},
            "request_supplement": {"remarks": [{"section": "resources", "text": "Nêu rõ nguồn."}]},
            "merge": {"into": self.code(number + 1)},
            "assign": {"supervisor": "member2@demo.vn", "lead_agency": UNIVERSITY},
        }.get(name)

    def clock_strikes(self) -> None:
        """As the worker does: it closes whatever has run out, and nothing else."""
        for code in self.alive():
            self.fire(code, "lapse", CLOCK)

    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.clock_strikes()

    def declare(self, number: int, who: tuple[str, str], kind: str) -> None:
        code, actor = self.code(number), self.actor(*who)
        word: dict[str, Any] = {"conflicted": kind != "none", "kind": kind, "actor": actor}
        self.act(lambda db: conflicts.declare(db, proposals.unchecked(db, code), **word))

    def take_back(self, number: int, who: tuple[str, str], whose: tuple[str, str]) -> None:
        code, actor = self.code(number), self.actor(*who)
        proposal = partial(proposals.unchecked, code=code)
        done = self.act(lambda db: conflicts.undo(db, proposal(db), whose[0], reason="Khai nhầm.", actor=actor))
        assert not done or (actor.role is Role.SECRETARY and who[0] != whose[0])

    def link(self, number: int, who: tuple[str, str], lead: str | None) -> None:
        code, actor = self.code(number), self.actor(*who)
        links: dict[str, Any] = {"lead": lead, "partners": ["bca"], "actor": actor}
        self.act(lambda db: organisations.settle(db, proposals.unchecked(db, code), **links))

    def ask(self, number: int, who: tuple[str, str], whom: tuple[str, str]) -> None:
        code, actor = self.code(number), self.actor(*who)
        service = assignments.assign_adviser if who[1] == "secretary" else assignments.assign_reviewer
        self.act(lambda db: service(db, proposals.unchecked(db, code), whom[0], actor=actor))

    def no_longer_ask(self, number: int, who: tuple[str, str]) -> None:
        code, actor = self.code(number), self.actor(*who)

        def work(db: Session) -> None:
            proposal = proposals.unchecked(db, code)
            open_ones = select(Assignment.id).where(
                Assignment.proposal_id == proposal.id, Assignment.ended_at.is_(None)
            )
            last = db.scalar(open_ones.order_by(Assignment.id.desc()).limit(1)) or 0
            assignments.remove(db, proposal, last, reason="Bận.", actor=actor)

        self.act(work)

    def score(self, number: int, who: tuple[str, str], mark: int) -> None:
        code, actor = self.code(number), self.actor(*who)
        scores = {name: {"score": mark, "justification": "Có căn cứ."} for name in stories.JUSTIFICATIONS}
        given: dict[str, Any] = {"submit": True, "actor": actor, "reason": "Xem lại."}
        self.act(lambda db: score_sheets.save(db, proposals.unchecked(db, code), scores, **given))

    def opine(self, number: int, who: tuple[str, str]) -> None:
        code, actor = self.code(number), self.actor(*who)
        given: dict[str, Any] = {"position": "agree", "text": "Đồng ý.", "submit": True, "actor": actor}
        self.act(lambda db: opinions.save(db, proposals.unchecked(db, code), **given))

    @rule(seed=st.integers(0, 2**32))
    def somebody_acts(self, seed: int) -> None:
        """One rule for all: Hypothesis leaves whole rules out of a walk, and without the straight way none gets far."""
        self.step += 1
        name, given = drawn(seed, self.step)
        note(f"{name} {given}")
        getattr(self, name)(**given)

    @invariant()
    def promises_hold(self) -> None:
        self.promises.check(self.codes, self.actors)

    def teardown(self) -> None:
        """The whole chain once more, and which moves were made."""
        self.promises.last = None
        with self.database.reading() as db:
            self.promises.chain(db)
            own = select(Proposal.id).where(Proposal.code.in_(self.codes))
            events = select(AuditEntry.event).where(AuditEntry.proposal_id.in_(own), AuditEntry.event.startswith(MOVED))
            self.made.update(event.removeprefix(MOVED) for event in db.scalars(events))
