"""Documents: a page that looks again while the worker is at it, then the bytes under their sha256."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from intake.models import Document
from intake.services import papers
from tests.web.applicants import in_english, started, submitted, words

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def receipt(sign_in, app, database):
    """A visitor, the address of a receipt that was promised, and the function by which the worker makes it."""
    visitor = in_english(sign_in("organisation@demo.vn"))
    code = started(visitor)
    assert submitted(visitor, code).status_code == 303
    with database.reading() as db:
        document = db.scalars(select(Document)).one()
    files = app.extensions["intake"].files
    return (
        visitor,
        f"/documents/{document.doc}",
        lambda: papers.make(database, files, document.id, base_url="http://127.0.0.1"),
    )


def test_a_document_that_is_being_made_is_looked_for_again(receipt):
    visitor, address, _make = receipt
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Refresh"]) == (202, "4", "4")
    assert "The document is being made" in words(answer)


def test_a_document_comes_as_pdf_and_once(receipt):
    visitor, address, make = receipt
    make()
    answer = visitor.get(address)
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_document_does_not_exist_for_others(receipt, sign_in, visitor):
    _owner, address, make = receipt
    make()
    assert [sign_in(f"{name}@demo.vn").get(address).status_code for name in ("applicant", "member2")] == [404, 404]
    assert visitor.get(address).status_code == 303
    assert sign_in("secretary@demo.vn").get(address).status_code == 200


def test_there_is_no_decision_before_one_is_released(receipt, sign_in):
    visitor, _address, _make = receipt
    code = words(visitor.get("/proposals")).split("SK-2026-")[1][:8]
    assert visitor.get(f"/proposals/SK-2026-{code}/decision.pdf").status_code == 404
