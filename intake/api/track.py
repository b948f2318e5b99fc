"""The public look-up of one file by the code and key printed on its receipt."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import PUBLIC, operation
from intake.api.proposals import Step, steps_of
from intake.api.shapes import Answer, Query, Words
from intake.i18n import N_
from intake.services import public


class KeyQuery(Query):
    """The 6 characters printed below the code; not needed for files open to the public."""

    key: Annotated[str, Field(max_length=40)] | None = None


class ConditionTold(Answer):
    """What has to be done after the decision, by whom, until when."""

    text: str
    owner: str
    due_on: date


class Tracked(Answer):
    """Where a file stands, in the words for the public."""

    code: str
    title: str | None
    state_label: str
    holder: Words | None
    due_on: date | None
    steps: list[Step]
    outcome: str | None
    outcome_text: str
    outcome_reason: str
    conditions: list[ConditionTold]


@operation(
    "GET",
    "/track/<code>",
    action=PUBLIC,
    summary=N_("Look up a file by code and key"),
    tag="public",
    query=KeyQuery,
    answer=Tracked,
    further=frozenset({429}),
)
def track(call: Call, code: str, query: KeyQuery) -> Tracked:
    found = public.track(call.db, code, query.key)
    named = found.holder_name_vi is not None
    return Tracked(
        code=found.code,
        title=found.title,
        state_label=call.say(found.stage.public),
        holder=Words(vi=found.holder_name_vi or "", en=found.holder_name_en or "") if named else None,
        due_on=found.due_on,
        steps=steps_of(call, found.steps),
        outcome=found.outcome,
        outcome_text=found.outcome_text,
        outcome_reason=found.outcome_reason,
        conditions=[ConditionTold(text=one.text, owner=one.owner, due_on=one.due_on) for one in found.conditions],
    )
