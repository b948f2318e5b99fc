"""The clock moved day by day over Tết and a year: every due date and reminder as worked out by hand, each once."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import time_machine
from sqlalchemy import select

from intake import clock
from intake.cli import demo_stories as stories
from intake.db import Database
from intake.models import Outbox, Proposal, Reminder
from intake.services import audit, seeding
from intake.worker import days
from proofs.year_events import OWNER, Event, Office, at, events, rows
from tests.postgres import PostgresServer

LONG, SHORT = 371, 54
FIRST_DAYS = {LONG: date(2025, 12, 31), SHORT: date(2026, 2, 9)}
"""A year and a few days; or Tết alone, with a stopped clock, a lapse and a file that nobody touches."""
REMINDED_AT, NIGHT, EVENING = "07:30", "00:10", "23:59"
Sent = tuple[str, str, str, str, frozenset[str]]


def turn(database: Database, day: date, clock_time: str) -> dict[str, int]:
    with time_machine.travel(at(day, clock_time), tick=False):
        return days.turn(database)


def happen(office: Office, event: Event) -> None:
    with time_machine.travel(event.at, tick=False):
        office.happen(event)


def addresses(office: Office, groups: str, name: str) -> frozenset[str]:
    """The people that a cell `to` of `reminders.csv` stands for."""
    with office.database.reading() as db:
        system = db.scalar(select(Proposal.assessing_system).where(Proposal.code == office.codes[name]))
    known = {
        "secretariat": {stories.SECRETARY, "secretary2@demo.vn"},
        "ministries": {stories.LEAD, stories.LEAD2},
        "engineer": {f"engineer.{system}@demo.vn"},
        "owner": {OWNER},
        "body": {stories.CHAIR, *stories.MEMBERS},
        "agency": {"agency@demo.vn"},
    }
    return frozenset().union(*(known[group] for group in groups.split("+")))


def by_hand(office: Office, last: date) -> list[Sent]:
    return sorted(
        (row["on"], row["proposal"], row["mark"], row["state"], addresses(office, row["to"], row["proposal"]))
        for row in rows("reminders.csv")
        if row["proposal"] in office.codes and date.fromisoformat(row["on"]) <= last
    )


def sent(office: Office) -> list[Sent]:
    """Day, proposal, mark, state and addresses of every reminder; no address twice, all when the office opens."""
    names = {code: name for name, code in office.codes.items()}
    with office.database.reading() as db:
        named = {id: names[code] for id, code in db.execute(select(Proposal.id, Proposal.code))}
        mails = db.scalars(select(Outbox).where(Outbox.key.startswith("reminder:"))).all()
        told = db.scalars(select(Reminder).order_by(Reminder.id)).all()
    to: dict[tuple[str, ...], list[str]] = {}
    for mail in mails:
        _, proposal_id, _, state, due_on, mark, *_ = mail.key.split(":")
        to.setdefault((proposal_id, state, due_on, mark), []).append(mail.payload["to"])
    repeated = [key for key, found in to.items() if max(Counter(found).values()) > 1]
    assert repeated == [], f"told twice: {repeated}"
    hours = {f"{one.sent_at.astimezone(clock.ZONE):%H:%M}" for one in told}
    assert hours == {REMINDED_AT}, f"reminded at {hours}"
    found = []
    for one in told:
        key = (str(one.proposal_id), one.state, str(one.due_on), one.mark)
        day = str(clock.local_date(one.sent_at))
        found.append((day, named[one.proposal_id], one.mark, one.state, frozenset(to[key])))
    return sorted(found)


def live(office: Office, first: date, last: date) -> int:
    """Let every day pass; the number of due dates compared."""
    coming, expected, compared = events(first, last), {}, 0
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        today = [event for event in coming if event.at.date() == day]
        turn(office.database, day, NIGHT)
        expected |= {event.proposal: event.standing for event in today if event.by_clock}
        assert office.standings() == expected, f"{day}: {office.standings()} instead of {expected}"
        compared += len(expected)
        turn(office.database, day, REMINDED_AT)
        for event in today:
            if not event.by_clock:
                happen(office, event)
                expected[event.proposal] = event.standing
                assert office.standings()[event.proposal] == event.standing, f"{event}: {office.standings()}"
        if today:
            again = turn(office.database, day, EVENING)
            assert sum(again.values()) == 0, f"{day}: something was left to do: {again}"
    return compared


@contextmanager
def databases(url: str | None) -> Iterator[list[str]]:
    """The database of the caller, or a new one on each engine."""
    if url is not None:
        yield [url]
        return
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield [f"sqlite:///{Path(folder) / 'intake.db'}", server.create()]
    finally:
        server.stop()


def run(n: int, url: str | None = None) -> str:
    """`n` days, on both engines unless one is given."""
    first = FIRST_DAYS[n]
    last, results = first + timedelta(days=n - 1), []
    with databases(url) as urls:
        for one in urls:
            database = Database(one)
            seeding.upgrade(database)
            office = Office(database).open()
            compared = live(office, first, last)
            reminders = sent(office)
            assert reminders == by_hand(office, last), sorted(set(reminders) ^ set(by_hand(office, last)))
            with database.reading() as db:
                assert audit.verify(db) is None, "the audit chain is broken"
            database.dispose()
            results.append(f"{compared} standings and {len(reminders)} reminders as by hand")
    return f"{n} days on {len(results)} engine(s), each: {' / '.join(sorted(set(results)))}"
