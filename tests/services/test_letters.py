"""Letters to the proposer come with the move: facts of the request, a draft until the secretariat issues it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from intake.db import Database
from intake.models import Document, Proposal
from intake.services import papers, transitions
from intake.vietnamese import short_date
from tests.services import sittings

REMARKS = {"remarks": [{"section": "kpis", "text": "Bổ sung chỉ số."}, {"section": "risks", "text": "Nêu rủi ro."}]}


def received(db) -> Proposal:
    """A proposal at the first desk."""
    first = {"state": "reception", "holder_kind": "secretariat", "holder_organisation_id": "vptw", "asked_by": None}
    return sittings.proposal(db, 3, **first, due_on=date(2026, 12, 1), proposer_name="Trường Đại học A")


def letter(db, proposal: Proposal) -> Document:
    return db.scalars(select(Document).where(Document.proposal_id == proposal.id)).one()


def test_a_request_to_supplement_is_a_letter_of_its_remarks_and_its_day(database: Database):
    with database.writing() as db:
        proposal = received(db)
        transitions.move(
            db,
            proposal,
            "request_supplement",
            actor=sittings.secretary(db),
            seen=proposal.revision,
            reason="Còn thiếu.",
            data=REMARKS,
        )
        made = letter(db, proposal)
        assert (made.kind, made.is_final, made.state, made.version) == ("supplement_request", False, "promised", 1)
        assert made.facts["remarks"] == REMARKS["remarks"]
        assert made.facts["proposal"]["register_number"] == "000003/GTN-2026"
        assert (made.facts["answer_by"], made.facts["answer_days"]) == (str(proposal.due_on), 20)
        assert (made.facts["addressee"], made.facts["asked_by"], made.facts["reason"]) == (
            "Trường Đại học A",
            "",
            "Còn thiếu.",
        )
        doc = made.doc
        for reader in (sittings.owner(db), sittings.secretary(db)):
            assert papers.fetch(db, doc, actor=reader).awaits_signature
        issued = papers.issue(
            db, doc, number="15", date="2026-12-01", signer="Lê B", place="Hà Nội", actor=sittings.secretary(db)
        )
        assert (issued.is_final, issued.edition, issued.number) == (True, 2, "15")
        assert short_date(issued.dated_on or date.min) == "01/12/2026"


def test_a_refusal_is_a_letter_of_its_reason(database: Database):
    with database.writing() as db:
        proposal = received(db)
        transitions.move(
            db, proposal, "decline", actor=sittings.secretary(db), seen=proposal.revision, reason="Ngoài phạm vi."
        )
        made = letter(db, proposal)
        assert (made.kind, made.is_final, made.facts["reason"]) == ("ineligibility_notice", False, "Ngoài phạm vi.")
        assert made.facts["proposal"]["code"] == proposal.code
