"""Linking the bodies a proposal names to organisations of the catalogue."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.proposals import TAG, Link, link_of
from intake.api.shapes import Answer, Body, OrganisationId
from intake.i18n import N_
from intake.services import organisations


class Links(Body):
    """All links at once; names left out are recorded as not in the catalogue. The owner's stays unless given."""

    lead: OrganisationId | None
    partners: Annotated[list[OrganisationId], Field(max_length=100)]
    owner: OrganisationId | None = None


class Settled(Answer):
    """Every body named, as it is linked now."""

    items: list[Link]


@operation(
    "PUT",
    "/proposals/<code>/organisations",
    action="organisations.settle",
    summary=N_("Link the bodies a proposal names to organisations"),
    tag=TAG,
    body=Links,
    answer=Settled,
)
def settle_organisations(call: Call, proposal: Any, body: Links) -> Settled:
    organisations.settle(call.db, proposal, lead=body.lead, partners=body.partners, owner=body.owner, actor=call.actor)
    return Settled(items=[link_of(link) for link in organisations.links(call.db, proposal)])
