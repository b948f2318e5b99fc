"""Every open proposal for the secretariat: who holds it, how old it is, what has to happen next; overdue first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.models import CommitteeSession, Opinion, Organisation, Proposal, ProposalOrganisation, Reminder, Routing
from intake.models import SessionItem as Item
from intake.models.visibility import visible
from intake.policy import Actor, Subject
from intake.services import opinions, searching
from intake.services.agendas import LIVE
from intake.services.proposals import COVER
from intake.services.tasks import stage_of
from intake.vietnamese import day_text
from intake.workflow.procedure import Stage
from intake.workflow.reminders import MARKS, Audience

PAGE = 50
MOST_LINES = 20_000


@dataclass(frozen=True)
class Wanted:
    """What to look at: late ones only, one holder (a body, or the owners), one system, words."""

    is_late: bool = False
    holder: str = ""
    system: str = ""
    text: str = ""


@dataclass(frozen=True)
class Line:
    """One open proposal."""

    id: int
    code: str
    title: str
    proposer_name: str
    primary_system: str | None
    stage: Stage
    holder_kind: str
    holder_name_vi: str | None
    holder_name_en: str | None
    holder_abbreviation: str | None
    submitted_at: datetime
    state_since: datetime
    due_on: date
    next_action: Message
    reminded_at: datetime | None
    escalated_at: datetime | None
    is_illustrative: bool


@dataclass(frozen=True)
class Held:
    """How many one holder has, and how many of them are late; what persons hold has a kind for a key and no name."""

    key: str
    name_vi: str | None
    name_en: str | None
    open_count: int
    late_count: int


@dataclass(frozen=True)
class Page:
    """Some lines, where the next page starts, and the totals over everything open."""

    lines: list[Line]
    next: str | None
    held: list[Held]

    @property
    def open_count(self) -> int:
        return sum(one.open_count for one in self.held)

    @property
    def late_count(self) -> int:
        return sum(one.late_count for one in self.held)


def overview(db: Session, *, actor: Actor, wanted: Wanted | None = None, after: str | None = None) -> Page:
    """One page by due date, the most overdue first, and who holds how many."""
    policy.ensure(actor, "monitoring.read", Subject())
    query = lines_query(actor).where(*conditions(wanted or Wanted()))
    if after:
        due_on, id = keyset(after)
        query = query.where(or_(Proposal.due_on > due_on, and_(Proposal.due_on == due_on, Proposal.id > id)))
    found = db.execute(query.order_by(Proposal.due_on, Proposal.id).limit(PAGE + 1)).all()
    lines = [line(row) for row in found[:PAGE]]
    following = f"{lines[-1].due_on}.{lines[-1].id}" if len(found) > PAGE else None
    return Page(lines, following, held(db, actor))


def every_line(db: Session, *, actor: Actor, wanted: Wanted | None = None) -> list[Line]:
    """All lines of the filter at once, for a list to take away."""
    policy.ensure(actor, "monitoring.read", Subject())
    query = lines_query(actor).where(*conditions(wanted or Wanted()))
    return [line(row) for row in db.execute(query.order_by(Proposal.due_on, Proposal.id).limit(MOST_LINES))]


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.is_late:
        found.append(Proposal.due_on < clock.today())
    if wanted.holder:
        found.append(holder_key() == wanted.holder)
    if wanted.system:
        found.append(Proposal.primary_system == wanted.system)
    if wanted.text:
        found.append(searching.names_proposal(wanted.text))
    return found


def holder_key() -> ColumnElement[str]:
    """A body by its id; owners, who are persons, by what they are."""
    return func.coalesce(Proposal.holder_organisation_id, Proposal.holder_kind)


def keyset(after: str) -> tuple[date, int]:
    """Where a page starts: the due date and the id of the line before."""
    day, _, id = after.partition(".")
    if id.isascii() and id.isdigit() and len(id) <= 18:
        try:
            return date.fromisoformat(day), int(id)
        except ValueError:
            pass
    raise Invalid(errors=[("after", N_("Use the value of 'next' from the page before."))])


def lines_query(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Proposal.id,
            Proposal.code,
            Proposal.title,
            Proposal.proposer_name,
            Proposal.primary_system,
            Proposal.procedure,
            Proposal.procedure_version,
            Proposal.state,
            Proposal.holder_kind,
            Organisation.name_vi.label("holder_name_vi"),
            Organisation.name_en.label("holder_name_en"),
            Organisation.abbreviation.label("holder_abbreviation"),
            Proposal.submitted_at,
            Proposal.state_since,
            Proposal.due_on,
            Proposal.is_illustrative,
            unsettled_names().label("unsettled"),
            missing_opinions().label("opinions_missing"),
            session_at().label("session_at"),
            last_told("holder").label("reminded_at"),
            last_told("lead").label("escalated_at"),
        )
        .outerjoin(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(Proposal.is_open, visible(actor, COVER))
    )


def unsettled_names() -> ScalarSelect[int]:
    counted = select(func.count(ProposalOrganisation.id)).where(
        ProposalOrganisation.proposal_id == Proposal.id, ~ProposalOrganisation.is_settled
    )
    return counted.correlate(Proposal).scalar_subquery()


def missing_opinions() -> ScalarSelect[int]:
    signed = (
        select(Opinion.id)
        .where(
            Opinion.proposal_id == Proposal.id,
            Opinion.kind == "ministry",
            Opinion.organisation_id == Routing.organisation_id,
            *opinions.IN_FORCE,
        )
        .exists()
    )
    counted = select(func.count(Routing.id)).where(
        Routing.proposal_id == Proposal.id, Routing.ended_at.is_(None), Routing.no_opinion_at.is_(None), ~signed
    )
    return counted.correlate(Proposal).scalar_subquery()


def session_at() -> ScalarSelect[datetime]:
    """When the session starts that has it on its agenda."""
    starts = (
        select(func.min(CommitteeSession.starts_at))
        .join(Item, Item.session_id == CommitteeSession.id)
        .where(Item.proposal_id == Proposal.id, Item.state.in_(LIVE))
    )
    return starts.correlate(Proposal).scalar_subquery()


def last_told(audience: Audience) -> ScalarSelect[datetime]:
    """When the clock last reminded of the present period of the stage."""
    marks = [mark.id for mark in MARKS if mark.to == audience]
    told = select(func.max(Reminder.sent_at)).where(
        Reminder.proposal_id == Proposal.id,
        Reminder.assignment_id.is_(None),
        Reminder.state == Proposal.state,
        Reminder.due_on == Proposal.due_on,
        Reminder.mark.in_(marks),
    )
    return told.correlate(Proposal).scalar_subquery()


def line(row: Any) -> Line:
    stage = stage_of(row)
    left_out = {"procedure", "procedure_version", "state", "unsettled", "opinions_missing", "session_at"}
    values = {name: value for name, value in row._mapping.items() if name not in left_out}
    return Line(stage=stage, next_action=next_action(stage, row), **values)


def receive(row: Any) -> Message:
    if row.unsettled:
        return N_("Link the names of organisations (%(count)s), then route", count=row.unsettled)
    return N_("Check and route")


def review(row: Any) -> Message:
    if row.opinions_missing:
        return N_("Ministries sign their opinions (missing: %(count)s)", count=row.opinions_missing)
    return N_("The lead ministry concludes the review")


def decide(row: Any) -> Message:
    if row.session_at is None:
        return N_("Put on an agenda")
    return N_("Decide in the session of %(date)s", date=day_text(clock.local_date(row.session_at)))


def always(message: Message) -> Callable[[Any], Message]:
    return lambda row: message


# The first line whose stage property holds says what has to happen next.
NEXT_ACTIONS: tuple[tuple[Callable[[Stage], bool], Callable[[Any], Message]], ...] = (
    (lambda stage: stage.owner_edits, always(N_("The proposer sends the new version"))),
    (lambda stage: stage.settles_organisations, receive),
    (lambda stage: stage.accepts_opinions, review),
    (lambda stage: stage.engineer_assesses, always(N_("The chief engineer signs the assessment"))),
    (lambda stage: stage.synthesis_open, always(N_("Write the synthesis and refer"))),
    (lambda stage: stage.decided_in_session, decide),
    (lambda stage: stage.is_ranked, always(N_("Put before the committee again"))),
    (lambda stage: stage.takes_reports, always(N_("The lead agency reports"))),
    (lambda stage: stage.holder == "deciding_body", always(N_("Record who supervises and leads"))),
)


def next_action(stage: Stage, row: Any) -> Message:
    return next(say(row) for holds, say in NEXT_ACTIONS if holds(stage))


def held(db: Session, actor: Actor) -> list[Held]:
    """Who holds how many of the open ones that `actor` may see, the most overdue first."""
    late = func.count().filter(Proposal.due_on < clock.today())
    bodies = (Organisation.name_vi, Organisation.name_en, Organisation.sort_key)
    key = holder_key()
    found = db.execute(
        select(key.label("key"), *bodies, func.count().label("open_count"), late.label("late_count"))
        .select_from(Proposal)
        .outerjoin(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(Proposal.is_open, visible(actor, COVER))
        .group_by(key, *bodies)
        .order_by(late.desc(), func.count().desc(), Organisation.sort_key, key)
    )
    return [Held(row.key, row.name_vi, row.name_en, row.open_count, row.late_count) for row in found]
