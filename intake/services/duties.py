"""Work that a person was asked for and can no longer do: it ends at once, and whoever asked is told."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import N_
from intake.models import Assignment, Membership, Proposal, User
from intake.policy import Actor
from intake.services import audit, notices

KINDS = {"ministry_reviewer": "reviewer", "ministry_lead": "reviewer", "adviser": "adviser"}
REASON = "the person no longer acts in this role"


def end_of_role(db: Session, membership: Membership, *, actor: Actor) -> None:
    """End the assignments that were made in a role that is over, unless a like role of the same body is left."""
    kind = KINDS.get(membership.role)
    if kind is None:
        return
    like = select(Membership.id).where(
        Membership.user_id == membership.user_id,
        Membership.role.in_([role for role, made in KINDS.items() if made == kind]),
        Membership.organisation_id.is_not_distinct_from(membership.organisation_id),
        Membership.ended_at.is_(None),
        Membership.id != membership.id,
    )
    if db.scalar(like) is not None:
        return
    asked = [Assignment.user_id == membership.user_id, Assignment.kind == kind]
    if kind == "reviewer":
        asked.append(Assignment.organisation_id == membership.organisation_id)
    end(db, asked, actor=actor)


def end_of_person(db: Session, user_id: int, *, actor: Actor) -> None:
    """End every assignment of a person."""
    end(db, [Assignment.user_id == user_id], actor=actor)


def end(db: Session, which: Iterable[object], *, actor: Actor) -> None:
    """End assignments that are going on; the administrator who causes this learns nothing about the proposals."""
    going_on = select(Assignment, Proposal.code).join(Proposal, Proposal.id == Assignment.proposal_id)
    conditions = [Assignment.ended_at.is_(None), *which]
    for assignment, code in db.execute(going_on.where(*conditions).order_by(Assignment.id)).all():
        db.execute(
            update(Assignment).where(Assignment.id == assignment.id).values(ended_at=clock.now(), end_reason=REASON)
        )
        data = {"kind": assignment.kind, "user": assignment.user_id, "reason": REASON}
        audit.record(db, "assignment.removed", actor=actor, subject=code, proposal_id=assignment.proposal_id, data=data)
        name = db.scalars(select(User.name).where(User.id == assignment.user_id)).one()
        notices.notify(
            db,
            [assignment.assigned_by_id],
            N_("%(code)s: somebody you asked can no longer act", code=code),
            [
                N_(
                    "%(name)s was asked about this proposal and no longer acts in that role. Ask somebody else.",
                    name=name,
                )
            ],
            key=f"left:{assignment.id}",
            path=f"/proposals/{code}/assignments",
        )
