"""The curl commands on the page of the API: every operation has one; what they send is sent, and answered."""

from __future__ import annotations

import html
import re
import shlex

import pytest
from sqlalchemy import select

from intake.api import samples
from intake.api.operations import OPERATIONS
from intake.models import Document
from proofs.api_fuzz import fill
from tests.api.callers import BYT_LEAD, CHAIR, SECRETARY
from tests.decided import decided

BY_NAME = {one.name: one for one in OPERATIONS}
SHOWN = re.compile(r'<h3 id="([\w-]+)">.*?<pre class="app-code"[^>]*><code>(.*?)</code>', re.DOTALL)
READERS = (SECRETARY, CHAIR, "applicant@demo.vn", BYT_LEAD)
# Nobody voted on paper, the text has one version, nobody has scored: these answer 404 as described.
NOTHING_THERE = {"read_scan", "read_changes", "read_score_sheet"}


@pytest.fixture(scope="module")
def shown(shared) -> dict[str, list[str]]:
    """The words of each command by the name of its operation, as a shell takes them from the page."""
    page = shared.app.test_client().get("/api/docs").text
    return {name.replace("-", "_"): shlex.split(html.unescape(text)) for name, text in SHOWN.findall(page)}


def option(words: list[str], name: str) -> str | None:
    return words[words.index(name) + 1] if name in words else None


def test_every_operation_has_a_command_with_its_method_address_and_token(shown):
    assert set(shown) == set(BY_NAME)
    for name, words in shown.items():
        operation = BY_NAME[name]
        assert (words[0], option(words, "-X") or "GET") == ("curl", operation.method)
        assert words[-1].startswith("$API/")
        assert ("Authorization: Bearer $TOKEN" in words) is not operation.is_public


def test_every_body_is_one_that_the_operation_takes(shown):
    with_body = {one.name for one in OPERATIONS if one.body and not one.is_body_optional}
    assert with_body - set(samples.BODIES) - set(samples.FILES) == set()
    for name in samples.BODIES:
        body = BY_NAME[name].body
        assert body is not None
        sent = (option(shown[name], "-d") or "").replace("EMAIL", SECRETARY).replace("CODE", "SK-2026-00000001")
        body.model_validate_json(sent.replace("KEY", "ABC123"))


@pytest.fixture(scope="module")
def known(shared) -> dict[str, list[str]]:
    """What the capitals may stand for."""
    with shared.database.writing() as db:
        found = fill(db)
        session = decided(db)
        documents = list(db.scalars(select(Document.doc)))
    return {
        "CODE": ["SK-2026-00009999", found["code"][0]],
        "ID": [str(session)],
        "DOC": documents,
        "KEY": ["ABC123"],
    }


def filled(address: str, known: dict[str, list[str]]) -> list[str]:
    """The address with everything that its capitals may stand for."""
    found = [address.removeprefix("$API")]
    for word, values in known.items():
        found = list(dict.fromkeys(re.sub(rf"\b{word}\b", value, one) for one in found for value in values))
    return [one.replace("EMAIL", CHAIR) for one in found]


def test_every_get_is_answered_to_somebody_who_may(shared, known, shown):
    """Every answer is held against the description too."""
    callers = [shared.caller(email) for email in READERS]
    silent = set()
    for name, words in shown.items():
        if BY_NAME[name].method == "GET":
            tried = (caller.get(address) for address in filled(words[-1], known) for caller in callers)
            if not any(answer.status_code in (200, 202) for answer in tried):
                silent.add(name)
    assert silent == NOTHING_THERE
