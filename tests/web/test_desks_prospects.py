"""Before a move is made: who gets the proposal until when, and which one it would be merged into."""

from __future__ import annotations

import pytest

from intake import clock
from intake.services.calendars import calendar
from intake.web import formats
from intake.workflow.deadlines import due_on
from intake.workflow.procedures.kh01 import KH01
from tests.web.desk_world import (
    ENGINEER,
    LEAD2,
    SECRETARY,
    english,
    received,
    revision,
    text,
    under_review,
    with_engineer,
)

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def last_day(database, state):
    """The end of the period of a stage that is entered today, written as pages do."""
    with database.reading() as db:
        return formats.day(due_on(clock.today(), KH01.stage(state).days or 0, calendar(db)), "en")


@pytest.mark.parametrize(
    ("state", "email", "move", "holder"),
    [
        ("ministry_review", LEAD2, "conclude_review", "Chief engineer of System 3"),
        ("engineer_assessment", ENGINEER, "return_to_ministries", "Ministry of Science and Technology"),
        ("synthesis", SECRETARY, "return_to_engineer", "Chief engineer of System 3"),
    ],
)
def test_a_move_says_which_body_gets_it_until_when(database, sign_in, state, email, move, holder):
    file = with_engineer(database, email, state=state)
    shown = text(english(sign_in(email)).get(f"{file.base}/move/{move}"))
    target = KH01.transition(move).targets[state]
    days = f"Time {KH01.stage(target).days} working days Until {last_day(database, target)}"
    assert shown.split("Who holds it then ")[1] == f"{holder} {days}"


def test_merging_shows_the_other_before_anything_happens(database, sign_in):
    file, other = received(database), received(database, title="Y tế số dùng chung")
    under_review(database, title="Của hệ thống khác", primary_system="ht1")
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/move/merge"
    first = text(visitor.get(page))
    assert (f"{other.code} · Y tế số dùng chung" in first, "Của hệ thống khác" in first) == (True, False)
    seen = {"revision": revision(visitor, page), "reason": "Trùng mục tiêu"}
    shown = visitor.post(page, seen | {"into": other.code.lower(), "show": "1"})
    assert shown.status_code == 200
    assert "Goes on for both Y tế số dùng chung" in text(shown)
    assert "Trùng mục tiêu</textarea>" in shown.text
    assert file.row().state == "reception"
    unknown = visitor.post(page, seen | {"into": "SK-2026-NOWHERE0", "show": "1"})
    assert "There is no other proposal SK-2026-NOWHERE0 that you may see." in text(unknown)
    own = visitor.post(page, seen | {"into": file.code, "show": "1"})
    assert f"There is no other proposal {file.code} that you may see." in text(own)
    assert visitor.post(page, seen | {"into": other.code}).status_code == 303
    assert (file.row().state, file.row().merged_into_id) == ("merged", other.row().id)
