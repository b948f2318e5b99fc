"""Relations and rights in SQL: the same policy table that `allows` reads, compiled to conditions on `proposal`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce
from operator import or_

from sqlalchemy import ColumnElement, Exists, and_, exists, false, not_, true
from sqlalchemy import or_ as any_of
from sqlalchemy.orm import aliased

from intake.models.assistance import AssistedIntake
from intake.models.organisations import BodyMember
from intake.models.proposals import Proposal, ProposalOrganisation, ProposalPerson
from intake.models.reviews import Assignment, Declaration, Routing, ScoreSheet
from intake.models.sessions import Attendance, CommitteeSession, Decision, Recusal, SessionItem
from intake.policy import OFFICIAL_ROLES, POLICY, Actor, Relation, Role, Rule, must_declare
from intake.workflow.procedures import PROCEDURES

Condition = ColumnElement[bool]
LIVE_ITEM = ("waiting", "open", "closed")
AWAY = ("absent", "excused")
CONFLICTING_LINKS = ("owner", "lead")
"""Whoever proposes it or is to lead it, and their people, do not judge it."""


def row_of(*conditions: Condition) -> Exists:
    """There is such a row for the proposal. Nothing but the proposal comes from the query around it, whatever that is:

    left to itself, SQLAlchemy would take every table that the query around happens to name.
    """
    return exists().where(*conditions).correlate(Proposal)


def owner(actor: Actor) -> Condition:
    if actor.user_id is None:  # comparing with nothing would match what has no owner yet
        return false()
    # Said whole, because a right may ask for the contrary: "not unknown" is unknown, and would hide what has no owner.
    return and_(Proposal.owner_id.is_not(None), Proposal.owner_id == actor.user_id)


def coauthor(relation: str) -> Callable[[Actor], Condition]:
    return lambda actor: row_of(
        ProposalPerson.proposal_id == Proposal.id,
        ProposalPerson.user_id == actor.user_id,
        ProposalPerson.relation == relation,
    )


def received(_: Actor) -> Condition:
    return Proposal.submitted_at.is_not(None)


def current_assignment(actor: Actor) -> Condition:
    return and_(
        Assignment.proposal_id == Proposal.id,
        Assignment.user_id == actor.user_id,
        Assignment.ended_at.is_(None),
    )


def assigned(actor: Actor) -> Condition:
    """Asked in the role the person acts under; a reviewer only while his ministry is routed."""
    if actor.role is Role.ADVISER:
        return row_of(current_assignment(actor), Assignment.kind == "adviser")
    in_own_ministry = row_of(
        current_assignment(actor),
        Assignment.kind == "reviewer",
        Assignment.organisation_id == actor.organisation_id,
    )
    return and_(in_own_ministry, routed(actor))


def routed(actor: Actor, *roles: str) -> Condition:
    condition = row_of(
        Routing.proposal_id == Proposal.id,
        Routing.organisation_id == actor.organisation_id,
        Routing.ended_at.is_(None),
    )
    return condition.where(Routing.role.in_(roles)) if roles else condition


def own_system(actor: Actor) -> Condition:
    if actor.system is None:  # comparing with nothing would match every proposal that has nothing either
        return false()
    return and_(Proposal.assessing_system == actor.system, Proposal.engineer_reached_at.is_not(None))


def own_sheet_in(actor: Actor) -> Condition:
    """The engineer has submitted his sheet; anybody else has no assigned sheet that is still missing."""
    submitted = row_of(
        ScoreSheet.proposal_id == Proposal.id,
        ScoreSheet.user_id == actor.user_id,
        ScoreSheet.submitted_at.is_not(None),
    )
    if actor.role is Role.ENGINEER:
        return submitted
    return any_of(submitted, not_(row_of(current_assignment(actor), Assignment.kind == "reviewer")))


def seat(actor: Actor, *seats: str) -> Condition:
    """The person sits in the body of a session that has the proposal on its agenda, not yet released."""
    condition = row_of(
        SessionItem.proposal_id == Proposal.id,
        SessionItem.state.in_(LIVE_ITEM),
        CommitteeSession.id == SessionItem.session_id,
        BodyMember.body_id == CommitteeSession.body_id,
        BodyMember.user_id == actor.user_id,
        BodyMember.ended_on.is_(None),
    )
    return condition.where(BodyMember.seat.in_(seats)) if seats else condition


def deciding_chair(actor: Actor) -> Condition:
    """The chair of the deciding body, unless recused from its item; the deputy while the chair is away or recused."""
    chair = aliased(BodyMember)
    is_chair = row_of(
        BodyMember.body_id == Proposal.deciding_body_id,
        BodyMember.user_id == actor.user_id,
        BodyMember.seat == "chair",
        BodyMember.ended_on.is_(None),
    )
    stepped_back = row_of(
        SessionItem.proposal_id == Proposal.id,
        SessionItem.state.in_(LIVE_ITEM),
        Recusal.item_id == SessionItem.id,
        Recusal.user_id == actor.user_id,
    )
    recused = exists().where(Recusal.item_id == SessionItem.id, Recusal.user_id == chair.user_id)
    recused = recused.correlate(SessionItem, chair)
    deputy_stands_in = seat(actor, "deputy").where(chair_of_session(chair), any_of(chair_away(chair), recused))
    return any_of(and_(is_chair, not_(stepped_back)), deputy_stands_in)


def deciding_chair_of(actor: Actor) -> Condition:
    """The same for a sitting as a whole (a condition on `session`): recusal from one item does not count."""
    chair, own = aliased(BodyMember), aliased(BodyMember)
    sits = and_(own.body_id == CommitteeSession.body_id, own.user_id == actor.user_id, own.ended_on.is_(None))
    is_chair = exists().where(sits, own.seat == "chair")
    stands_in = exists().where(sits, own.seat == "deputy", chair_of_session(chair), chair_away(chair))
    return any_of(is_chair.correlate(CommitteeSession), stands_in.correlate(CommitteeSession))


def chair_of_session(chair: type[BodyMember]) -> Condition:
    return and_(chair.body_id == CommitteeSession.body_id, chair.seat == "chair", chair.ended_on.is_(None))


def chair_away(chair: type[BodyMember]) -> Condition:
    away = exists().where(
        Attendance.session_id == CommitteeSession.id,
        Attendance.user_id == chair.user_id,
        Attendance.status.in_(AWAY),
    )
    return away.correlate(CommitteeSession, chair)


def decided_by_body(actor: Actor) -> Condition:
    return row_of(
        Decision.proposal_id == Proposal.id,
        BodyMember.body_id == Decision.body_id,
        BodyMember.user_id == actor.user_id,
    )


def assisted(_: Actor) -> Condition:
    return row_of(AssistedIntake.proposal_id == Proposal.id, AssistedIntake.claimed_at.is_(None))


def lead_agency(actor: Actor) -> Condition:
    if actor.organisation_id is None:
        return false()
    return Proposal.lead_agency_id == actor.organisation_id


def current_declaration(actor: Actor, *, conflicted: bool) -> Condition:
    return row_of(
        Declaration.proposal_id == Proposal.id,
        Declaration.user_id == actor.user_id,
        Declaration.ended_at.is_(None),
        Declaration.is_conflicted.is_(true() if conflicted else false()),
    )


def declared(actor: Actor) -> Condition:
    return current_declaration(actor, conflicted=False)


def conflicted(actor: Actor) -> Condition:
    """Declared so; an author; or one of the person's organisations is the owner or the intended lead."""
    by_organisation = row_of(
        ProposalOrganisation.proposal_id == Proposal.id,
        ProposalOrganisation.role.in_(CONFLICTING_LINKS),
        ProposalOrganisation.organisation_id.in_(actor.organisations),
    )
    author = row_of(ProposalPerson.proposal_id == Proposal.id, ProposalPerson.user_id == actor.user_id)
    return any_of(current_declaration(actor, conflicted=True), by_organisation, owner(actor), author)


RELATIONS: dict[Relation, Callable[[Actor], Condition]] = {
    Relation.OWNER: owner,
    Relation.COAUTHOR_EDIT: coauthor("coauthor_edit"),
    Relation.COAUTHOR_READ: coauthor("coauthor_read"),
    Relation.RECEIVED: received,
    Relation.ASSIGNED: assigned,
    Relation.OWN_MINISTRY: routed,
    Relation.LEAD_MINISTRY: lambda actor: routed(actor, "lead"),
    Relation.OWN_SYSTEM: own_system,
    Relation.OWN_SHEET_IN: own_sheet_in,
    Relation.IN_SESSION: seat,
    Relation.DECIDED_BY_BODY: decided_by_body,
    Relation.DECIDING_CHAIR: deciding_chair,
    Relation.ASSISTED: assisted,
    Relation.LEAD_AGENCY: lead_agency,
    Relation.MANAGER: lambda actor: true() if actor.is_manager else false(),
    Relation.DECLARED: declared,
    Relation.CONFLICTED: conflicted,
}


def related(actor: Actor, relation: Relation) -> Condition:
    """The condition on `proposal` under which `actor` has `relation` to it."""
    return RELATIONS[relation](actor)


def at_stage_with(stage_property: str) -> Condition:
    """The proposal is at a stage of its own procedure version that has the property."""
    per_version = [
        and_(
            Proposal.procedure == procedure.id,
            Proposal.procedure_version == procedure.version,
            Proposal.state.in_(procedure.with_flag(stage_property)),
        )
        for procedure in PROCEDURES.values()
    ]
    return reduce(or_, per_version)


def admitted(actor: Actor, rule: Rule) -> Condition:
    condition = and_(true(), *(related(actor, relation) for relation in rule.relations))
    return and_(condition, at_stage_with(rule.when)) if rule.when else condition


@lru_cache(maxsize=256)
def visible(actor: Actor, action: str) -> Condition:
    """The condition on `proposal` under which `policy.allows(actor, action, ...)` says yes.

    Kept per person: a chair's takes 6 ms to build, and putting other values into one already built takes as long.
    """
    rules = [rule for rule in POLICY.get(action, ()) if rule.role is actor.role]
    if not rules:
        return false()
    condition = reduce(or_, [admitted(actor, rule) for rule in rules])
    if actor.role in OFFICIAL_ROLES:
        condition = and_(condition, not_(related(actor, Relation.CONFLICTED)))
    if must_declare(actor.role, action):
        condition = and_(condition, related(actor, Relation.DECLARED))
    return condition
