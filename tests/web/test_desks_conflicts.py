"""The cover and the declaration: what may be seen before, and what follows from each answer."""

from __future__ import annotations

import pytest

from tests import factories
from tests.web.desk_world import (
    ADMIN,
    APPLICANT,
    ENGINEER,
    LEAD2,
    OTHER_ENGINEER,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    summary,
    text,
    under_review,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

SECRET = "Câu này chỉ có trong toàn văn"


def with_secret(database):
    file = under_review(database, title="Tên trên bìa", proposer_name="Viện A", lead_name="Viện B")
    file.change(lambda db, p: factories.version(db, p, factories.document(novelty={"summary": SECRET})))
    file.change(lambda db, p: factories.named(db, p, "partner", "Bộ Tài chính", "btc", settled=True))
    return file


def test_cover_shows_the_cover_and_not_the_text(database, sign_in):
    file = with_secret(database)
    shown = english(sign_in(LEAD2)).get(f"{file.base}/conflict")
    assert shown.status_code == 200
    for word in ("Tên trên bìa", "Viện A", "Viện B", "Ministry of Finance", "HT3", file.code):
        assert word in text(shown)
    assert SECRET not in shown.text


def test_page_of_the_proposal_is_the_cover_before_declaring(database, sign_in):
    file = with_secret(database)
    shown = english(sign_in(LEAD2)).get(file.base)
    assert (shown.status_code, SECRET in shown.text) == (200, False)
    assert f'action="{file.base}/conflict"' in shown.text


def test_no_conflict_opens_the_page_that_was_asked_for(database, sign_in):
    file = under_review(database)
    visitor = sign_in(LEAD2)
    assert visitor.get(f"{file.base}/assignments").status_code == 403
    answer = visitor.post(f"{file.base}/conflict", {"kind": "none", "next": f"{file.base}/assignments"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{file.base}/assignments")
    assert visitor.get(f"{file.base}/assignments").status_code == 200


def test_next_outside_this_site_is_ignored(database, sign_in):
    file = under_review(database)
    answer = sign_in(LEAD2).post(f"{file.base}/conflict", {"kind": "none", "next": "//evil.example"})
    assert answer.headers["Location"] == file.base


def test_conflict_closes_the_proposal_to_the_person(database, sign_in):
    file = under_review(database)
    visitor = sign_in(REVIEWER)
    answer = visitor.post(f"{file.base}/conflict", {"kind": "family"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/queue")
    for page in ("", "/conflict", "/review", "/staff"):
        assert visitor.get(file.base + page).status_code == 404


@pytest.mark.parametrize(
    ("sent", "place", "words"),
    [
        ({}, "#kind", "Choose one of the answers."),
        ({"kind": "invented"}, "#kind", "Choose one of the answers."),
        ({"kind": "other", "reason": "  "}, "#reason", "Say what the conflict is."),
    ],
    ids=["nothing", "unknown", "other without words"],
)
def test_incomplete_declaration_is_shown_again(database, sign_in, sent, place, words):
    file = under_review(database)
    visitor = english(sign_in(LEAD2))
    answer = visitor.post(f"{file.base}/conflict", sent)
    assert answer.status_code == 422
    assert summary(answer) == [(place, words)]
    assert visitor.get(f"{file.base}/staff").status_code == 403


def test_form_that_failed_keeps_what_was_typed(database, sign_in):
    file = under_review(database)
    answer = sign_in(LEAD2).post(f"{file.base}/conflict", {"kind": "invented", "reason": "Tôi viết <b>dài</b>"})
    assert "Tôi viết &lt;b&gt;dài&lt;/b&gt;" in answer.text


def test_partner_organisation_is_pointed_out(database, sign_in):
    file = under_review(database)
    file.change(lambda db, p: factories.named(db, p, "partner", "Bộ KHCN", "bkhcn", settled=True))
    assert "Your organisation takes part in this proposal" in text(english(sign_in(LEAD2)).get(f"{file.base}/conflict"))


@pytest.mark.parametrize(
    ("email", "status"),
    [(OTHER_ENGINEER, 404), (ENGINEER, 404), (ADMIN, 404), (APPLICANT, 403), (SECRETARY, 200)],
    ids=["engineer of another system", "engineer before his stage", "administrator", "owner", "secretary"],
)
def test_only_officials_of_the_proposal_declare(database, sign_in, email, status):
    file = under_review(database)
    assert sign_in(email).get(f"{file.base}/conflict").status_code == status


def test_declaring_again_replaces_the_word(database, sign_in):
    file = under_review(database, LEAD2)
    visitor = english(sign_in(LEAD2))
    assert "You have declared that you have no conflict" in text(visitor.get(f"{file.base}/conflict"))
    assert visitor.post(f"{file.base}/conflict", {"kind": "financial"}).status_code == 303
    assert visitor.get(f"{file.base}/staff").status_code == 404
    with database.reading() as db:
        assert actor(db, LEAD2).organisation_id == "bkhcn"
