"""One line of a desk: what waits for a person, on which proposal or session, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import Message
from intake.models import Proposal
from intake.models.visibility import related, visible
from intake.policy import Actor, Relation, must_declare
from intake.services.proposals import COVER
from intake.workflow.procedure import Stage
from intake.workflow.procedures import PROCEDURES


@dataclass(frozen=True)
class Task:
    """`page` names where the work is done; `progress` is (done, of); a recused person's line has no title."""

    kind: str
    label: Message
    page: str
    code: str | None = None
    title: str = ""
    proposer_name: str = ""
    system: str | None = None
    stage: Stage | None = None
    due_on: date | None = None
    progress: tuple[int, int] | None = None
    must_declare: bool = False
    session_id: int | None = None
    is_illustrative: bool = False

    @property
    def place(self) -> str:
        """Where the line stands on a desk: sorts by due date, and is a key to go on from."""
        due = (self.due_on or date.max).isoformat()
        return "!".join((due, self.code or "", f"{self.session_id or 0:010}", self.kind))


def covers(actor: Actor, *extra: Any) -> Select[*tuple[Any, ...]]:
    """The covers `actor` may see, soonest due first, with whether they have been declared on, and `extra` columns."""
    return (
        select(
            Proposal.id,
            Proposal.code,
            Proposal.title,
            Proposal.proposer_name,
            Proposal.primary_system,
            Proposal.procedure,
            Proposal.procedure_version,
            Proposal.state,
            Proposal.state_since,
            Proposal.current_version,
            Proposal.holder_kind,
            Proposal.due_on,
            Proposal.is_illustrative,
            related(actor, Relation.DECLARED).label("is_declared"),
            *extra,
        )
        .where(visible(actor, COVER))
        .order_by(Proposal.due_on.is_(None), Proposal.due_on, Proposal.id)
    )


def stage_of(row: Any) -> Stage:
    return PROCEDURES[row.procedure, row.procedure_version].stage(row.state)


def task(
    actor: Actor,
    row: Any,
    kind: str,
    label: Message,
    page: str,
    *,
    due_on: date | None = None,
    progress: tuple[int, int] | None = None,
) -> Task:
    """A line about the proposal of `row`, due with its stage unless the person was given a day."""
    return Task(
        kind=kind,
        label=label,
        page=page,
        code=row.code,
        title=row.title,
        proposer_name=row.proposer_name,
        system=row.primary_system,
        stage=stage_of(row),
        due_on=due_on or row.due_on,
        progress=progress,
        must_declare=must_declare(actor.role, "proposal.read") and not row.is_declared,
        is_illustrative=row.is_illustrative,
    )


def own_due_on(row: Any, given: date) -> date | None:
    """The day a person was given; one that passed before the stage was entered again gives way to the stage's."""
    return row.due_on if given < clock.local_date(row.state_since) else given


def found(db: Session, query: Select[*tuple[Any, ...]], limit: int) -> list[Any]:
    return list(db.execute(query.limit(limit)))
