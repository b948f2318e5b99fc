"""Who is told what of each move: authors what follows, the next holder why, experts when their work is over."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from intake.i18n import translate, unpacked
from intake.models import Outbox, Proposal
from intake.services import notify_moves, transitions
from intake.workflow.procedures import KH01
from tests import factories

MONDAY = "2026-06-01T09:00:00+07:00"
NOTHING = "You do not need to do anything now."
REMARKS = {"remarks": [{"section": "resources", "text": "Nêu rõ nguồn."}]}
OFFICE = "Party Central Committee Office - Standing Agency of the Steering Committee"


def mails(db) -> dict[str, list[str]]:
    """The lines of each mail, in English, by the first name in the address."""
    rows = db.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id))
    return {
        row.payload["to"].split("@")[0]: [translate(unpacked(line), "en") for line in row.payload["body"]]
        for row in rows
    }


def subjects(db) -> dict[str, str]:
    """What each mail is about, in English."""
    rows = db.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id))
    return {row.payload["to"].split("@")[0]: translate(unpacked(row.payload["subject"]), "en") for row in rows}


def routed(db, state: str = "ministry_review", **changes) -> Proposal:
    values = {"due_on": date(2026, 6, 12), "code": "SK-2026-00000001", "title": "Lưới điện", **changes}
    proposal = factories.proposal(db, state, **values)
    factories.routing(db, proposal, "bkhcn")
    factories.routing(db, proposal, "byt", "cooperating")
    for ministry in ("bkhcn", "byt"):
        factories.declaration(db, proposal, factories.lead(db, ministry))
    factories.assignment(db, proposal, factories.reviewer(db))
    return proposal


def test_every_move_of_the_procedure_has_its_line():
    assert set(notify_moves.MOVES) == {transition.name for transition in KH01.transitions}


@time_machine.travel(MONDAY, tick=False)
def test_authors_hear_who_holds_it_now_and_until_when(database):
    with database.writing() as db:
        proposal, lead = routed(db), factories.lead(db)
        secretary = factories.secretary(db)
        transitions.move(db, proposal, "return_to_reception", actor=lead, seen=0, reason="Thuộc bộ khác.")
        found, about = mails(db), subjects(db)
    assert secretary.user_id
    public = "SK-2026-00000001: Being received"
    waits = {"secretary": "SK-2026-00000001 waits for you: Reception"}
    assert about == dict.fromkeys(found, public) | waits
    assert found == {
        "owner": [
            "Your proposal went back to the standing agency, which will send it on again.",
            "Proposal SK-2026-00000001: Lưới điện",
            f"It is now held by: {OFFICE}, until 08/06/2026.",
            NOTHING,
        ],
        "secretary": [
            "A proposal is waiting for you.",
            "Proposal SK-2026-00000001: Lưới điện",
            "Step: Reception.",
            "Reason: Thuộc bộ khác.",
            "Due on 08/06/2026.",
        ],
        "lead-byt": ["Proposal SK-2026-00000001.", "This proposal went back to the standing agency."],
        "reviewer": ["Proposal SK-2026-00000001.", "This proposal went back to the standing agency."],
    }


@time_machine.travel(MONDAY, tick=False)
def test_a_supplement_names_the_last_day_and_stops_the_experts(database):
    with database.writing() as db:
        proposal, lead = routed(db), factories.lead(db)
        transitions.move(db, proposal, "request_supplement", actor=lead, seen=0, data=REMARKS)
        found = mails(db)
    stopped = "The proposer was asked for a supplement. Your period stands still until the new version is in."
    assert found == {
        "owner": [
            "Your proposal needs a supplement. Open it to see what is asked, section by section.",
            "Proposal SK-2026-00000001: Lưới điện",
            "Send it by 24:00 on 29/06/2026. After that the proposal is closed; you may then start again from the"
            " old text.",
        ],
        "lead-byt": ["Proposal SK-2026-00000001.", stopped],
        "reviewer": ["Proposal SK-2026-00000001.", stopped],
    }


@pytest.mark.parametrize("state", ["ministry_review", "supplement"])
@time_machine.travel(MONDAY, tick=False)
def test_experts_hear_that_a_withdrawn_proposal_is_over_without_its_title(database, state):
    with database.writing() as db:
        asked_by = "ministry_review" if state == "supplement" else None
        proposal = routed(db, state, asked_by=asked_by)
        transitions.move(db, proposal, "withdraw", actor=factories.owner(db), seen=0)
        found = mails(db)
    over = ["Proposal SK-2026-00000001.", "The proposer has withdrawn this proposal."]
    over.append("Nothing more is asked of you on this proposal.")
    expected = dict.fromkeys(("lead-bkhcn", "lead-byt", "reviewer"), over)
    own = ["Your proposal was withdrawn as you asked.", "Proposal SK-2026-00000001: Lưới điện"]
    assert found == {"owner": own, **expected}


@time_machine.travel(MONDAY, tick=False)
def test_who_is_conflicted_hears_nothing(database):
    with database.writing() as db:
        proposal = routed(db)
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        transitions.move(db, proposal, "withdraw", actor=factories.owner(db), seen=0)
        assert set(mails(db)) == {"owner", "lead-bkhcn", "reviewer"}


@time_machine.travel(MONDAY, tick=False)
def test_the_reason_of_a_refusal_reaches_the_authors(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception", code="SK-2026-00000001", title="Lưới điện")
        secretary = factories.secretary(db)
        transitions.move(db, proposal, "decline", actor=secretary, seen=0, reason="Không thuộc phạm vi.")
        assert mails(db)["owner"] == [
            "Your proposal was found not eligible.",
            "Proposal SK-2026-00000001: Lưới điện",
            "Reason: Không thuộc phạm vi.",
        ]
