"""Reminders before and after a due date, each told once: to whoever has to act, and late to the lead of the body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake import clock
from intake.models import Assignment, Opinion, Proposal, Reminder, Routing, ScoreSheet
from intake.models.visibility import at_stage_with
from intake.services import audiences, audit, conflicts, escalations, opinions, reminder_mails, transitions
from intake.services.calendars import calendar
from intake.services.lapses import CLOCK
from intake.services.tasks import own_due_on, stage_of
from intake.workflow.reminders import Mark, last_due_worth_a_look, to_tell

OFFICE_OPENS = time(7)
"""Nobody is reminded in the middle of the night."""
Key = tuple[int, int | None, str, date]


@dataclass(frozen=True)
class Period:
    """Somebody's time for one proposal: of whoever holds the stage, or of one person asked."""

    proposal_id: int
    assignment_id: int | None
    state: str
    entered_on: date
    due_on: date
    is_owners: bool = False

    @property
    def key(self) -> Key:
        return (self.proposal_id, self.assignment_id, self.state, self.due_on)


@dataclass(frozen=True)
class Due:
    """A reminder that has to be sent now."""

    period: Period
    mark: Mark


def waiting(db: Session, *, proposal_id: int | None = None) -> list[Due]:
    """Reminders whose time has come and that nobody has sent; of one proposal, or of all."""
    if clock.now().astimezone(clock.ZONE).time() < OFFICE_OPENS:
        return []
    working, today = calendar(db), clock.today()
    horizon = last_due_worth_a_look(today, working)
    periods = stage_periods(db, horizon, proposal_id) + asked_periods(db, horizon, proposal_id)
    told = already_told(db, proposal_id, horizon)
    return [
        Due(period, mark)
        for period in periods
        for mark in to_tell(period.entered_on, period.due_on, today, working, told=told[period.key])
        # An owner's period does not run on: the clock closes it.
        if not (period.is_owners and mark.is_late)
    ]


def stage_periods(db: Session, horizon: date, proposal_id: int | None) -> list[Period]:
    """The open stages that end by `horizon`."""
    query = select(
        Proposal.id,
        Proposal.procedure,
        Proposal.procedure_version,
        Proposal.state,
        Proposal.state_since,
        Proposal.due_on,
    ).where(Proposal.is_open, Proposal.due_on <= horizon)
    if proposal_id is not None:
        query = query.where(Proposal.id == proposal_id)
    return [
        Period(row.id, None, row.state, clock.local_date(row.state_since), row.due_on, stage_of(row).holder == "owner")
        for row in db.execute(query.order_by(Proposal.due_on, Proposal.id))
    ]


def asked_periods(db: Session, horizon: date, proposal_id: int | None) -> list[Period]:
    """Reviewers and advisers who were asked and have not answered, while the stage lets them."""
    sheet_in = exists().where(
        ScoreSheet.proposal_id == Proposal.id,
        ScoreSheet.user_id == Assignment.user_id,
        ScoreSheet.submitted_at.is_not(None),
    )
    routed = exists().where(
        Routing.proposal_id == Proposal.id,
        Routing.organisation_id == Assignment.organisation_id,
        Routing.ended_at.is_(None),
    )
    opinion_in = exists().where(
        Opinion.proposal_id == Proposal.id,
        Opinion.user_id == Assignment.user_id,
        Opinion.kind == "adviser",
        *opinions.IN_FORCE,
    )
    may_act = or_(
        and_(Assignment.kind == "reviewer", at_stage_with("accepts_opinions"), routed, ~sheet_in),
        and_(Assignment.kind == "adviser", at_stage_with("accepts_scores"), ~opinion_in),
    )
    query = (
        select(
            Proposal.id,
            Proposal.state,
            Proposal.state_since,
            Proposal.due_on,
            Assignment.id.label("assignment_id"),
            Assignment.due_on.label("asked_for"),
            Assignment.assigned_at,
        )
        .join(Assignment, Assignment.proposal_id == Proposal.id)
        .where(Proposal.is_open, Assignment.ended_at.is_(None), Assignment.due_on <= horizon, may_act)
    )
    if proposal_id is not None:
        query = query.where(Proposal.id == proposal_id)
    return [asked_period(row) for row in db.execute(query.order_by(Assignment.due_on, Assignment.id))]


def asked_period(row: Any) -> Period:
    """A day from before the stage was entered again gives way to the day of the stage."""
    entered = clock.local_date(max(row.state_since, row.assigned_at))
    return Period(row.id, row.assignment_id, row.state, entered, own_due_on(row, row.asked_for) or row.asked_for)


def already_told(db: Session, proposal_id: int | None, horizon: date) -> defaultdict[Key, set[str]]:
    """The marks told of each period."""
    query = (
        select(Reminder.proposal_id, Reminder.assignment_id, Reminder.state, Reminder.due_on, Reminder.mark)
        .join(Proposal, Proposal.id == Reminder.proposal_id)
        .where(Proposal.is_open, Proposal.state == Reminder.state, Reminder.due_on <= horizon)
    )
    if proposal_id is not None:
        query = query.where(Reminder.proposal_id == proposal_id)
    told: defaultdict[Key, set[str]] = defaultdict(set)
    for row in db.execute(query):
        told[row.proposal_id, row.assignment_id, row.state, row.due_on].add(row.mark)
    return told


def remind(db: Session, due: Due) -> bool:
    """Send one reminder; False when the work was done meanwhile, or another worker has sent it."""
    period = due.period
    proposal = db.get_one(Proposal, period.proposal_id)
    transitions.lock(db, proposal)
    if due not in waiting(db, proposal_id=proposal.id):
        return False
    asked = db.get_one(Assignment, period.assignment_id) if period.assignment_id is not None else None
    people, watching = recipients(db, proposal, asked, due.mark)
    if not written(db, due, len(people | watching)):
        return False
    reminder_mails.send(db, proposal, asked, due.mark, due_on=period.due_on, to=people, watching=watching)
    data = {"mark": due.mark.id, "due_on": period.due_on.isoformat(), "recipients": len(people | watching)}
    audit.record(db, "proposal.reminded", actor=CLOCK, subject=proposal.code, proposal_id=proposal.id, data=data)
    return True


def recipients(db: Session, proposal: Proposal, asked: Assignment | None, mark: Mark) -> tuple[set[int], set[int]]:
    """Who has to act or leads the body, and who watches; never anybody to whom the proposal does not exist."""
    if mark.to == "lead" and asked is not None:
        return escalations.askers(db, proposal, asked), set()
    if mark.to == "lead":
        leading = escalations.leads(db, proposal)
        return leading, escalations.watchers(db, proposal) - leading
    if asked is not None:
        return conflicts.without_conflicted(db, proposal, {asked.user_id}), set()
    return acting(db, proposal), set()


def acting(db: Session, proposal: Proposal) -> set[int]:
    """The people of the holder who still have something to do: a ministry that has signed has not."""
    if proposal.holder_kind == "lead_ministry":
        return conflicts.without_conflicted(db, proposal, escalations.late_ministries(db, proposal))
    people = audiences.holder(db, proposal)
    is_exempt = proposal.holder_kind in ("owner", "lead_agency")
    return people if is_exempt else conflicts.without_conflicted(db, proposal, people)


def written(db: Session, due: Due, count: int) -> bool:
    """Note the reminder; of several workers that want to, one gets True."""
    dialect: Any = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    period = due.period
    row = dialect.insert(Reminder).values(
        proposal_id=period.proposal_id,
        assignment_id=period.assignment_id,
        state=period.state,
        due_on=period.due_on,
        mark=due.mark.id,
        recipient_count=count,
        sent_at=clock.now(),
    )
    return db.execute(row.on_conflict_do_nothing().returning(Reminder.id)).first() is not None
