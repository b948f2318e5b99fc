"""What home and register list for everybody: decisions in force, late bodies, files by register number."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from intake import clock
from intake.db import Database
from tests import factories
from tests.web.conftest import Visitor
from tests.web.desk_world import text

OFFICE = "Party Central Committee Office - Standing Agency of the Steering Committee"


@pytest.fixture(scope="module")
def titles(lasting_app) -> dict[str, str]:
    """Files of each kind, late and in time, published and not; their titles."""
    database: Database = lasting_app.extensions["intake"].database
    made = {}

    def add(name: str, state: str, number: int, *, due: int = 5, consent: bool = True, year: int = 2026, **changes):
        with database.writing() as db:
            due_on = None if state == "rejected" else clock.today() + timedelta(days=due)
            proposal = factories.proposal(
                db,
                state,
                title=f"Hồ sơ {name}",
                publish_consent=consent,
                register_year=year,
                register_number=number,
                due_on=due_on,
                folded=f"ho so {name}",
                **changes,
            )
            made[name] = proposal.code
            if state in ("approved", "rejected"):
                factories.decision(db, proposal, "approve" if state == "approved" else "reject", "Chưa đủ căn cứ.")

    add("last year", "reception", 7, due=-3, year=2025)
    add("late", "ministry_review", 2, due=-3)
    add("in time", "reception", 1, primary_system="ht4")
    add("approved", "approved", 9)
    add("rejected", "rejected", 4)
    add("unpublished", "approved", 5, consent=False)
    with time_machine.travel(clock.now() - timedelta(days=1)):
        add("earlier", "approved", 6)
    return made


@pytest.fixture
def visitor(lasting_app) -> Visitor:
    found = Visitor(lasting_app)
    found.get("/help?lang=en")
    return found


def test_home_lists_released_decisions_of_published_files_only_newest_first(visitor, titles):
    shown = visitor.get("/")
    listed = re.findall(r"Hồ sơ ([a-z ]+)</a><br>\s*<span[^>]*>([A-Z][a-z ]+),", shown.text)
    assert listed == [("rejected", "Not approved"), ("approved", "Approved"), ("earlier", "Approved")]
    assert titles["unpublished"] not in shown.text


def test_home_names_the_late_bodies_with_their_counts(visitor, titles):
    late = text(visitor.get("/")).rsplit("Body Overdue ", 1)[1].split(" All bodies", 1)[0]
    assert late == f"Ministry of Science and Technology 1 {OFFICE} 1"


def test_register_goes_by_number_with_holder_and_due_date(visitor, titles):
    shown = visitor.get("/register")
    numbers = re.findall(r'<span class="app-num">(\d+/\d+)</span>', shown.text)
    assert numbers == ["9/2026", "6/2026", "4/2026", "2/2026", "1/2026", "7/2025"]
    due = clock.today() - timedelta(days=3)
    row = text(shown).split("Hồ sơ late", 1)[1].split("1/2026")[0]
    assert f"With the ministries Ministry of Science and Technology {due.day} {due:%b %Y}" in row
    assert titles["unpublished"] not in shown.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("system=ht4", ["in time"]),
        ("q=HỒ SƠ LATE", ["late"]),
        ("q=in time&system=ht3", []),
        ("system=ht9", []),
        ("after=2026.4", ["late", "in time", "last year"]),
        ("after=2025.7", []),
    ],
)
def test_register_is_narrowed_and_turned(visitor, titles, query, found):
    shown = visitor.get(f"/register?{query}").text
    assert [name for name, code in titles.items() if code in shown] == sorted(found, key=list(titles).index)


def test_register_shows_every_body_also_those_in_time(visitor, titles):
    bodies = text(visitor.get("/register")).split("Body Held now Overdue ", 1)[1]
    assert bodies.startswith(f"Ministry of Science and Technology 1 1 {OFFICE} 2 1 Standing Board")


def test_reasons_are_read_after_the_release(visitor, titles):
    shown = text(visitor.get(f"/track?code={titles['rejected']}"))
    assert "Decision: Not approved Reasons Chưa đủ căn cứ." in shown
