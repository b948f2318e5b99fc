"""What everybody may see: the look-up by code and key, the register, decisions released, and overdue counters."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from intake import clock
from intake.documents.facts import ConditionFacts
from intake.errors import NotFound
from intake.i18n import N_, Text
from intake.models import Decision, Organisation, Proposal, SessionItem
from intake.services import paper_facts, searching, timeline
from intake.services.codes import normalised
from intake.services.proposals import keyset
from intake.workflow.procedure import Stage
from intake.workflow.procedures import PROCEDURES

PAGE, LATEST = 20, 5


@dataclass(frozen=True)
class Tracked:
    """Where one proposal stands, for somebody who holds its code and key."""

    code: str
    title: str | None
    stage: Stage
    holder_name_vi: str | None
    holder_name_en: str | None
    holder_kind: str | None
    due_on: date | None
    steps: list[timeline.Step]
    outcome: str | None
    outcome_text: str
    outcome_reason: str
    conditions: tuple[ConditionFacts, ...]


@dataclass(frozen=True)
class Entry:
    """One line of the public register."""

    code: str
    title: str
    proposer_name: str
    primary_system: str | None
    register_number: int
    register_year: int
    stage: Stage
    holder_kind: str | None
    holder_name_vi: str | None
    holder_name_en: str | None
    due_on: date | None
    is_illustrative: bool


@dataclass(frozen=True)
class Body:
    """How many files a body holds, and how many of them are late."""

    name: Text
    open_count: int
    late_count: int


@dataclass(frozen=True)
class Counters:
    """How much is on the way, and how much of it is late, per body."""

    open_count: int
    overdue_count: int
    decided_count: int
    by_body: list[Body]


@dataclass(frozen=True)
class Released:
    """A decision that is in force, on a proposal whose owner agreed to publication."""

    code: str
    title: str
    outcome: str
    released_at: datetime
    is_illustrative: bool


def track(db: Session, code: str, key: str | None) -> Tracked:
    """The timeline of a submitted proposal; without the right key only when its owner agreed to publication."""
    found = db.execute(
        select(Proposal, Organisation.name_vi, Organisation.name_en)
        .outerjoin(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(Proposal.code == normalised(code), Proposal.submitted_at.is_not(None))
    ).first()
    if found is None or not may_track(found.Proposal, key):
        raise NotFound(N_("No proposal is found for this code and key. Check both on the receipt."))
    proposal: Proposal = found.Proposal
    decided = latest_decision(db, proposal)
    return Tracked(
        code=proposal.code,
        title=proposal.title,
        stage=PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state),
        holder_name_vi=found.name_vi,
        holder_name_en=found.name_en,
        holder_kind=proposal.holder_kind,
        due_on=proposal.due_on,
        steps=timeline.public_timeline(db, proposal),
        outcome=decided.outcome if decided else None,
        outcome_text=decided.text if decided else "",
        outcome_reason=decided.reason if decided else "",
        conditions=paper_facts.conditions(db, decided) if decided else (),
    )


def may_track(proposal: Proposal, key: str | None) -> bool:
    if proposal.publish_consent:
        return True
    return bool(key and proposal.track_key) and hmac.compare_digest(
        normalised(key or "").encode(), (proposal.track_key or "").encode()
    )


def latest_decision(db: Session, proposal: Proposal) -> SessionItem | None:
    """The item on which the proposal was last decided: what it says is open to the public from release on."""
    return db.scalar(
        select(SessionItem)
        .join(Decision, Decision.item_id == SessionItem.id)
        .where(Decision.proposal_id == proposal.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def register(db: Session, *, q: str = "", system: str = "", after: str | None = None) -> tuple[list[Entry], str | None]:
    """Consented proposals by register number, newest first, and where the next page starts."""
    query = (
        select(
            Proposal.code,
            Proposal.title,
            Proposal.proposer_name,
            Proposal.primary_system,
            Proposal.register_number,
            Proposal.register_year,
            Proposal.procedure,
            Proposal.procedure_version,
            Proposal.state,
            Proposal.holder_kind,
            Organisation.name_vi.label("holder_name_vi"),
            Organisation.name_en.label("holder_name_en"),
            Proposal.due_on,
            Proposal.is_illustrative,
        )
        .outerjoin(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(Proposal.publish_consent, Proposal.submitted_at.is_not(None))
        .order_by(Proposal.register_year.desc(), Proposal.register_number.desc())
        .limit(PAGE + 1)
    )
    if q:
        query = query.where(searching.names_proposal(q))
    if system:
        query = query.where(Proposal.primary_system == system)
    if after:
        year, number = entry_key(after)
        earlier_this_year = and_(Proposal.register_year == year, Proposal.register_number < number)
        query = query.where(or_(Proposal.register_year < year, earlier_this_year))
    rows = [entry(row) for row in db.execute(query)]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.register_year}.{last.register_number}" if last else None


def entry_key(after: str) -> tuple[int, int]:
    """Year and register number of the last line of the page before."""
    year, _, number = after.partition(".")
    return keyset(year), keyset(number)


def entry(row: Any) -> Entry:
    values = dict(row._mapping)
    procedure = PROCEDURES[values.pop("procedure"), values.pop("procedure_version")]
    return Entry(stage=procedure.stage(values.pop("state")), **values)


def released(db: Session, *, limit: int = LATEST) -> list[Released]:
    """The newest decisions on consented proposals: nothing is here before its release."""
    found = db.execute(
        select(Proposal.code, Proposal.title, Decision.outcome, Decision.released_at, Proposal.is_illustrative)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Proposal.publish_consent)
        .order_by(Decision.released_at.desc(), Decision.id.desc())
        .limit(limit)
    )
    return [Released(**row._mapping) for row in found]


def counters(db: Session) -> Counters:
    """Totals and overdue counts over all open proposals, by the body that holds them."""
    late = func.count().filter(Proposal.due_on < clock.today())
    held = db.execute(
        select(Organisation.name_vi, Organisation.name_en, func.count().label("held"), late.label("late"))
        .join(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(Proposal.is_open)
        .group_by(Organisation.id, Organisation.name_vi, Organisation.name_en, Organisation.sort_key)
        .order_by(late.desc(), Organisation.sort_key)
    ).all()
    open_count, overdue_count = db.execute(select(func.count(), late).where(Proposal.is_open)).one()
    decided_count = db.execute(select(func.count(Decision.proposal_id.distinct()))).scalar_one()
    by_body = [Body(Text(row.name_vi, row.name_en), row.held, row.late) for row in held]
    return Counters(open_count, overdue_count, decided_count, by_body)
