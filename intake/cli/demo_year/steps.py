"""What people do with one proposal: each step calls the services that a page would call."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.catalogue import CRITERIA
from intake.cli.demo_stories import SECRETARY, actor, find, owner_of, unconflicted
from intake.cli.demo_year import words
from intake.cli.demo_year.cases import Case, Step
from intake.cli.demo_year.people import TENDENCIES
from intake.cli.world import person
from intake.models import Proposal
from intake.policy import Actor
from intake.services import (
    assignments,
    assisted,
    coauthors,
    conflicts,
    invitations,
    opinions,
    organisations,
    proposals,
    score_sheets,
    syntheses,
    transitions,
)
from intake.services.assisted import Arrival

SECRETARY2 = "secretary2@demo.vn"


def moved(
    db: Session, code: str, transition: str, who: Actor, *, reason: str = "", data: Mapping[str, Any] | None = None
) -> None:
    proposal = find(db, code)
    transitions.move(db, proposal, transition, actor=who, seen=proposal.revision, reason=reason, data=data)


def created(db: Session, case: Case) -> str:
    """The draft of somebody with an account, or what the secretariat enters from a letter; its code."""
    if case.owner.email:
        return proposals.create(db, case.document, actor=actor(db, case.owner.email, "applicant")).code
    reference = f"{words.pick((214, 377, 590), case.name)}/CV-ĐẾN"
    arrival = Arrival("letter", clock.today(), case.owner.name, "Xã Minh Họa, tỉnh Minh Họa", reference)
    return assisted.enter(db, case.document, arrival, actor=actor(db, SECRETARY)).code


def author(db: Session, case: Case, code: str) -> Actor:
    return owner_of(db, find(db, code)) if case.owner.email else actor(db, SECRETARY)


def submit(db: Session, case: Case, code: str) -> None:
    moved(db, code, "submit", author(db, case, code))


def withdraw(db: Session, case: Case, code: str) -> None:
    moved(db, code, "withdraw", author(db, case, code))


def joined(db: Session, case: Case, code: str, *, email: str, relation: str = "coauthor_edit") -> None:
    """A co-author is invited and accepts."""
    proposal = find(db, code)
    made = coauthors.invite(db, proposal, email, relation=relation, language="vi", actor=author(db, case, code))
    made.accepted_at = clock.now()
    invitations.join_proposal(db, person(db, email), made)


def accept(db: Session, case: Case, code: str, *, system: str | None = None) -> None:
    """The secretary links the names and routes."""
    who = actor(db, SECRETARY)
    owner = case.owner.organisation
    organisations.settle(db, find(db, code), lead=case.owner.lead_id, partners=[case.partner], owner=owner, actor=who)
    data: dict[str, Any] = {"lead": case.panel[0], "cooperating": list(case.panel[1:])}
    moved(db, code, "accept", who, data=data | ({"assessing_system": system} if system else {}))


def asked_back(db: Session, case: Case, code: str, *, by: str, section: str, text: str) -> None:
    """A supplement requested by the secretary, the lead ministry or the engineer."""
    email = {"secretary": SECRETARY, "ministry": case.leads[0], "engineer": engineer(db, code)}[by]
    if by != "secretary":
        unconflicted(db, code, email)
    moved(db, code, "request_supplement", actor(db, email), data={"remarks": [{"section": section, "text": text}]})


def answered(db: Session, case: Case, code: str, *, section: str, path: tuple[Any, ...], text: str) -> None:
    """The owner changes the part that was asked about and sends the next version."""
    proposal, who = find(db, code), author(db, case, code)
    document = copy.deepcopy(proposals.text_of(db, proposal, actor=who).document)
    place: Any = document["sections"][section]
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = text
    proposals.save_document(db, proposal, document, actor=who, seen=proposal.document_revision)
    moved(db, code, "resubmit", who)


def by_secretary(db: Session, case: Case, code: str, *, transition: str, reason: str = "") -> None:
    moved(db, code, transition, actor(db, SECRETARY), reason=reason)


def sent_back(db: Session, case: Case, code: str, *, transition: str, reason: str) -> None:
    """The lead ministry or the engineer gives it back."""
    email = case.leads[0] if transition == "return_to_reception" else engineer(db, code)
    unconflicted(db, code, email)
    moved(db, code, transition, actor(db, email), reason=reason)


def merged(db: Session, case: Case, code: str, *, into: str) -> None:
    """Into the open proposal with that title."""
    target = db.scalars(select(Proposal.code).where(Proposal.title == into, Proposal.is_open)).one()
    reason = "Cùng nội dung, cùng địa bàn; hai bên đã thống nhất gộp."
    moved(db, code, "merge", actor(db, SECRETARY), reason=reason, data={"into": target})


def assign(db: Session, case: Case, code: str, *, count: int) -> None:
    """The leads declare and name the first `count` reviewers of the panel."""
    unconflicted(db, code, *case.leads)
    for email, lead in case.reviewers[:count]:
        assignments.assign_reviewer(db, find(db, code), email, actor=actor(db, lead))


def recused(db: Session, case: Case, code: str, *, index: int, instead: str | None = None) -> None:
    """A reviewer declares a conflict; the lead may ask somebody else."""
    email, lead = case.reviewers[index]
    proposal, who = find(db, code), actor(db, email)
    conflicts.declare(db, proposal, conflicted=True, kind="co_author", reason="Đồng tác giả bài báo.", actor=who)
    if instead:
        assignments.assign_reviewer(db, proposal, instead, actor=actor(db, lead))


def advised(db: Session, case: Case, code: str, *, answer: bool = True) -> None:
    """A member of the National Advisory Council is asked, and answers."""
    email = "adviser@demo.vn"
    assignments.assign_adviser(db, find(db, code), email, actor=actor(db, SECRETARY))
    if answer:
        unconflicted(db, code, email)
        opined(db, case, code, email=email, position="agree")


def scored(db: Session, case: Case, code: str, *, index: int, marks: str) -> None:
    """The sheet of one reviewer of the panel."""
    email = case.reviewers[index][0]
    unconflicted(db, code, email)
    sheet(db, case, code, email, marks)


def sheet(db: Session, case: Case, code: str, email: str, marks: str) -> None:
    scores: dict[str, dict[str, Any]] = {}
    tendency = TENDENCIES.get(email, 0)
    swayed = words.some(range(len(marks)), abs(tendency), case.name, email)
    for index, (criterion, letter) in enumerate(zip(CRITERIA, marks, strict=True)):
        mark = None if letter == "?" else int(letter)
        if mark is not None and index in swayed:
            mark = min(5, mark + 1) if tendency > 0 else max(1, mark - 1)
        text = words.why(criterion, mark, case.name, email)
        scores[criterion] = {"score": mark, "justification": text, "section": None}
    score_sheets.save(db, find(db, code), scores, submit=True, actor=actor(db, email))


def opined(db: Session, case: Case, code: str, *, email: str, position: str) -> None:
    conditions = [words.pick(words.CONDITIONS, case.name, email)] if position == "conditions" else []
    text = words.pick(words.OPINIONS[position], case.name, email)
    given = {"position": position, "text": text, "conditions": conditions}
    opinions.save(db, find(db, code), **given, submit=True, actor=actor(db, email))


def opinions_in(db: Session, case: Case, code: str, *, positions: str) -> None:
    """Each ministry of the panel signs; "-" for one that does not answer."""
    for lead, position in zip(case.leads, positions.split(), strict=True):
        if position != "-":
            opined(db, case, code, email=lead, position=position)


def unanswered(db: Session, case: Case, code: str, *, ministry: str) -> None:
    """The lead ministry goes on without one that let its day pass."""
    reason = "Đã quá hạn và đã nhắc hai lần."
    opinions.close_body(db, find(db, code), ministry, reason=reason, actor=actor(db, case.leads[0]))


def conclude(db: Session, case: Case, code: str, *, reason: str = "") -> None:
    moved(db, code, "conclude_review", actor(db, case.leads[0]), reason=reason)


def engineer(db: Session, code: str) -> str:
    return f"engineer.{find(db, code).assessing_system}@demo.vn"


def engineer_scores(db: Session, case: Case, code: str, *, marks: str) -> None:
    email = engineer(db, code)
    unconflicted(db, code, email)
    sheet(db, case, code, email, marks)


def assess(db: Session, case: Case, code: str) -> None:
    email = engineer(db, code)
    who, text = actor(db, email), words.pick(words.ASSESSMENTS, case.name)
    opinions.save(db, find(db, code), position="agree", text=text, submit=True, actor=who)
    moved(db, code, "assess", who)


def synthesise(db: Session, case: Case, code: str) -> None:
    criterion, text, resolution = words.pick(words.DIFFERENCES, case.name)
    differences = [{"criterion": criterion, "bodies": [case.panel[-1]], "text": text, "resolution": resolution}]
    summary = words.pick(words.SUMMARIES, case.name)
    syntheses.save(db, find(db, code), summary=summary, differences=differences, actor=actor(db, SECRETARY2))


def refer(db: Session, case: Case, code: str) -> None:
    moved(db, code, "refer", actor(db, SECRETARY2))


SUBMITTED: tuple[Step, ...] = ((3, submit),)
ROUTED: tuple[Step, ...] = (*SUBMITTED, (2, accept))
REFERRED: tuple[Step, ...] = ((2, synthesise), (0, refer))


def sheets(marks: str) -> tuple[Step, ...]:
    """Who is asked, and a sheet a working day."""
    given = marks.split()
    return (
        (1, partial(assign, count=len(given))),
        *((1, partial(scored, index=index, marks=one)) for index, one in enumerate(given)),
    )


def signed(positions: str = "agree agree", reason: str = "") -> tuple[Step, ...]:
    return ((1, partial(opinions_in, positions=positions)), (1, partial(conclude, reason=reason)))


def reviewed(marks: str, positions: str = "agree agree", reason: str = "") -> tuple[Step, ...]:
    return (*sheets(marks), *signed(positions, reason))


def assessed(marks: str) -> tuple[Step, ...]:
    return ((3, partial(engineer_scores, marks=marks)), (1, assess))


def to_synthesis(marks: str, own: str, positions: str = "agree agree") -> tuple[Step, ...]:
    return (*ROUTED, *reviewed(marks, positions), *assessed(own))


def to_committee(marks: str, own: str, positions: str = "agree agree") -> tuple[Step, ...]:
    return (*to_synthesis(marks, own, positions), *REFERRED)
