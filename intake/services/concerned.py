"""Who is concerned by a decision besides authors and holder, and what they are told: nothing before the release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake import outline
from intake.errors import Invalid
from intake.i18n import LANGUAGES, N_, Message, Text
from intake.models import (
    Assignment,
    FormerName,
    Membership,
    Opinion,
    Organisation,
    Proposal,
    ProposalVersion,
    ScoreSheet,
    SessionItem,
    User,
)
from intake.policy import Actor
from intake.services import addresses, audiences, conflicts, notices, organisations
from intake.services.notify_moves import code_line, due_line, who_acts_next
from intake.vietnamese import short_date
from intake.workflow.procedures import PROCEDURES

ANSWERING = ("ministry_lead", "implementer", "engineer", "secretary")
"""Roles that speak for their organisation; so do those who manage its members."""
Conditions = list[Mapping[str, Any]]


@dataclass
class Answering:
    """Who answers for the conditions: people with accounts, and addresses written in their place."""

    people: dict[int, Conditions] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, Conditions] = field(default_factory=lambda: defaultdict(list))


def experts(db: Session, proposal: Proposal, *, actor: Actor) -> set[int]:
    """The ministries and the engineer, and everybody who scored or signed; the conflicted hear nothing."""
    people = audiences.ministries(db, proposal) | audiences.engineer(db, proposal)
    people |= set(
        db.scalars(
            select(Assignment.user_id).where(Assignment.proposal_id == proposal.id, Assignment.ended_at.is_(None))
        )
    )
    scored = select(ScoreSheet.user_id).where(
        ScoreSheet.proposal_id == proposal.id, ScoreSheet.submitted_at.is_not(None)
    )
    signed = select(Opinion.user_id).where(Opinion.proposal_id == proposal.id, Opinion.signed_at.is_not(None))
    people |= set(db.scalars(scored)) | set(db.scalars(signed))
    return conflicts.without_conflicted(db, proposal, people - {actor.user_id, *audiences.authors(db, proposal)})


def released(db: Session, proposal: Proposal, item: SessionItem, *, worked: Collection[int]) -> None:
    """Tell everybody concerned by a released decision, each once, whatever they are concerned by."""
    outcome, key = outcome_line(proposal, item.outcome or ""), f"decision:{proposal.id}:{proposal.revision}"
    subject = N_("%(code)s: decision released", code=proposal.code)
    told = audiences.authors(db, proposal) | who_acts_next(db, proposal)
    answering = answering_for(db, item.conditions)
    for user_id, conditions in answering.people.items():
        lines = [*condition_lines(proposal, conditions), outcome]
        notices.notify(db, [user_id], condition_subject(proposal), lines, key=key, path="/")
    reached = told | set(answering.people)
    assessed = [N_("The committee has decided on a proposal that you assessed."), code_line(proposal), outcome]
    notices.notify(db, set(worked) - reached, subject, assessed, key=key, path="/queue")
    reached |= set(worked)
    for address, conditions in answering.addresses.items():
        lines = [*condition_lines(proposal, conditions), outcome]
        write_outside(db, address, condition_subject(proposal), lines, key=key, told=reached)
    partners = partner_addresses(db, proposal) - set(answering.addresses)
    named = [N_("The committee has decided on a proposal that names you as a partner."), code_line(proposal), outcome]
    for address in sorted(partners):
        write_outside(db, address, subject, named, key=key, told=reached, path=public_path(proposal))


def assigned(db: Session, proposal: Proposal, *, actor: Actor) -> None:
    """Tell who supervises, and the partners; authors and lead agency hear it with the move."""
    agency = db.get_one(Organisation, proposal.lead_agency_id or "")
    lead = N_("Lead agency: %(body)s.", body=Text(agency.name_vi, agency.name_en))
    key = f"assigned:{proposal.id}:{proposal.revision}"
    told = audiences.authors(db, proposal) | who_acts_next(db, proposal)
    supervising = {id for id in (proposal.supervisor_id,) if id is not None} - {actor.user_id, *told}
    lines = [N_("You supervise for the committee how this proposal is carried out."), code_line(proposal), lead]
    if proposal.due_on is not None:
        lines.append(N_("The first report is due on %(date)s.", date=short_date(proposal.due_on)))
    subject = N_("%(code)s: you supervise the implementation", code=proposal.code)
    notices.notify(db, supervising, subject, lines, key=key, path=f"/proposals/{proposal.code}/mandate")
    told |= supervising | {id for id in (actor.user_id,) if id is not None}
    subject = N_("%(code)s: a lead agency was named", code=proposal.code)
    named = [N_("A lead agency was named for a proposal that names you as a partner."), code_line(proposal), lead]
    for address in sorted(partner_addresses(db, proposal)):
        write_outside(db, address, subject, named, key=key, told=told, path=public_path(proposal))


def outcome_line(proposal: Proposal, outcome: str) -> Message:
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    return N_("Outcome: %(outcome)s", outcome=procedure.transition(outcome).label)


def condition_subject(proposal: Proposal) -> Message:
    return N_("%(code)s: a condition for you to meet", code=proposal.code)


def condition_lines(proposal: Proposal, conditions: Iterable[Mapping[str, Any]]) -> list[Message]:
    """What has to be done until when; whoever answers for it may see no other page of the proposal."""
    lines = [N_("A proposal was approved on conditions, and you answer for what follows."), code_line(proposal)]
    for condition in conditions:
        lines.append(N_("Condition: %(text)s", text=condition["text"]))
        lines.append(due_line(date.fromisoformat(condition["due_on"])))
    return lines


def public_path(proposal: Proposal) -> str:
    """The public page of the file, where its owner agreed to one."""
    return f"/track?code={proposal.code}" if proposal.publish_consent else "/"


def write_outside(
    db: Session,
    address: str,
    subject: Message,
    lines: list[Message],
    *,
    key: str,
    told: set[int],
    path: str = "/",
) -> None:
    """One mail to an address; to the person whose account it is in their language, unless they were told already."""
    user = db.scalar(select(User).where(User.email == address))
    if user is not None and (user.id in told or not user.is_active):
        return
    language = user.language if user is not None else LANGUAGES[0]
    mark = str(user.id) if user is not None else address
    notices.write(db, address, language, subject, lines, key=f"{key}:{mark}", path=path)


def partner_addresses(db: Session, proposal: Proposal) -> set[str]:
    """The contacts of the partners that the submitted text names; what is no address is left out."""
    number = (ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.current_version)
    document = db.scalar(select(ProposalVersion.document).where(*number))
    return {address for typed in outline.partner_contacts(document or {}) if (address := address_of(typed))}


def address_of(typed: str) -> str | None:
    try:
        return addresses.checked(typed)
    except Invalid:
        return None


def answering_for(db: Session, conditions: Iterable[Mapping[str, Any]]) -> Answering:
    """Who answers for each condition: an address, or an organisation of the catalogue by its name or id."""
    found, known = Answering(), None
    for condition in conditions:
        owner = condition.get("owner") or ""
        if (address := address_of(owner)) is not None:
            found.addresses[address].append(condition)
            continue
        known = bodies_by_name(db) if known is None else known
        for user_id in sorted(speakers(db, known.get(organisations.plain(owner)))):
            found.people[user_id].append(condition)
    return found


def unreached(db: Session, owners: Collection[str]) -> set[str]:
    """Owners of conditions whom no mail reaches: the secretariat tells them by letter."""
    found = answering_for(db, [{"owner": owner} for owner in owners])
    reached = {one["owner"] for group in (found.people, found.addresses) for many in group.values() for one in many}
    return set(owners) - reached


def bodies_by_name(db: Session) -> dict[str, str]:
    """Organisations in use by everything they are called: id, names, short name, former names."""
    found = {organisations.plain(body.id): body.id for body in organisations.in_use(db)}
    former = select(FormerName.organisation_id, FormerName.name_vi, FormerName.name_en)
    for id, *names in db.execute(former):
        found |= {organisations.plain(name): id for name in names if name}
    return found | {name: body.id for body in organisations.in_use(db) for name in organisations.names_of(body)}


def speakers(db: Session, organisation_id: str | None) -> set[int]:
    """The active people who speak for an organisation."""
    if organisation_id is None:
        return set()
    query = (
        select(Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            User.is_active,
            or_(Membership.role.in_(ANSWERING), Membership.is_manager),
        )
    )
    return set(db.scalars(query))
