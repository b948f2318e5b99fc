"""What waits for the caller."""

from __future__ import annotations

from datetime import date

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Listing, Page
from intake.i18n import N_
from intake.services import queues
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
