"""What came on paper: entered by the secretariat for a person without an account."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from intake import outline
from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.proposals import TAG, Started, problems_of
from intake.api.shapes import Answer, Body, InitiativeProposal, Listing, OneOf, Query
from intake.i18n import DEFAULT_LANGUAGE, N_
from intake.models.assistance import CHANNELS
from intake.services import assisted, proposals
from intake.services.assisted import LONGEST_CONTACT, LONGEST_NAME, LONGEST_REFERENCE, Arrival


class AssistedProposal(Body):
    """How it came, when, from whom, and its text `initiative-proposal/1`."""

    channel: Annotated[str, OneOf(CHANNELS)]
    arrived_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-20"])]
    person_name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    contact: Annotated[str, Field(min_length=1, max_length=LONGEST_CONTACT)]
    reference: Annotated[str, Field(max_length=LONGEST_REFERENCE)] = ""
    document: InitiativeProposal


class After(Query):
    """Where the page starts: the `next` of the page before."""

    after: Annotated[str, Field(max_length=200)] | None = None


class AssistedRow(Answer):
    """One proposal that came on paper; `is_claimed` once its author has taken it over."""

    code: str
    title: str
    state: str
    person_name: str
    channel: str
    arrived_on: date
    reference: str
    is_claimed: bool


@operation(
    "POST",
    "/assisted-proposals",
    action="proposal.create_assisted",
    summary=N_("Enter a proposal that came on paper, for a person without an account"),
    tag=TAG,
    body=AssistedProposal,
    answer=Started,
    status=201,
)
def enter_proposal(call: Call, body: AssistedProposal) -> Reply:
    document = outline.import_proposal(body.document.root)
    language = document["meta"].get("language") or DEFAULT_LANGUAGE
    made = assisted.enter(call.db, document, arrival_of(body), actor=call.actor, language=language)
    found = problems_of(call, proposals.problems(call.db, made))
    started = Started(code=made.code, state=made.state, revision=made.revision, problems=found)
    headers = {"Location": f"/api/v1/proposals/{made.code}", "ETag": f'"{made.document_revision}"'}
    return Reply(started, headers=headers)


def arrival_of(body: AssistedProposal) -> Arrival:
    return Arrival(
        channel=body.channel,
        arrived_on=assisted.day_of_arrival(body.arrived_on),
        person_name=body.person_name,
        contact=body.contact,
        reference=body.reference,
    )


@operation(
    "GET",
    "/assisted-proposals",
    action="proposal.create_assisted",
    summary=N_("List the proposals that came on paper"),
    tag=TAG,
    query=After,
    answer=Listing[AssistedRow],
)
def list_assisted(call: Call, query: After) -> Listing[AssistedRow]:
    found, following = assisted.listing(call.db, actor=call.actor, after=query.after)
    return Listing[AssistedRow](items=[row_of(entry) for entry in found], next=following)


def row_of(entry: assisted.Entered) -> AssistedRow:
    return AssistedRow(
        code=entry.code,
        title=entry.title,
        state=entry.stage.id,
        person_name=entry.person_name,
        channel=entry.channel,
        arrived_on=entry.arrived_on,
        reference=entry.reference,
        is_claimed=entry.is_claimed,
    )
