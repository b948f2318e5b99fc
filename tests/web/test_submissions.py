"""Handing in: what blocks is listed, one version however often it is sent, and never a text nobody has read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from intake.db import Database
from intake.models import User
from intake.services import accounts, proposals, transitions
from tests.web.applicants import (
    boxes,
    example,
    form_of,
    in_english,
    proposal,
    send,
    started,
    submitted,
    typed,
    versions,
    words,
)
from tests.web.conftest import Visitor

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(sign_in):
    return in_english(sign_in("organisation@demo.vn"))


def form(visitor: Visitor, code: str, page: str = "submit"):
    address = f"/proposals/{code}/{page}"
    return form_of(visitor.get(address), address)


def test_the_whole_text_is_read_before_it_is_submitted(organisation, database):
    code = started(organisation)
    read = words(organisation.get(f"/proposals/{code}/submit"))
    assert "Everything that is required is there" in read
    assert "14. Specific recommendations (if any)" in read and "Administrative information" in read
    answer = submitted(organisation, code)
    assert (answer.status_code, answer.location) == (303, f"/proposals/{code}")
    found = proposal(database, code)
    assert (found.state, found.current_version, found.register_number) == ("reception", 1, 1)
    page = words(organisation.get(f"/proposals/{code}"))
    assert "Who holds the file Party Central Committee Office" in page
    assert "You do not need to do anything now." in page and "Receipt" in page


def test_what_blocks_is_listed_and_the_button_is_not_there(organisation, database):
    data = example()["sections"]
    data["kpis"]["kpis"][0]["unit"] = None
    code = started(organisation, kpis=data["kpis"])
    page = organisation.get(f"/proposals/{code}/submit")
    assert "It cannot be submitted yet" in words(page)
    place = "kpis.kpis.0.unit"
    assert f'href="/proposals/{code}/edit/kpis?at={place}#{place}"' in page.text
    assert 'name="document_revision"' not in page.text
    sent = {"form_token": "t", "revision": 0, "document_revision": 1, "transition": "submit"}
    answer = organisation.post(f"/proposals/{code}/submit", sent)
    assert (answer.status_code, "It cannot be submitted yet" in words(answer)) == (422, True)
    assert versions(database, code) == []


def test_the_same_form_five_times_makes_one_version(organisation, database):
    code = started(organisation)
    fields = form(organisation, code)
    answers = [organisation.post(f"/proposals/{code}/submit", fields) for _ in range(5)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/proposals/{code}")] * 5
    assert versions(database, code) == [1]


def test_five_at_once_make_one_version(organisation, database, app):
    code = started(organisation)
    fields = form(organisation, code)
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in organisation.client._cookies.values())

    def submit(_: int) -> tuple[int, str | None]:
        client = app.test_client(use_cookies=False)
        answer = client.post(f"/proposals/{code}/submit", data=fields, headers={"Cookie": cookies})
        return answer.status_code, answer.location

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(submit, range(5)))
    assert answers == [(303, f"/proposals/{code}")] * 5
    assert versions(database, code) == [1]


def test_a_second_form_after_submission_is_refused(organisation, database):
    code = started(organisation)
    first, second = form(organisation, code), form(organisation, code)
    assert organisation.post(f"/proposals/{code}/submit", first).status_code == 303
    assert organisation.post(f"/proposals/{code}/submit", second).status_code == 409
    assert organisation.get(f"/proposals/{code}/submit").status_code == 409
    assert versions(database, code) == [1]


def test_a_text_changed_after_it_was_read_is_not_submitted(organisation, database):
    code = started(organisation)
    fields = form(organisation, code)
    changed = typed(boxes(organisation, code, "name"), name__name_vi="Tên sửa sau khi đọc")
    assert send(organisation, code, "name", changed).status_code == 303
    answer = organisation.post(f"/proposals/{code}/submit", fields)
    assert (answer.status_code, versions(database, code)) == (409, [])


def test_a_form_that_lacks_its_hidden_fields_is_refused(organisation, database):
    code = started(organisation)
    fields = form(organisation, code)
    for name in ("form_token", "revision", "document_revision", "transition"):
        answer = organisation.post(f"/proposals/{code}/submit", fields | {name: ""})
        assert (answer.status_code, "This form is incomplete." in words(answer)) == (422, True), name
    assert organisation.post(f"/proposals/{code}/submit", fields | {"transition": "accept"}).status_code == 422
    assert versions(database, code) == []


def test_a_supplement_is_answered_and_submitted_again(organisation, database):
    code = started(organisation)
    assert submitted(organisation, code).status_code == 303
    ask(database, code)
    read = words(organisation.get(f"/proposals/{code}"))
    assert "What you were asked 5. Objectives : Nêu rõ hơn mục tiêu tổng quát." in read
    assert "Answer what you were asked, then submit again." in read and "Review and submit again" in read
    changed = typed(
        boxes(organisation, code, "objectives"), objectives__general="Mục tiêu tổng quát đã nêu rõ hơn nhiều."
    )
    assert send(organisation, code, "objectives", changed).status_code == 303
    assert submitted(organisation, code).status_code == 303
    assert (versions(database, code), proposal(database, code).state) == ([1, 2], "reception")
    read = words(organisation.get(f"/proposals/{code}/versions"))
    assert "5. Objectives General objective" in read and "Mục tiêu tổng quát đã nêu rõ hơn nhiều." in read


def ask(database: Database, code: str) -> None:
    """The secretariat asks for a supplement."""
    with database.writing() as db:
        user = db.scalars(select(User).where(User.email == "secretary@demo.vn")).one()
        actor = accounts.identity(db, user, None).actor
        found = proposals.get(db, code, actor=actor)
        remarks = [{"section": "objectives", "text": "Nêu rõ hơn mục tiêu tổng quát."}]
        transitions.move(
            db,
            found,
            "request_supplement",
            actor=actor,
            seen=found.revision,
            reason="Cần rõ hơn",
            data={"remarks": remarks},
        )


def test_withdrawing_asks_first_and_happens_once(organisation, database):
    code = started(organisation)
    assert submitted(organisation, code).status_code == 303
    read = words(organisation.get(f"/proposals/{code}/withdraw"))
    assert "Withdraw this proposal?" in read and "it cannot be undone" in read
    fields = form(organisation, code, "withdraw") | {"reason": ["Gộp với đề xuất khác"]}
    answers = [organisation.post(f"/proposals/{code}/withdraw", fields) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/proposals/{code}")] * 2
    assert proposal(database, code).state == "withdrawn"
    assert organisation.get(f"/proposals/{code}/withdraw").status_code == 409
