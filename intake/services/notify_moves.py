"""What people are told when a proposal moves: its authors always, whoever must act next always."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from intake.i18n import N_, Message
from intake.models import Proposal
from intake.policy import Actor
from intake.services import audiences, conflicts
from intake.services.notices import notify
from intake.vietnamese import short_date
from intake.workflow.procedures import PROCEDURES

# What the move means to the person who proposed it, in plain words.
FOR_AUTHORS: dict[str, Message] = {
    "submit": N_("We have received your proposal. The receipt with its register number follows within minutes."),
    "resubmit": N_("We have received the new version of your proposal."),
    "accept": N_("Your proposal is complete and was sent to the ministries for review."),
    "request_supplement": N_("Your proposal needs a supplement. Open it to see what is asked, section by section."),
    "decline": N_("Your proposal was found not eligible."),
    "merge": N_("Your proposal was merged into another one, which you can now read."),
    "withdraw": N_("Your proposal was withdrawn as you asked."),
    "lapse": N_("The time to supplement your proposal has passed. You may start again from the old text."),
    "conclude_review": N_("The ministries have finished their review. The chief engineer now assesses your proposal."),
    "assess": N_("The chief engineer has assessed your proposal. The secretariat now puts everything together."),
    "refer": N_("Your proposal is now before the Standing Board."),
    "approve": N_("Your proposal was approved."),
    "approve_with_conditions": N_("Your proposal was approved with conditions."),
    "reject": N_("Your proposal was not approved."),
    "defer": N_("The decision on your proposal was deferred."),
    "request_revision": N_("You are asked to revise your proposal. Open it to see what is asked."),
    "reschedule": N_("Your proposal will be put before the Standing Board again."),
    "assign": N_("A lead agency was named for your proposal."),
    "complete": N_("The implementation of your proposal is completed."),
    "stop": N_("The implementation of your proposal was stopped."),
}
# Reasons of officials that the authors read; those of returns between officials stay inside.
REASON_FOR_AUTHORS = frozenset({"decline", "merge", "reject", "defer", "request_revision", "stop"})


def tell(db: Session, proposal: Proposal, transition: str, *, actor: Actor, reason: str) -> None:
    """Promise the mails of one move; nobody is told of what they did themselves."""
    key = f"move:{proposal.id}:{proposal.revision}"
    authors = audiences.authors(db, proposal)
    if transition in FOR_AUTHORS:
        lines = [FOR_AUTHORS[transition], code_line(proposal)]
        if reason and transition in REASON_FOR_AUTHORS:
            lines.append(N_("Reason: %(reason)s", reason=reason))
        notify(db, authors, subject_line(proposal), lines, key=f"{key}:authors", path=f"/proposals/{proposal.code}")
    if proposal.due_on is not None:
        next_people = who_acts_next(db, proposal) - authors - {actor.user_id}
        lines = [N_("A proposal is waiting for you."), code_line(proposal), due_line(proposal.due_on)]
        notify(db, next_people, subject_line(proposal), lines, key=f"{key}:holder", path="/queue")


def who_acts_next(db: Session, proposal: Proposal) -> set[int]:
    """The holder's people to whom the proposal exists; a lead agency carries out its own proposal and stays."""
    people = audiences.holder(db, proposal)
    return people if proposal.holder_kind == "lead_agency" else conflicts.without_conflicted(db, proposal, people)


def subject_line(proposal: Proposal) -> Message:
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    return N_("%(code)s: %(state)s", code=proposal.code, state=stage.public)


def code_line(proposal: Proposal) -> Message:
    return N_("Proposal %(code)s: %(title)s", code=proposal.code, title=proposal.title)


def due_line(day: date) -> Message:
    return N_("Due on %(date)s.", date=short_date(day))
