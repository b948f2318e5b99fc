"""What a reminder says: to the owner, to officials who have to act, to the lead of a body that is late."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import N_, Message, Text
from intake.models import Assignment, Organisation, Proposal, User
from intake.services.calendars import calendar
from intake.services.notices import notify
from intake.services.notify_moves import code_line, due_line, last_day_for_owner, step_line
from intake.vietnamese import short_date
from intake.workflow.deadlines import working_days_between
from intake.workflow.reminders import Mark

Mail = tuple[Message, list[Message]]
QUEUE, MONITORING = "/queue", "/monitoring"


def send(
    db: Session,
    proposal: Proposal,
    asked: Assignment | None,
    mark: Mark,
    *,
    due_on: date,
    to: set[int],
    watching: set[int],
) -> None:
    """Promise the mails of one reminder."""
    days = abs(working_days_between(clock.today(), due_on, calendar(db)))
    key = f"reminder:{proposal.id}:{asked.id if asked else 0}:{proposal.state}:{due_on}:{mark.id}"
    subject, lines = words(db, proposal, asked, mark, due_on, days)
    is_owners = proposal.holder_kind == "owner" and asked is None
    notify(db, to, subject, lines, key=key, path=f"/proposals/{proposal.code}" if is_owners else QUEUE)
    notify(db, watching, subject, lines, key=f"{key}:watching", path=MONITORING)


def words(
    db: Session, proposal: Proposal, asked: Assignment | None, mark: Mark, due_on: date, days: int
) -> tuple[Message, list[Message]]:
    if mark.to == "lead":
        return overdue_at(who_is_late(db, proposal, asked), proposal, due_on, days)
    if mark.is_late:
        return overdue(proposal, asked, due_on, days)
    if proposal.holder_kind == "owner" and asked is None:
        return owner_warned(proposal, due_on, days)
    return warned(proposal, asked, due_on, days)


def warned(proposal: Proposal, asked: Assignment | None, due_on: date, days: int) -> Mail:
    left = N_("It waits for your part. Working days left: %(count)s.", count=days)
    if not days:
        left = N_("It waits for your part. This is the last working day.")
    lines = [code_line(proposal), task_line(proposal, asked), left, due_line(due_on)]
    return N_("%(code)s: due on %(date)s", code=proposal.code, date=short_date(due_on)), lines


def owner_warned(proposal: Proposal, due_on: date, days: int) -> Mail:
    left = N_("We are waiting for the new version of your proposal. Working days left: %(count)s.", count=days)
    if not days:
        left = N_("We are waiting for the new version of your proposal. This is the last working day.")
    lines = [left, code_line(proposal), last_day_for_owner(due_on)]
    return N_("%(code)s: send the new version by %(date)s", code=proposal.code, date=short_date(due_on)), lines


def overdue(proposal: Proposal, asked: Assignment | None, due_on: date, days: int) -> Mail:
    lines = [
        code_line(proposal),
        task_line(proposal, asked),
        N_(
            "It was due on %(date)s and still waits for your part. Working days overdue: %(count)s.",
            date=short_date(due_on),
            count=days,
        ),
        N_("Everybody can see how many files are late at each body."),
    ]
    return N_("%(code)s: overdue, it was due on %(date)s", code=proposal.code, date=short_date(due_on)), lines


def task_line(proposal: Proposal, asked: Assignment | None) -> Message:
    """What a person was asked for, else the step."""
    if asked is None:
        return step_line(proposal)
    return N_("You were asked for an opinion.") if asked.kind == "adviser" else N_("You were asked for a score sheet.")


def overdue_at(who: Text | str, proposal: Proposal, due_on: date, days: int) -> Mail:
    lines = [
        code_line(proposal),
        step_line(proposal),
        N_(
            "%(who)s had until %(date)s and has not finished. Working days overdue: %(count)s.",
            who=who,
            date=short_date(due_on),
            count=days,
        ),
        N_("You are told because you lead this work or watch over the procedure."),
    ]
    return N_("%(code)s: overdue at %(who)s", code=proposal.code, who=who), lines


def who_is_late(db: Session, proposal: Proposal, asked: Assignment | None) -> Text | str:
    """The person asked, else the body that holds the proposal."""
    if asked is not None:
        return db.get_one(User, asked.user_id).name
    body = db.get_one(Organisation, proposal.holder_organisation_id or "")
    return Text(body.name_vi, body.name_en)
