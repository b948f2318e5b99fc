"""What a request may look like: whatever is sent, the answer is a problem document and never our fault."""

from __future__ import annotations

import json

import pytest

from tests.api.callers import APPLICANT, ORGANISATION, SECRETARY, of_university

JSON = {"Content-Type": "application/json"}
DEEP = "[" * 20_000 + "]" * 20_000


@pytest.fixture(scope="module")
def owner(shared):
    return shared.caller(ORGANISATION)


@pytest.fixture(scope="module")
def code(owner):
    return owner.does("POST", "/proposals", of_university())["code"]


def raw(caller, method, path, content, **headers):
    """Send bytes as they are."""
    named = {"Authorization": f"Bearer {caller.token}", **headers}
    return caller.app.test_client().open(f"/api/v1{path}", method=method, data=content, headers=named)


def told(response):
    return response.status_code, response.get_json(force=True)["type"]


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b"{", 422, "invalid"),
        (b"\xff\xfe{}", 422, "invalid"),
        (b'{"a": 1, "a": 2}', 422, "invalid"),
        (b'{"a": NaN}', 422, "invalid"),
        (DEEP.encode(), 422, "invalid"),
        (b"9" * 5000, 422, "invalid"),
        (b"[]", 422, "invalid"),
        (b'"text"', 422, "invalid"),
        (b"null", 400, "malformed"),
        (b"", 400, "malformed"),
        (b" " * 2_000_001, 413, "too-large"),
    ],
    ids=lambda value: repr(value)[:24] if isinstance(value, bytes) else None,
)
def test_unreadable_body_is_a_problem(owner, code, content, status, kind):
    for path in (f"/proposals/{code}/transitions", "/proposals"):
        assert told(raw(owner, "POST", path, content, **JSON)) == (status, kind)


def test_body_larger_than_any_upload_is_a_problem(owner):
    response = raw(owner, "POST", "/proposals", b"x" * 22_000_000, **JSON)
    assert told(response) == (413, "too-large")
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_other_media_types_are_refused(owner, code, media_type):
    content = b"transition=submit"
    headers = {"Content-Type": media_type} if media_type else {}
    response = raw(owner, "POST", f"/proposals/{code}/transitions", content, **headers)
    assert told(response) == (415, "unsupported-media-type")


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800", "\\udfff"])
@pytest.mark.parametrize(
    ("template", "path"),
    [
        ('{"transition": "submit", "reason": "a%s"}', "reason"),
        ('{"transition": "submit", "data": {"remarks": [{"section": "name", "text": "%s"}]}}', "data.remarks.0.text"),
        ('{"transition%s": "submit"}', ""),
    ],
)
def test_text_that_no_database_keeps_is_refused_with_its_place(owner, code, letter, template, path):
    content = (template % letter).encode()
    response = raw(owner, "POST", f"/proposals/{code}/transitions", content, **JSON)
    problem = response.get_json(force=True)
    assert told(response) == (422, "invalid")
    assert [error["path"] for error in problem["errors"]] == [path]


def test_unwritable_text_in_a_document_is_named_by_its_place(owner):
    document = of_university()
    document["sections"]["name"]["name_vi"] = "Sáng kiến\0"
    problem = owner.post("/proposals", document).get_json(force=True)
    assert [error["path"] for error in problem["errors"]] == ["sections.name.name_vi"]


def test_unwritable_address_is_a_problem(owner):
    assert told(owner.get("/proposals?q=a%00b")) == (400, "malformed")
    assert told(owner.get("/proposals/a%00b")) == (400, "malformed")
    assert told(owner.get("/proposals/%ED%A0%80")) == (404, "not-found")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("transition", "This is required.")]),
        ({"transition": "submit", "seen": 1}, [("seen", "There is no such field here.")]),
        ({"transition": "submit", "data": {"leader": "byt"}}, [("data.leader", "There is no such field here.")]),
        ({"transition": "submit", "data": {"lead": "byt"}}, [("data.lead", "The move submit takes no such data.")]),
        ({"transition": "submit", "revision": "0"}, [("revision", "Give a whole number.")]),
        ({"transition": "submit", "revision": True}, [("revision", "Give a whole number.")]),
        ({"transition": 1}, [("transition", "Give a text.")]),
        ({"transition": "submit", "reason": "x" * 20_001}, [("reason", "Use at most 20000 characters.")]),
        ({"transition": "submit", "data": []}, [("data", "Give an object.")]),
    ],
)
def test_wrong_shape_is_named_by_its_place(owner, code, body, errors):
    response = owner.post(f"/proposals/{code}/transitions", body, Accept_Language="en")
    problem = response.get_json(force=True)
    assert told(response) == (422, "invalid")
    assert [(error["path"], error["message"]) for error in problem["errors"]] == errors


def test_unknown_move_names_those_that_exist(owner, code):
    response = owner.post(f"/proposals/{code}/transitions", {"transition": "devour"}, Accept_Language="en")
    (error,) = response.get_json(force=True)["errors"]
    assert (error["path"], error["message"].startswith("Use one of: submit, ")) == ("transition", True)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("after=x", "after"),
        ("state=nowhere", "state"),
        ("order=1", "order"),
    ],
)
def test_wrong_parameters_are_named(owner, query, path):
    response = owner.get(f"/proposals?{query}")
    assert told(response) == (422, "invalid")
    assert [error["path"] for error in response.get_json(force=True)["errors"]] == [path]


@pytest.mark.parametrize(
    "starts_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-24T14:00:00", "2026-11-24", 5]
)
def test_time_that_nobody_can_keep_is_refused(shared, starts_at):
    body = {"body": "tt_bcdtw", "starts_at": starts_at, "place": "Hà Nội"}
    response = shared.caller(SECRETARY).post("/sessions", body)
    assert told(response) == (422, "invalid")
    assert [error["path"] for error in response.get_json(force=True)["errors"]] == ["starts_at"]


def test_marked_text_is_stopped_and_nothing_of_it_is_kept(shared):
    document = of_university()
    document["sections"]["name"]["name_vi"] = "Dự án (TUYỆT MẬT)"
    applicant = shared.caller(APPLICANT)
    response = applicant.post("/proposals", document, Idempotency_Key="once")
    assert told(response) == (422, "invalid")
    assert "TUYỆT" not in response.text
    assert applicant.does("GET", "/proposals")["items"] == []


def test_json_of_another_name_is_json(owner):
    content = json.dumps(of_university()).encode()
    response = raw(owner, "POST", "/proposals", content, **{"Content-Type": "application/vnd.intake+json"})
    assert response.status_code == 201
