"""The proposal as PDF on the pages: asked for with a button, looked for again, read by readers of the text alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.models import Document
from intake.services import papers
from tests.web.applicants import in_english, started, submitted, words

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def owner(sign_in):
    return in_english(sign_in("organisation@demo.vn"))


@pytest.fixture
def make(app, database):
    """The worker's part for the newest paper."""

    def work() -> None:
        with database.reading() as db:
            document_id = db.scalars(select(Document.id).where(Document.kind == "proposal")).one()
        papers.make(database, app.extensions["intake"].files, document_id, base_url="http://127.0.0.1")

    return work


def test_a_draft_is_printed_for_its_owner_and_printed_again_after_a_save(owner, sign_in, make):
    code = started(owner)
    address = f"/proposals/{code}/proposal.pdf"
    assert f'action="{address}"' in owner.get(f"/proposals/{code}").text
    answer = owner.get(address)
    assert (answer.status_code, "The PDF of this text has not been made yet" in words(answer)) == (404, True)
    asked = owner.post(address)
    assert (asked.status_code, asked.headers["Location"]) == (303, address)
    waiting = owner.get(address)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "4")
    make()
    answer = owner.get(address)
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert [sign_in(f"{name}@demo.vn").get(address).status_code for name in ("applicant", "secretary")] == [404, 404]
    assert sign_in("applicant@demo.vn").post(address).status_code == 404


def test_a_version_is_printed_for_whoever_reads_it(owner, sign_in, make):
    code = started(owner)
    assert submitted(owner, code).status_code == 303
    address = f"/proposals/{code}/proposal.pdf"
    secretary = in_english(sign_in("secretary@demo.vn"))
    assert f'action="{address}?version=1"' in secretary.get(f"/proposals/{code}/text").text
    asked = secretary.post(f"{address}?version=1")
    assert (asked.status_code, asked.headers["Location"]) == (303, f"{address}?version=1")
    make()
    printed = [visitor.get(address).headers["ETag"] for visitor in (secretary, owner)]
    assert printed[0] == printed[1]
    assert secretary.get(f"{address}?version=1").headers["ETag"] == printed[0]
    assert secretary.get(f"{address}?version=2").status_code == 404
    assert "The proposal in full" in words(secretary.get(f"/proposals/{code}"))
    assert [sign_in(f"{name}@demo.vn").get(address).status_code for name in ("applicant", "member2")] == [404, 404]


def test_the_text_shows_the_same_pictures_as_the_paper(owner):
    code = started(owner)
    page = owner.get(f"/proposals/{code}/text").text
    assert page.count("<svg") >= 3
    for start in ("Roadmap: GD1", "Budget by phase and source: GD1", "Risk matrix: RR1"):
        assert f"<title>{start}" in page
