"""Documents that cannot be taken: every error with its path in the caller's language, the draft as it was."""

from __future__ import annotations

import unicodedata

import pytest

from intake.i18n import Message, translate
from tests.api.callers import ORGANISATION, of_university
from tests.outline.examples import put

ROW = "objectives.specific.0"
TARGET, DAY, GENERAL = f"{ROW}.measurable.target", f"{ROW}.time_bound", "objectives.general"
NUMBER, DATE = "Enter a number.", "Enter a real date, such as 31/12/2028."
SIGNS = "This text contains characters that cannot be stored or printed."
STORED = "This text contains a character that cannot be stored."


@pytest.fixture(scope="module")
def owner(shared):
    return shared.caller(ORGANISATION)


@pytest.fixture(scope="module")
def code(owner):
    return owner.does("POST", "/proposals", of_university())["code"]


BAD = [
    (TARGET, "sNaN", NUMBER, {}),
    (TARGET, "١٢", NUMBER, {}),
    (TARGET, True, NUMBER, {}),
    (TARGET, 10**16, "This number is too large.", {}),
    (TARGET, 0.1234567, "Use at most %(places)d decimals.", {"places": 6}),
    (DAY, "2028-02-30", DATE, {}),
    (DAY, "31/12/2028", DATE, {}),
    (DAY, 20281231, DATE, {}),
    (GENERAL, "x" * 20_001, "Write at most %(limit)d characters.", {"limit": 20_000}),
    (GENERAL, "a\u202eb", SIGNS, {}),
    ("name.name_vi", "hai\ndòng", "Write this on one line.", {}),
    ("objectives.specific", [{}] * 1000, "At most %(limit)d entries fit here.", {"limit": 20}),
    (f"{ROW}.id", "0123456789ab", "The template has no such field.", {}),
    ("kpis.kpis.0.objective", "0123456789ab", "The row this points to does not exist.", {}),
    ("outputs", {}, "This must be a list.", {}),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("path", "value", "msgid", "args"), BAD, ids=range(len(BAD)))
def test_a_wrong_value_is_told_with_its_path(owner, code, language, path, value, msgid, args):
    before = owner.does("GET", f"/proposals/{code}/document")
    document = of_university()
    put(document["sections"], path, value)
    response = owner.put(f"/proposals/{code}/document", document, Accept_Language=language)
    problem = response.get_json(force=True)
    assert (response.status_code, problem["type"]) == (422, "invalid")
    assert problem["errors"] == [{"path": path, "message": translate(Message(msgid, args), language)}]
    assert owner.does("GET", f"/proposals/{code}/document") == before


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_text_that_no_database_keeps_is_told_with_its_path(owner, code, text):
    document = of_university()
    put(document["sections"], GENERAL, text)
    response = owner.put(f"/proposals/{code}/document", document, Accept_Language="en")
    assert response.status_code == 422
    assert response.get_json(force=True)["errors"] == [{"path": f"sections.{GENERAL}", "message": STORED}]


def test_every_error_of_a_document_is_told_at_once(owner, code):
    document = of_university()
    for path, value in ((TARGET, "many"), (DAY, "soon"), ("resources.finance.total", 1.5), ("plan.phases.0.colour", 1)):
        put(document["sections"], path, value)
    response = owner.put(f"/proposals/{code}/document", document)
    paths = [error["path"] for error in response.get_json(force=True)["errors"]]
    assert paths == [TARGET, DAY, "plan.phases.0.colour", "resources.finance.total"]


def test_decomposed_text_is_stored_composed(owner, code):
    document, text = of_university(), "Mỗi người dân có một hồ sơ sức khỏe điện tử."
    put(document["sections"], GENERAL, unicodedata.normalize("NFD", text))
    owner.does("PUT", f"/proposals/{code}/document", document)
    assert owner.does("GET", f"/proposals/{code}/document")["sections"]["objectives"]["general"] == text


def test_a_stale_text_is_refused_and_nothing_is_written_over(owner, code):
    tag = owner.get(f"/proposals/{code}/document").headers["ETag"]
    theirs, mine = of_university(), of_university()
    put(theirs["sections"], GENERAL, "Lời của người lưu trước, đủ dài để đọc.")
    put(mine["sections"], GENERAL, "Lời của người lưu sau, cũng đủ dài để đọc.")
    owner.does("PUT", f"/proposals/{code}/document", theirs, If_Match=tag)
    late = owner.put(f"/proposals/{code}/document", mine, If_Match=tag)
    assert (late.status_code, late.get_json(force=True)["type"]) == (409, "stale")
    stored = owner.does("GET", f"/proposals/{code}/document")["sections"]["objectives"]["general"]
    assert stored == "Lời của người lưu trước, đủ dài để đọc."
