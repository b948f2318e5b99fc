"""The auditor reads what happened, by whom and when; no text, score or reason, and nobody else reads it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from intake.models import AuditEntry
from intake.services import audit, trail
from tests import factories
from tests.services.statements import counted
from tests.web.desk_world import ADMIN, AUDITOR, SECRETARY, actor, english, text

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)
CODE = "SK-2026-0A1B2C3D"


@pytest.fixture
def noted(database):
    """What a proposal, a score sheet and a member leave in the trail."""
    with database.writing() as db:
        made = factories.proposal(db, "reception", code=CODE)
        secretary, own = actor(db, SECRETARY), {"subject": CODE, "proposal_id": made.id}
        moved = {"from": "reception", "to": "supplement", "reason": "Lý do kín", "revision": 1}
        audit.record(db, "proposal.moved.request_supplement", actor=secretary, data=moved, **own)
        audit.record(db, "score_sheet.changed", actor=secretary, data={"from": 2, "to": 5, "count": 7}, **own)
        audit.record(db, "period.set", actor=actor(db, ADMIN), subject="period:reception", data={"days": 9})
    return database


def test_the_trail_tells_what_happened_and_hides_what_was_said(noted, sign_in):
    shown = text(english(sign_in(AUDITOR)).get("/audit"))
    assert "A supplement was requested" in shown
    assert "from: Reception; to: Supplement requested; revision: 1" in shown
    assert "Processing time set Processing time Reception" in shown and "days: 9" in shown
    assert "Lý do kín" not in shown
    (sheet,) = [line for line in trailed(noted) if line.event == "score_sheet.changed"]
    assert (sheet.details, sheet.subject, sheet.is_sealed) == ({}, CODE, True)
    assert "The end of the chain and the entries shown are as they were written" in shown


def trailed(database, **wanted):
    with database.reading() as db:
        return trail.page(db, actor=actor(db, AUDITOR), wanted=trail.Wanted(**wanted)).lines


WORDS = {
    "score_sheet.changed": "Submitted score sheet changed",
    "proposal.moved.request_supplement": "A supplement was requested",
    "period.set": "Processing time set",
}


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        (f"subject={CODE.lower()}", ["score_sheet.changed", "proposal.moved.request_supplement"]),
        (f"person={ADMIN}", ["period.set"]),
        ("subject=period:reception", ["period.set"]),
        ("person=nobody@demo.vn", []),
        ("on=01/01/2020", []),
    ],
    ids=["code", "person", "subject", "stranger", "day"],
)
def test_filters_find_exactly_what_they_name(noted, sign_in, asked, events):
    shown = text(english(sign_in(AUDITOR)).get(f"/audit?{asked}"))
    assert [name for name, words in WORDS.items() if words in shown] == events
    assert ("No entry fits." in shown) == (not events)


def test_a_day_that_is_none_is_told_and_kept(noted, sign_in):
    answer = english(sign_in(AUDITOR)).get("/audit?on=32/13/2026")
    assert (answer.status_code, 'value="32/13/2026"' in answer.text) == (422, True)


def test_a_changed_entry_is_told(noted, sign_in):
    with noted.writing() as db:
        db.execute(update(AuditEntry).where(AuditEntry.event == "period.set").values(data={"days": 90}))
    shown = text(english(sign_in(AUDITOR)).get("/audit"))
    assert "The chain is broken" in shown and "Changed after they were written" in shown


def test_pages_follow_by_key_with_the_same_statements(noted):
    with noted.writing() as db:
        for number in range(120):
            audit.record(db, "period.set", actor=actor(db, ADMIN), subject=f"period:{number}")
    with noted.reading() as db:
        auditor, seen, after, counts = actor(db, AUDITOR), [], None, set()
        while True:
            with counted(db) as statements:
                page = trail.page(db, actor=auditor, after=after)
            counts.add(len(statements))
            seen += [line.seq for line in page.lines]
            after = page.next
            if after is None:
                break
        assert seen == list(range(page.length, 0, -1))
        assert len(counts) == 1


@pytest.mark.parametrize("email", [SECRETARY, ADMIN])
def test_nobody_else_reads_the_trail(noted, sign_in, email):
    assert sign_in(email).get("/audit").status_code == 403
