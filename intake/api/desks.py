"""What waits for the caller; and clearances of the secretariat."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Body, Email, Listing, OneOf, Page, Sentence
from intake.i18n import N_
from intake.outline import SECRET_INITIATIVES
from intake.services import clearances, queues
from intake.services.tasks import Task

TAG = "desks"


class TaskLine(Answer):
    """One thing to do; `progress` is (done, of); a recused person's line has no title."""

    kind: str
    label: str
    code: str | None
    title: str
    proposer: str
    system: str | None
    state: str | None
    due_on: date | None
    progress: tuple[int, int] | None
    must_declare: bool
    session: int | None
    is_illustrative: bool


class Clearance(Body):
    """Who may draft on which initiative that is stopped online for everybody else."""

    owner: Email
    initiative: Annotated[str, OneOf(sorted(SECRET_INITIATIVES))]
    reason: Sentence


class Cleared(Answer):
    """The clearance that stands now."""

    owner: str
    initiative: str
    reason: str


@operation(
    "GET",
    "/queue",
    action="queue.read",
    summary=N_("What waits for you, by due date"),
    tag=TAG,
    query=Page,
    answer=Listing[TaskLine],
)
def read_queue(call: Call, query: Page) -> Listing[TaskLine]:
    found, following = page_of(queues.queue(call.db, actor=call.actor), query, key=key_of)
    return Listing[TaskLine](items=[line_of(call, task) for task in found], next=following)


def key_of(task: Task) -> str:
    """Sorts as the desk does: "!" stands before every letter and digit of the parts."""
    due = (task.due_on or date.max).isoformat()
    return "!".join((due, task.code or "", f"{task.session_id or 0:010}", task.kind))


def line_of(call: Call, task: Task) -> TaskLine:
    return TaskLine(
        kind=task.kind,
        label=call.say(task.label),
        code=task.code,
        title=task.title,
        proposer=task.proposer_name,
        system=task.system,
        state=task.stage.id if task.stage else None,
        due_on=task.due_on,
        progress=task.progress,
        must_declare=task.must_declare,
        session=task.session_id,
        is_illustrative=task.is_illustrative,
    )


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
