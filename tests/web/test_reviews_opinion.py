"""Opinions and the assessment on their pages: drafts stay private, signed ones stay, the engineer is blind first."""

from __future__ import annotations

import pytest

from intake.models import Opinion
from intake.services import score_sheets
from tests import factories
from tests.web.desk_world import (
    ADVISER,
    APPLICANT,
    ENGINEER,
    LEAD,
    LEAD2,
    OTHER_ENGINEER,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    summary,
    text,
    under_review,
    with_engineer,
)

# What is written goes through services that are tested on both engines.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

AGREES = {"position": "agree", "text": "Đồng ý với đề xuất."}


def opinions(database):
    with database.reading() as db:
        rows = db.query(Opinion).order_by(Opinion.id)
        return [
            (row.kind, row.position, row.text, row.conditions, row.signed_at is not None, row.superseded_at is not None)
            for row in rows
        ]


def test_draft_is_kept_and_signing_leads_to_the_desk(database, sign_in):
    file = under_review(database, LEAD2)
    visitor = english(sign_in(LEAD2))
    page = f"{file.base}/opinion"
    assert visitor.post(page, AGREES | {"do": "save"}).headers["Location"] == page
    assert opinions(database) == [("ministry", "agree", "Đồng ý với đề xuất.", [], False, False)]
    assert "Đồng ý với đề xuất.</textarea>" in visitor.get(page).text
    assert visitor.post(page, AGREES | {"do": "sign"}).headers["Location"] == "/queue"
    assert opinions(database) == [("ministry", "agree", "Đồng ý với đề xuất.", [], True, False)]


def test_signing_again_replaces_and_both_stay(database, sign_in):
    file = under_review(database, LEAD2)
    visitor = sign_in(LEAD2)
    visitor.post(f"{file.base}/opinion", AGREES | {"do": "sign"})
    visitor.post(f"{file.base}/opinion", {"position": "disagree", "text": "Xét lại.", "do": "sign"})
    assert [(text, superseded) for _, _, text, _, _, superseded in opinions(database)] == [
        ("Đồng ý với đề xuất.", True),
        ("Xét lại.", False),
    ]


def test_conditions_are_counted_without_the_empty_ones(database, sign_in):
    file = under_review(database, LEAD2)
    sent = {
        "position": "conditions",
        "text": "Có điều kiện.",
        "conditions-0-text": "",
        "conditions-1-text": "Một",
        "conditions-7-text": "Hai",
        "do": "sign",
    }
    assert sign_in(LEAD2).post(f"{file.base}/opinion", sent).status_code == 303
    assert opinions(database) == [("ministry", "conditions", "Có điều kiện.", ["Một", "Hai"], True, False)]


def test_more_rows_are_given_without_saving(database, sign_in):
    file = under_review(database, LEAD2)
    sent = AGREES | {"conditions-0-text": "Một", "conditions-1-text": "", "more": "1"}
    answer = sign_in(LEAD2).post(f"{file.base}/opinion", sent)
    assert answer.status_code == 200
    assert "Một</textarea>" in answer.text
    assert 'name="conditions-2-text"' in answer.text
    assert opinions(database) == []


@pytest.mark.parametrize(
    ("sent", "problems"),
    [
        ({"position": "", "text": "Viết dở"}, ["#position"]),
        ({"position": "agree", "text": " "}, ["#text"]),
        ({"position": "conditions", "text": "Viết dở"}, ["#conditions-0-text"]),
        ({"position": "agree", "text": "Viết dở", "conditions-1-text": "Thừa"}, ["#conditions-0-text"]),
        ({"position": "conditions", "text": "Viết dở", "conditions-1-text": "x" * 2001}, ["#conditions-1-text"]),
    ],
    ids=["no position", "no reasons", "no condition", "condition without such a position", "condition too long"],
)
def test_refused_opinion_is_shown_again(database, sign_in, sent, problems):
    file = under_review(database, LEAD2)
    rows = {"conditions-0-text": "", "conditions-1-text": ""}
    answer = english(sign_in(LEAD2)).post(f"{file.base}/opinion", rows | sent | {"do": "sign"})
    assert answer.status_code == 422
    assert [href for href, _ in summary(answer)] == problems
    for href in problems:
        assert f'id="{href[1:]}' in answer.text
    assert sent["text"].strip() in answer.text
    assert opinions(database) == []


@pytest.mark.parametrize(
    ("email", "declared", "status"),
    [
        (REVIEWER, True, 403),
        (LEAD, False, 403),
        (SECRETARY, False, 403),
        (APPLICANT, False, 403),
        (ADVISER, False, 404),
    ],
    ids=["reviewer", "undeclared lead", "secretary", "owner", "adviser not asked"],
)
def test_others_write_no_opinion(database, sign_in, email, declared, status):
    file = under_review(database, *([email] if declared else []))
    visitor = sign_in(email)
    assert visitor.get(f"{file.base}/opinion").status_code == status
    assert visitor.post(f"{file.base}/opinion", AGREES | {"do": "sign"}).status_code == status
    assert opinions(database) == []


def test_adviser_gives_an_opinion_once_asked(database, sign_in):
    file = under_review(database, ADVISER)
    file.change(lambda db, p: factories.assignment(db, p, actor(db, ADVISER)))
    visitor = english(sign_in(ADVISER))
    assert "Adviser's opinion" in text(visitor.get(f"{file.base}/opinion"))
    assert visitor.post(f"{file.base}/opinion", AGREES | {"do": "sign"}).status_code == 303
    assert opinions(database)[0][0] == "adviser"


def test_after_the_stage_the_own_opinion_is_read_and_not_written(database, sign_in):
    file = with_engineer(database, LEAD)
    visitor = english(sign_in(LEAD))
    shown = visitor.get(f"{file.base}/opinion")
    assert "It can no longer be changed." in text(shown)
    assert "Thẩm định an toàn dữ liệu." in text(shown)
    assert 'name="position"' not in shown.text
    assert visitor.post(f"{file.base}/opinion", AGREES | {"do": "sign"}).status_code == 409


def test_engineer_is_blind_until_his_sheet_is_in(database, sign_in):
    file = with_engineer(database, ENGINEER)
    visitor = english(sign_in(ENGINEER))
    page = f"{file.base}/assessment"
    shown = visitor.get(page)
    assert shown.status_code == 200
    for hidden in ("Thẩm định an toàn dữ liệu.", "Vũ Quốc Khánh", 'name="position"'):
        assert hidden not in shown.text
    assert f'<a class="govuk-button" href="{file.base}/review">Fill in your score sheet</a>' in shown.text
    file.change(lambda db, p: score_sheets.save(db, p, factories.entries(5), submit=True, actor=actor(db, ENGINEER)))
    shown = visitor.get(page)
    for seen in ("Thẩm định an toàn dữ liệu.", "Vũ Quốc Khánh", "Đề nghị dùng chung kiến trúc."):
        assert seen in text(shown)


def test_assessment_cannot_be_signed_before_the_sheet(database, sign_in):
    file = with_engineer(database, ENGINEER)
    answer = english(sign_in(ENGINEER)).post(f"{file.base}/assessment", AGREES | {"do": "sign"})
    words = "Submit your own score sheet before the assessment."
    assert (answer.status_code, [told for _, told in summary(answer)]) == (422, [words])
    assert "Thẩm định an toàn dữ liệu." not in answer.text


def test_signed_assessment_leads_to_the_handing_over(database, sign_in):
    file = with_engineer(database, ENGINEER)
    file.change(lambda db, p: factories.sheet(db, p, actor(db, ENGINEER), 5))
    visitor = english(sign_in(ENGINEER))
    answer = visitor.post(f"{file.base}/assessment", AGREES | {"do": "sign"})
    assert answer.headers["Location"] == f"{file.base}/move/assess"
    assert opinions(database)[-1][:2] == ("assessment", "agree")
    assert f'<a class="govuk-button" href="{file.base}/move/assess">' in visitor.get(f"{file.base}/assessment").text


@pytest.mark.parametrize(
    ("email", "declared", "status"),
    [(OTHER_ENGINEER, False, 404), (ENGINEER, False, 403), (LEAD, True, 403), (SECRETARY, False, 403)],
    ids=["engineer of another system", "undeclared", "lead", "secretary"],
)
def test_others_write_no_assessment(database, sign_in, email, declared, status):
    file = with_engineer(database, *([email] if declared else []))
    visitor = sign_in(email)
    assert visitor.get(f"{file.base}/assessment").status_code == status
    assert visitor.post(f"{file.base}/assessment", AGREES | {"do": "sign"}).status_code == status
