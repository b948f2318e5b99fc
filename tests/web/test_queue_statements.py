"""Each desk costs the database as many statements with 1,000 proposals as with 10, and reads no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from intake.db import Database
from tests.web.desk_crowd import bring_to, crowd
from tests.web.desk_world import ADVISER, APPLICANT, CHAIR, ENGINEER, LEAD2, MEMBER, REVIEWER, SECRETARY

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

AGENCY = "agency@demo.vn"
FEW, MANY = 10, 1000
TEXT = re.compile(r"\.document\b")
# Who works at which stage, and on which lists.
DESKS = (
    (APPLICANT, "supplement", "/proposals"),
    (APPLICANT, "supplement", "/queue"),
    (SECRETARY, "reception", "/queue"),
    (SECRETARY, "synthesis", "/queue"),
    (SECRETARY, "implementation", "/queue"),
    (LEAD2, "ministry_review", "/queue"),
    (REVIEWER, "ministry_review", "/queue"),
    (REVIEWER, "synthesis", "/queue?kind=score_again"),
    (ENGINEER, "engineer_assessment", "/queue"),
    (ADVISER, "ministry_review", "/queue"),
    (MEMBER, "committee", "/queue"),
    (CHAIR, "committee", "/queue"),
    (AGENCY, "implementation", "/queue"),
)


@contextmanager
def noted(database: Database) -> Iterator[list[str]]:
    """The statements sent while inside."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_desk_takes_as_many_statements_at_1000_proposals_as_at_10_and_no_text(database, sign_in):
    visitors = {email: sign_in(email) for email, _, _ in DESKS}

    def sizes(count):
        """Per desk: statements, and lines shown."""
        found = {}
        with database.writing() as db:
            crowd(db, count)
        for email, state, path in DESKS:
            with database.writing() as db:
                bring_to(db, state)
            with noted(database) as seen:
                shown = visitors[email].get(path)
            assert shown.status_code == 200
            found[email, state, path] = (len(seen), shown.text.count("SK-2026-") > 0)
            assert [statement for statement in seen if TEXT.search(statement)] == []
        return found

    few = sizes(FEW)
    assert [desk for desk, (_, has_lines) in few.items() if not has_lines] == []
    assert sizes(MANY) == few
