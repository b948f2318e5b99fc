"""How a person stands to a proposal or a session: the relations that the policy table asks for, in one query."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session

from intake.models import BodyMember, CommitteeSession, Proposal
from intake.models.visibility import RELATIONS, deciding_chair_of, related
from intake.policy import Actor, Relation, Role, Subject
from intake.workflow.procedures import PROCEDURES


def subject_of(db: Session, proposal: Proposal, *, actor: Actor) -> Subject:
    """The relations of `actor` to `proposal`, and the stage it is at."""
    values = {
        "proposal_id": proposal.id,
        "user_id": actor.user_id,
        "organisation_id": actor.organisation_id,
        "organisations": list(actor.organisations),
        "system": actor.system,
    }
    question = standing(actor.role, actor.organisation_id is not None, actor.system is not None, actor.is_manager)
    row = db.execute(question, values).one()
    relations = frozenset(relation for relation in RELATIONS if row._mapping[relation.value])
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    return Subject(relations=relations, stage=procedure.stage(proposal.state))


def own_subject(actor: Actor) -> Subject:
    """The relations that come from the acting membership alone, for what is no proposal and no session."""
    return Subject(frozenset({Relation.MANAGER}) if actor.is_manager else frozenset())


@cache
def standing(role: Role, has_organisation: bool, has_system: bool, is_manager: bool) -> Select[*tuple[bool, ...]]:
    """The question how a person stands to a proposal, built once per kind of actor: it is asked all the time."""
    names = ("user_id", "organisation_id", "system")
    unknown: Any = {name: bindparam(name) for name in names}
    unknown["organisations"] = bindparam("organisations", expanding=True)
    somebody = Actor(
        user_id=unknown["user_id"],
        role=role,
        organisation_id=unknown["organisation_id"] if has_organisation else None,
        organisations=unknown["organisations"],
        system=unknown["system"] if has_system else None,
        is_manager=is_manager,
    )
    columns = [related(somebody, relation).label(relation.value) for relation in RELATIONS]
    return select(*columns).select_from(Proposal).where(Proposal.id == bindparam("proposal_id"))


def session_subject(db: Session, session: CommitteeSession, *, actor: Actor) -> Subject:
    """The relations of `actor` to a sitting: a seat in its body, and the chair (or the deputy in the chair's place)."""
    member = exists().where(
        BodyMember.body_id == CommitteeSession.body_id,
        BodyMember.user_id == actor.user_id,
        BodyMember.ended_on.is_(None),
    )
    row = db.execute(
        select(member.label("member"), deciding_chair_of(actor).label("chair"))
        .select_from(CommitteeSession)
        .where(CommitteeSession.id == session.id)
    ).one()
    relations = {Relation.IN_SESSION: row.member, Relation.DECIDING_CHAIR: row.chair}
    return Subject(relations=frozenset(name for name, holds in relations.items() if holds), stage=None)
