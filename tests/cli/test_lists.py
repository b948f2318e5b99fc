"""`intake proposal list` and `intake session list`: what an operator needs a code or a number from."""

from __future__ import annotations

import pytest

from intake.cli import world
from intake.services import proposals, sessions
from tests import factories
from tests.services import sittings


def test_proposals_are_listed_over_all_pages_and_by_state_and_words(intake, monkeypatch):
    monkeypatch.setattr("intake.cli.proposals.LARGEST_PAGE", 1)
    with world.database().writing() as db:
        factories.proposal(db, "ministry_review", code="SK-2026-0000000A", title="Y tế số")
        factories.proposal(db, "draft", code="SK-2026-0000000B")
        factories.proposal(db, "withdrawn", code="SK-2026-0000000C", title="Đô thị", due_on=None)
        due_on = proposals.unchecked(db, "SK-2026-0000000A").due_on
    newest, oldest = "SK-2026-0000000C withdrawn - Đô thị\n", f"SK-2026-0000000A ministry_review {due_on} Y tế số\n"
    assert intake("proposal", "list").out == newest + oldest
    assert intake("proposal", "list", "--state", "withdrawn").out == newest
    assert intake("proposal", "list", "--state", "approved").out == ""


@pytest.mark.parametrize("words", [("--state", "nowhere"), ("--system", "ht9")])
def test_what_is_no_state_or_system_is_wrong_usage(intake, words):
    answer = intake("proposal", "list", *words)
    assert (answer.code, answer.out, "is not one of" in answer.err) == (2, "", True)


def test_sessions_are_listed_with_local_time(intake):
    with world.database().writing() as db:
        starts_at, secretary = sittings.STARTS_AT, sittings.secretary(db)
        held = sessions.create(db, body="tt_bcdtw", starts_at=starts_at, place="Hà Nội", items=[], actor=secretary)
        number = held.id
    assert intake("session", "list").out == f"{number} planned tt_bcdtw 2026-11-24T14:00 Hà Nội\n"
