"""A few proposals of the demonstration's year; all of them: `make prove NAME=demo`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from intake.cli.demo_year import telling
from intake.cli.demo_year.coming_in import ASKED_BACK, ENDED_EARLY, RECEIVED
from intake.models import Proposal, Reminder
from proofs import demo
from tests.databases import opened

LATE, ASKED, LAPSED, BY_LETTER = RECEIVED[2], ASKED_BACK[0], ENDED_EARLY[2], RECEIVED[3]
FEW = telling.Year((LATE, BY_LETTER, ASKED, LAPSED))


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
