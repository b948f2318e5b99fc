"""What a move does besides moving: per transition, the rows it writes and the columns it sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import Invalid
from intake.i18n import N_
from intake.models import Membership, Organisation, Proposal, ProposalPerson, Remark, User
from intake.outline import OUTLINE
from intake.policy import Actor
from intake.services import conflict_checks, conflicts, kpis, letters, papers, routings, submissions, syntheses
from intake.services.calendars import calendar, days_in_force
from intake.services.subjects import subject_of
from intake.workflow.deadlines import days_left, due_on
from intake.workflow.procedure import Procedure
from intake.workflow.procedures import PROCEDURES

ENGINEER_SYSTEMS = ("ht1", "ht2", "ht3", "ht4", "ht5")
LONGEST_REMARK = 5000
SECTIONS = frozenset(OUTLINE.bodies)


@dataclass
class Move:
    """One move being made: what the effects need to know."""

    proposal: Proposal
    transition: str
    target: str
    actor: Actor
    reason: str
    data: Mapping[str, Any]
    today: date = field(default_factory=clock.today)

    @property
    def procedure(self) -> Procedure:
        return PROCEDURES[self.proposal.procedure, self.proposal.procedure_version]


Effect = Callable[[Session, Move], dict[str, Any]]


def wrong(path: str, message: Any) -> Invalid:
    return Invalid(errors=[(f"data.{path}", message)])


def text_value(move: Move, name: str) -> str:
    value = move.data.get(name)
    if not isinstance(value, str) or not value.strip():
        raise wrong(name, N_("Fill in %(name)s.", name=name))
    return value.strip()


def submit(db: Session, move: Move) -> dict[str, Any]:
    """First arrival: the version, the register number, the list of bodies, the receipt."""
    proposal = move.proposal
    columns = submissions.registration(db, proposal)
    for name, value in columns.items():
        setattr(proposal, name, value)
    version = submissions.freeze(db, proposal, actor=move.actor)
    submissions.list_organisations(db, proposal, version.document)
    papers.promise_receipt(db, proposal, version)
    return columns | {"current_version": version.number}


def resubmit(db: Session, move: Move) -> dict[str, Any]:
    version = submissions.freeze(db, move.proposal, actor=move.actor)
    with conflict_checks.of_proposal(db, move.proposal, actor=move.actor):
        submissions.list_organisations(db, move.proposal, version.document)
    papers.promise_receipt(db, move.proposal, version)
    return {"current_version": version.number, "asked_by": None} | deciding_body(move)


def deciding_body(move: Move) -> dict[str, Any]:
    """A new version may name another system or kind, and then another body decides; before routing none does yet."""
    proposal = move.proposal
    if proposal.deciding_body_id is None:
        return {}
    return {"deciding_body_id": move.procedure.deciding_body(proposal.primary_system, proposal.kind)}


def accept(db: Session, move: Move) -> dict[str, Any]:
    """Route to the ministries, and settle whose engineer assesses and which body decides."""
    proposal, procedure = move.proposal, move.procedure
    days = days_in_force(db, procedure.id, move.target, move.today)
    lead, cooperating = text_value(move, "lead"), move.data.get("cooperating") or []
    if not isinstance(cooperating, list) or not all(isinstance(item, str) for item in cooperating):
        raise wrong("cooperating", N_("Give a list of organisations."))
    due = due_on(move.today, days, calendar(db))
    routings.route(db, proposal, lead=lead, cooperating=cooperating, due_on=due, actor=move.actor)
    return {
        "assessing_system": assessing_system(move),
        "deciding_body_id": procedure.deciding_body(proposal.primary_system, proposal.kind),
    }


def assessing_system(move: Move) -> str:
    """The primary system's engineer, unless that system has none or the secretary names another."""
    chosen = move.data.get("assessing_system") or move.proposal.primary_system
    if chosen not in ENGINEER_SYSTEMS:
        message = N_(
            "Name the system whose chief engineer assesses: one of %(systems)s.", systems=", ".join(ENGINEER_SYSTEMS)
        )
        raise wrong("assessing_system", message)
    return chosen


def request_supplement(db: Session, move: Move) -> dict[str, Any]:
    """Stop the clock of the asking stage and write down what is asked, section by section."""
    proposal = move.proposal
    asked = remarks(move)
    for section, text in asked:
        db.add(Remark(proposal_id=proposal.id, revision=proposal.revision + 1, section=section, text=text))
    days = days_in_force(db, move.procedure.id, move.target, move.today)
    letters.promise_supplement_request(
        db,
        proposal,
        actor=move.actor,
        remarks=asked,
        reason=move.reason,
        answer_by=due_on(move.today, days, calendar(db)),
        answer_days=days,
    )
    left = days_left(proposal.due_on, move.today, calendar(db)) if proposal.due_on else 0
    return {"asked_by": proposal.state, "stage_days_left": left}


def decline(db: Session, move: Move) -> dict[str, Any]:
    """The proposer is told in a letter why nothing follows."""
    letters.promise_ineligibility_notice(db, move.proposal, reason=move.reason)
    return {}


def remarks(move: Move) -> list[tuple[str, str]]:
    """The remarks of the request, at least one, each on a section of the outline."""
    from_data = move.data.get("remarks")
    if not isinstance(from_data, list) or not from_data:
        raise wrong("remarks", N_("Say at least once, for a section, what is missing."))
    found = []
    for index, remark in enumerate(from_data):
        section = remark.get("section") if isinstance(remark, Mapping) else None
        text = remark.get("text") if isinstance(remark, Mapping) else None
        if section not in SECTIONS:
            raise wrong(f"remarks.{index}.section", N_("There is no such section in the template."))
        if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_REMARK:
            raise wrong(
                f"remarks.{index}.text",
                N_("Write what has to be supplemented, in at most %(count)s characters.", count=LONGEST_REMARK),
            )
        found.append((section, text.strip()))
    return found


def conclude_review(db: Session, move: Move) -> dict[str, Any]:
    return {"engineer_reached_at": move.proposal.engineer_reached_at or clock.now()}


def end_routing(db: Session, move: Move) -> dict[str, Any]:
    """Back to reception: nobody outside the secretariat is asked any more until it is routed anew."""
    routings.end_all(db, move.proposal)
    return {"engineer_reached_at": None}


def refer(db: Session, move: Move) -> dict[str, Any]:
    syntheses.freeze(db, move.proposal, actor=move.actor)
    return {}


def defer(db: Session, move: Move) -> dict[str, Any]:
    until = move.data.get("defer_until")
    return {"defer_until": until if isinstance(until, date) else None}


def merge(db: Session, move: Move) -> dict[str, Any]:
    """The owner becomes a reader of the proposal this one is merged into."""
    proposal, code = move.proposal, text_value(move, "into")
    target = db.scalar(select(Proposal).where(Proposal.code == code))
    if target is None or target.id == proposal.id or not readable(db, target, move):
        raise wrong("into", N_("There is no other proposal %(code)s to merge into.", code=code))
    if not target.is_open:
        raise wrong("into", N_("Proposal %(code)s is closed; merge into one that is still open.", code=code))
    people = select(ProposalPerson.user_id).where(ProposalPerson.proposal_id == target.id)
    known = {target.owner_id, *db.scalars(people)}
    own = select(ProposalPerson.user_id).where(ProposalPerson.proposal_id == proposal.id)
    for user_id in {proposal.owner_id, *db.scalars(own)} - {None, *known}:
        db.add(ProposalPerson(proposal_id=target.id, user_id=user_id, relation="coauthor_read", added_at=clock.now()))
    return {"merged_into_id": target.id}


def readable(db: Session, target: Proposal, move: Move) -> bool:
    """Whether the person who merges may see the target; a released decision was already checked by the session."""
    if move.procedure.only_in_session(move.transition, move.proposal.state):
        return True
    return policy.allows(move.actor, "proposal.read_cover", subject_of(db, target, actor=move.actor))


def approve(db: Session, move: Move) -> dict[str, Any]:
    """What is followed up becomes rows."""
    kpis.list_approved(db, move.proposal)
    return {}


def assign(db: Session, move: Move) -> dict[str, Any]:
    """Who supervises, and the agency that leads the work (Plan 01-KH/BCĐTW III.5)."""
    address, agency = text_value(move, "supervisor"), text_value(move, "lead_agency")
    supervisor = db.scalar(
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            func.lower(User.email) == address.casefold(),
            Membership.role.in_(("committee_member", "committee_chair")),
            Membership.ended_at.is_(None),
        )
        .limit(1)
    )
    if supervisor is None:
        raise wrong("supervisor", N_("%(email)s is not a member of the committee.", email=address))
    if not conflicts.without_conflicted(db, move.proposal, {supervisor}):
        raise wrong("supervisor", N_("%(email)s has a conflict of interest in this proposal.", email=address))
    if db.get(Organisation, agency) is None:
        raise wrong("lead_agency", N_("There is no organisation %(id)s in the catalogue.", id=agency))
    return {"supervisor_id": supervisor, "lead_agency_id": agency}


EFFECTS: dict[str, Effect] = {
    "submit": submit,
    "resubmit": resubmit,
    "accept": accept,
    "request_supplement": request_supplement,
    "decline": decline,
    "conclude_review": conclude_review,
    "return_to_reception": end_routing,
    "refer": refer,
    "defer": defer,
    "merge": merge,
    "approve": approve,
    "approve_with_conditions": approve,
    "assign": assign,
}
