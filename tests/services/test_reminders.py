"""Who is reminded of what: those who still have to act, late the lead of the body, and nobody who may not know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from intake import clock, policy
from intake.db import Database
from intake.errors import Incomplete
from intake.models import BodyMember, Membership, Outbox, Proposal, Reminder, Routing, User
from intake.policy import Actor, Role
from intake.services import audiences, reminders, transitions
from intake.services.lapses import CLOCK
from intake.services.subjects import subject_of
from intake.workflow.procedures import DEFAULT_PROCEDURE
from intake.workflow.reminders import MARKS
from tests import factories

ENTERED = "2026-06-01T08:00:00+07:00"
DUE = date(2026, 6, 12)
OPEN_STAGES = [stage.id for stage in DEFAULT_PROCEDURE.stages if stage.is_open]


def remind(database: Database, moment: str) -> None:
    with time_machine.travel(f"2026-{moment}+07:00", tick=False), database.writing() as db:
        for due in reminders.waiting(db):
            assert reminders.remind(db, due)


def mails(database: Database) -> list[tuple[str, str, str]]:
    """First name of the address, what the mail is about, and where it leads."""
    with database.reading() as db:
        found = db.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id)).all()
        return [
            (mail.payload["to"].split("@")[0], mail.key.split(":")[5], mail.payload["path"].split("/")[1])
            for mail in found
        ]


def people(db) -> None:
    """Somebody in every office."""
    factories.secretary(db)
    for ministry in ("bkhcn", "byt", "btc"):
        factories.lead(db, ministry)
    factories.engineer(db)
    factories.acting(db, "agent", Role.IMPLEMENTER, "byt")
    for seat, role in (("chair", Role.COMMITTEE_CHAIR), ("member", Role.COMMITTEE_MEMBER)):
        sitting = factories.acting(db, seat, role)
        db.add(BodyMember(body_id="tt_bcdtw", user_id=sitting.user_id, seat=seat, position=1))


@time_machine.travel(ENTERED, tick=False)
def world(database: Database, state: str, **changes) -> int:
    with database.writing() as db:
        people(db)
        values = {"due_on": DUE, "lead_agency_id": "byt", "engineer_reached_at": clock.now()} | changes
        made = factories.proposal(db, state, **values)
        if DEFAULT_PROCEDURE.stage(state).accepts_opinions:
            factories.routing(db, made, "bkhcn")
            factories.routing(db, made, "byt", "cooperating")
        return made.id


@pytest.mark.parametrize(
    ("state", "warned", "told_late"),
    [
        ("reception", ["secretary"], ["secretary"]),
        ("supplement", ["owner"], []),
        ("ministry_review", ["lead-bkhcn", "lead-byt"], ["lead-bkhcn", "lead-byt", "secretary"]),
        ("engineer_assessment", ["engineer-ht3"], ["engineer-ht3", "secretary"]),
        ("synthesis", ["secretary"], ["secretary"]),
        ("deferred", ["secretary"], ["secretary"]),
        ("revision", ["owner"], []),
        ("approved", ["secretary"], ["chair", "secretary"]),
        ("implementation", ["agent"], ["agent", "secretary"]),
    ],
)
def test_the_holder_is_warned_and_the_lead_hears_of_the_delay(database, state, warned, told_late):
    world(database, state, asked_by="reception")
    remind(database, "06-12T08:00")
    remind(database, "06-17T08:00")
    found = mails(database)
    assert sorted(name for name, mark, _ in found if mark == "last_day") == warned
    assert sorted(name for name, mark, _ in found if mark == "late_1") == (warned if told_late else [])
    assert sorted(name for name, mark, _ in found if mark == "lead_3") == told_late
    leads_to = {(name, path) for name, _, path in found if name in ("owner", "engineer-ht3")}
    assert leads_to <= {("owner", "proposals"), ("engineer-ht3", "queue")}


def test_a_ministry_that_has_signed_is_left_in_peace_and_so_is_who_is_conflicted(database):
    id = world(database, "ministry_review")
    with database.writing() as db:
        proposal = db.get_one(Proposal, id)
        factories.opinion(db, proposal, factories.lead(db, "byt"))
        factories.routing(db, proposal, "btc", "cooperating")
        factories.declaration(db, proposal, factories.lead(db, "btc"), kind="family")
    remind(database, "06-12T08:00")
    assert mails(database) == [("lead-bkhcn", "last_day", "queue")]


def test_who_was_asked_is_reminded_by_their_own_day(database):
    id = world(database, "ministry_review")
    with time_machine.travel("2026-06-02T08:00:00+07:00", tick=False), database.writing() as db:
        proposal = db.get_one(Proposal, id)
        done = factories.reviewer(db, "done")
        factories.assignment(db, proposal, factories.reviewer(db, "slow"), due_on=date(2026, 6, 9))
        factories.assignment(db, proposal, factories.adviser(db), due_on=date(2026, 6, 9))
        factories.assignment(db, proposal, done, due_on=date(2026, 6, 9))
        factories.sheet(db, proposal, done, 4)
    remind(database, "06-09T08:00")
    assert mails(database) == [
        *((f"lead-{ministry}", "soon", "queue") for ministry in ("bkhcn", "byt")),
        ("slow", "last_day", "queue"),
        ("adviser", "last_day", "queue"),
    ]
    remind(database, "06-10T08:00")
    remind(database, "06-12T08:00")
    late = [(name, mark) for name, mark, _ in mails(database)[4:]]
    assert sorted(late) == [
        ("adviser", "late_1"),
        ("lead-bkhcn", "last_day"),
        ("lead-bkhcn", "lead_3"),
        ("lead-byt", "last_day"),
        ("secretary", "lead_3"),
        ("slow", "late_1"),
    ]


def test_what_was_done_meanwhile_is_not_reminded_of(database):
    id = world(database, "reception")
    with time_machine.travel("2026-06-12T08:00:00+07:00", tick=False), database.writing() as db:
        [due] = reminders.waiting(db)
        proposal = db.get_one(Proposal, id)
        secretary = factories.secretary(db)
        transitions.move(db, proposal, "decline", actor=secretary, seen=0, reason="Không thuộc phạm vi.")
        assert not reminders.remind(db, due)
        assert db.scalars(select(Reminder)).all() == []


@pytest.mark.parametrize("state", OPEN_STAGES)
def test_every_mail_goes_to_somebody_to_whom_the_proposal_exists(database, state):
    """Also when a whole office has a conflict of interest."""
    id = world(database, state, asked_by="reception")
    with database.writing() as db:
        proposal = db.get_one(Proposal, id)
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        factories.decision(db, proposal)
        for mark in ("soon", "lead_3"):
            chosen = next(one for one in MARKS if one.id == mark)
            acting, watching = reminders.recipients(db, proposal, None, chosen)
            blind = [user for user in acting | watching if not sees(db, proposal, user)]
            assert blind == []


def sees(db, proposal: Proposal, user_id: int) -> bool:
    user = db.get_one(User, user_id)
    held = [
        Actor(user_id, Role(m.role), m.organisation_id, frozenset(filter(None, [m.organisation_id])), m.system)
        for m in db.scalars(select(Membership).where(Membership.user_id == user.id))
    ]
    allowed = [policy.allows(one, "proposal.read_cover", subject_of(db, proposal, actor=one)) for one in held]
    return any(allowed) or user_id in audiences.authors(db, proposal)


def test_the_clock_lapses_only_what_is_over(database):
    id = world(database, "supplement", asked_by="reception")
    last_second = time_machine.travel("2026-06-12T23:59:59+07:00", tick=False)
    with last_second, database.writing() as db, pytest.raises(Incomplete):
        transitions.move(db, db.get_one(Proposal, id), "lapse", actor=CLOCK, seen=0)
    with time_machine.travel("2026-06-13T00:00:00+07:00", tick=False), database.writing() as db:
        moved = transitions.move(db, db.get_one(Proposal, id), "lapse", actor=CLOCK, seen=0)
        assert (moved.state, moved.due_on, moved.holder_kind) == ("lapsed", None, None)


def test_ministries_asked_again_have_until_the_new_day_of_the_stage(database):
    id = world(database, "ministry_review")
    lead_of = {"remarks": [{"section": "resources", "text": "Nêu rõ nguồn."}]}
    with time_machine.travel("2026-06-10T08:00:00+07:00", tick=False), database.writing() as db:
        proposal, lead = db.get_one(Proposal, id), factories.lead(db)
        factories.declaration(db, proposal, lead)
        transitions.move(db, proposal, "request_supplement", actor=lead, seen=0, data=lead_of)
    with time_machine.travel("2026-06-22T08:00:00+07:00", tick=False), database.writing() as db:
        proposal = db.get_one(Proposal, id)
        transitions.move(db, proposal, "resubmit", actor=factories.owner(db), seen=1)
        # Two working days were left; three are given: 23, 24 and 25 June.
        assert proposal.due_on == DUE + timedelta(days=13)
        assert db.scalars(select(Routing.due_on)).all() == [proposal.due_on] * 2
