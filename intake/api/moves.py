"""Moving a proposal along its procedure."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.proposals import TAG
from intake.api.shapes import Body, Code, Email, OneOf, OrganisationId, Sentence, Standing, held_by
from intake.api.texts import refuse_stale
from intake.catalogue import SYSTEMS
from intake.errors import Invalid, Stale
from intake.i18n import N_
from intake.outline import OUTLINE
from intake.services import transitions
from intake.workflow.procedures import PROCEDURES

MOVES = list(dict.fromkeys(move.name for procedure in PROCEDURES.values() for move in procedure.transitions))
SECTIONS = list(OUTLINE.bodies)


class Remark(Body):
    """What has to be supplemented in one section."""

    section: Annotated[str, OneOf(SECTIONS)]
    text: Sentence


class MoveData(Body):
    """What comes with some moves: each takes only its own keys."""

    lead: OrganisationId | None = None
    cooperating: Annotated[list[OrganisationId], Field(max_length=50)] | None = None
    assessing_system: Annotated[str, OneOf(SYSTEMS)] | None = None
    remarks: Annotated[list[Remark], Field(max_length=100)] | None = None
    into: Code | None = None
    supervisor: Email | None = None
    lead_agency: OrganisationId | None = None
    defer_until: date | None = None


class Move(Body):
    """A move; `revision` and `document_revision` say what the caller was looking at (409 `stale` otherwise)."""

    transition: Annotated[str, OneOf(MOVES)]
    reason: Sentence = ""
    data: MoveData | None = None
    revision: Annotated[int, Field(ge=0)] | None = None
    document_revision: Annotated[int, Field(ge=0)] | None = None


def wished(data: Any) -> str | None:
    """The right that the move in the body needs."""
    name = data.get("transition") if isinstance(data, dict) else None
    return f"proposal.{name}" if name in MOVES else None


@operation(
    "POST",
    "/proposals/<code>/transitions",
    action="proposal.read_cover",
    chosen=wished,
    summary=N_("Move a proposal: the right is that of the move"),
    tag=TAG,
    body=Move,
    answer=Standing,
    takes_if_match=True,
)
def move_proposal(call: Call, proposal: Any, body: Move) -> Standing:
    seen = proposal.revision if body.revision is None else body.revision
    moved = transitions.move(
        call.db,
        proposal,
        body.transition,
        actor=call.actor,
        seen=seen,
        reason=body.reason,
        data=data_of(proposal, body),
    )
    # The move holds the row's lock and has read it again: the text cannot change any more.
    refuse_stale(proposal)
    if body.document_revision not in (None, proposal.document_revision):
        raise Stale(code=proposal.code)
    return Standing(
        code=moved.code,
        state=moved.state,
        holder=held_by(moved.holder_kind, moved.holder_organisation_id),
        due_on=moved.due_on,
        revision=moved.revision,
    )


def data_of(proposal: Any, body: Move) -> dict[str, Any]:
    """The keys given; raises Invalid for one that this move does not take."""
    given = body.data.model_dump(exclude_none=True) if body.data else {}
    move = transitions.procedure_of(proposal).transition(body.transition)
    stray = sorted(given.keys() - {*move.required_data, *move.optional_data})
    if stray:
        message = N_("The move %(move)s takes no such data.", move=body.transition)
        raise Invalid(errors=[(f"data.{key}", message) for key in stray])
    return given
