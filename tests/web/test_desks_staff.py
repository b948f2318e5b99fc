"""The staff page: each part as far as the right goes, nothing more."""

from __future__ import annotations

import pytest

from intake.services import score_sheets
from tests import factories
from tests.web.desk_world import (
    ADMIN,
    APPLICANT,
    ENGINEER,
    LEAD,
    LEAD2,
    MEMBER,
    OTHER_ENGINEER,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    received,
    text,
    under_review,
    with_engineer,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

TABS = {
    "staff": "Overview",
    "text": "Full text",
    "staff/sheets": "Score sheets",
    "staff/opinions": "Opinions",
    "synthesis": "Synthesis",
    "assignments": "Assignments",
    "organisations": "Organisations",
    "staff/history": "History",
}


def tabs(file, answer):
    """The parts that the page offers."""
    return [page for page in TABS if f'href="{file.base}/{page}"' in answer.text.split('class="app-tabs"')[-1]]


def test_secretary_sees_who_holds_it_what_comes_next_and_the_moves(database, sign_in):
    file = received(database)
    shown = english(sign_in(SECRETARY)).get(f"{file.base}/staff")
    words = text(shown)
    assert shown.status_code == 200
    for expected in ("Who holds it", "Next step", "Lead ministry, 15 working days", "Bộ Công an", "Not settled"):
        assert expected in words
    assert f'<a class="govuk-button" href="{file.base}/move/accept">' in shown.text
    for move in ("request_supplement", "decline", "merge"):
        assert f'<a class="govuk-button govuk-button--secondary app-bs" href="{file.base}/move/{move}">' in shown.text
    assert tabs(file, shown) == list(TABS)


def test_lead_sees_own_parts_only(database, sign_in):
    file = under_review(database, LEAD)
    shown = english(sign_in(LEAD)).get(f"{file.base}/staff")
    assert tabs(file, shown) == ["staff", "text", "staff/sheets", "staff/opinions", "assignments", "staff/history"]
    assert "Vũ Quốc Khánh" in text(shown)
    assert "/move/" not in shown.text


def test_reviewer_sees_neither_people_nor_routing(database, sign_in):
    file = under_review(database, REVIEWER)
    shown = english(sign_in(REVIEWER)).get(f"{file.base}/staff")
    assert tabs(file, shown) == ["staff", "text", "staff/history"]
    assert "Ministries asked" not in text(shown)


@pytest.mark.parametrize(
    ("email", "status"),
    [(APPLICANT, 403), (LEAD2, 403), (OTHER_ENGINEER, 404), (MEMBER, 404), (ADMIN, 404)],
    ids=["owner", "lead who has not declared", "other engineer", "member before the agenda", "administrator"],
)
@pytest.mark.parametrize("page", ["staff", "staff/sheets", "staff/opinions", "staff/history"])
def test_others_are_refused(database, sign_in, email, status, page):
    file = under_review(database)
    assert sign_in(email).get(f"{file.base}/{page}").status_code == status


def test_undeclared_lead_is_told_to_declare_first(database, sign_in):
    file = under_review(database)
    answer = english(sign_in(LEAD2)).get(f"{file.base}/staff")
    assert f'href="{file.base}/conflict"' in answer.text


def test_sheets_of_others_open_to_the_engineer_after_his_own(database, sign_in):
    file = with_engineer(database, ENGINEER)
    visitor = english(sign_in(ENGINEER))
    assert visitor.get(f"{file.base}/staff/sheets").status_code == 403
    file.change(
        lambda db, proposal: score_sheets.save(
            db, proposal, factories.entries(4), submit=True, actor=actor(db, ENGINEER)
        )
    )
    shown = visitor.get(f"{file.base}/staff/sheets")
    assert shown.status_code == 200
    assert "Lý do impact" in text(shown)
    assert "90%" in text(shown)


def test_lead_reads_the_sheets_of_his_ministry_only(database, sign_in):
    file = with_engineer(database, LEAD2)
    shown = english(sign_in(LEAD2)).get(f"{file.base}/staff/sheets")
    assert "No score sheet is submitted yet." in text(shown)
    assert "Vũ Quốc Khánh" not in shown.text


def test_opinions_are_shown_with_their_conditions(database, sign_in):
    file = with_engineer(database)
    shown = english(sign_in(SECRETARY)).get(f"{file.base}/staff/opinions")
    for expected in ("Agree with conditions", "Thẩm định an toàn dữ liệu.", "Ministry of Health", "Đề nghị dùng chung"):
        assert expected in text(shown)


def test_draft_opinion_of_somebody_else_is_not_shown(database, sign_in):
    file = under_review(database)
    file.change(lambda db, p: factories.opinion(db, p, actor(db, LEAD2), text="Bản nháp kín", signed_at=None))
    assert "Bản nháp kín" not in sign_in(SECRETARY).get(f"{file.base}/staff/opinions").text


def test_history_tells_reasons_to_officials(database, sign_in):
    file = under_review(database, LEAD2)
    secretary = english(sign_in(SECRETARY))
    shown = secretary.get(f"{file.base}/move/return_to_reception")
    revision = shown.text.split('name="revision" value="')[1].split('"')[0]
    secretary.post(f"{file.base}/move/return_to_reception", {"revision": revision, "reason": "Chọn nhầm bộ"})
    words = text(secretary.get(f"{file.base}/staff/history"))
    assert "Returned to reception" in words
    assert "Chọn nhầm bộ" in words
