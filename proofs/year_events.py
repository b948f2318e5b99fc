"""A year of six proposals, moved by real people at the times of `due_dates.csv`, with the clock running beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.cli import demo_stories as stories
from intake.cli.demo import add_account, add_university
from intake.cli.demo_documents import demo_document
from intake.db import Database
from intake.models import CommitteeSession, Opinion, Proposal, SessionItem
from intake.paths import REPOSITORY
from intake.services import ballots, conclusions, conflicts, decisions, proposals, sessions, transitions
from intake.services.demo_accounts import ACCOUNTS

TABLES = REPOSITORY / "tests" / "data" / "clock"
INITIATIVES = {"A": "sk10", "B": "sk11", "C": "sk12", "D": "sk13", "E": "sk14", "F": "sk18"}
OWNER = "organisation@demo.vn"
REMARKS = {"remarks": [{"section": "resources", "text": "Nêu rõ nguồn xã hội hóa."}]}
REASON = "Lý do của buổi thử."


def rows(name: str) -> list[dict[str, str]]:
    """A table of the folder, without the lines that explain it."""
    with (TABLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@dataclass(frozen=True)
class Event:
    """One line of `due_dates.csv`."""

    proposal: str
    at: datetime
    name: str
    state: str
    due_on: date | None

    @property
    def by_clock(self) -> bool:
        return self.name == "clock"

    @property
    def standing(self) -> tuple[str, date | None]:
        return self.state, self.due_on


def events(first: date, last: date) -> list[Event]:
    """What happens between two days, in order of time, to the proposals that begin there."""
    found = [
        Event(
            row["proposal"],
            datetime.fromisoformat(row["at"]).replace(tzinfo=clock.ZONE),
            row["event"],
            row["state"],
            date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        )
        for row in rows("due_dates.csv")
    ]
    begun = {event.proposal for event in found if event.name == "submit" and event.at.date() >= first}
    wanted = [event for event in found if event.proposal in begun and event.at.date() <= last]
    return sorted(wanted, key=lambda event: event.at)


def at(day: date, clock_time: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_time), clock.ZONE)


@dataclass
class Office:
    """The people, and the codes of the proposals they have made so far."""

    database: Database
    codes: dict[str, str] = field(default_factory=dict)

    def open(self) -> Office:
        with self.database.writing() as db:
            add_university(db)
            for account in ACCOUNTS:
                add_account(db, account, "no password")
        return self

    def happen(self, event: Event) -> None:
        """What people do at this moment."""

        def work(db: Session) -> None:
            if event.proposal not in self.codes:
                document = demo_document(INITIATIVES[event.proposal])
                made = proposals.create(db, document, actor=stories.actor(db, OWNER, "applicant"))
                self.codes[event.proposal] = made.code
            HAPPENINGS[event.name](db, stories.find(db, self.codes[event.proposal]), event)

        self.database.transact(work)

    def standings(self) -> Mapping[str, tuple[str, date | None]]:
        names = {code: name for name, code in self.codes.items()}
        with self.database.reading() as db:
            found = db.execute(select(Proposal.code, Proposal.state, Proposal.due_on)).all()
        return {names[row.code]: (row.state, row.due_on) for row in found}


Happening = Callable[[Session, Proposal, Event], None]


def fire(db: Session, proposal: Proposal, transition: str, email: str, *roles: str, **given: Any) -> None:
    who = stories.actor(db, email, *roles)
    transitions.move(db, proposal, transition, actor=who, seen=proposal.revision, **given)


def submit(db: Session, proposal: Proposal, event: Event) -> None:
    stories.submitted(db, proposal.code)
    stories.linked(db, proposal.code)


def engineer_of(proposal: Proposal) -> str:
    return f"engineer.{proposal.assessing_system}@demo.vn"


def request_supplement(db: Session, proposal: Proposal, event: Event) -> None:
    """Asked by whoever holds it."""
    holders = {"secretariat": stories.SECRETARY, "lead_ministry": stories.LEAD2, "engineer": engineer_of(proposal)}
    asking = holders[proposal.holder_kind or ""]
    if asking != stories.SECRETARY:
        stories.unconflicted(db, proposal.code, asking)
    fire(db, proposal, "request_supplement", asking, data=REMARKS)


def conclude_review(db: Session, proposal: Proposal, event: Event) -> None:
    """Everybody does everything at the last moment; what was signed before a return still stands."""
    steps = stories.reviewed(*stories.HIGH)
    for step in steps[-1:] if proposal.engineer_reached_at else steps:
        step(db, proposal.code)


def assess(db: Session, proposal: Proposal, event: Event) -> None:
    if proposal.code in assessed_codes(db):
        fire(db, proposal, "assess", engineer_of(proposal))
    else:
        stories.assessed(db, proposal.code, stories.HIGH[0])


def assessed_codes(db: Session) -> set[str]:
    return set(db.scalars(select(Proposal.code).join(Opinion).where(Opinion.kind == "assessment")))


def refer(db: Session, proposal: Proposal, event: Event) -> None:
    stories.synthesised(db, proposal.code)
    stories.referred(db, proposal.code)


def schedule(db: Session, proposal: Proposal, event: Event) -> None:
    stories.scheduled(db, proposal.code)


def decide(db: Session, proposal: Proposal, event: Event) -> None:
    """The session on whose agenda it stands, from the first person in the room to the release."""
    number = db.scalars(
        select(CommitteeSession.id)
        .join(SessionItem, SessionItem.session_id == CommitteeSession.id)
        .where(SessionItem.proposal_id == proposal.id, SessionItem.state == "waiting")
    ).one()
    secretary, code = stories.actor(db, stories.SECRETARY), proposal.code
    session = sessions.get(db, number, actor=secretary, action="session.manage")
    present = dict.fromkeys((stories.CHAIR, *stories.MEMBERS), "present")
    sessions.set_attendance(db, session, present, actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    sessions.open_item(db, session, code, actor=secretary)
    for email in present:
        who = stories.actor(db, email, "committee_chair" if email == stories.CHAIR else "committee_member")
        conflicts.declare(db, proposal, conflicted=False, kind="none", actor=who)
        cast_in = sessions.get(db, number, actor=who)
        ballots.cast(db, cast_in, code, choice=event.name, reason=REASON, actor=who)
    sessions.close_item(db, session, code, actor=secretary)
    until = event.due_on if event.name == "defer" and event.proposal == "C" else None
    words = {"text": "Thống nhất với báo cáo tổng hợp.", "reason": REASON, "defer_until": until}
    conclusions.prepare(db, session, code, outcome=event.name, actor=secretary, **words)
    sessions.close_session(db, session, actor=secretary)
    chair = stories.actor(db, stories.CHAIR)
    decisions.release(db, sessions.get(db, number, actor=chair), actor=chair)


HAPPENINGS: dict[str, Happening] = {
    "submit": submit,
    "accept": lambda db, proposal, event: stories.accepted(db, proposal.code),
    "request_supplement": request_supplement,
    "resubmit": lambda db, proposal, event: fire(db, proposal, "resubmit", OWNER),
    "return_to_reception": lambda db, p, event: fire(db, p, "return_to_reception", stories.SECRETARY, reason=REASON),
    "conclude_review": conclude_review,
    "return_to_ministries": lambda db, p, event: return_to_ministries(db, p),
    "assess": assess,
    "return_to_engineer": lambda db, p, event: fire(db, p, "return_to_engineer", stories.SECRETARY, reason=REASON),
    "refer": refer,
    "schedule": schedule,
    "reschedule": lambda db, proposal, event: fire(db, proposal, "reschedule", stories.SECRETARY),
    "assign": lambda db, proposal, event: stories.implemented(db, proposal.code),
    "withdraw": lambda db, proposal, event: stories.withdrawn(db, proposal.code),
    **dict.fromkeys(("approve", "reject", "defer", "request_revision"), decide),
}


def return_to_ministries(db: Session, proposal: Proposal) -> None:
    stories.unconflicted(db, proposal.code, engineer_of(proposal))
    fire(db, proposal, "return_to_ministries", engineer_of(proposal), reason=REASON)
