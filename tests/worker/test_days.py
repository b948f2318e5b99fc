"""What the passing of days brings: once, by however many workers, after however long a silence."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import time_machine
from sqlalchemy import select

from intake.db import Database
from intake.models import AuditEntry, Outbox, Proposal, Reminder
from intake.worker import days
from tests import factories

WEDNESDAY = "2026-06-17T08:00:00+07:00"


def told(database: Database) -> list[tuple[str, str]]:
    """Who got which mail, by the first name in the address and the kind of notice."""
    with database.reading() as db:
        mails = db.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id)).all()
    return [(mail.payload["to"].split("@")[0], mail.key.split(":")[0]) for mail in mails]


def marks(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.scalars(select(Reminder.mark)))


@time_machine.travel(WEDNESDAY, tick=False)
def test_many_workers_at_once_do_each_thing_once(database: Database) -> None:
    with database.writing() as db:
        factories.secretary(db)
        for _ in range(3):
            factories.proposal(db, "supplement", asked_by="reception", due_on=date(2026, 6, 16))
            factories.proposal(db, "reception", due_on=date(2026, 6, 16))
            factories.proposal(db, "implementation", due_on=date(2026, 5, 25), lead_agency_id="byt")
    with ThreadPoolExecutor(4) as pool:
        done = sum((Counter(one) for one in pool.map(days.turn, [database] * 4)), Counter())
    assert done == {"lapses": 3, "report days": 3, "reminders": 3}
    assert Counter(told(database)) == {("owner", "move"): 3, ("secretary", "reminder"): 3}
    with database.reading() as db:
        standings = db.execute(select(Proposal.state, Proposal.due_on)).all()
        events = db.execute(select(AuditEntry.event, AuditEntry.role, AuditEntry.actor_id)).all()
    assert Counter((row.state, row.due_on) for row in standings) == {
        ("lapsed", None): 3,
        ("reception", date(2026, 6, 16)): 3,
        ("implementation", date(2026, 6, 25)): 3,
    }
    assert Counter(tuple(event) for event in events) == {
        ("proposal.moved.lapse", "system", None): 3,
        ("proposal.report_day_passed", "system", None): 3,
        ("proposal.reminded", "system", None): 3,
    }


def test_after_days_of_silence_each_person_hears_once_of_each_thing(database: Database) -> None:
    with time_machine.travel("2026-06-01T08:00:00+07:00", tick=False), database.writing() as db:
        factories.secretary(db)
        factories.proposal(db, "reception", due_on=date(2026, 6, 8))
        factories.proposal(db, "implementation", due_on=date(2026, 2, 25), lead_agency_id="byt")
        factories.proposal(db, "revision", due_on=date(2026, 6, 3))
    with time_machine.travel(WEDNESDAY, tick=False):
        assert days.turn(database) == {"lapses": 1, "report days": 1, "reminders": 2, "failed": 0}
        assert days.turn(database) == {"lapses": 0, "report days": 0, "reminders": 0, "failed": 0}
    assert marks(database) == ["late_5", "lead_3"]
    assert told(database) == [("owner", "move"), ("secretary", "reminder"), ("secretary", "reminder")]


def test_one_failure_holds_up_nothing_else(database: Database) -> None:
    with time_machine.travel("2026-06-01T08:00:00+07:00", tick=False), database.writing() as db:
        factories.secretary(db)
        # Nobody can name the body that is late.
        factories.proposal(db, "reception", due_on=date(2026, 6, 10), holder_organisation_id=None)
        factories.proposal(db, "reception", due_on=date(2026, 6, 11))
    with time_machine.travel(WEDNESDAY, tick=False):
        assert days.turn(database) == {"lapses": 0, "report days": 0, "reminders": 3, "failed": 1}
    assert marks(database) == ["late_1", "late_5", "lead_3"]


def test_lapsing_does_not_wait_for_the_office_but_reminding_does(database: Database) -> None:
    with time_machine.travel("2026-06-01T08:00:00+07:00", tick=False), database.writing() as db:
        factories.secretary(db)
        factories.proposal(db, "supplement", asked_by="reception", due_on=date(2026, 6, 16))
        factories.proposal(db, "reception", due_on=date(2026, 6, 16))
    expected = {"16T23:59": (0, 1), "17T00:00": (1, 0), "17T06:59": (0, 0), "17T07:00": (0, 1)}
    found = {}
    with time_machine.travel("2026-06-16T08:00:00+07:00", tick=False):
        days.turn(database)
    for moment in expected:
        with time_machine.travel(f"2026-06-{moment}:00+07:00", tick=False):
            done = days.turn(database)
            found[moment] = (done["lapses"], done["reminders"])
    assert found == expected | {"16T23:59": (0, 0)}
