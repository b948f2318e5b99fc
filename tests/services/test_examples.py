"""The 32 examples on both engines: what the database gives back is what came in."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from intake.errors import Stopped
from intake.models.base import Base
from intake.outline import SECRET_INITIATIVES, export_proposal
from intake.policy import Role
from intake.services import clearances, proposals
from tests import factories
from tests.outline.examples import NAMES, document, example


def test_every_example_comes_out_as_it_went_in(database):
    codes = {}
    with database.writing() as db:
        owner = factories.acting(db, "owner", Role.APPLICANT)
        secretary = factories.secretary(db)
        for initiative in sorted(SECRET_INITIATIVES):
            clearances.grant(db, owner="owner@example.vn", initiative=initiative, reason="đã hỏi", actor=secretary)
        for name in NAMES:
            codes[name] = proposals.create(db, document(name), actor=owner).code
    with database.reading() as db:
        texts = {name: proposals.draft_of(db, proposals.unchecked(db, code)) for name, code in codes.items()}
    assert {name: export_proposal(text) for name, text in texts.items()} == {name: example(name) for name in NAMES}


def counted(db) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: db.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables}


def test_a_secret_example_is_stopped_and_leaves_no_row(database):
    with database.writing() as db:
        owner = factories.acting(db, "owner", Role.APPLICANT)
    with database.reading() as db:
        before = counted(db)
    for initiative in sorted(SECRET_INITIATIVES):
        with pytest.raises(Stopped), database.writing() as db:
            proposals.create(db, document(f"short_{initiative}"), actor=owner)
    with database.reading() as db:
        assert counted(db) == before
