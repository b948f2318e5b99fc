"""Claiming what the secretariat entered: the person who holds the receipt becomes the owner, once."""

from __future__ import annotations

import hmac
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import NotFound
from intake.i18n import N_
from intake.models import AssistedIntake, Proposal, ProposalOrganisation
from intake.policy import Actor, Subject
from intake.services import audit, conflict_checks, proposals
from intake.services.codes import normalised
from intake.services.notices import notify
from intake.services.submissions import own_organisation

NOTHING_TO_CLAIM = N_(
    "No proposal waits to be claimed under this code and key. Check both on the receipt; "
    "a proposal that was claimed before cannot be claimed again."
)


def claim(db: Session, *, code: str, key: str, actor: Actor) -> Proposal:
    """Make `actor` the owner of what came on paper; NotFound alike for a wrong code, a wrong key, a second claim."""
    policy.ensure(actor, "proposal.claim", Subject())
    found = waiting(db, code)
    if not fits(found, key) or not take(db, found.Proposal.id, actor):
        raise NotFound(NOTHING_TO_CLAIM)
    proposal: Proposal = found.Proposal
    db.execute(update(Proposal).where(Proposal.id == proposal.id).values(owner_id=actor.user_id))
    db.refresh(proposal)
    link_own_organisation(db, proposal, actor=actor)
    audit.record(db, "proposal.claimed", actor=actor, subject=proposal.code, proposal_id=proposal.id)
    tell(db, proposal, found.entered_by_id, actor=actor)
    return proposals.get(db, proposal.code, actor=actor)


def waiting(db: Session, code: str) -> Any:
    """The submitted proposal with this code that nobody has claimed; None when there is none."""
    return db.execute(
        select(Proposal, AssistedIntake.entered_by_id)
        .join(AssistedIntake, AssistedIntake.proposal_id == Proposal.id)
        .where(
            Proposal.code == normalised(code), Proposal.submitted_at.is_not(None), AssistedIntake.claimed_at.is_(None)
        )
    ).first()


def fits(found: Any, key: str) -> bool:
    """Compared in constant time, also where there is nothing to compare with."""
    printed = (found.Proposal.track_key if found else None) or ""
    return bool(printed) & hmac.compare_digest(normalised(key).encode(), printed.encode())


def take(db: Session, proposal_id: int, actor: Actor) -> bool:
    """Note who claims it, unless somebody was faster."""
    hit = db.scalar(
        update(AssistedIntake)
        .where(AssistedIntake.proposal_id == proposal_id, AssistedIntake.claimed_at.is_(None))
        .values(claimed_by_id=actor.user_id, claimed_at=clock.now())
        .returning(AssistedIntake.proposal_id),
        execution_options={"synchronize_session": False},
    )
    return hit is not None


def link_own_organisation(db: Session, proposal: Proposal, *, actor: Actor) -> None:
    """Who proposes in the name of an organisation makes it the owner, which keeps its people from judging."""
    own = own_organisation(db, actor.user_id)
    if own is None:
        return
    with conflict_checks.of_proposal(db, proposal, actor=actor):
        db.execute(
            update(ProposalOrganisation)
            .where(
                ProposalOrganisation.proposal_id == proposal.id,
                ProposalOrganisation.role == "owner",
                ProposalOrganisation.organisation_id.is_(None),
            )
            .values(organisation_id=own, is_settled=True)
        )


def tell(db: Session, proposal: Proposal, entered_by: int, *, actor: Actor) -> None:
    """The new owner, and who entered it."""
    subject = N_("%(code)s: claimed", code=proposal.code)
    named = N_("Proposal %(code)s: %(title)s", code=proposal.code, title=proposal.title)
    key, path = f"claimed:{proposal.id}", f"/proposals/{proposal.code}"
    mine = N_("This proposal now belongs to your account. Its key opens the public look-up as before, nothing else.")
    theirs = N_("The person for whom you entered this proposal has claimed it, and goes on without you.")
    owner = [proposal.owner_id] if proposal.owner_id is not None else []
    notify(db, owner, subject, [mine, named], key=f"{key}:owner", path=path)
    notify(db, {entered_by}.difference(owner), subject, [theirs, named], key=f"{key}:secretariat", path=path)
