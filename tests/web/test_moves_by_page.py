"""Every move of the procedure on its page: made by the right person, refused to the nearest wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from intake import clock
from intake.db import Database
from intake.models import CommitteeSession, Decision, Document, Proposal, ProposalPerson, SessionItem
from intake.policy import Actor, Role
from intake.services import proposals, syntheses, transitions
from intake.services.demo_accounts import UNIVERSITY
from intake.workflow.procedure import ASKING_STAGE
from intake.workflow.procedures import KH01
from tests import factories
from tests.journeys import forms
from tests.web.conftest import Visitor
from tests.web.desk_world import APPLICANT, CHAIR, ENGINEER, LEAD, LEAD2, MEMBER, OTHER_ENGINEER, SECRETARY, actor
from tests.web.sitting_world import DEPUTY, Room, waiting

COAUTHOR, AGENCY = "organisation@demo.vn", "agency@demo.vn"
REMARK = {"remarks-0-section": "resources", "remarks-0-text": "Nêu rõ nguồn xã hội hóa."}
REASON = {"reason": "Có lý do rõ ràng."}
ROUTE = {"lead": "bkhcn", "cooperating": ["byt"]}
NAMED = {"supervisor": MEMBER, "lead_agency": "byt"}
MERGE = {**REASON, "into": "{other}"}


@dataclass(frozen=True)
class Line:
    """Who makes the move from this stage and what they enter; who is refused, and how."""

    move: str
    state: str
    right: str
    wrong: str
    status: int
    entries: dict[str, Any] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, str]:
        return self.move, self.state


OF_OWNER = ("submit", "resubmit", "withdraw")
WITHDRAWN_FROM = KH01.transition("withdraw").sources
LINES = (
    Line("submit", "draft", APPLICANT, COAUTHOR, 403),
    Line("resubmit", "supplement", APPLICANT, COAUTHOR, 403),
    Line("resubmit", "revision", APPLICANT, COAUTHOR, 403),
    *(Line("withdraw", state, APPLICANT, COAUTHOR, 403) for state in WITHDRAWN_FROM),
    Line("accept", "reception", SECRETARY, APPLICANT, 403, ROUTE),
    Line("request_supplement", "reception", SECRETARY, APPLICANT, 403, REMARK),
    Line("decline", "reception", SECRETARY, LEAD, 404, REASON),
    Line("merge", "reception", SECRETARY, APPLICANT, 403, MERGE),
    # The cooperating ministry's lead stands nearest to the lead ministry's.
    Line("request_supplement", "ministry_review", LEAD2, LEAD, 403, REMARK),
    Line("conclude_review", "ministry_review", LEAD2, LEAD, 403, REASON),
    Line("return_to_reception", "ministry_review", LEAD2, LEAD, 403, REASON),
    Line("assess", "engineer_assessment", ENGINEER, OTHER_ENGINEER, 404),
    Line("request_supplement", "engineer_assessment", ENGINEER, SECRETARY, 409, REMARK),
    Line("return_to_ministries", "engineer_assessment", ENGINEER, LEAD2, 403, REASON),
    Line("return_to_reception", "engineer_assessment", SECRETARY, LEAD2, 409, REASON),
    Line("refer", "synthesis", SECRETARY, ENGINEER, 403),
    Line("return_to_ministries", "synthesis", SECRETARY, ENGINEER, 409, REASON),
    Line("return_to_engineer", "synthesis", SECRETARY, ENGINEER, 403, REASON),
    Line("reschedule", "deferred", SECRETARY, CHAIR, 403),
    Line("assign", "approved", SECRETARY, MEMBER, 403, NAMED),
    Line("complete", "implementation", SECRETARY, AGENCY, 403),
    Line("stop", "implementation", CHAIR, SECRETARY, 403, REASON),
    Line("adjust", "implementation", CHAIR, SECRETARY, 403, REASON),
)
OUTCOMES = ("approve", "approve_with_conditions", "reject", "defer", "request_revision", "merge")
OF_SESSION = {(move, "committee") for move in OUTCOMES}
OF_CLOCK = {("lapse", state) for state in ("supplement", "revision")}


def test_every_move_from_every_stage_has_a_line():
    declared = {(move.name, state) for move in KH01.transitions for state in move.sources}
    lines = [line.pair for line in LINES]
    assert len(lines) == len(set(lines))
    assert set(lines) | OF_SESSION | OF_CLOCK == declared


@pytest.fixture(scope="module")
def lasting(lasting_app: Flask) -> Iterator[Callable[[str], Visitor]]:
    """The same person keeps one browser for the whole module."""
    kept: dict[str, Visitor] = {}

    def visitor(email: str) -> Visitor:
        if email not in kept:
            kept[email] = Visitor(lasting_app)
            assert kept[email].post("/demo", {"email": email}).status_code == 303
        return kept[email]

    yield visitor


@pytest.fixture(scope="module")
def lasting_database(lasting_app: Flask) -> Database:
    return lasting_app.extensions["intake"].database


def placed(db: Session, state: str) -> Proposal:
    """A proposal at the stage, with everything that its moves need and everybody declared."""
    past_engineer = {"engineer_reached_at": clock.now()} if state not in ("draft", "reception") else {}
    agency = {"lead_agency_id": UNIVERSITY} if state == "implementation" else {}
    asked = {"asked_by": "ministry_review"} if state == "supplement" else {}
    owner = actor(db, APPLICANT).user_id
    made = factories.proposal(db, state, owner_id=owner, **past_engineer, **agency, **asked)
    coauthor = actor(db, COAUTHOR).user_id
    db.add(ProposalPerson(proposal_id=made.id, user_id=coauthor, relation="coauthor_edit", added_at=clock.now()))
    if state not in ("draft", "reception"):
        reviewed(db, made)
    if state == "synthesis":
        syntheses.save(db, made, summary="Thống nhất.", differences=[], actor=actor(db, SECRETARY))
    if state in ("approved", "implementation"):
        decided(db, made)
    return made


def reviewed(db: Session, made: Proposal) -> None:
    factories.routing(db, made, "bkhcn")
    factories.routing(db, made, "byt", "cooperating")
    factories.declaration(db, made, *(actor(db, email) for email in (LEAD, LEAD2, ENGINEER, CHAIR, MEMBER)))
    for email in (LEAD, LEAD2, ENGINEER):
        factories.opinion(db, made, actor(db, email))
    factories.sheet(db, made, actor(db, ENGINEER), 4)


def decided(db: Session, made: Proposal) -> None:
    """The Standing Board has approved it."""
    secretary, now = actor(db, SECRETARY).user_id, clock.now()
    held = {"body_id": "tt_bcdtw", "starts_at": now, "place": "Hà Nội", "mode": "ballot", "state": "closed"}
    session = CommitteeSession(number=made.id, created_by_id=secretary, created_at=now, **held)
    db.add(session)
    db.flush()
    item = SessionItem(session_id=session.id, proposal_id=made.id, position=1, state="released")
    promised = {"kind": "decision", "version": 1, "facts": {}, "state": "promised", "is_final": False}
    document = Document(doc=f"D{made.id:09d}", proposal_id=made.id, created_at=now, **promised)
    db.add_all([item, document])
    db.flush()
    released = {"body_id": "tt_bcdtw", "outcome": "approve", "released_by_id": secretary, "released_at": now}
    db.add(Decision(item_id=item.id, proposal_id=made.id, document_id=document.id, **released))
    db.flush()


def address(line: Line, code: str) -> str:
    page = ("withdraw" if line.move == "withdraw" else "submit") if line.move in OF_OWNER else f"move/{line.move}"
    return f"/proposals/{code}/{page}"


def standing(database: Database, code: str) -> tuple[str, int]:
    with database.reading() as db:
        found = proposals.unchecked(db, code)
        return found.state, found.revision


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.move} from {line.state}")
def test_the_right_person_makes_the_move_and_the_nearest_wrong_one_is_refused(lasting, lasting_database, line):
    with lasting_database.writing() as db:
        code, other = placed(db, line.state).code, placed(db, "reception").code
    url = address(line, code)
    entries = {name: value.format(other=other) if name == "into" else value for name, value in line.entries.items()}
    refused = lasting(line.wrong).post(url, {"revision": "0", "transition": line.move, **entries})
    assert (refused.status_code, standing(lasting_database, code)) == (line.status, (line.state, 0))
    visitor = lasting(line.right)
    page = visitor.get(url)
    assert page.status_code == 200
    form = forms.form(page.text, url, url)
    form.fill(entries)
    made = visitor.client.post(url, data=form.data())
    assert made.status_code == 303, made.text
    target = KH01.transition(line.move).targets[line.state]
    asked_by = "ministry_review"
    assert standing(lasting_database, code) == (asked_by if target == ASKING_STAGE else target, 1)


@pytest.mark.parametrize("state", [state for _, state in sorted(OF_CLOCK)])
def test_only_the_clock_lets_a_proposal_lapse(lasting, lasting_database, state):
    with lasting_database.writing() as db:
        code = placed(db, state).code
    for email, status in ((SECRETARY, 403), (APPLICANT, 403)):
        answer = lasting(email).post(f"/proposals/{code}/move/lapse", {"revision": "0"})
        assert (answer.status_code, standing(lasting_database, code)) == (status, (state, 0)), email
    with lasting_database.writing() as db, time_machine.travel(clock.now() + timedelta(days=60)):
        transitions.move(db, proposals.unchecked(db, code), "lapse", actor=Actor(None, Role.SYSTEM), seen=0)
    assert standing(lasting_database, code) == ("lapsed", 1)


@pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)
def test_outcomes_are_released_by_the_chair_and_by_nobody_else(database, sign_in):
    room = Room(database, sign_in, waiting(database, len(OUTCOMES) + 1))
    room.begin()
    target = room.codes.pop()
    asked = {
        "approve_with_conditions": {
            "conditions-0-text": "Thẩm định.",
            "conditions-0-owner": "Bộ Y tế",
            "conditions-0-due_on": "30/06/2027",
        },
        "merge": {"into": target},
        "defer": {"defer_until": "31/12/2026"},
    }
    for number, outcome in enumerate(OUTCOMES):
        decide(room, number, outcome, asked.get(outcome, {}))
    for email in (DEPUTY, MEMBER, SECRETARY):
        assert room.post(email, f"{room.url}/release", {"item": room.codes}).status_code == 403, email
        for number, outcome in enumerate(OUTCOMES):
            page = f"/proposals/{room.codes[number]}/move/{outcome}"
            assert room.post(email, page, {"revision": "1", **REASON}).status_code in (403, 409)
    assert {standing(database, code)[0] for code in room.codes} == {"committee"}
    room.send(CHAIR, f"{room.url}/release", item=room.codes)
    reached = [standing(database, code)[0] for code in room.codes]
    assert reached == [KH01.transition(outcome).targets["committee"] for outcome in OUTCOMES]


def decide(room: Room, number: int, outcome: str, more: dict[str, str]) -> None:
    """Four of seven vote alike; the secretariat writes the conclusion."""
    words = {"into": more["into"]} if "into" in more else {}
    room.send(SECRETARY, f"{room.item(number)}/open")
    for email in (CHAIR, DEPUTY, MEMBER, "member3@demo.vn"):
        room.vote(email, outcome, number, reason="Theo báo cáo tổng hợp.", **words)
    room.send(SECRETARY, f"{room.item(number)}/close")
    text = {"outcome": outcome, "text": "Thống nhất.", "reason": "Theo báo cáo tổng hợp."}
    room.send(SECRETARY, f"{room.item(number)}/conclusion", **text | more)
