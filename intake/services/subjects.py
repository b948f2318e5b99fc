"""How a person stands to a proposal or a session: the relations that the policy table asks for, in one query."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from intake.models import BodyMember, CommitteeSession, Proposal
from intake.models.visibility import RELATIONS, deciding_chair_of, related
from intake.policy import Actor, Relation, Subject
from intake.workflow.procedures import PROCEDURES


def subject_of(db: Session, proposal: Proposal, *, actor: Actor) -> Subject:
    """The relations of `actor` to `proposal`, and the stage it is at."""
    columns = [related(actor, relation).label(relation.value) for relation in RELATIONS]
    row = db.execute(select(*columns).select_from(Proposal).where(Proposal.id == proposal.id)).one()
    relations = frozenset(relation for relation in RELATIONS if row._mapping[relation.value])
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    return Subject(relations=relations, stage=procedure.stage(proposal.state))


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
