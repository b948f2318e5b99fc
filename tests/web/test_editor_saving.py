"""A section saves itself while it is written, and a sign-in that ended meanwhile costs no word."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from intake import clock
from intake.models import Login
from tests.web.applicants import boxes, edit_url, form_of, in_english, send, started, stored, typed, words
from tests.web.conftest import Visitor

WRITTEN = "Một mục tiêu tổng quát đủ dài để nộp được."


@pytest.fixture
def organisation(lasting_app) -> Visitor:
    visitor = Visitor(lasting_app)
    assert visitor.post("/demo", {"email": "organisation@demo.vn"}).status_code == 303
    return in_english(visitor)


@pytest.fixture
def database(lasting_app):
    return lasting_app.extensions["intake"].database


def general(database, code):
    return stored(database, code)["sections"]["objectives"]["general"]


def test_a_section_saves_itself_and_says_what_was_seen(organisation, database):
    code = started(organisation)
    fields = typed(boxes(organisation, code, "objectives"), objectives__general=WRITTEN)
    answer = send(organisation, code, "objectives", fields, go="auto")
    assert (answer.status_code, general(database, code)) == (200, WRITTEN)
    told = answer.get_json()
    now = boxes(organisation, code, "objectives")
    assert (str(told["revision"]), told["seen_text"]) == (now["revision"][0], now["seen_text"][0])
    assert told["message"].startswith("Saved at ")
    again = fields | {"revision": [str(told["revision"])], "seen_text": [told["seen_text"]]}
    assert send(organisation, code, "objectives", again, go="auto").status_code == 200


def test_a_new_row_saved_by_itself_twice_is_one_row(organisation, database):
    code = started(organisation)
    page = send(
        organisation, code, "objectives", boxes(organisation, code, "objectives"), row="add:objectives.specific"
    )
    fields = typed(form_of(page, edit_url(code, "objectives")), objectives__specific__3__specific="Mục tiêu mới")
    first = send(organisation, code, "objectives", fields, go="auto").get_json()
    seen = {"revision": [str(first["revision"])], "seen_text": [first["seen_text"]]}
    once = stored(database, code)["sections"]["objectives"]["specific"]
    assert send(organisation, code, "objectives", fields | seen, go="auto").status_code == 200
    assert stored(database, code)["sections"]["objectives"]["specific"] == once
    assert [once[3]["id"]] == fields["objectives.specific.3.id"]


def test_what_cannot_be_saved_by_itself_is_told_and_changes_nothing(organisation, database):
    code = started(organisation)
    fields = boxes(organisation, code, "objectives")
    wrong = typed(fields, objectives__specific__0__time_bound="soon")
    answer = send(organisation, code, "objectives", wrong, go="auto")
    told = "Not saved yet: a place needs correction. Save to see which."
    assert (answer.status_code, answer.get_json()) == (422, {"message": told})
    assert send(organisation, code, "objectives", typed(fields, objectives__general=WRITTEN)).status_code == 303
    mine = typed(fields, objectives__general="Lời của tôi, không được mất")
    answer = send(organisation, code, "objectives", mine, go="auto")
    told = "Not saved: somebody else has saved this section. Save to see both texts."
    assert (answer.status_code, answer.get_json()) == (409, {"message": told})
    assert general(database, code) == WRITTEN


@pytest.mark.parametrize(
    ("ended", "status", "said"),
    [
        ("revoked", 403, "You are not signed in any more"),
        ("logged out", 400, "This form was opened under another sign-in"),
    ],
)
def test_after_signing_in_again_the_form_is_sent_as_it_was(organisation, database, ended, status, said):
    code = started(organisation)
    fields = typed(boxes(organisation, code, "objectives"), objectives__general=WRITTEN)
    if ended == "revoked":
        with database.writing() as db:
            db.execute(update(Login).values(revoked_at=clock.now()))
    else:
        assert organisation.post("/logout").status_code == 303
    page = organisation.client.post(edit_url(code, "objectives"), data=fields | {"go": "list"})
    assert (page.status_code, said in words(page)) == (status, True)
    kept = form_of(page, edit_url(code, "objectives"))
    assert kept | {"csrf_token": fields["csrf_token"]} == fields | {"go": ["list"]}
    assert organisation.post("/demo", {"email": "organisation@demo.vn"}).status_code == 303
    page = organisation.client.post(edit_url(code, "objectives"), data=kept)
    assert page.status_code == 400
    kept = form_of(page, edit_url(code, "objectives"))
    answer = organisation.client.post(edit_url(code, "objectives"), data=kept)
    assert (answer.status_code, answer.location) == (303, f"/proposals/{code}")
    assert general(database, code) == WRITTEN
