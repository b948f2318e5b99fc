"""What people are told when a proposal moves: its authors, whoever must act next, whoever need not act any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.i18n import N_, Message, Text
from intake.models import Assignment, Organisation, Proposal
from intake.policy import Actor
from intake.services import audiences, conflicts
from intake.services.notices import notify
from intake.services.proposals import stage_of
from intake.vietnamese import short_date
from intake.workflow.procedures import PROCEDURES

WAITING = N_("A proposal is waiting for you.")


@dataclass(frozen=True)
class Told:
    """Who is told what of one move. Reasons of officials reach the authors only where `authors_read_reason`.

    `at_work` is for the experts whose work ends or stands still; `page` of the proposal is where the holder goes on.
    """

    authors: Message
    holder: Message = WAITING
    page: str = ""
    authors_read_reason: bool = False
    holder_reads_reason: bool = False
    at_work: Message | None = None


NOTHING_MORE = N_("Nothing more is asked of you on this proposal.")
MOVES: dict[str, Told] = {
    "submit": Told(N_("We have received your proposal. The receipt with its register number follows within minutes.")),
    "resubmit": Told(N_("We have received the new version of your proposal.")),
    "accept": Told(N_("Your proposal is complete and was sent to the ministries for review.")),
    "request_supplement": Told(
        N_("Your proposal needs a supplement. Open it to see what is asked, section by section."),
        at_work=N_("The proposer was asked for a supplement. Your period stands still until the new version is in."),
    ),
    "decline": Told(N_("Your proposal was found not eligible."), authors_read_reason=True),
    "merge": Told(
        N_("Your proposal was merged into another one, which you can now read."),
        authors_read_reason=True,
    ),
    "withdraw": Told(
        N_("Your proposal was withdrawn as you asked."),
        at_work=N_("The proposer has withdrawn this proposal."),
    ),
    "lapse": Told(
        N_("The time to send the new version has passed; the proposal is closed. You may start again from its text."),
        at_work=N_("The proposer did not send a new version in time, and the proposal is closed."),
    ),
    "conclude_review": Told(
        N_("The ministries have finished their review. The chief engineer now assesses your proposal.")
    ),
    "return_to_reception": Told(
        N_("Your proposal went back to the standing agency, which will send it on again."),
        holder_reads_reason=True,
        at_work=N_("This proposal went back to the standing agency."),
    ),
    "return_to_ministries": Told(
        N_("Your proposal went back to the ministries, which will look at it again."), holder_reads_reason=True
    ),
    "return_to_engineer": Told(
        N_("Your proposal went back to the chief engineer, who will look at it again."), holder_reads_reason=True
    ),
    "assess": Told(N_("The chief engineer has assessed your proposal. The secretariat now puts everything together.")),
    "refer": Told(N_("Your proposal is now before the Standing Board.")),
    "approve": Told(N_("Your proposal was approved.")),
    "approve_with_conditions": Told(N_("Your proposal was approved with conditions.")),
    "reject": Told(N_("Your proposal was not approved."), authors_read_reason=True),
    "defer": Told(N_("The decision on your proposal was deferred."), authors_read_reason=True),
    "request_revision": Told(
        N_("You are asked to revise your proposal. Open it to see what is asked."),
        authors_read_reason=True,
    ),
    "reschedule": Told(N_("Your proposal will be put before the Standing Board again.")),
    "assign": Told(
        N_("A lead agency was named for your proposal."),
        holder=N_("Your organisation leads the implementation of a proposal. Read what was decided and what is due."),
        page="mandate",
    ),
    "complete": Told(
        N_("The implementation of your proposal is completed."),
        at_work=N_("The implementation is recorded as completed. No more reports are due."),
    ),
    "stop": Told(
        N_("The implementation of your proposal was stopped."),
        authors_read_reason=True,
        at_work=N_("The implementation was stopped. No more reports are due."),
    ),
    "adjust": Told(
        N_("The implementation of your proposal was adjusted."),
        authors_read_reason=True,
        holder_reads_reason=True,
    ),
}
EXPERTS = frozenset({"lead_ministry", "engineer", "lead_agency"})


def at_work(db: Session, proposal: Proposal) -> set[int]:
    """The experts who are working on it, or who wait for the owner's answer; asked before the move."""
    kind = proposal.holder_kind
    if kind == "owner" and proposal.asked_by is not None:
        kind = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.asked_by).holder
    if kind not in EXPERTS:
        return set()
    people = audiences.HOLDERS[kind](db, proposal)
    if kind == "lead_agency":
        return people
    asked = select(Assignment.user_id).where(Assignment.proposal_id == proposal.id, Assignment.ended_at.is_(None))
    return conflicts.without_conflicted(db, proposal, people | set(db.scalars(asked)))


def tell(
    db: Session, proposal: Proposal, transition: str, *, actor: Actor, reason: str, were_at_work: set[int]
) -> None:
    """Promise the mails of one move; officials are not told of what they did themselves."""
    key, told = f"move:{proposal.id}:{proposal.revision}", MOVES[transition]
    authors = audiences.authors(db, proposal)
    tell_authors(db, proposal, authors, told, reason, key)
    next_people: set[int] = set()
    if proposal.due_on is not None:
        next_people = who_acts_next(db, proposal) - authors - {actor.user_id}
        lines = [told.holder, code_line(proposal), step_line(proposal)]
        lines += [*reason_lines(reason if told.holder_reads_reason else ""), due_line(proposal.due_on)]
        path = f"/proposals/{proposal.code}/{told.page}" if told.page else "/queue"
        notify(db, next_people, official_subject(proposal), lines, key=f"{key}:holder", path=path)
    if told.at_work is not None:
        others = were_at_work - next_people - authors - {actor.user_id}
        # Where the work ends, so does the right to see more than the code.
        lines = [N_("Proposal %(code)s.", code=proposal.code), told.at_work]
        lines += [] if proposal.is_open else [NOTHING_MORE]
        notify(db, others, subject_line(proposal), lines, key=f"{key}:at-work", path="/queue")


def tell_authors(db: Session, proposal: Proposal, authors: set[int], told: Told, reason: str, key: str) -> None:
    lines = [told.authors, code_line(proposal), *reason_lines(reason if told.authors_read_reason else "")]
    lines += next_lines(db, proposal)
    notify(db, authors, subject_line(proposal), lines, key=f"{key}:authors", path=f"/proposals/{proposal.code}")


def next_lines(db: Session, proposal: Proposal) -> list[Message]:
    """What the authors can expect: their own last day, or who holds it now and until when."""
    if proposal.due_on is None:
        return []
    if proposal.holder_kind == "owner":
        return [last_day_for_owner(proposal.due_on)]
    body = db.get(Organisation, proposal.holder_organisation_id) if proposal.holder_organisation_id else None
    if body is None:
        return []
    name, until = Text(body.name_vi, body.name_en), short_date(proposal.due_on)
    return [
        N_("It is now held by: %(body)s, until %(date)s.", body=name, date=until),
        N_("You do not need to do anything now."),
    ]


def last_day_for_owner(due_on: date) -> Message:
    return N_(
        "Send it by 24:00 on %(date)s. After that the proposal is closed; you may then start again from the old text.",
        date=short_date(due_on),
    )


def reason_lines(reason: str) -> list[Message]:
    return [N_("Reason: %(reason)s", reason=reason)] if reason else []


def who_acts_next(db: Session, proposal: Proposal) -> set[int]:
    """The holder's people to whom the proposal exists; a lead agency carries out its own proposal and stays."""
    people = audiences.holder(db, proposal)
    return people if proposal.holder_kind == "lead_agency" else conflicts.without_conflicted(db, proposal, people)


def subject_line(proposal: Proposal) -> Message:
    return N_("%(code)s: %(state)s", code=proposal.code, state=stage_of(proposal).public)


def official_subject(proposal: Proposal) -> Message:
    return N_("%(code)s waits for you: %(state)s", code=proposal.code, state=stage_of(proposal).label)


def code_line(proposal: Proposal) -> Message:
    return N_("Proposal %(code)s: %(title)s", code=proposal.code, title=proposal.title)


def step_line(proposal: Proposal) -> Message:
    return N_("Step: %(state)s.", state=stage_of(proposal).label)


def due_line(day: date) -> Message:
    return N_("Due on %(date)s.", date=short_date(day))
