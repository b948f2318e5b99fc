"""The synthesis: what the secretariat writes, with the tables computed beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from intake.api.assignments import TAG
from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.opinions import OpinionView, shown
from intake.api.shapes import Answer, Body, OneOf, OrganisationId, Sentence, Words, words
from intake.api.tallies import Tally, tally_of
from intake.catalogue import CRITERIA
from intake.i18n import N_
from intake.services import syntheses


class Difference(Body):
    """One point on which opinions differ, and how it was resolved."""

    criterion: Annotated[str, OneOf(CRITERIA)] | None = None
    bodies: Annotated[list[OrganisationId], Field(max_length=50)]
    text: Sentence
    resolution: Sentence


class SynthesisText(Body):
    """The words of the secretariat."""

    summary: Sentence
    differences: Annotated[list[Difference], Field(max_length=50)]


class DifferenceView(Answer):
    """One point on which opinions differ."""

    criterion: str | None
    bodies: list[str]
    text: str
    resolution: str


class ClosedBody(Answer):
    """A ministry that let its due date pass."""

    organisation: Words | None
    reason: str


class SynthesisView(Answer):
    """What is put to the committee. `is_up_to_date` says whether it was written since the last return."""

    summary: str
    differences: list[DifferenceView]
    written_at: datetime | None
    is_up_to_date: bool
    score: Tally
    opinions: list[OpinionView]
    closed_bodies: list[ClosedBody]
    names: dict[str, Words]


@operation(
    "GET",
    "/proposals/<code>/synthesis",
    action="synthesis.read",
    summary=N_("Read the synthesis and its computed tables"),
    tag=TAG,
    answer=SynthesisView,
    further=frozenset({409}),
)
def read_synthesis(call: Call, proposal: Any) -> SynthesisView:
    found = syntheses.get(call.db, proposal, actor=call.actor)
    return SynthesisView(
        summary=found.summary,
        differences=[DifferenceView(**difference) for difference in found.differences],
        written_at=found.written_at,
        is_up_to_date=found.is_up_to_date,
        score=tally_of(found.scored),
        opinions=[shown(view) for view in found.opinions],
        closed_bodies=[
            ClosedBody(organisation=words(closed.organisation), reason=closed.reason) for closed in found.closed_bodies
        ],
        names={id: Words(vi=name.vi, en=name.en) for id, name in found.names.items()},
    )


@operation(
    "PUT",
    "/proposals/<code>/synthesis",
    action="synthesis.write",
    summary=N_("Write the synthesis"),
    tag=TAG,
    body=SynthesisText,
    answer=SynthesisView,
)
def write_synthesis(call: Call, proposal: Any, body: SynthesisText) -> SynthesisView:
    differences = [difference.model_dump() for difference in body.differences]
    syntheses.save(call.db, proposal, summary=body.summary, differences=differences, actor=call.actor)
    return read_synthesis(call, proposal)
