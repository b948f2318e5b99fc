"""Asking people to review or advise."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Body, Email, Listing, Page, Reason, ReasonQuery
from intake.i18n import N_
from intake.services import assignments

TAG = "reviews"


class Asked(Body):
    """A reviewer of the caller's own ministry, or an adviser."""

    reviewer: Email | None = None
    adviser: Email | None = None
    due_on: date | None = None

    @model_validator(mode="after")
    def names_one(self) -> Asked:
        if (self.reviewer is None) == (self.adviser is None):
            raise PydanticCustomError("one_of_two", "name one person")
        return self


class Assignment(Answer):
    """One person asked, and how far; never a score."""

    id: int
    kind: str
    email: str
    name: str
    organisation_id: str | None
    due_on: date
    assigned_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    has_declared: bool
    is_conflicted: bool
    sheet_saved_at: datetime | None
    sheet_submitted_at: datetime | None


def wished(data: Any) -> str:
    """The right that the body asks for."""
    is_adviser = isinstance(data, dict) and data.get("adviser") is not None
    return "assignment.create_adviser" if is_adviser else "assignment.create_reviewer"


@operation(
    "POST",
    "/proposals/<code>/assignments",
    action="assignment.create_reviewer",
    also=("assignment.create_adviser",),
    chosen=wished,
    summary=N_("Ask a reviewer of your ministry, or an adviser"),
    tag=TAG,
    body=Asked,
    answer=Assignment,
    status=201,
)
def create_assignment(call: Call, proposal: Any, body: Asked) -> Reply:
    if body.adviser is not None:
        made = assignments.assign_adviser(call.db, proposal, body.adviser, actor=call.actor)
    else:
        reviewer = body.reviewer or ""
        made = assignments.assign_reviewer(call.db, proposal, reviewer, due_on=body.due_on, actor=call.actor)
    line = next(line for line in lines(call, proposal) if line.id == made.id)
    address = f"/api/v1/proposals/{proposal.code}/assignments/{made.id}"
    return Reply(line, headers={"Location": address})


def lines(call: Call, proposal: Any) -> list[Assignment]:
    return [Assignment(**asdict(line)) for line in assignments.listing(call.db, proposal, actor=call.actor)]


@operation(
    "GET",
    "/proposals/<code>/assignments",
    action="assignment.read",
    summary=N_("Who is asked: for a ministry its own people, for the secretariat all"),
    tag=TAG,
    query=Page,
    answer=Listing[Assignment],
)
def list_assignments(call: Call, proposal: Any, query: Page) -> Listing[Assignment]:
    found, following = page_of(lines(call, proposal), query, key=lambda line: f"{line.id:010}")
    return Listing[Assignment](items=found, next=following)


@operation(
    "DELETE",
    "/proposals/<code>/assignments/<row:assignment_id>",
    action="assignment.remove",
    summary=N_("End an assignment"),
    tag=TAG,
    body=Reason,
    query=ReasonQuery,
    is_body_optional=True,
    status=204,
)
def remove_assignment(
    call: Call, proposal: Any, assignment_id: int, query: ReasonQuery, body: Reason | None = None
) -> Reply:
    reason = body.reason if body else query.reason
    assignments.remove(call.db, proposal, assignment_id, reason=reason, actor=call.actor)
    return Reply(None)
