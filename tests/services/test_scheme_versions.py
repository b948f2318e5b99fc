"""New versions of the scheme count from their day on; what was scored before keeps its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.models import AuditEntry
from intake.policy import Role
from intake.scoring.scheme_terms import terms_of
from intake.services import certificates, rankings, scheme_versions, schemes, score_sheets, standing_rounds, standings
from tests import factories

ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)


def administrator(db):
    return factories.acting(db, "administrator", Role.ADMINISTRATOR)


def changed(db, **terms: str) -> dict[str, str]:
    return terms_of(schemes.in_force(db)) | terms


def add(db, days: int = 0, **terms: str):
    on = clock.today() + timedelta(days=days)
    return scheme_versions.add(db, changed(db, **terms), effective_from=on, actor=administrator(db))


@ON_SQLITE
def test_a_version_counts_from_its_day_on_and_is_noted(database):
    with database.writing() as db:
        made = add(db, 7, weight_urgency="30", min_sheets="2")
        assert made.id == "kh01-2025/2"
        assert schemes.in_force(db).id == "kh01-2025/1"
        assert schemes.in_force(db, clock.today() + timedelta(days=7)) == made
        found = scheme_versions.listing(db, actor=administrator(db))
        assert [(one.number, one.is_coming, one.is_in_force) for one in found] == [(2, True, False), (1, False, True)]
    with database.writing() as db:
        [data] = db.scalars(select(AuditEntry.data).where(AuditEntry.event == "scheme.added"))
        assert (data["old"], data["new"]) == (
            {"weight_urgency": "10", "min_sheets": "3"},
            {"weight_urgency": "30", "min_sheets": "2"},
        )
        scheme_versions.withdraw(db, 2, actor=administrator(db))
        assert schemes.in_force(db, clock.today() + timedelta(days=7)).id == "kh01-2025/1"
        assert add(db, 7, weight_urgency="40").id == "kh01-2025/3"  # a number is given once
        with pytest.raises(IllegalMove):
            scheme_versions.withdraw(db, 1, actor=administrator(db))
        with pytest.raises(NotFound):
            scheme_versions.withdraw(db, 2, actor=administrator(db))


@ON_SQLITE
def test_what_is_refused_says_everything_at_once(database):
    with database.writing() as db:
        refused = {}
        for days, terms in (
            (-1, {"weight_impact": "0", "anchor_impact_1_vi": ""}),
            (0, {}),
        ):
            with pytest.raises(Invalid) as error:
                add(db, days, **terms)
            refused[days] = [path for path, _ in error.value.errors]
        assert refused == {-1: ["weight_impact", "anchor_impact_1_vi", "effective_from"], 0: [""]}
        add(db, 3, weight_impact="30")
        with pytest.raises(Invalid) as error:
            add(db, 3, weight_impact="40")
        assert [path for path, _ in error.value.errors] == ["effective_from"]
        with pytest.raises(Forbidden):
            scheme_versions.add(db, changed(db), effective_from=clock.today(), actor=factories.secretary(db))


def test_a_proposal_keeps_the_scheme_its_first_sheet_was_made_with(database):
    with database.writing() as db:
        before, fresh = (factories.proposal(db, "ministry_review") for _ in range(2))
        for proposal in (before, fresh):
            factories.routing(db, proposal)
            for name in ("one", "two"):
                reviewer = factories.reviewer(db, name)
                factories.assignment(db, proposal, reviewer)
                factories.declaration(db, proposal, reviewer)
        scores = factories.entries(5, 5, 5, 5, 1, 1)
        one, two = factories.reviewer(db, "one"), factories.reviewer(db, "two")
        score_sheets.save(db, before, scores, submit=True, actor=one)
        add(db, weight_urgency="60", weight_social_resources="60")
        score_sheets.save(db, before, scores, submit=True, actor=two)
        score_sheets.save(db, fresh, scores, submit=True, actor=two)
        found = [certificates.of(db, proposal) for proposal in (before, fresh)]
        assert [(one.scheme.id, one.tally.official) for one in found] == [
            ("kh01-2025/1", 84 * 10**9),  # 5 x 80 + 1 x 20 of 500
            ("kh01-2025/2", 52 * 10**9),  # 5 x 80 + 1 x 120 of 1,000
        ]
        before.state = fresh.state = "synthesis"
        db.flush()
        rows = rankings.ranking(db, actor=factories.secretary(db))
        assert [(row.code, row.scheme.id) for row in rows] == [
            (before.code, "kh01-2025/1"),
            (fresh.code, "kh01-2025/2"),
        ]
    standing_rounds.turn(database)
    with database.reading() as db:
        mixed = standings.standing(db)
        assert not mixed.is_stale
        assert [(row.rank, row.interval) for row in mixed.rows.values()] == [(1, None), (2, None)]
