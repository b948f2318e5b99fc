"""Who may open which move, and what the refusals are: 404 before 403 before 409."""

from __future__ import annotations

import pytest

from intake.workflow.procedures.kh01 import KH01
from tests.web.desk_world import (
    ADMIN,
    APPLICANT,
    CHAIR,
    ENGINEER,
    LEAD,
    LEAD2,
    OTHER_ENGINEER,
    SECRETARY,
    english,
    received,
    text,
    under_review,
    with_engineer,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

OF_OWNER = {"submit", "resubmit", "withdraw"}


@pytest.mark.parametrize(
    ("email", "status"),
    [(SECRETARY, 200), (APPLICANT, 403), (LEAD, 404), (OTHER_ENGINEER, 404), (ADMIN, 404)],
    ids=["secretary", "owner", "lead not routed", "engineer", "administrator"],
)
def test_only_the_secretary_accepts(database, sign_in, email, status):
    file = received(database)
    assert sign_in(email).get(f"{file.base}/move/accept").status_code == status


def test_lead_who_has_not_declared_declares_first(database, sign_in):
    file = under_review(database)
    answer = english(sign_in(LEAD2)).get(f"{file.base}/move/conclude_review")
    assert answer.status_code == 403
    assert f'href="{file.base}/conflict"' in answer.text


def test_cooperating_lead_does_not_conclude(database, sign_in):
    file = under_review(database, LEAD)
    visitor = sign_in(LEAD)
    assert visitor.get(f"{file.base}/move/conclude_review").status_code == 403
    assert visitor.post(f"{file.base}/move/conclude_review", {"revision": "0"}).status_code == 403


def test_secretary_at_the_wrong_stage_is_told_so(database, sign_in):
    file = under_review(database)
    visitor = english(sign_in(SECRETARY))
    for name in ("accept", "refer", "assign", "reschedule"):
        assert visitor.get(f"{file.base}/move/{name}").status_code == 409
        assert visitor.post(f"{file.base}/move/{name}", {"revision": "0"}).status_code == 409


def test_outcomes_of_a_session_have_no_page_of_their_own(database, sign_in):
    file = with_engineer(database, CHAIR, state="committee")
    answer = english(sign_in(CHAIR)).get(f"{file.base}/move/approve")
    assert answer.status_code == 409
    assert "decided only in a session" in text(answer)
    assert sign_in(SECRETARY).get(f"{file.base}/move/approve").status_code == 403


@pytest.mark.parametrize("name", sorted(OF_OWNER | {"invented"}))
def test_moves_of_the_owner_and_unknown_ones_are_elsewhere(database, sign_in, name):
    file = received(database)
    assert sign_in(APPLICANT).get(f"{file.base}/move/{name}").status_code == 404
    assert sign_in(SECRETARY).get(f"{file.base}/move/{name}").status_code == 404


STAGES = {
    "reception": (SECRETARY, ("accept", "request_supplement", "decline", "merge")),
    "synthesis": (SECRETARY, ("return_to_ministries", "return_to_engineer", "refer")),
    "engineer_assessment": (ENGINEER, ("request_supplement", "assess", "return_to_ministries")),
    "deferred": (SECRETARY, ("reschedule",)),
    "approved": (SECRETARY, ("assign",)),
    "implementation": (SECRETARY, ("complete",)),
}


@pytest.mark.parametrize("state", STAGES)
def test_every_move_of_a_desk_has_a_page_that_says_what_happens(database, sign_in, state):
    email, names = STAGES[state]
    file = with_engineer(database, ENGINEER, state=state)
    visitor = english(sign_in(email))
    offered = visitor.get(f"{file.base}/staff").text
    for name in names:
        assert f'href="{file.base}/move/{name}"' in offered
        shown = visitor.get(f"{file.base}/move/{name}")
        assert shown.status_code == 200
        words = text(shown)
        target = KH01.stage(KH01.transition(name).targets[state])
        assert f"Stage now {KH01.stage(state).label} Next stage {target.label}" in words
        assert words.count("What happens") == 1
        assert ('name="reason"' in shown.text) == KH01.transition(name).needs_reason
    assert offered.count("/move/") == len(names)
