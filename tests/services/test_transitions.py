"""Moving proposals: who holds it and until when, one winner of a race, nothing lost, every refusal in its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intake.cli import demo_stories as stories
from intake.db import Database
from intake.errors import DecidedInSession, DomainError, Forbidden, IllegalMove, Incomplete, Invalid, NotFound, Stale
from intake.models import Proposal, ProposalOrganisation, ProposalPerson, ProposalVersion, Remark
from intake.services import proposals, transitions
from intake.services.transitions import Moved
from tests.databases import opened

MONDAY = "2026-05-04T09:00:00+07:00"
OWNER, SECRETARY, LEAD2, CHAIR = "organisation@demo.vn", "secretary@demo.vn", "ministry2.lead@demo.vn", "chair@demo.vn"
REMARKS = {"remarks": [{"section": "resources", "text": "Nêu rõ nguồn xã hội hóa."}]}


@pytest.fixture
def office(peopled_url: str) -> Iterator[Database]:
    """A database with the demonstration's people."""
    with opened(peopled_url) as database:
        yield database


def told(office: Database, *steps: stories.Step, initiative: str = "sk10") -> str:
    """The code of a proposal to which these steps happened."""
    return stories.tell(stories.Stage(office), stories.Story(initiative, steps))


def fire(office: Database, code: str, transition: str, email: str, *, seen: int | None = None, **given) -> Moved:
    def work(db) -> Moved:
        proposal = proposals.unchecked(db, code)
        who = stories.actor(db, email)
        revision = proposal.revision if seen is None else seen
        return transitions.move(db, proposal, transition, actor=who, seen=revision, **given)

    return office.transact(work)


def standing(office: Database, code: str) -> tuple[str, str | None, str | None, date | None]:
    with office.reading() as db:
        found = proposals.unchecked(db, code)
        return found.state, found.holder_kind, found.holder_organisation_id, found.due_on


@time_machine.travel(MONDAY, tick=False)
def test_each_stage_has_its_holder_and_due_date(office: Database) -> None:
    code = told(office, stories.submitted)
    assert standing(office, code) == ("reception", "secretariat", "vptw", date(2026, 5, 11))
    stage = stories.Stage(office)
    for step, expected in (
        (stories.linked, ("reception", "secretariat", "vptw", date(2026, 5, 11))),
        (stories.accepted, ("ministry_review", "lead_ministry", "bkhcn", date(2026, 5, 25))),
        *((s, None) for s in stories.reviewed(*stories.HIGH)),
    ):
        stage.act(lambda db, step=step: step(db, code))
        if expected:
            assert standing(office, code) == expected
    assert standing(office, code) == ("engineer_assessment", "engineer", "tcts_ht3", date(2026, 5, 18))
    stage.act(lambda db: stories.assessed(db, code, stories.HIGH[0]))
    assert standing(office, code) == ("synthesis", "secretariat", "vptw", date(2026, 5, 11))
    stage.act(lambda db: stories.synthesised(db, code))
    stage.act(lambda db: stories.referred(db, code))
    assert standing(office, code) == ("committee", "secretariat", "vptw", date(2026, 6, 1))
    stage.act(lambda db: stories.scheduled(db, code))
    assert standing(office, code)[:3] == ("committee", "body", "tt_bcdtw")


def test_a_stopped_clock_goes_on_with_what_was_left(office: Database) -> None:
    with time_machine.travel(MONDAY, tick=False):
        code = told(office, *stories.ROUTED)
    with time_machine.travel("2026-05-20T09:00:00+07:00", tick=False):  # 3 of 15 days are left
        stories.Stage(office).act(lambda db: stories.unconflicted(db, code, LEAD2))
        fire(office, code, "request_supplement", LEAD2, data=REMARKS)
        assert standing(office, code) == ("supplement", "owner", None, date(2026, 6, 17))
    with time_machine.travel("2026-06-10T09:00:00+07:00", tick=False):
        fire(office, code, "resubmit", OWNER)
        assert standing(office, code) == ("ministry_review", "lead_ministry", "bkhcn", date(2026, 6, 15))
    with office.reading() as db:
        numbers = db.scalars(select(ProposalVersion.number).order_by(ProposalVersion.number)).all()
        remarks = db.execute(select(Remark.section, Remark.text)).all()
    assert list(numbers) == [1, 2]
    assert [tuple(remark) for remark in remarks] == [("resources", "Nêu rõ nguồn xã hội hóa.")]


def test_a_clock_with_nothing_left_resumes_with_three_days(office: Database) -> None:
    with time_machine.travel(MONDAY, tick=False):
        code = told(office, stories.submitted)
    with time_machine.travel("2026-05-13T09:00:00+07:00", tick=False):
        fire(office, code, "request_supplement", SECRETARY, data=REMARKS)
        fire(office, code, "resubmit", OWNER)
        assert standing(office, code) == ("reception", "secretariat", "vptw", date(2026, 5, 18))


def test_of_many_movers_one_wins_and_the_others_are_told(office: Database) -> None:
    code = told(office, stories.submitted)
    moves = ["decline", "request_supplement"] * 6

    def attempt(transition: str) -> str:
        data = REMARKS if transition == "request_supplement" else None
        try:
            fire(office, code, transition, SECRETARY, seen=1, reason="Trùng với hồ sơ khác.", data=data)
        except DomainError as error:
            return error.type
        return "moved"

    with ThreadPoolExecutor(12) as pool:
        answers = Counter(pool.map(attempt, moves))
    assert answers["moved"] == 1
    assert set(answers) <= {"moved", "stale", "illegal-move"}
    with office.reading() as db:
        assert proposals.unchecked(db, code).revision == 2


def test_five_submissions_of_one_draft_make_one_version(office: Database) -> None:
    code = told(office)

    def attempt(_: int) -> str:
        try:
            return fire(office, code, "submit", OWNER, seen=0).state
        except DomainError as error:
            return error.type

    with ThreadPoolExecutor(5) as pool:
        answers = Counter(pool.map(attempt, range(5)))
    assert answers["reception"] == 1
    with office.reading() as db:
        assert db.scalars(select(ProposalVersion.number)).all() == [1]


def test_register_numbers_have_no_gap_even_when_a_submission_fails(office: Database) -> None:
    first, second, third = (told(office, initiative=initiative) for initiative in ("sk10", "sk11", "sk12"))
    fire(office, first, "submit", OWNER)
    with pytest.raises(RuntimeError), office.writing() as db:
        proposal = proposals.unchecked(db, second)
        transitions.move(db, proposal, "submit", actor=stories.actor(db, OWNER), seen=0)
        raise RuntimeError("the machine stopped before the commit")
    fire(office, third, "submit", OWNER)
    fire(office, second, "submit", OWNER)
    with office.reading() as db:
        numbers = {code: number for code, number in db.execute(select(Proposal.code, Proposal.register_number))}
    assert (numbers[first], numbers[third], numbers[second]) == (1, 2, 3)


@pytest.mark.parametrize(
    ("transition", "email", "given", "refusal"),
    [
        ("accept", "applicant@demo.vn", {}, NotFound),
        ("accept", OWNER, {}, Forbidden),
        ("decline", "admin@demo.vn", {"reason": "x"}, NotFound),
        ("refer", SECRETARY, {}, IllegalMove),
        ("approve", CHAIR, {}, NotFound),
        ("decline", SECRETARY, {}, Incomplete),
        ("accept", SECRETARY, {"data": {"lead": "bkhcn"}}, Incomplete),  # names are not settled
        ("request_supplement", SECRETARY, {"data": {"remarks": [{"section": "no", "text": "x"}]}}, Invalid),
        ("decline", SECRETARY, {"seen": 0, "reason": "x"}, Stale),
    ],
)
def test_refusals_come_in_their_order(office: Database, transition: str, email: str, given, refusal) -> None:
    code = told(office, stories.submitted)
    with pytest.raises(refusal):
        fire(office, code, transition, email, **given)
    assert standing(office, code)[0] == "reception"


def test_an_outcome_is_fired_by_a_release_only(office: Database) -> None:
    code = told(office, *stories.to_committee(stories.HIGH, stories.HIGH[0]), stories.scheduled)
    stories.Stage(office).act(lambda db: stories.unconflicted(db, code, CHAIR, "member2@demo.vn"))
    with pytest.raises(DecidedInSession):
        fire(office, code, "approve", CHAIR)
    with pytest.raises(DecidedInSession):
        fire(office, code, "merge", SECRETARY, reason="x", data={"into": code})
    with pytest.raises(Forbidden):
        fire(office, code, "approve", "member2@demo.vn")


def test_who_is_merged_reads_the_target(office: Database) -> None:
    target = told(office, stories.submitted)
    person = stories.Story("sk15", (stories.submitted,), owner="applicant@demo.vn", person="Nguyễn Thị Ước")
    merged = stories.tell(stories.Stage(office), person)
    fire(office, merged, "merge", SECRETARY, reason="Cùng nội dung.", data={"into": target})
    assert standing(office, merged) == ("merged", None, None, None)
    with office.reading() as db:
        reader = db.scalars(select(ProposalPerson.relation)).all()
        assert proposals.get(db, target, actor=stories.actor(db, "applicant@demo.vn")).code == target
    assert reader == ["coauthor_read"]


def test_settled_links_stay_after_a_resubmission(office: Database) -> None:
    code = told(office, stories.submitted, stories.linked, stories.supplement_asked)
    fire(office, code, "resubmit", OWNER)
    with office.reading() as db:
        rows = db.execute(select(ProposalOrganisation.role, ProposalOrganisation.is_settled)).all()
    assert {tuple(row) for row in rows} == {("owner", True), ("lead", True), ("partner", True)}


@pytest.mark.parametrize(
    "change",
    ["due_on = NULL", "holder_kind = NULL", "is_open = NOT is_open", "state = 'draft'", "state = 'nowhere'"],
)
def test_the_database_refuses_an_open_proposal_without_holder_or_day(office: Database, change: str) -> None:
    told(office, stories.submitted)
    with pytest.raises(IntegrityError), office.engine.begin() as connection:
        connection.execute(text(f"UPDATE proposal SET {change}"))


@pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)
def test_every_story_of_the_demonstration_ends_where_it_says(office: Database) -> None:
    ends = {story.initiative: stories.tell(stories.Stage(office), story) for story in stories.STORIES}
    reached = {initiative: standing(office, code)[0] for initiative, code in ends.items()}
    assert reached == {
        "sk11": "draft",
        "sk15": "reception",
        "sk13": "supplement",
        "sk12": "ministry_review",
        "sk14": "ministry_review",
        "sk18": "engineer_assessment",
        "sk06": "synthesis",
        "sk10": "committee",
        "sk16": "approved",
        "sk24": "implementation",
        "sk25": "rejected",
        "sk07": "withdrawn",
    }
