"""Conclusions: text and conditions around the outcome of the vote, never another outcome."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake import clock
from intake.errors import Forbidden, IllegalMove, Invalid
from intake.services import ballots, conclusions, decisions, remarks
from tests.databases import opened
from tests.services.sittings import EVERYBODY, owner, sitting

CONDITION = {"text": "Có cam kết bằng văn bản", "owner": "byt", "due_on": "2027-03-31"}


def decided(db, choice=None, *, mode=None, count=2, **more):
    """A sitting whose first item is closed with `choice`."""
    held = sitting(db, count, mode=mode)
    held.open()
    if choice:
        for name in EVERYBODY:
            ballots.cast(db, held.session, held.code, choice=choice, actor=held.member(name), **more)
    held.close()
    return held


def prepare(held, outcome, **changes):
    values = {"text": "Thống nhất kết luận.", "reason": "", "conditions": (), "actor": held.secretary}
    return conclusions.prepare(held.db, held.session, held.code, outcome=outcome, **values | changes)


def test_conclusion_carries_the_outcome_of_the_vote(database):
    with database.writing() as db:
        held = decided(db, "approve_with_conditions")
        item = prepare(held, "approve_with_conditions", text=" Đồng ý. ", conditions=[CONDITION])
        assert (item.outcome, item.text, item.conditions, item.into_id) == (
            "approve_with_conditions",
            "Đồng ý.",
            [CONDITION],
            None,
        )
        prepare(held, "approve_with_conditions", text="Viết lại.", conditions=[CONDITION, CONDITION])
        assert (item.text, len(item.conditions)) == ("Viết lại.", 2)


@pytest.mark.parametrize(
    ("voted", "outcome", "changes", "paths"),
    [
        ("approve", "reject", {"reason": "x"}, ["outcome"]),
        ("approve", "defer", {}, ["outcome"]),
        ("approve", "abstain", {}, ["outcome"]),
        (None, "approve", {}, ["outcome"]),
        ("approve", "approve", {"text": " "}, ["text"]),
        ("approve", "approve", {"text": "x" * 20_001}, ["text"]),
        ("reject", "reject", {}, ["reason"]),
        ("request_revision", "request_revision", {}, ["reason"]),
        ("approve", "approve", {"conditions": [CONDITION]}, ["conditions"]),
        ("approve_with_conditions", "approve_with_conditions", {}, ["conditions"]),
        (
            "approve_with_conditions",
            "approve_with_conditions",
            {"conditions": [{"text": "", "owner": 3, "due_on": "soon"}]},
            ["conditions.0.text", "conditions.0.owner", "conditions.0.due_on"],
        ),
        ("approve", "approve", {"defer_until": "2027-01-01"}, ["defer_until"]),
        ("defer", "defer", {"defer_until": "2020-01-01"}, ["defer_until"]),
        ("defer", "defer", {"defer_until": "tomorrow"}, ["defer_until"]),
        ("approve", "approve", {"into": "SK-2026-00000002"}, ["into"]),
    ],
)
def test_conclusion_that_does_not_fit_is_refused_with_its_paths(migrated_sqlite_url, voted, outcome, changes, paths):
    from intake.db import Database

    database = Database(migrated_sqlite_url)
    with database.writing() as db:
        held = decided(db, voted)
        with pytest.raises(Invalid) as refusal:
            prepare(held, outcome, **changes)
        assert [path for path, _ in refusal.value.errors] == paths
        assert held.item.concluded_at is None
    database.dispose()


def test_vote_without_outcome_is_concluded_as_deferred(database):
    with database.writing() as db:
        held = decided(db)
        until = clock.today() + timedelta(days=30)
        item = prepare(held, "defer", defer_until=until.isoformat())
        assert (item.outcome, item.defer_until) == ("defer", until)


def test_consensus_is_written_in_the_conclusion(database):
    with database.writing() as db:
        held = decided(db, mode="consensus")
        assert prepare(held, "reject", reason="Trùng với đề án đang làm").outcome == "reject"
        assert prepare(held, "merge", reason="Trùng", into=held.codes[1]).into_id == held.proposals[1].id


def test_merger_goes_where_the_vote_said(database):
    with database.writing() as db:
        held = decided(db, "merge", count=3, into="SK-2026-00000002")
        with pytest.raises(Invalid) as refusal:
            prepare(held, "merge", reason="Trùng", into=held.codes[2])
        assert [path for path, _ in refusal.value.errors] == ["into"]
        assert prepare(held, "merge", reason="Trùng").into_id == held.proposals[1].id


def test_conclusion_waits_for_the_close_and_is_the_secretariats(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        with pytest.raises(IllegalMove):
            prepare(held, "approve")
        for name in EVERYBODY:
            ballots.cast(db, held.session, held.code, choice="approve", actor=held.member(name))
        held.close()
        with pytest.raises(Forbidden):
            prepare(held, "approve", actor=held.member("chair"))
        assert conclusions.allowed_outcomes(held.item) == ("approve",)
        assert prepare(held, "approve").defer_until is None


def test_condition_day_is_kept_as_a_day(database):
    with database.writing() as db:
        held = decided(db, "approve_with_conditions")
        item = prepare(
            held, "approve_with_conditions", conditions=[{"text": "a", "owner": "b", "due_on": date(2027, 1, 2)}]
        )
        assert item.conditions == [{"text": "a", "owner": "b", "due_on": "2027-01-02"}]


def test_a_revision_says_section_by_section_what_is_asked_and_the_owner_reads_it_after_release(migrated_sqlite_url):
    with opened(migrated_sqlite_url) as database, database.writing() as db:
        held = decided(db, "request_revision", count=1)
        asked = [{"section": "kpis", "text": " Nêu giá trị gốc. "}, {"section": "risks", "text": "Bổ sung."}]
        wrong = [{"section": "nowhere", "text": "x"}, {"section": "kpis", "text": ""}]
        with pytest.raises(Invalid) as refused:
            prepare(held, "request_revision", reason="Chưa rõ", remarks=wrong)
        assert [path for path, _ in refused.value.errors] == ["remarks.0.section", "remarks.1.text"]
        prepare(held, "request_revision", reason="Chưa rõ", remarks=asked)
        decisions.release(db, held.session, actor=held.member("chair"))
        found = remarks.request(db, held.proposals[0], actor=owner(db))
        assert found is not None
        assert ([(one.section, one.text) for one in found.remarks], found.on("risks"), found.is_limited) == (
            [("kpis", "Nêu giá trị gốc."), ("risks", "Bổ sung.")],
            ["Bổ sung."],
            False,
        )


def test_remarks_on_sections_go_only_with_a_revision(migrated_sqlite_url):
    with opened(migrated_sqlite_url) as database, database.writing() as db:
        held = decided(db, "approve", count=1)
        with pytest.raises(Invalid) as refused:
            prepare(held, "approve", remarks=[{"section": "kpis", "text": "Nêu rõ."}])
        assert [path for path, _ in refused.value.errors] == ["remarks"]
