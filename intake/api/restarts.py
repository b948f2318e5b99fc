"""Starting again from what has ended."""

from __future__ import annotations

from typing import Any

from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.proposals import TAG, Started, problems_of
from intake.api.shapes import Answer
from intake.i18n import N_
from intake.services import proposals, successions


class Relative(Answer):
    """Another proposal that the caller may see."""

    code: str
    title: str


class Relatives(Answer):
    """Where a proposal comes from and where it went."""

    predecessor: Relative | None
    successors: list[Relative]
    merged_into: Relative | None


@operation(
    "POST",
    "/proposals/<code>/successors",
    action="proposal.restart",
    summary=N_("Start a new draft from the text of a proposal that has ended"),
    tag=TAG,
    answer=Started,
    status=201,
)
def restart_proposal(call: Call, proposal: Any) -> Reply:
    made = successions.restart(call.db, proposal, actor=call.actor)
    found = problems_of(call, proposals.problems(call.db, made))
    started = Started(code=made.code, state=made.state, revision=made.revision, problems=found)
    return Reply(started, headers={"Location": f"/api/v1/proposals/{made.code}"})


@operation(
    "GET",
    "/proposals/<code>/relatives",
    action="proposal.read_cover",
    summary=N_("Where a proposal comes from and where it went"),
    tag=TAG,
    answer=Relatives,
)
def read_relatives(call: Call, proposal: Any) -> Relatives:
    found = successions.relatives(call.db, proposal, actor=call.actor)
    return Relatives(
        predecessor=relative(found.predecessor),
        successors=[Relative(**vars(one)) for one in found.successors],
        merged_into=relative(found.merged_into),
    )


def relative(one: successions.Relative | None) -> Relative | None:
    return Relative(**vars(one)) if one else None
