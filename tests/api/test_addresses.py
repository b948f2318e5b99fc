"""Addresses, methods and languages; the readable description; who may call at all."""

from __future__ import annotations

import re

import pytest

from intake.api.openapi import description
from intake.errors import TooMany
from tests.api.callers import ORGANISATION, SECRETARY


def call(world, method, url, **headers):
    return world.app.test_client().open(url, method=method, headers=headers)


@pytest.mark.parametrize("url", ["/api/v1/nothing", "/api/v2/queue", "/api/v1/proposals/", "/api/v1/sessions/x"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_unknown_address_is_a_problem(shared, method, url):
    response = call(shared, method, url)
    assert (response.status_code, response.mimetype, response.json["type"]) == (
        404,
        "application/problem+json",
        "not-found",
    )


def test_number_beyond_every_row_is_an_unknown_address(shared):
    response = call(shared, "GET", "/api/v1/sessions/99999999999")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "url", "allowed"),
    [
        ("DELETE", "/api/v1/proposals", "GET, HEAD, OPTIONS, POST"),
        ("POST", "/api/v1/queue", "GET, HEAD, OPTIONS"),
        ("PATCH", "/api/v1/proposals/SK-2026-AAAAAAAA/document", "GET, HEAD, OPTIONS, PUT"),
        ("POST", "/api/docs", "GET, HEAD, OPTIONS"),
    ],
)
def test_wrong_method_is_told_the_right_ones(shared, method, url, allowed):
    response = call(shared, method, url)
    assert (response.status_code, response.json["type"]) == (405, "method-not-allowed")
    assert response.headers["Allow"] == allowed
    asked = call(shared, "OPTIONS", url)
    assert (asked.status_code, asked.headers["Allow"], asked.data) == (204, allowed, b"")


def test_head_answers_like_get_without_a_body(shared):
    url = "/api/v1/catalogue/systems"
    got, head = call(shared, "GET", url), call(shared, "HEAD", url)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", got.headers["Content-Length"])


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Basic dXNlcjpwYXNz", "bearer\x80"])
def test_without_a_good_token_nothing_answers(shared, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    for method, url in (("GET", "/api/v1/queue"), ("POST", "/api/v1/proposals"), ("PUT", "/api/v1/documents/X/issue")):
        response = call(shared, method, url, **headers)
        assert (response.status_code, response.json["type"]) == (401, "unauthenticated")
        assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_cookie_is_no_token(shared):
    client = shared.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "whoever"
    response = client.get("/api/v1/queue")
    assert response.status_code == 401


def test_token_that_reads_does_not_write(shared):
    reader = shared.caller(SECRETARY, scope="read")
    assert reader.get("/queue").status_code == 200
    body = {"owner": ORGANISATION, "initiative": "sk03", "reason": "Đã thống nhất."}
    response = reader.post("/clearances", body, Accept_Language="en")
    assert (response.status_code, response.get_json(force=True)) == (
        403,
        {
            "type": "forbidden",
            "title": "Not allowed",
            "status": 403,
            "detail": "This token only reads. Create one with the scope write.",
        },
    )


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("en", "en", "Not found"),
        ("en-US,vi;q=0.5", "en", "Not found"),
        ("en;q=0.5,vi-VN", "vi", "Không tìm thấy"),
        ("fr", "vi", "Không tìm thấy"),
        ("", "vi", "Không tìm thấy"),
    ],
)
def test_problem_speaks_the_language_asked_for(shared, asked, language, title):
    headers = {"Accept-Language": asked} if asked else {}
    response = call(shared, "GET", "/api/v1/nothing", **headers)
    assert (response.headers["Content-Language"], response.json["title"]) == (language, title)


def test_guessing_keys_is_slowed_down(shared):
    (limiter,) = shared.app.extensions["limiter"]
    limiter.reset()
    stranger = shared.stranger()
    answers = [stranger.get(f"/track/SK-2026-AAAAAAA{digit}?key=ABC123") for digit in range(10)]
    assert {answer.status_code for answer in answers} == {404}
    slowed = stranger.get("/track/SK-2026-AAAAAAAA?key=ABC123")
    limiter.reset()
    assert (slowed.status_code, slowed.get_json(force=True)["type"]) == (TooMany.status, TooMany.type)
    assert slowed.headers["Retry-After"] == "60"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_readable_description_names_every_operation(shared, language):
    page = call(shared, "GET", f"/api/docs?lang={language}")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    addresses = [
        f"{method.upper()} /api/v1{path}" for path, methods in description()["paths"].items() for method in methods
    ]
    shown = re.findall(r"<h3[^>]*><code>([^<]+)</code>", page.text.replace("<wbr>", ""))
    assert sorted(shown) == sorted(addresses)


def test_readable_description_needs_nothing_from_outside(shared):
    page = call(shared, "GET", "/api/docs")
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page.text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.text) == []
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_reference_data_is_open_to_everybody(shared):
    stranger, counts = shared.stranger(), {}
    for name in ("systems", "initiatives", "targets", "criteria", "organisations"):
        counts[name] = len(stranger.does("GET", f"/catalogue/{name}")["items"])
    assert (counts["systems"], counts["initiatives"], counts["criteria"]) == (6, 30, 6)
    assert counts["targets"] > 0
    assert counts["organisations"] > 0
