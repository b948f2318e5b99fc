"""A sitting of seven members, and one that two secretaries hold for them, over forms alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from intake import clock
from intake.models import Declaration, Proposal, User
from tests.apps import running_app
from tests.journeys import committee
from tests.journeys.committee import NAMES, SECRETARY
from tests.journeys.office import Office, tools
from tests.journeys.visitors import FormVisitor, Visitor
from tests.web.conftest import settings_for
from tests.web.sitting_world import waiting


@pytest.fixture
def office(peopled_sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    with running_app(settings_for(peopled_sqlite_url, tmp_path)) as app:

        def enter(email: str) -> Visitor:
            visitor = FormVisitor(app, "vi")
            visitor.open("/demo")
            visitor.send("/demo", press=f"email={email}")
            return visitor

        yield Office(enter, tools(app), "vi")


def declared(office: Office, codes: list[str]) -> None:
    """Everybody's word on conflicts of interest; at a browser they give it themselves."""
    with office.tools.database.writing() as db:
        for email in committee.EVERYBODY:
            user = db.scalars(select(User).where(User.email == email)).one()
            for proposal in db.scalars(select(Proposal).where(Proposal.code.in_(codes))):
                given = {"is_conflicted": False, "kind": "none", "declared_at": clock.now()}
                db.add(Declaration(proposal_id=proposal.id, user_id=user.id, **given))


@pytest.mark.slow
@pytest.mark.parametrize("held", [committee.by_members, committee.by_secretaries])
def test_sitting_with_recusals_a_secret_vote_and_no_majority(office: Office, held) -> None:
    codes = waiting(office.tools.database, 3)
    declared(office, codes)
    session = held(office, codes)
    recorder = NAMES[SECRETARY] if held is committee.by_secretaries else ""
    committee.check_minutes(office, session, recorder=recorder)
    committee.check_documents(office, codes)
