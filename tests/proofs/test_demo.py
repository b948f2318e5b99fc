"""A few proposals of the demonstration's year; all of them: `make prove NAME=demo`."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from intake import clock
from intake.cli.demo_year import telling
from intake.cli.demo_year.coming_in import ASKED_BACK, ENDED_EARLY, RECEIVED
from intake.cli.demo_year.diary import Diary
from intake.cli.demo_year.sessions import GOING_ON, SITTINGS
from intake.holidays_vn import vietnam_extra_working_days, vietnam_holidays
from intake.models import Proposal, Reminder
from intake.workflow.deadlines import WorkingCalendar
from proofs import demo
from tests.databases import opened

LATE, ASKED, LAPSED, BY_LETTER = RECEIVED[2], ASKED_BACK[0], ENDED_EARLY[2], RECEIVED[3]
FEW = telling.Year((LATE, BY_LETTER, ASKED, LAPSED))

YEARS = range(2024, 2028)
CALENDAR = WorkingCalendar(vietnam_holidays(YEARS), vietnam_extra_working_days(YEARS))
NOWS = ("2026-11-22T03:30", "2026-11-23T00:10", "2027-01-01T23:50", "2027-02-12T07:29", "2027-03-26T12:00")


@pytest.mark.parametrize("now", NOWS)
def test_whenever_it_is_told_each_step_follows_the_one_before(now: str):
    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=clock.ZONE), tick=False):
        diary, referred = Diary(CALENDAR), {}
        for case in telling.WHOLE.cases:
            times = [one.at for one in diary.of_case(case)][: 1 + len(case.steps) + len(case.later)]
            assert all(before < after for before, after in pairwise(times)), case.name
            assert times[-1] <= clock.now(), case.name
            referred[case.name] = times[len(case.steps)]
        for sitting in (*SITTINGS, GOING_ON):
            call = next(diary.of_sitting(sitting)).at
            assert all(referred[item.case] < call for item in sitting.items), sitting


def test_a_few_proposals_are_told_in_order_and_the_clock_does_its_part(tmp_path: Path):
    with opened(f"sqlite:///{tmp_path / 'intake.db'}") as database:
        demo.told(database, FEW)
        with database.reading() as db:
            found = {row.title: row for row in db.scalars(select(Proposal))}
            states = {case.name: found[case.title].state for case in FEW.cases}
            assert states == {LATE.name: "reception", "r4": "reception", ASKED.name: "supplement", "x3": "lapsed"}
            reminded = set(db.scalars(select(Reminder.proposal_id).where(Reminder.mark == "lead_3")))
            assert reminded == {found[LATE.title].id, found[BY_LETTER.title].id}
            registered = select(Proposal.code).order_by(Proposal.register_year, Proposal.register_number)
            assert (
                db.scalars(registered).all() == db.scalars(select(Proposal.code).order_by(Proposal.submitted_at)).all()
            )
            assert demo.check_mails(db) < 20
            assert demo.check_chain(db) > 30
