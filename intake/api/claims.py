"""Claiming a proposal that the secretariat entered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.proposals import TAG
from intake.api.shapes import Answer, Body, Code
from intake.i18n import N_
from intake.services import claims


class Claim(Body):
    """Code and key as printed on the receipt."""

    code: Code
    key: Annotated[str, Field(max_length=40)]


class Claimed(Answer):
    """The proposal that now belongs to the caller."""

    code: str
    state: str
    revision: int


@operation(
    "POST",
    "/claims",
    action="proposal.claim",
    summary=N_("Claim a proposal that the secretariat entered, once"),
    tag=TAG,
    body=Claim,
    answer=Claimed,
    further=frozenset({404, 429}),
)
def claim_proposal(call: Call, body: Claim) -> Claimed:
    found = claims.claim(call.db, code=body.code, key=body.key, actor=call.actor)
    return Claimed(code=found.code, state=found.state, revision=found.revision)
