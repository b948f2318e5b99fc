"""Merging two bodies that are one: what is alive moves to the other, what is history stays as it was written."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_
from intake.models import (
    Body,
    Invitation,
    Membership,
    Organisation,
    Proposal,
    ProposalOrganisation,
    Routing,
    RoutingDefault,
)
from intake.policy import Actor
from intake.services import audit, conflict_checks, memberships
from intake.services.organisation_directory import get, keep_name, plain


def merge(db: Session, source_id: str, target_id: str, *, actor: Actor) -> Organisation:
    """Make `source` a part of `target`: links, members and defaults move, and whoever is conflicted now is kept out."""
    source = get(db, source_id, actor=actor).organisation
    target = db.get(Organisation, target_id) if target_id else None
    if target is None or not target.is_active or target.id == source.id:
        raise Invalid(errors=[("into", N_("Choose another organisation that is in use."))])
    refuse_busy(db, source)
    with conflict_checks.of_organisations(db, (source.id, target.id), actor=actor):
        counts = {
            "links": move_links(db, source, target),
            "members": move_members(db, source, target, actor=actor),
            "defaults": move_defaults(db, source, target),
        }
        db.execute(
            update(Proposal).where(Proposal.lead_agency_id == source.id).values(lead_agency_id=target.id),
            execution_options={"synchronize_session": False},
        )
    keep_name(db, source.id, plain(source))
    hit = db.scalar(
        update(Organisation)
        .where(Organisation.id == source.id, Organisation.is_active)
        .values(is_active=False, merged_into_id=target.id)
        .returning(Organisation.id)
    )
    if hit is None:
        raise IllegalMove(N_("Somebody has done this already. Reload the page."))
    data = {"old": source.id, "new": target.id, **counts}
    audit.record(db, "organisation.merged", actor=actor, subject=f"organisation:{source.id}", data=data)
    return target


def refuse_busy(db: Session, source: Organisation) -> None:
    """Work that a body holds now is finished or handed back under the name that holds it."""
    if not source.is_active:
        raise IllegalMove(N_("This organisation was merged already."))
    if db.get(Body, source.id) is not None:
        raise IllegalMove(N_("A deciding body cannot be merged."))
    asked = select(Routing.proposal_id).where(Routing.organisation_id == source.id, Routing.ended_at.is_(None))
    held = select(Proposal.id).where(Proposal.is_open, Proposal.holder_organisation_id == source.id)
    count = len({*db.scalars(asked), *db.scalars(held)})
    if count:
        raise IllegalMove(
            N_(
                "%(count)s proposals are with this organisation now. Merge it when they are concluded or returned.",
                count=count,
            )
        )


def move_links(db: Session, source: Organisation, target: Organisation) -> int:
    """Names in proposals that stood for the one stand for the other; the name written there stays."""
    moved = (
        update(ProposalOrganisation)
        .where(ProposalOrganisation.organisation_id == source.id)
        .values(organisation_id=target.id)
        .returning(ProposalOrganisation.id)
    )
    return len(db.scalars(moved, execution_options={"synchronize_session": False}).all())


def move_members(db: Session, source: Organisation, target: Organisation, *, actor: Actor) -> int:
    """People act for the other body from now on; the membership they had ends, so that the record shows both."""
    own = select(Membership).where(Membership.organisation_id == source.id, Membership.ended_at.is_(None))
    held = list(db.scalars(own.order_by(Membership.id)))
    for membership in held:
        membership.ended_at = clock.now()
        db.flush()
        if not memberships.held(db, membership.user_id, membership.role, target.id, membership.system):
            db.add(
                Membership(
                    user_id=membership.user_id,
                    role=membership.role,
                    organisation_id=target.id,
                    system=membership.system,
                    is_manager=membership.is_manager,
                    granted_by_id=actor.user_id,
                    granted_at=clock.now(),
                )
            )
            db.flush()
    waiting = (Invitation.organisation_id == source.id, Invitation.accepted_at.is_(None))
    db.execute(update(Invitation).where(*waiting).values(organisation_id=target.id))
    return len(held)


def move_defaults(db: Session, source: Organisation, target: Organisation) -> int:
    """The routing table asks the other body, and leads with it where the merged one led."""
    rows = db.scalars(select(RoutingDefault).where(RoutingDefault.organisation_id == source.id)).all()
    for row in rows:
        same = (RoutingDefault.subject == row.subject, RoutingDefault.organisation_id == target.id)
        known = db.scalar(select(func.count()).select_from(RoutingDefault).where(*same))
        if not known:
            row.organisation_id = target.id
            continue
        if row.role == "lead":
            db.execute(update(RoutingDefault).where(*same).values(role="lead", position=row.position))
        db.execute(delete(RoutingDefault).where(RoutingDefault.id == row.id))
    db.flush()
    return len(rows)
