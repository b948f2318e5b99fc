"""One's own API tokens: shown once, listed without their secret, dead at once when revoked."""

from __future__ import annotations

import re

import pytest

from tests.web.desk_world import APPLICANT, SECRETARY, english, summary, text

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)
ADDRESS = "/account/tokens"


def made(visitor) -> str:
    membership = re.search(r'<option value="(\d+)" selected', visitor.get(ADDRESS).text)
    assert membership is not None
    answer = visitor.post(ADDRESS, {"scope": "read", "membership": membership[1], "days": "30"})
    token = re.search(r"intake_[\w-]{40,}", answer.text)
    assert token is not None
    return token[0]


def calls(app, token: str) -> int:
    return app.test_client().get("/api/v1/queue", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_shown_once_works_and_ends_with_its_revocation(app, sign_in):
    visitor, other = english(sign_in(SECRETARY)), sign_in(APPLICANT)
    token = made(visitor)
    assert calls(app, token) == 200
    page = visitor.get(ADDRESS)
    assert (token in page.text, "Revoke" in text(page)) == (False, True)
    address = re.search(rf'action="({ADDRESS}/\d+/revoke)"', page.text)
    assert address is not None
    assert other.post(address[1]).status_code == 404
    assert [visitor.post(address[1]).status_code for _ in range(2)] == [303, 404]
    assert calls(app, token) == 401
    assert "You have no token." in text(visitor.get(ADDRESS))


def test_what_is_wrong_is_told_and_makes_no_token(sign_in):
    visitor = english(sign_in(SECRETARY))
    answer = visitor.post(ADDRESS, {"scope": "all", "membership": "999999", "days": "0"})
    assert answer.status_code == 422
    assert [href for href, _ in summary(answer)] == ["#scope", "#days", "#membership"]
    assert "You have no token." in text(visitor.get(ADDRESS))
