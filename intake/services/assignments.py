"""Who is asked to review or advise: people of the ministry, advisers of the council, never the conflicted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import (
    Assignment,
    Declaration,
    Membership,
    Proposal,
    ProposalPerson,
    Routing,
    ScoreSheet,
    User,
)
from intake.policy import Actor, Role
from intake.services import audit, conflicts, notices, rights, wordings
from intake.vietnamese import short_date

REVIEWING_ROLES = ("ministry_reviewer", "ministry_lead")


@dataclass(frozen=True)
class AssignmentLine:
    """One person asked, and how far: declared or recused, sheet begun or submitted. Never a score."""

    id: int
    kind: str
    email: str
    name: str
    organisation_id: str | None
    due_on: date
    assigned_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    has_declared: bool
    is_conflicted: bool
    sheet_saved_at: datetime | None
    sheet_submitted_at: datetime | None


def assign_reviewer(
    db: Session, proposal: Proposal, email: str, *, due_on: date | None = None, actor: Actor
) -> Assignment:
    """Ask a person of the actor's ministry for a score sheet, by the ministry's own due date unless told otherwise."""
    rights.hold(db, proposal, "assignment.create_reviewer", actor=actor)
    person = holder_of(db, email, REVIEWING_ROLES, organisation_id=actor.organisation_id)
    if person is None:
        raise unfit("reviewer", N_("%(email)s is not a reviewer or lead of your ministry.", email=email.strip()))
    refuse_involved(db, proposal, person, "reviewer")
    routing_due = select(Routing.due_on).where(
        Routing.proposal_id == proposal.id,
        Routing.organisation_id == actor.organisation_id,
        Routing.ended_at.is_(None),
    )
    # A ministry that is late must still be able to ask somebody: by today, then.
    day = due_on or max(db.scalars(routing_due).one(), proposal.due_on or date.min, clock.today())
    return ask(db, proposal, person, "reviewer", organisation_id=actor.organisation_id, due_on=day, actor=actor)


def assign_adviser(db: Session, proposal: Proposal, email: str, *, actor: Actor) -> Assignment:
    """Ask a member of the National Advisory Council for an opinion, by the stage's due date."""
    rights.hold(db, proposal, "assignment.create_adviser", actor=actor)
    person = holder_of(db, email, ("adviser",))
    if person is None:
        raise unfit("adviser", N_("%(email)s is not an adviser of the National Advisory Council.", email=email.strip()))
    refuse_involved(db, proposal, person, "adviser")
    assert proposal.due_on is not None  # experts read only while a proposal is open
    day = max(proposal.due_on, clock.today())
    return ask(db, proposal, person, "adviser", organisation_id=None, due_on=day, actor=actor)


def holder_of(db: Session, email: str, roles: tuple[str, ...], *, organisation_id: str | None = None) -> User | None:
    """The active person with this address who holds one of the roles (in that organisation) now."""
    query = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.email == email.strip().casefold(),
            User.is_active,
            Membership.role.in_(roles),
            Membership.ended_at.is_(None),
        )
        .limit(1)
    )
    if organisation_id is not None:
        query = query.where(Membership.organisation_id == organisation_id)
    return db.scalar(query)


def refuse_involved(db: Session, proposal: Proposal, person: User, path: str) -> None:
    """Nobody judges what they wrote, what their organisation owns or is to lead, or what they are recused from."""
    coauthor = select(ProposalPerson.id).where(
        ProposalPerson.proposal_id == proposal.id, ProposalPerson.user_id == person.id
    )
    if person.id == proposal.owner_id or db.scalar(coauthor) is not None:
        raise unfit(path, N_("%(name)s is an author of this proposal. Choose somebody else.", name=person.name))
    if (proposal.id, person.id) in conflicts.conflicted_pairs(db, [proposal.id]):
        message = N_("%(name)s has a conflict of interest in this proposal. Choose somebody else.", name=person.name)
        raise unfit(path, message)


def unfit(path: str, message: Message) -> Invalid:
    return Invalid(errors=[(path, message)])


def ask(
    db: Session,
    proposal: Proposal,
    person: User,
    kind: str,
    *,
    organisation_id: str | None,
    due_on: date,
    actor: Actor,
) -> Assignment:
    """Write the assignment and tell the person, who sees only the cover until they have declared."""
    if due_on < clock.today():
        raise unfit("due_on", N_("The due date has passed. Choose today or a later day."))
    asked = select(Assignment.id).where(
        Assignment.proposal_id == proposal.id,
        Assignment.user_id == person.id,
        Assignment.kind == kind,
        Assignment.ended_at.is_(None),
    )
    if db.scalar(asked) is not None:
        raise IllegalMove(N_("%(name)s is already asked.", name=person.name))
    assignment = Assignment(
        proposal_id=proposal.id,
        kind=kind,
        user_id=person.id,
        organisation_id=organisation_id,
        due_on=due_on,
        assigned_by_id=actor.user_id,
        assigned_at=clock.now(),
    )
    db.add(assignment)
    db.flush()
    data = {"kind": kind, "user": person.id, "organisation": organisation_id, "due_on": due_on.isoformat()}
    audit.record(db, "assignment.created", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    tell_asked(db, proposal, assignment)
    return assignment


def tell_asked(db: Session, proposal: Proposal, assignment: Assignment) -> None:
    notices.notify(
        db,
        [assignment.user_id],
        N_("%(code)s: you are asked to review", code=proposal.code),
        [
            N_("Proposal %(code)s: %(title)s", code=proposal.code, title=proposal.title),
            N_(
                "Declare first whether you have a conflict of interest. Due on %(date)s.",
                date=short_date(assignment.due_on),
            ),
        ],
        key=f"assigned:{assignment.id}",
        path="/queue",
    )


def remove(db: Session, proposal: Proposal, assignment_id: int, *, reason: str, actor: Actor) -> None:
    """End an assignment: the person no longer reads the proposal. A lead ends only those of his own ministry."""
    rights.hold(db, proposal, "assignment.remove", actor=actor)
    text = wordings.checked(reason, "reason", missing=N_("Say why this person is no longer asked."))
    query = select(Assignment).where(
        Assignment.id == assignment_id, Assignment.proposal_id == proposal.id, Assignment.ended_at.is_(None)
    )
    assignment = db.scalar(query.where(*within_reach(actor)))
    if assignment is None:
        raise NotFound()
    assignment.ended_at, assignment.end_reason = clock.now(), text
    data = {"kind": assignment.kind, "user": assignment.user_id, "reason": text}
    audit.record(db, "assignment.removed", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    notices.notify(
        db,
        conflicts.without_conflicted(db, proposal, [assignment.user_id]),
        N_("%(code)s: you are no longer asked", code=proposal.code),
        [N_("You do not need to do anything more about this proposal.")],
        key=f"unassigned:{assignment.id}",
        path="/queue",
    )


def replace(
    db: Session, proposal: Proposal, assignment_id: int, email: str, *, reason: str, actor: Actor
) -> Assignment:
    """Ask somebody else in place of a person, by the day that person had, or today if it has passed."""
    remove(db, proposal, assignment_id, reason=reason, actor=actor)
    ended = db.get_one(Assignment, assignment_id)
    if ended.kind == "adviser":
        return assign_adviser(db, proposal, email, actor=actor)
    day = max(ended.due_on, clock.today())
    return assign_reviewer(db, proposal, email, due_on=day, actor=actor)


def within_reach(actor: Actor) -> list:
    """A ministry sees and ends its own reviewers' assignments only."""
    if actor.role is Role.SECRETARY:
        return []
    return [Assignment.kind == "reviewer", Assignment.organisation_id == actor.organisation_id]


def listing(db: Session, proposal: Proposal, *, actor: Actor) -> list[AssignmentLine]:
    """Everybody asked, in order: for a lead those of his ministry, for the secretary all."""
    rights.ensure(db, proposal, "assignment.read", actor=actor)
    of_person = and_(Declaration.user_id == Assignment.user_id, Declaration.ended_at.is_(None))
    rows = db.execute(
        select(
            Assignment, User.email, User.name, Declaration.is_conflicted, ScoreSheet.saved_at, ScoreSheet.submitted_at
        )
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Declaration, and_(Declaration.proposal_id == Assignment.proposal_id, of_person))
        .outerjoin(
            ScoreSheet,
            and_(ScoreSheet.proposal_id == Assignment.proposal_id, ScoreSheet.user_id == Assignment.user_id),
        )
        .where(Assignment.proposal_id == proposal.id, *within_reach(actor))
        .order_by(Assignment.id)
    ).all()
    conflicted = {user_id for _, user_id in conflicts.conflicted_pairs(db, [proposal.id])}
    return [
        AssignmentLine(
            id=assignment.id,
            kind=assignment.kind,
            email=email,
            name=name,
            organisation_id=assignment.organisation_id,
            due_on=assignment.due_on,
            assigned_at=assignment.assigned_at,
            ended_at=assignment.ended_at,
            end_reason=assignment.end_reason,
            has_declared=declared is not None,
            is_conflicted=assignment.user_id in conflicted,
            sheet_saved_at=saved_at if assignment.kind == "reviewer" else None,
            sheet_submitted_at=submitted_at if assignment.kind == "reviewer" else None,
        )
        for assignment, email, name, declared, saved_at, submitted_at in rows
    ]


def candidates(db: Session, proposal: Proposal, *, actor: Actor) -> list[User]:
    """People a lead may ask: of his ministry, not authors, not conflicted, not asked already."""
    rights.ensure(db, proposal, "assignment.create_reviewer", actor=actor)
    asked = select(Assignment.user_id).where(
        Assignment.proposal_id == proposal.id, Assignment.kind == "reviewer", Assignment.ended_at.is_(None)
    )
    authors = select(ProposalPerson.user_id).where(ProposalPerson.proposal_id == proposal.id)
    of_ministry = select(Membership.user_id).where(
        Membership.organisation_id == actor.organisation_id,
        Membership.role.in_(REVIEWING_ROLES),
        Membership.ended_at.is_(None),
    )
    people = select(User).where(
        User.id.in_(of_ministry),
        User.id.not_in(asked),
        User.id.not_in(authors),
        User.id != proposal.owner_id,
        User.is_active,
    )
    found = db.scalars(people.order_by(User.name, User.id)).all()
    fit = conflicts.without_conflicted(db, proposal, [person.id for person in found])
    return [person for person in found if person.id in fit]
