"""What people read while they prepare and hold a sitting: who can sit, what waits, who is recused, who has voted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from intake import policy
from intake.documents.letterheads import Letterhead
from intake.i18n import Text
from intake.models import (
    Attendance,
    Ballot,
    Body,
    CommitteeSession,
    Decision,
    Document,
    Organisation,
    Proposal,
    Recusal,
    SessionItem,
    User,
)
from intake.models.visibility import at_stage_with, visible
from intake.policy import Actor, Subject
from intake.services import papers, quorums
from intake.services.agendas import LIVE
from intake.services.papers import COVER
from intake.workflow import voting
from intake.workflow.procedures import PROCEDURES
from intake.workflow.voting import Member, Quorum


@dataclass(frozen=True)
class Awaiting:
    """A proposal that waits for a decision, and the body that has to decide it."""

    code: str
    title: str
    proposer_name: str
    system: str | None
    due_on: date | None
    body_id: str


@dataclass(frozen=True)
class Recused:
    """A member who takes no part in an item."""

    name: str
    reason: str


@dataclass(frozen=True)
class Voter:
    """One seat as it stands for one item; `recorder` and `is_confirmed` only for a ballot recorded by somebody else."""

    name: str
    email: str
    takes_part: bool
    is_recused: bool
    has_cast: bool
    choice: str | None
    reason: str
    recorder: str | None
    is_confirmed: bool


@dataclass(frozen=True)
class Released:
    """A decision in force, and how far its document is."""

    code: str
    outcome: str
    released_at: datetime
    doc: str
    state: str
    is_final: bool
    number: str | None


@dataclass(frozen=True)
class Draft:
    """A document that waits for number, date, place and signer."""

    doc: str
    kind: str
    code: str
    title: str
    back: str
    head: Letterhead


def bodies(db: Session) -> list[tuple[str, Text]]:
    """The bodies that can be called to sit."""
    found = db.execute(
        select(Organisation.id, Organisation.name_vi, Organisation.name_en)
        .join(Body, Body.organisation_id == Organisation.id)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return [(row.id, Text(row.name_vi, row.name_en)) for row in found]


def awaiting(db: Session, *, actor: Actor, session: CommitteeSession | None = None) -> list[Awaiting]:
    """What can be put on an agenda, soonest due first; with `session`, also what stands on its agenda already."""
    listed = select(SessionItem.id).where(SessionItem.proposal_id == Proposal.id, SessionItem.state.in_(LIVE))
    if session is not None:
        listed = listed.where(SessionItem.session_id != session.id)
    found = db.scalars(
        select(Proposal)
        .where(visible(actor, "proposal.read"), at_stage_with("decided_in_session"), ~listed.exists())
        .order_by(Proposal.due_on, Proposal.id)
    )
    return [
        Awaiting(
            code=proposal.code,
            title=proposal.title,
            proposer_name=proposal.proposer_name,
            system=proposal.primary_system,
            due_on=proposal.due_on,
            body_id=deciding_body(proposal),
        )
        for proposal in found
    ]


def deciding_body(proposal: Proposal) -> str:
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    return procedure.deciding_body(proposal.primary_system, proposal.kind)


def quorum(db: Session, session: CommitteeSession) -> Quorum:
    """The quorum of the sitting as a whole, before anybody is recused from an item."""
    rows = db.scalars(select(Attendance).where(Attendance.session_id == session.id, Attendance.seat.is_not(None)))
    seats = [Member(row.user_id, row.seat or "", row.status) for row in rows]
    return voting.quorum(seats, quorums.rule(db, session))


def recused(db: Session, item: SessionItem) -> list[Recused]:
    """Who takes no part in the item, and why."""
    found = (
        select(User.name, Recusal.reason)
        .join(User, User.id == Recusal.user_id)
        .where(Recusal.item_id == item.id)
        .order_by(Recusal.id)
    )
    return [Recused(row.name, row.reason) for row in db.execute(found)]


def voters(db: Session, session: CommitteeSession, item: SessionItem) -> list[Voter]:
    """Every seat and its ballot, for those who run the sitting: callers show no name of who has cast a secret one."""
    recorder = aliased(User)
    found = db.execute(
        select(User.id, User.name, User.email, Ballot, recorder.name.label("recorder"))
        .select_from(Attendance)
        .join(User, User.id == Attendance.user_id)
        .outerjoin(Ballot, (Ballot.user_id == User.id) & (Ballot.item_id == item.id))
        .outerjoin(recorder, recorder.id == Ballot.recorder_id)
        .where(Attendance.session_id == session.id, Attendance.seat.is_not(None))
        .order_by(Attendance.id)
    )
    members = {member.person: member for member in quorums.members(db, session, item)}
    return [
        Voter(
            name=row.name,
            email=row.email,
            takes_part=members[row.id].takes_part,
            is_recused=members[row.id].is_recused,
            has_cast=row.Ballot is not None,
            choice=row.Ballot.choice if row.Ballot else None,
            reason=row.Ballot.reason if row.Ballot else "",
            recorder=row.recorder,
            is_confirmed=row.Ballot is not None and row.Ballot.confirmed_by_id is not None,
        )
        for row in found
    ]


def others_unconfirmed(db: Session, item: SessionItem, *, actor: Actor) -> set[str]:
    """Addresses of members whose ballots somebody other than `actor` recorded and nobody has confirmed yet."""
    found = (
        select(User.email)
        .join(Ballot, Ballot.user_id == User.id)
        .where(
            Ballot.item_id == item.id,
            Ballot.recorder_id.is_not(None),
            Ballot.recorder_id != actor.user_id,
            Ballot.confirmed_by_id.is_(None),
        )
    )
    return set(db.scalars(found))


def recused_from(db: Session, items: Sequence[SessionItem], *, actor: Actor) -> set[int]:
    """Ids of those items in which `actor` takes no part."""
    found = select(Recusal.item_id).where(
        Recusal.item_id.in_([item.id for item in items]), Recusal.user_id == actor.user_id
    )
    return set(db.scalars(found))


def item_counts(db: Session, *, actor: Actor) -> dict[int, int]:
    """How many items of each session `actor` may know of."""
    found = (
        select(SessionItem.session_id, func.count(SessionItem.id))
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(SessionItem.state != "removed", visible(actor, COVER))
        .group_by(SessionItem.session_id)
    )
    return {session_id: count for session_id, count in db.execute(found)}


def released(db: Session, items: Sequence[SessionItem]) -> dict[int, Released]:
    """The decision of each of these items (by item id) that has one."""
    found = db.execute(
        select(Decision, Document, Proposal.code)
        .join(Document, Document.id == Decision.document_id)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Decision.item_id.in_([item.id for item in items]))
    )
    return {
        row.Decision.item_id: Released(
            code=row.code,
            outcome=row.Decision.outcome,
            released_at=row.Decision.released_at,
            doc=row.Document.doc,
            state=row.Document.state,
            is_final=row.Document.is_final,
            number=row.Document.number,
        )
        for row in found
    }


def merged_into(db: Session, item: SessionItem) -> str | None:
    """Code of the proposal that this one is merged into, as prepared or as voted."""
    return (item.tally or {}).get("into") if item.into_id is None else code_of(db, item.into_id)


def code_of(db: Session, proposal_id: int) -> str:
    """The code of a proposal that the reader has named."""
    return db.get_one(Proposal, proposal_id).code


def to_issue(db: Session, doc: str, *, actor: Actor) -> Draft:
    """The document that `actor` is about to issue; IllegalMove when it is final already."""
    policy.ensure(actor, "document.issue", Subject())
    document = papers.found(db, doc)
    papers.ensure_handles(db, document, actor=actor)
    papers.refuse_unsignable(document)
    head = papers.head_now(db, document)
    if document.session_id is not None:
        session = papers.session_of(db, document)
        title = db.get_one(Organisation, session.body_id).name_vi
        return Draft(document.doc, document.kind, str(session.number), title, f"/sessions/{session.id}/papers", head)
    proposal = papers.proposal_of(db, document)
    return Draft(document.doc, document.kind, proposal.code, proposal.title, f"/proposals/{proposal.code}/staff", head)
