"""Who belongs to a proposal, for notices: authors, the people of the bodies asked, the engineer, the secretariat."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import BodyMember, Membership, Proposal, ProposalPerson, Routing, User


def authors(db: Session, proposal: Proposal) -> set[int]:
    """Owner and co-authors; what came on paper has no owner until somebody claims it."""
    coauthors = select(ProposalPerson.user_id).where(ProposalPerson.proposal_id == proposal.id)
    return {id for id in (proposal.owner_id, *db.scalars(coauthors)) if id is not None}


def writers(db: Session, proposal: Proposal) -> set[int]:
    """Who answers for the text: its authors, the secretariat for what nobody has claimed."""
    return authors(db, proposal) if proposal.owner_id is not None else secretaries(db, proposal)


def with_role(db: Session, role: str, **where: str | None) -> set[int]:
    """People who act under `role` now, optionally of one organisation or system."""
    query = select(Membership.user_id).where(Membership.role == role, Membership.ended_at.is_(None))
    for column, value in where.items():
        query = query.where(getattr(Membership, column) == value)
    return set(db.scalars(query))


def people(db: Session, user_ids: set[int]) -> list[User]:
    """Those of them whose accounts are active, by name: the choices of a form."""
    found = select(User).where(User.id.in_(sorted(user_ids)), User.is_active)
    return list(db.scalars(found.order_by(User.name, User.id)))


def secretaries(db: Session, proposal: Proposal) -> set[int]:
    return with_role(db, "secretary")


def ministries(db: Session, proposal: Proposal) -> set[int]:
    """The leads of every ministry that is asked now."""
    routed = select(Routing.organisation_id).where(Routing.proposal_id == proposal.id, Routing.ended_at.is_(None))
    leads = select(Membership.user_id).where(
        Membership.role == "ministry_lead", Membership.ended_at.is_(None), Membership.organisation_id.in_(routed)
    )
    return set(db.scalars(leads))


def engineer(db: Session, proposal: Proposal) -> set[int]:
    return with_role(db, "engineer", system=proposal.assessing_system)


def lead_agency(db: Session, proposal: Proposal) -> set[int]:
    return with_role(db, "implementer", organisation_id=proposal.lead_agency_id)


def body(db: Session, proposal: Proposal) -> set[int]:
    """Everybody who sits in the deciding body."""
    seats = select(BodyMember.user_id).where(
        BodyMember.body_id == proposal.deciding_body_id, BodyMember.ended_on.is_(None)
    )
    return set(db.scalars(seats))


HOLDERS: dict[str, Callable[[Session, Proposal], set[int]]] = {
    "secretariat": secretaries,
    "owner": writers,
    "lead_ministry": ministries,
    "engineer": engineer,
    "body": body,
    "deciding_body": secretaries,  # the secretariat records the act of the chair
    "lead_agency": lead_agency,
}


def holder(db: Session, proposal: Proposal) -> set[int]:
    """Who has to act now."""
    return HOLDERS[proposal.holder_kind](db, proposal) if proposal.holder_kind else set()
