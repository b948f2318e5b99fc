"""The lead agency: what was approved, under which conditions, what it has to do by when."""

from __future__ import annotations

import pytest

from intake import clock
from intake.models import CommitteeSession, Decision, Document, SessionItem
from intake.web import formats
from tests import factories
from tests.web.desk_world import (
    ADMIN,
    APPLICANT,
    LEAD,
    SECRETARY,
    File,
    actor,
    english,
    text,
)

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

AGENCY = "agency@demo.vn"


def decide(db, proposal):
    """A released approval with one condition."""
    secretary, now = actor(db, SECRETARY), clock.now()
    values = {"number": 1, "body_id": "tt_bcdtw", "place": "Hà Nội", "mode": "ballot", "starts_at": now}
    sitting = CommitteeSession(**values, state="closed", created_by_id=secretary.user_id, created_at=now)
    db.add(sitting)
    db.flush()
    condition = {"text": "Thẩm định an toàn dữ liệu", "owner": "Bộ Công an", "due_on": "2027-03-31"}
    item = SessionItem(
        session_id=sitting.id, proposal_id=proposal.id, position=1, state="released", conditions=[condition]
    )
    item.outcome, item.text = "approve_with_conditions", "Đồng ý triển khai hai giai đoạn."
    paper = Document(proposal_id=proposal.id, kind="decision", doc="DOC0000001", state="draft", facts={}, version=1)
    paper.created_at, paper.is_final = now, False
    db.add_all([item, paper])
    db.flush()
    made = {"item_id": item.id, "proposal_id": proposal.id, "body_id": "tt_bcdtw", "document_id": paper.id}
    db.add(Decision(**made, outcome=item.outcome, released_by_id=secretary.user_id, released_at=now))


@pytest.fixture
def file(database):
    with database.writing() as db:
        owner = actor(db, APPLICANT).user_id
        made = factories.proposal(db, "implementation", owner_id=owner, lead_agency_id="demo_university")
        decide(db, made)
        return File(made.code, database)


def test_the_agency_reads_outcome_conditions_and_what_is_due(file, sign_in):
    visitor = english(sign_in(AGENCY))
    assert f'href="{file.base}/mandate"' in visitor.get("/queue").text
    shown = text(visitor.get(f"{file.base}/mandate"))
    assert "Approved with conditions" in shown
    assert "Đồng ý triển khai hai giai đoạn." in shown
    assert "1. Thẩm định an toàn dữ liệu Bộ Công an 31 Mar 2027" in shown
    assert f"Next report {formats.day(file.row().due_on, 'en')}" in shown
    assert "on the 25th of each month" in shown


@pytest.mark.parametrize(
    ("email", "status"),
    [(APPLICANT, 200), (SECRETARY, 200), (LEAD, 404), (ADMIN, 404)],
    ids=["owner", "secretary", "lead", "administrator"],
)
def test_only_those_the_decision_concerns_read_it(file, sign_in, email, status):
    assert sign_in(email).get(f"{file.base}/mandate").status_code == status


def test_without_a_released_decision_there_is_no_such_page(database, sign_in):
    with database.writing() as db:
        made = factories.proposal(db, "implementation", lead_agency_id="demo_university")
    assert sign_in(AGENCY).get(f"/proposals/{made.code}/mandate").status_code == 404
