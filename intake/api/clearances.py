"""Clearances of the secretariat: who may draft on an initiative that is stopped online."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Body, Email, Listing, OneOf, Page, Reason, ReasonQuery
from intake.i18n import N_
from intake.outline import SECRET_INITIATIVES
from intake.services import clearances
from intake.services.clearances import LONGEST_REASON

TAG = "desks"


class Clearance(Body):
    """Who may draft on which initiative that is stopped online for everybody else."""

    owner: Email
    initiative: Annotated[str, OneOf(sorted(SECRET_INITIATIVES))]
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]


class Cleared(Answer):
    """The clearance that stands now."""

    owner: str
    initiative: str
    reason: str


class ClearanceRow(Cleared):
    """One recorded clearance, with who recorded it and when; `revoked_at` is null while it is in force."""

    id: int
    granted_by: str
    granted_at: datetime
    revoked_by: str | None
    revoked_at: datetime | None
    revoke_reason: str | None


@operation(
    "POST",
    "/clearances",
    action="clearance.create",
    summary=N_("Let one owner draft on an initiative that is stopped online"),
    tag=TAG,
    body=Clearance,
    answer=Cleared,
)
def grant_clearance(call: Call, body: Clearance) -> Cleared:
    granted = clearances.grant(
        call.db, owner=body.owner, initiative=body.initiative, reason=body.reason, actor=call.actor
    )
    return Cleared(owner=body.owner.strip().casefold(), initiative=granted.initiative, reason=granted.reason)


@operation(
    "GET",
    "/clearances",
    action="clearance.create",
    summary=N_("List the clearances that were recorded"),
    tag=TAG,
    query=Page,
    answer=Listing[ClearanceRow],
)
def list_clearances(call: Call, query: Page) -> Listing[ClearanceRow]:
    found, following = page_of(clearances.listing(call.db, actor=call.actor), query, key=newest_first)
    return Listing[ClearanceRow](items=[row_of(one) for one in found], next=following)


@operation(
    "DELETE",
    "/clearances/<row:clearance_id>",
    action="clearance.revoke",
    summary=N_("Take a clearance back"),
    tag=TAG,
    body=Reason,
    query=ReasonQuery,
    is_body_optional=True,
    status=204,
)
def revoke_clearance(call: Call, clearance_id: int, query: ReasonQuery, body: Reason | None = None) -> Reply:
    clearances.revoke(call.db, clearance_id, reason=body.reason if body else query.reason, actor=call.actor)
    return Reply(None)


def newest_first(one: clearances.Granted) -> str:
    return f"{2**31 - one.id:010}"


def row_of(one: clearances.Granted) -> ClearanceRow:
    return ClearanceRow(
        id=one.id,
        owner=one.owner_email,
        initiative=one.initiative,
        reason=one.reason,
        granted_by=one.granted_by,
        granted_at=one.granted_at,
        revoked_by=one.revoked_by,
        revoked_at=one.revoked_at,
        revoke_reason=one.revoke_reason,
    )
