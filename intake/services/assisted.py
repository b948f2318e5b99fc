"""What reaches the secretariat on paper: entered for a person without an account, until that person claims it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, outline, policy
from intake.errors import Invalid, Stopped
from intake.i18n import N_, Message
from intake.models import AssistedIntake, Proposal
from intake.models.assistance import CHANNELS
from intake.models.visibility import visible
from intake.outline.secrecy import MARKED
from intake.policy import Actor, Subject
from intake.services import audit, proposals
from intake.services.proposals import keyset
from intake.workflow.procedure import Stage
from intake.workflow.procedures import PROCEDURES

LONGEST_NAME, LONGEST_CONTACT, LONGEST_REFERENCE = 200, 1000, 100
PAGE = 20

CHANNEL_NAMES: dict[str, Message] = {
    "letter": N_("Letter"),
    "word_file": N_("Word file"),
    "scan": N_("Scan"),
    "in_person": N_("Handed in at the office"),
}

REQUIRED: dict[str, Message] = {
    "person_name": N_("Enter the name of the person who sent it."),
    "contact": N_("Say how that person can be reached."),
}


@dataclass(frozen=True)
class Arrival:
    """How something came, when, and from whom; `reference` is its number among the incoming mail."""

    channel: str
    arrived_on: date
    person_name: str
    contact: str
    reference: str = ""


@dataclass(frozen=True)
class Entered:
    """One line of the list of what came on paper."""

    id: int
    code: str
    title: str
    person_name: str
    channel: str
    arrived_on: date
    reference: str
    stage: Stage
    is_claimed: bool


def enter(db: Session, document: dict[str, Any], arrival: Arrival, *, actor: Actor, language: str = "vi") -> Proposal:
    """A new draft that belongs to nobody yet; the secretariat writes and submits it in that person's place."""
    policy.ensure(actor, "proposal.create_assisted", Subject())
    arrived = checked(arrival)
    proposal = proposals.begin(db, document, owner_id=None, language=language)
    values = {**vars(arrived), "entered_by_id": actor.user_id, "entered_at": clock.now()}
    db.add(AssistedIntake(proposal_id=proposal.id, **values))
    db.flush()
    data = {"channel": arrived.channel, "arrived_on": str(arrived.arrived_on), "reference": arrived.reference}
    audit.record(db, "proposal.entered", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return proposals.get(db, proposal.code, actor=actor)


def checked(arrival: Arrival) -> Arrival:
    """The same without outer blanks; raises Invalid with everything that is wrong, Stopped for a secrecy mark."""
    texts = {
        "person_name": (arrival.person_name.strip(), LONGEST_NAME),
        "contact": (arrival.contact.strip(), LONGEST_CONTACT),
        "reference": (arrival.reference.strip(), LONGEST_REFERENCE),
    }
    if any(outline.has_mark(text) for text, _longest in texts.values()):
        raise Stopped(MARKED)
    errors: list[tuple[str, Message]] = []
    if arrival.channel not in CHANNELS:
        errors.append(("channel", N_("Choose how it arrived.")))
    if arrival.arrived_on > clock.today():
        errors.append(("arrived_on", N_("The day of arrival cannot lie ahead.")))
    for name, (text, longest) in texts.items():
        if name in REQUIRED and not text:
            errors.append((name, REQUIRED[name]))
        elif len(text) > longest:
            errors.append((name, N_("Write at most %(count)s characters.", count=longest)))
    if errors:
        raise Invalid(errors=errors)
    plain = {name: text for name, (text, _longest) in texts.items()}
    return Arrival(channel=arrival.channel, arrived_on=arrival.arrived_on, **plain)


def day_of_arrival(text: str) -> date:
    """A day in the form of ISO 8601; raises Invalid for one that is in no calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(errors=[("arrived_on", N_("Give a day of the calendar, for example 2026-12-31."))]) from None


def arrival_of(db: Session, proposal: Proposal) -> AssistedIntake | None:
    """How it came on paper, claimed since or not; None for what was written online."""
    return db.get(AssistedIntake, proposal.id)


def listing(db: Session, *, actor: Actor, after: str | None = None) -> tuple[list[Entered], str | None]:
    """Everything that came on paper, newest first, and where the next page starts."""
    policy.ensure(actor, "proposal.create_assisted", Subject())
    query = (
        select(Proposal, AssistedIntake)
        .join(AssistedIntake, AssistedIntake.proposal_id == Proposal.id)
        .where(visible(actor, proposals.COVER))
        .order_by(Proposal.id.desc())
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(Proposal.id < keyset(after))
    rows = [entered(proposal, arrival) for proposal, arrival in db.execute(query)]
    return rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else None


def entered(proposal: Proposal, arrival: AssistedIntake) -> Entered:
    return Entered(
        id=proposal.id,
        code=proposal.code,
        title=proposal.title,
        person_name=arrival.person_name,
        channel=arrival.channel,
        arrived_on=arrival.arrived_on,
        reference=arrival.reference,
        stage=PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state),
        is_claimed=arrival.claimed_at is not None,
    )
