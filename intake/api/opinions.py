"""Signed positions: of ministries and advisers, the chief engineer's assessment, and silence that is closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from intake.api.assignments import TAG
from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.shapes import Answer, Body, OneOf, OrganisationId, Sentence, Words, words
from intake.i18n import N_
from intake.services import opinions
from intake.services.opinions import POSITIONS


class Position(Body):
    """A position with its reasons; submitted it is signed, and only a new one takes its place."""

    position: Annotated[str, OneOf(POSITIONS)]
    text: Sentence
    conditions: Annotated[list[Sentence], Field(max_length=50)] = Field(default_factory=list)
    submit: bool


class Silence(Body):
    """A ministry whose due date has passed without its opinion."""

    body: OrganisationId
    reason: Sentence


class OpinionView(Answer):
    """One opinion; `is_on_older_text` marks that the text has changed since."""

    id: int
    kind: str
    organisation: Words | None
    organisation_id: str | None
    author: str
    position: str
    text: str
    conditions: list[str]
    version: int
    is_on_older_text: bool
    saved_at: datetime
    signed_at: datetime | None
    superseded_at: datetime | None


class OpinionList(Answer):
    """The opinions the caller may read, oldest first."""

    items: list[OpinionView]


class ClosedSilence(Answer):
    """The ministry that was closed without an opinion."""

    body: str
    due_on: date
    closed_at: datetime | None


def shown(view: opinions.OpinionView) -> OpinionView:
    values = vars(view) | {"organisation": words(view.organisation), "conditions": list(view.conditions)}
    return OpinionView(**values)


def listed(call: Call, proposal: Any) -> list[OpinionView]:
    return [shown(view) for view in opinions.listing(call.db, proposal, actor=call.actor)]


def write(call: Call, proposal: Any, body: Position) -> OpinionView:
    saved = opinions.save(
        call.db,
        proposal,
        position=body.position,
        text=body.text,
        conditions=body.conditions,
        submit=body.submit,
        actor=call.actor,
    )
    return next(view for view in listed(call, proposal) if view.id == saved.id)


@operation(
    "PUT",
    "/proposals/<code>/opinion",
    action="opinion.write",
    summary=N_("Write or sign the opinion of your ministry, or yours as adviser"),
    tag=TAG,
    body=Position,
    answer=OpinionView,
)
def write_opinion(call: Call, proposal: Any, body: Position) -> OpinionView:
    return write(call, proposal, body)


@operation(
    "PUT",
    "/proposals/<code>/assessment",
    action="assessment.write",
    summary=N_("Write or sign the chief engineer's assessment"),
    tag=TAG,
    body=Position,
    answer=OpinionView,
)
def write_assessment(call: Call, proposal: Any, body: Position) -> OpinionView:
    return write(call, proposal, body)


@operation(
    "GET",
    "/proposals/<code>/opinions",
    action="opinion.read_own",
    also=("opinion.read_all",),
    summary=N_("Read the opinions that are open to you"),
    tag=TAG,
    answer=OpinionList,
    further=frozenset({409}),
)
def list_opinions(call: Call, proposal: Any) -> OpinionList:
    return OpinionList(items=listed(call, proposal))


@operation(
    "POST",
    "/proposals/<code>/no-opinion",
    action="opinion.close",
    summary=N_("Go on without the opinion of a ministry that let its due date pass"),
    tag=TAG,
    body=Silence,
    answer=ClosedSilence,
)
def close_silence(call: Call, proposal: Any, body: Silence) -> ClosedSilence:
    closed = opinions.close_body(call.db, proposal, body.body, reason=body.reason, actor=call.actor)
    return ClosedSilence(body=closed.organisation_id, due_on=closed.due_on, closed_at=closed.no_opinion_at)
