"""Who hears that a body let a due date pass: its lead, and the secretariat that watches over the procedure."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Assignment, BodyMember, Membership, Proposal
from intake.services import audiences, conflicts, opinions

PRESIDING = ("chair", "deputy")


def leads(db: Session, proposal: Proposal) -> set[int]:
    """Those who lead the body that holds the proposal; nobody leads an owner."""
    found = LEADS[proposal.holder_kind](db, proposal) if proposal.holder_kind in LEADS else set()
    # A lead agency carries out what others decided, often its own proposal: no conflict keeps it out.
    return found if proposal.holder_kind == "lead_agency" else conflicts.without_conflicted(db, proposal, found)


def askers(db: Session, proposal: Proposal, asked: Assignment) -> set[int]:
    """Those who asked one person: the leads of a reviewer's ministry, for an adviser the secretariat."""
    if asked.organisation_id is None or asked.kind == "adviser":
        return watchers(db, proposal)
    return conflicts.leads_of(db, proposal, asked.organisation_id) - {asked.user_id}


def watchers(db: Session, proposal: Proposal) -> set[int]:
    """The secretariat, without those who are kept out."""
    return conflicts.without_conflicted(db, proposal, audiences.secretaries(db, proposal))


def secretariat(db: Session, proposal: Proposal) -> set[int]:
    """Its managers, or everybody in it when none is named."""
    return managers(db, "secretary", proposal.holder_organisation_id) or audiences.secretaries(db, proposal)


def managers(db: Session, role: str, organisation_id: str | None) -> set[int]:
    query = select(Membership.user_id).where(
        Membership.role == role,
        Membership.organisation_id == organisation_id,
        Membership.is_manager,
        Membership.ended_at.is_(None),
    )
    return set(db.scalars(query))


def late_ministries(db: Session, proposal: Proposal) -> set[int]:
    """The leads of the ministry that has to conclude, and of those whose opinion is missing."""
    late = {row.organisation_id for row in opinions.outstanding(db, proposal)} | {proposal.holder_organisation_id or ""}
    query = select(Membership.user_id).where(
        Membership.role == "ministry_lead", Membership.ended_at.is_(None), Membership.organisation_id.in_(sorted(late))
    )
    return set(db.scalars(query))


def chair(db: Session, proposal: Proposal) -> set[int]:
    query = select(BodyMember.user_id).where(
        BodyMember.body_id == proposal.deciding_body_id,
        BodyMember.seat.in_(PRESIDING),
        BodyMember.ended_on.is_(None),
    )
    return set(db.scalars(query))


def agency(db: Session, proposal: Proposal) -> set[int]:
    return managers(db, "implementer", proposal.lead_agency_id) or audiences.lead_agency(db, proposal)


LEADS: dict[str, Callable[[Session, Proposal], set[int]]] = {
    "secretariat": secretariat,
    "lead_ministry": late_ministries,
    "engineer": audiences.engineer,
    "body": chair,
    "deciding_body": chair,
    "lead_agency": agency,
}
