"""Papers of a session, made when they are asked for: minutes, the synthesis of scores, the report to the committee."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.documents.facts import QuorumFacts, SittingFacts, VoteFacts, from_data, to_data
from intake.documents.session_facts import (
    AgendaFacts,
    AgendaItemFacts,
    BallotFacts,
    MemberFacts,
    MinutesFacts,
    MinutesItemFacts,
    RecusalFacts,
)
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import CommitteeSession, Document, Opinion, Organisation, Proposal, SessionItem, Synthesis, User
from intake.policy import Actor
from intake.services import letterheads, paper_facts, papers, session_readings
from intake.services.codes import document_code
from intake.services.minutes import minutes_facts
from intake.services.opinions import IN_FORCE
from intake.services.paper_facts import GIVEN_WHEN_MADE
from intake.services.papers import Paper
from intake.services.session_readings import agenda
from intake.services.subjects import session_subject

POSITIONS = {"agree": "thống nhất", "conditions": "thống nhất, có điều kiện", "disagree": "không thống nhất"}
OFFICE = AgendaFacts.issuer


def listing(db: Session, session: CommitteeSession, *, actor: Actor) -> list[Paper]:
    """The papers of a session that `actor` may read, oldest first."""
    found = db.scalars(select(Document).where(Document.session_id == session.id).order_by(Document.id)).all()
    readable = {kind: session_readings.reads(db, kind, session, actor=actor) for kind in {row.kind for row in found}}
    return [papers.session_paper(row, session) for row in found if readable[row.kind]]


def ask(db: Session, session: CommitteeSession, kind: str, *, actor: Actor) -> Document:
    """Have a paper made from what is recorded now: a draft is made anew, an issued one is followed by another."""
    if kind not in GATHERED:
        raise Invalid(errors=[("kind", N_("There is no such paper of a session."))])
    policy.ensure(actor, "session.manage", session_subject(db, session, actor=actor))
    if not session_readings.reads(db, kind, session, actor=actor):
        raise NotFound()
    refuse_untimely(db, session, kind)
    last = db.scalar(
        select(Document)
        .where(Document.session_id == session.id, Document.kind == kind)
        .order_by(Document.id.desc())
        .limit(1)
    )
    doc = last.doc if last is not None and not last.is_final else document_code()
    facts = GATHERED[kind](db, session, doc)
    if last is None or last.is_final:
        return papers.promise(db, doc, kind, session, 1, facts)
    hit = db.scalar(
        update(Document)
        .where(Document.id == last.id, Document.edition == last.edition, ~Document.is_final)
        .values(edition=last.edition + 1, facts=facts, state="promised", file_key=None, sha256=None, made_at=None)
        .returning(Document.id),
        execution_options={"synchronize_session": False},
    )
    db.refresh(last)
    if hit is not None:
        papers.promise_making(db, last)
    return last


def refuse_untimely(db: Session, session: CommitteeSession, kind: str) -> None:
    if kind == "minutes" and session.state != "closed":
        raise IllegalMove(N_("The minutes are made once the session is closed."))
    if kind != "minutes" and not agenda(db, session):
        raise IllegalMove(N_("There is nothing on the agenda yet."))


def agenda_paper(db: Session, session: CommitteeSession, doc: str) -> dict[str, Any]:
    """Facts of the synthesis and of the report: the agenda with its frozen scores and signed opinions."""
    items = agenda(db, session)
    return to_data(
        AgendaFacts(
            doc=doc,
            check_url=GIVEN_WHEN_MADE,
            body=session.body_id,
            number=session.number,
            held_on=clock.local_date(session.starts_at),
            place=session.place,
            items=tuple(agenda_item(db, place, proposal) for place, (_, proposal) in enumerate(items, start=1)),
            written_at=clock.now(),
            is_illustrative=any(proposal.is_illustrative for _, proposal in items),
            letterhead=letterheads.of(db, OFFICE, clock.today()),
        )
    )


def agenda_item(db: Session, place: int, proposal: Proposal) -> AgendaItemFacts:
    synthesis, about = db.get(Synthesis, proposal.id), paper_facts.proposal_facts(db, proposal)
    return AgendaItemFacts(
        place=place,
        code=proposal.code,
        title=proposal.title,
        proposer=about.proposer,
        lead=about.lead,
        system=about.system,
        version=about.version,
        score=paper_facts.frozen_score(db, proposal),
        summary=synthesis.summary if synthesis else "",
        opinions=signed_opinions(db, proposal),
        differences=paper_facts.differences(db, synthesis),
    )


def signed_opinions(db: Session, proposal: Proposal) -> tuple[str, ...]:
    """One line for each body: its position, not its author."""
    rows = db.execute(
        select(Opinion.kind, Opinion.position, Organisation.name_vi)
        .outerjoin(Organisation, Organisation.id == Opinion.organisation_id)
        .where(Opinion.proposal_id == proposal.id, *IN_FORCE)
        .order_by(Opinion.id)
    ).all()
    named = {"assessment": "Tổng công trình sư", "adviser": "Thành viên Hội đồng Tư vấn quốc gia"}
    return tuple(f"{row.name_vi or named.get(row.kind, row.kind)}: {POSITIONS[row.position]}" for row in rows)


def minutes_paper(db: Session, session: CommitteeSession, doc: str) -> dict[str, Any]:
    """Facts of the minutes, from what the session wrote down."""
    told = minutes_facts(db, session)
    members = [person for person in told["attendance"] if person["seat"]]
    there = [person for person in members if person["status"] in ("present", "remote")]
    rows = {proposal.code: (item, proposal) for item, proposal in agenda(db, session)}
    return to_data(
        MinutesFacts(
            doc=doc,
            check_url=GIVEN_WHEN_MADE,
            body=session.body_id,
            mode=session.mode,
            sitting=SittingFacts(
                number=session.number,
                held_on=clock.local_date(session.starts_at),
                place=session.place,
                chair=(told["presided_by"] or {}).get("name", ""),
                members=len(members),
                present=len(there),
                remote=sum(person["status"] == "remote" for person in there),
            ),
            people=tuple(member(person) for person in told["attendance"]),
            items=tuple(minutes_item(db, place, one, *rows[one["code"]]) for place, one in enumerate(told["items"], 1)),
            secretary=db.get_one(User, session.created_by_id).name,
            written_at=clock.now(),
            opened_at=session.opened_at,
            closed_at=session.closed_at,
            quorum=from_data(QuorumFacts, told["quorum"]),
            notes=told["notes"],
            postponed_from=instant(told["postponed_from"]),
            change_reason=told["change_reason"],
            is_illustrative=any(proposal.is_illustrative for _, proposal in rows.values()),
            letterhead=letterheads.of(db, session.body_id, clock.today()),
        )
    )


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def member(person: Mapping[str, Any]) -> MemberFacts:
    changes = tuple(
        (change["kind"], datetime.fromisoformat(change["at"])) for change in person["changes"] if change["kind"]
    )
    return MemberFacts(person["name"], person["seat"] or "", person["status"], changes)


def minutes_item(
    db: Session, place: int, told: Mapping[str, Any], item: SessionItem, proposal: Proposal
) -> MinutesItemFacts:
    decision = told["decision"] or {}
    day = decision.get("dated_on")
    return MinutesItemFacts(
        place=place,
        code=proposal.code,
        title=proposal.title,
        proposer=proposal.proposer_name,
        vote=from_data(VoteFacts, item.tally) if item.tally else None,
        recusals=tuple(RecusalFacts(one["name"], one["reason"]) for one in told["recusals"]),
        ballots=tuple(ballot(one) for one in told["ballots"]),
        earlier_votes=len(told["earlier"]),
        outcome=item.outcome or "",
        text=item.text,
        reason=item.reason,
        conditions=paper_facts.conditions(db, item),
        defer_until=item.defer_until,
        into=paper_facts.merged_into(db, item),
        number=decision.get("number") or "",
        dated_on=datetime.fromisoformat(day).date() if day else None,
    )


def ballot(one: Mapping[str, Any]) -> BallotFacts:
    return BallotFacts(
        member=one["member"],
        choice=one["choice"] or "",
        reason=one["reason"] or "",
        into=one["into"] or "",
        recorder=one["recorded_by"] or "",
        confirmed_by=one["confirmed_by"] or "",
        has_scan=one["has_scan"],
    )


GATHERED: Mapping[str, Callable[[Session, CommitteeSession, str], dict[str, Any]]] = {
    "score_synthesis": agenda_paper,
    "committee_report": agenda_paper,
    "minutes": minutes_paper,
}
