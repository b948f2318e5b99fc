"""Conflicts of interest: what a person declares on a proposal, what follows from organisations, and the undoing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session, aliased

from intake import clock
from intake.errors import Forbidden, Invalid, NotFound
from intake.i18n import N_, Text
from intake.models import Declaration, Membership, Organisation, Proposal, ProposalOrganisation, ProposalPerson, User
from intake.models.reviews import CONFLICT_KINDS
from intake.models.visibility import CONFLICTING_LINKS
from intake.policy import Actor, Role
from intake.services import audiences, audit, notices, rights, wordings

NONE = "none"


@dataclass(frozen=True)
class ConflictState:
    """What a person who may declare has declared so far, and which of their bodies take part in the proposal."""

    has_declared: bool
    kind: str | None
    partner_bodies: tuple[Text, ...]


@dataclass(frozen=True)
class ConflictLine:
    """One declared conflict as the file keeps it; `ended_at` when it was taken back."""

    id: int
    name: str
    email: str
    kind: str
    reason: str
    declared_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    end_reason: str


def state_of(db: Session, proposal: Proposal, actor: Actor) -> ConflictState:
    """What `actor` has declared, and which of their bodies the proposal names (a partner is only flagged)."""
    declaration = current(db, proposal, actor.user_id)
    named = db.execute(
        select(ProposalOrganisation.role, Organisation.name_vi, Organisation.name_en)
        .join(Organisation, Organisation.id == ProposalOrganisation.organisation_id)
        .where(ProposalOrganisation.proposal_id == proposal.id, Organisation.id.in_(sorted(actor.organisations)))
        .order_by(ProposalOrganisation.id)
    ).all()
    return ConflictState(
        has_declared=declaration is not None,
        kind=declaration.kind if declaration else None,
        partner_bodies=tuple(Text(row.name_vi, row.name_en) for row in named if row.role not in CONFLICTING_LINKS),
    )


def current(db: Session, proposal: Proposal, user_id: int | None) -> Declaration | None:
    """The declaration of one person that has not been replaced or undone."""
    return db.scalar(
        select(Declaration).where(
            Declaration.proposal_id == proposal.id, Declaration.user_id == user_id, Declaration.ended_at.is_(None)
        )
    )


def listing(db: Session, proposal: Proposal, *, actor: Actor) -> list[ConflictLine]:
    """Every conflict declared on the proposal, the newest first, also those taken back: for the secretariat."""
    rights.ensure(db, proposal, "conflict.undo", actor=actor)
    ended_by = aliased(User)
    found = db.execute(
        select(Declaration, User.name, User.email, ended_by.name.label("ended_by"))
        .join(User, User.id == Declaration.user_id)
        .outerjoin(ended_by, ended_by.id == Declaration.ended_by_id)
        .where(Declaration.proposal_id == proposal.id, Declaration.is_conflicted)
        .order_by(Declaration.id.desc())
    )
    return [
        ConflictLine(
            id=row.Declaration.id,
            name=row.name,
            email=row.email,
            kind=row.Declaration.kind,
            reason=row.Declaration.reason,
            declared_at=row.Declaration.declared_at,
            ended_at=row.Declaration.ended_at,
            ended_by=row.ended_by,
            end_reason=row.Declaration.end_reason or "",
        )
        for row in found
    ]


def declare(
    db: Session, proposal: Proposal, *, conflicted: bool, kind: str, reason: str = "", actor: Actor
) -> Declaration:
    """Write down the person's word, in place of an earlier one; the same word again changes nothing."""
    rights.hold(db, proposal, "conflict.declare", actor=actor)
    text = wordings.checked(reason, "reason", missing=N_("Say what the conflict is.") if kind == "other" else None)
    refuse_contradiction(conflicted, kind)
    before = current(db, proposal, actor.user_id)
    if before is not None and (before.kind, before.reason) == (kind, text):
        return before
    if before is not None:
        before.ended_at, before.ended_by_id, before.end_reason = clock.now(), actor.user_id, "declared anew"
        db.flush()
    declaration = Declaration(
        proposal_id=proposal.id,
        user_id=actor.user_id,
        is_conflicted=conflicted,
        kind=kind,
        reason=text,
        declared_at=clock.now(),
    )
    db.add(declaration)
    db.flush()
    data = {"old": before.kind if before else None, "new": kind}
    audit.record(db, "conflict.declared", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    if conflicted:
        tell_who_replaces(db, proposal, declaration, actor)
    return declaration


def refuse_contradiction(conflicted: bool, kind: str) -> None:
    if kind not in CONFLICT_KINDS:
        raise Invalid(errors=[("kind", N_("Choose one of: %(kinds)s.", kinds=", ".join(CONFLICT_KINDS)))])
    if conflicted == (kind == NONE):
        message = N_('Say which kind of conflict it is, or choose "none" when there is no conflict.')
        raise Invalid(errors=[("kind", message)])


def tell_who_replaces(db: Session, proposal: Proposal, declaration: Declaration, actor: Actor) -> None:
    """The ministry's leads for a reviewer, the secretariat for everybody else: somebody has to stand in."""
    people = audiences.secretaries(db, proposal)
    if actor.role is Role.MINISTRY_REVIEWER:
        people = audiences.with_role(db, "ministry_lead", organisation_id=actor.organisation_id)
    person = db.get_one(User, declaration.user_id)
    notices.notify(
        db,
        without_conflicted(db, proposal, people) - {declaration.user_id},
        N_("%(code)s: somebody is recused", code=proposal.code),
        [
            N_(
                "%(name)s has declared a conflict of interest and takes no part. Ask somebody else if needed.",
                name=person.name,
            )
        ],
        key=f"recused:{declaration.id}",
        path="/queue",
    )


def undo(db: Session, proposal: Proposal, email: str, *, reason: str, actor: Actor) -> None:
    """Take a declared conflict back, with a reason; never one's own. The person then declares again."""
    rights.hold(db, proposal, "conflict.undo", actor=actor)
    text = wordings.checked(reason, "reason", missing=N_("Say why the declaration is taken back."))
    declaration = db.scalar(
        select(Declaration)
        .join(User, User.id == Declaration.user_id)
        .where(
            Declaration.proposal_id == proposal.id,
            User.email == email.strip().casefold(),
            Declaration.is_conflicted,
            Declaration.ended_at.is_(None),
        )
    )
    if declaration is None:
        raise NotFound()
    if declaration.user_id == actor.user_id:
        raise Forbidden(N_("Another member of the secretariat has to undo your own declaration."))
    declaration.ended_at, declaration.ended_by_id, declaration.end_reason = clock.now(), actor.user_id, text
    data = {"user": declaration.user_id, "kind": declaration.kind, "reason": text}
    audit.record(db, "conflict.undone", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    notices.notify(
        db,
        [declaration.user_id],
        N_("%(code)s: your declaration was taken back", code=proposal.code),
        [N_("The secretariat has taken back your declaration of conflict. Declare again before you go on.")],
        key=f"unrecused:{declaration.id}",
        path="/queue",
    )


def conflicted_pairs(db: Session, proposal_ids: Collection[int]) -> set[tuple[int, int]]:
    """(proposal, person) for all who are conflicted in one of them: declared, as authors, or through a body."""
    declared = select(Declaration.proposal_id, Declaration.user_id).where(
        Declaration.proposal_id.in_(proposal_ids), Declaration.ended_at.is_(None), Declaration.is_conflicted
    )
    through_body = (
        select(ProposalOrganisation.proposal_id, Membership.user_id)
        .join(Membership, Membership.organisation_id == ProposalOrganisation.organisation_id)
        .where(
            ProposalOrganisation.proposal_id.in_(proposal_ids),
            ProposalOrganisation.role.in_(CONFLICTING_LINKS),
            Membership.ended_at.is_(None),
        )
    )
    owners = select(Proposal.id, Proposal.owner_id).where(Proposal.id.in_(proposal_ids), Proposal.owner_id.is_not(None))
    coauthors = select(ProposalPerson.proposal_id, ProposalPerson.user_id).where(
        ProposalPerson.proposal_id.in_(proposal_ids)
    )
    found = db.execute(union(declared, through_body, owners, coauthors))
    return {(row[0], row[1]) for row in found}


def without_conflicted(db: Session, proposal: Proposal, people: Iterable[int]) -> set[int]:
    """Those of `people` to whom the proposal exists: mails go to nobody else."""
    conflicted = {user_id for _, user_id in conflicted_pairs(db, [proposal.id])}
    return set(people) - conflicted


def leads_of(db: Session, proposal: Proposal, organisation_id: str) -> set[int]:
    """The leads of one ministry who may be told about the proposal."""
    return without_conflicted(db, proposal, audiences.with_role(db, "ministry_lead", organisation_id=organisation_id))
