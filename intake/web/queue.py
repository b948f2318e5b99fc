"""My desk: what waits for the person in the acting role."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request, session
from werkzeug.wrappers import Response

from intake import clock
from intake.catalogue import SYSTEMS
from intake.i18n import N_, Message
from intake.services import queues, work_lists
from intake.services.tasks import Task
from intake.vietnamese import has_words
from intake.web import downloads
from intake.web.filters import tr
from intake.web.formats import DueView
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.short_days import short_due

bp = Blueprint("queue", __name__)

SOON = timedelta(days=7)
LONGEST_SEARCH = 200
PAGE = 50
FILTER = "desk filter"


def at(path: str) -> Callable[[Task], str]:
    return lambda task: path.format(code=task.code, session=task.session_id)


@dataclass(frozen=True)
class Kind:
    """What a kind of work is called in the filter, and where it is done."""

    label: Message
    url: Callable[[Task], str]


KINDS: dict[str, Kind] = {
    "answer": Kind(N_("Answer a request"), at("/proposals/{code}")),
    "finish": Kind(N_("Finish a draft"), at("/proposals/{code}")),
    "write_for": Kind(N_("Write for the sender"), at("/proposals/{code}")),
    "receive": Kind(N_("Check, route"), at("/proposals/{code}/staff")),
    "synthesise": Kind(N_("Write the synthesis"), at("/proposals/{code}/synthesis")),
    "schedule": Kind(N_("Put on an agenda"), at("/sessions")),
    "reschedule": Kind(N_("Put before it again"), at("/proposals/{code}/move/reschedule")),
    "follow": Kind(N_("Follow the implementation"), at("/proposals/{code}/staff")),
    "assign": Kind(N_("Name supervisor, lead"), at("/proposals/{code}/move/assign")),
    "report": Kind(N_("Carry out, report"), at("/proposals/{code}/mandate")),
    "assign_reviewers": Kind(N_("Assign reviewers"), at("/proposals/{code}/assignments")),
    "sign_opinion": Kind(N_("Sign an opinion"), at("/proposals/{code}/opinion")),
    "conclude_review": Kind(N_("Conclude the review"), at("/proposals/{code}/move/conclude_review")),
    "score": Kind(N_("Fill in the score sheet"), at("/proposals/{code}/review")),
    "score_again": Kind(N_("Look again at a score"), at("/proposals/{code}/review")),
    "write_assessment": Kind(N_("Write the assessment"), at("/proposals/{code}/assessment")),
    "assess": Kind(N_("Hand the assessment over"), at("/proposals/{code}/assessment")),
    "advise": Kind(N_("Give your opinion"), at("/proposals/{code}/opinion")),
    "attend": Kind(N_("Attend a session"), at("/sessions/{session}")),
    "vote": Kind(N_("Vote"), at("/sessions/{session}/items/{code}/ballot")),
    "read": Kind(N_("Read before the session"), at("/proposals/{code}/synthesis")),
    "release": Kind(N_("Release the decisions"), at("/sessions/{session}")),
}
DUE: dict[str, Message] = {
    "late": N_("Overdue"),
    "soon": N_("Within seven days"),
}


@dataclass(frozen=True)
class Line:
    """A task with the short name and the address of its work; a recused person's line has no address."""

    task: Task
    label: Message
    url: str | None
    squares: tuple[bool, ...]
    due: DueView | None


@dataclass(frozen=True)
class Wanted:
    """What the filter asks for; empty parts ask for everything."""

    kind: str = ""
    system: str = ""
    due: str = ""
    text: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wanted:
        """From the address; values that no choice has are no filter."""
        return cls(
            kind=known(asked.get("kind"), KINDS),
            system=known(asked.get("system"), SYSTEMS),
            due=known(asked.get("due"), DUE),
            text=asked.get("q", "")[:LONGEST_SEARCH].strip(),
        )

    @property
    def is_filtering(self) -> bool:
        return self != Wanted()

    def fits(self, task: Task) -> bool:
        return (
            self.kind in ("", task.kind)
            and self.system in ("", task.system)
            and (not self.due or is_due(task, self.due))
            and has_words(f"{task.code or ''} {task.title} {task.proposer_name}", self.text)
        )


def known(value: str | None, choices: Mapping[str, object]) -> str:
    """The value when it is one of the choices, else nothing."""
    return value if value is not None and value in choices else ""


def is_due(task: Task, when: str) -> bool:
    """Whether the task is overdue, or due within the next seven days (overdue ones among them)."""
    last = clock.today() - timedelta(days=1) if when == "late" else clock.today() + SOON
    return task.due_on is not None and task.due_on <= last


def line(task: Task) -> Line:
    """Where the work is done: whoever has not declared yet declares first."""
    done, of = task.progress or (0, 0)
    squares = tuple(number < done for number in range(of))
    due = short_due(task.due_on)
    if task.kind not in KINDS:
        return Line(task, task.label, None, squares, due)
    kind = KINDS[task.kind]
    url = kind.url(task)
    declare = f"/proposals/{task.code}/conflict?next={url}"
    return Line(task, kind.label, declare if task.must_declare else url, squares, due)


@bp.get("/queue")
@requires("queue.read")
def show() -> str:
    tasks, wanted = desk(), Wanted.of(request.args)
    remember(wanted)
    work = [task for task in tasks if task.kind in KINDS]
    fitting = [task for task in tasks if wanted.fits(task)]
    page = page_of(fitting, after=request.args.get("after", ""), before=request.args.get("before", ""))
    lines = [line(task) for task in page.tasks]
    return render_template(
        "queue/show.html",
        is_whole="whole" in request.args,
        lines=lines,
        page=page,
        links=page_links(page, wanted),
        excel_url=address(wanted, "/queue.xlsx"),
        most_lines=queues.MOST_LINES if len(tasks) == queues.MOST_LINES else None,
        has_progress=any(one.task.progress for one in lines),
        most_urgent=next((one.url for one in lines if one.url), None),
        counts={
            "all": len(work),
            "late": len([task for task in work if is_due(task, "late")]),
            "soon": len([task for task in work if is_due(task, "soon") and not is_due(task, "late")]),
            "declare": len([task for task in work if task.must_declare]),
        },
        wanted=wanted,
        kinds=counted_kinds(work, wanted),
        systems=[(system.id, system.code) for system in SYSTEMS.values()],
        due_choices=list(DUE.items()),
        system_names=SYSTEMS,
        role=current_actor().role,
    )


@bp.get("/queue.xlsx")
@requires("queue.read")
def as_workbook() -> Response:
    """All lines of the filter, not only the page in sight."""
    wanted = Wanted.of(request.args)
    return downloads.excel(work_lists.desk([task for task in desk() if wanted.fits(task)], language()), "desk")


@bp.get("/queue/step")
@requires("queue.read")
def step() -> Response:
    """From the work on one proposal to the next or the previous on the desk; the desk itself at its ends."""
    wanted = Wanted.of(session.get(FILTER) or {})
    tasks = [task for task in desk() if task.kind in KINDS]
    # What the desk was last filtered by counts here too; a filter that the work does not fit is left behind.
    filtered = [task for task in tasks if wanted.fits(task)]
    work = filtered if any(task.code == request.args.get("code") for task in filtered) else tasks
    code, back = request.args.get("code", ""), request.args.get("to") == "previous"
    here = [number for number, task in enumerate(work) if task.code == code]
    # What was done is no longer on the desk: then the most urgent comes next.
    number = (min(here) - 1 if back else max(here) + 1) if here else 0
    url = line(work[number]).url if 0 <= number < len(work) else None
    return see_other(url or "/queue")


def remember(wanted: Wanted) -> None:
    """By what the desk is filtered, for the steps from one work to the next."""
    asked = {"kind": wanted.kind, "system": wanted.system, "due": wanted.due, "q": wanted.text}
    kept = {name: value for name, value in asked.items() if value}
    if kept != session.get(FILTER, {}):
        session[FILTER] = kept


def desk() -> list[Task]:
    return queues.queue(g.db, actor=current_actor())


@dataclass(frozen=True)
class PageOfTasks:
    """What one look at the desk shows: lines `first` to `last` of `total`, in their order."""

    tasks: list[Task]
    first: int
    last: int
    total: int


def page_of(tasks: list[Task], *, after: str, before: str) -> PageOfTasks:
    """The lines after a place, or the last ones before it; lines that were done meanwhile move no other one."""
    places = [task.place for task in tasks]
    start = max(bisect_left(places, before) - PAGE, 0) if before else bisect_right(places, after)
    shown = tasks[start : start + PAGE]
    return PageOfTasks(shown, start + 1, start + len(shown), len(tasks))


def page_links(page: PageOfTasks, wanted: Wanted) -> dict[str, str]:
    """Addresses of the pages around this one, with the same filter."""
    if not page.tasks:
        return {"previous": address(wanted)} if page.total else {}
    links = {}
    if page.first > 1:
        links["previous"] = address(wanted, before=page.tasks[0].place)
    if page.last < page.total:
        links["next"] = address(wanted, after=page.tasks[-1].place)
    return links


def address(wanted: Wanted, path: str = "/queue", **place: str) -> str:
    asked = {"kind": wanted.kind, "system": wanted.system, "due": wanted.due, "q": wanted.text} | place
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def counted_kinds(work: list[Task], wanted: Wanted) -> list[tuple[str, str]]:
    """The kinds of work on this desk with how many of each fit the rest of the filter."""
    others = replace(wanted, kind="")
    count = Counter(task.kind for task in work if others.fits(task))
    present = {task.kind for task in work}
    return [(kind, f"{tr(KINDS[kind].label)} ({count[kind]})") for kind in KINDS if kind in present]
