"""Conflicts of interest: declared by the person, taken back by another secretary."""

from __future__ import annotations

from typing import Annotated, Any

from intake.api.assignments import TAG
from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.shapes import Answer, Body, OneOf, Reason, ReasonQuery, Sentence
from intake.i18n import N_
from intake.models.reviews import CONFLICT_KINDS
from intake.services import conflicts


class Declared(Body):
    """The person's word; `kind` is `none` exactly when there is no conflict."""

    conflicted: bool
    kind: Annotated[str, OneOf(CONFLICT_KINDS)]
    reason: Sentence = ""


class ConflictState(Answer):
    """How the caller stands to the proposal now; from `conflicted` on it does not exist for them any more."""

    conflicted: bool
    kind: str


@operation(
    "PUT",
    "/proposals/<code>/conflict",
    action="conflict.declare",
    summary=N_("Declare whether you have a conflict of interest"),
    tag=TAG,
    body=Declared,
    answer=ConflictState,
)
def declare_conflict(call: Call, proposal: Any, body: Declared) -> ConflictState:
    declared = conflicts.declare(
        call.db, proposal, conflicted=body.conflicted, kind=body.kind, reason=body.reason, actor=call.actor
    )
    return ConflictState(conflicted=declared.is_conflicted, kind=declared.kind)


@operation(
    "DELETE",
    "/proposals/<code>/conflicts/<email>",
    action="conflict.undo",
    summary=N_("Take back the declared conflict of somebody else"),
    tag=TAG,
    body=Reason,
    query=ReasonQuery,
    is_body_optional=True,
    status=204,
)
def undo_conflict(call: Call, proposal: Any, email: str, query: ReasonQuery, body: Reason | None = None) -> Reply:
    reason = body.reason if body else query.reason
    conflicts.undo(call.db, proposal, email, reason=reason, actor=call.actor)
    return Reply(None)
