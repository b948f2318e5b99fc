"""Which ministries review a proposal: one leads, any number cooperate, none that owns or is to lead it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from intake import clock
from intake.errors import Invalid
from intake.i18n import N_, Message, Text
from intake.models import Assignment, Organisation, Proposal, Routing, RoutingDefault
from intake.policy import Actor
from intake.services import audit, organisations


@dataclass(frozen=True)
class SuggestedRouting:
    """The default routing of a proposal; `left_out` are bodies that would be asked but own or are to lead it."""

    lead: Organisation | None
    cooperating: list[Organisation]
    left_out: list[Organisation]


def current(db: Session, proposal: Proposal) -> list[Routing]:
    """The ministries asked now, the lead first."""
    found = select(Routing).where(Routing.proposal_id == proposal.id, Routing.ended_at.is_(None))
    rows = db.scalars(found.options(joinedload(Routing.organisation)).order_by(Routing.id)).all()
    return sorted(rows, key=lambda row: row.role != "lead")


def suggested(db: Session, proposal: Proposal) -> SuggestedRouting:
    """Lead and cooperating ministries by the table an administrator keeps; a lead left out is replaced by the next."""
    rows = default_rows(db, proposal.initiative_ref) or default_rows(db, proposal.primary_system)
    asked = [organisation for _, organisation in rows]
    barred = organisations.conflicting(db, proposal)
    possible = [organisation for organisation in asked if organisation.id not in barred]
    return SuggestedRouting(
        lead=possible[0] if possible else None,
        cooperating=possible[1:],
        left_out=[organisation for organisation in asked if organisation.id in barred],
    )


def default_rows(db: Session, subject: str | None) -> list[tuple[RoutingDefault, Organisation]]:
    """The rows of one initiative or system, the lead first."""
    found = (
        select(RoutingDefault, Organisation)
        .join(Organisation, Organisation.id == RoutingDefault.organisation_id)
        .where(RoutingDefault.subject == subject, Organisation.is_active)
        .order_by(RoutingDefault.position, RoutingDefault.id)
    )
    rows = [(row, organisation) for row, organisation in db.execute(found)]
    return sorted(rows, key=lambda pair: pair[0].role != "lead")


def route(
    db: Session, proposal: Proposal, *, lead: str, cooperating: list[str], due_on: date, actor: Actor
) -> list[Routing]:
    """Ask the ministries, instead of any asked before; the caller, who moves the proposal, has checked the right."""
    refuse_unfit(db, proposal, lead, cooperating)
    end_all(db, proposal)
    asked = [(lead, "lead"), *((id, "cooperating") for id in cooperating)]
    rows = [
        Routing(proposal_id=proposal.id, organisation_id=id, role=role, due_on=due_on, routed_at=clock.now())
        for id, role in asked
    ]
    db.add_all(rows)
    db.flush()
    data = {"lead": lead, "cooperating": cooperating, "due_on": due_on.isoformat()}
    audit.record(db, "routing.started", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return rows


def refuse_unfit(db: Session, proposal: Proposal, lead: str, cooperating: list[str]) -> None:
    """Raise Invalid with the path of every body that is unknown, named twice, or would judge its own proposal."""
    given = [("data.lead", lead), *((f"data.cooperating.{n}", id) for n, id in enumerate(cooperating))]
    known = organisations.bodies(db, [id for _, id in given])
    barred = organisations.conflicting(db, proposal)
    errors: list[tuple[str, Message]] = []
    seen: set[str] = set()
    for path, id in given:
        if id not in known:
            errors.append((path, organisations.unknown_body(id)))
        elif id in barred:
            errors.append((path, own_proposal(known[id])))
        elif id in seen:
            errors.append(
                (path, N_("%(organisation)s is named twice. Name each body once.", organisation=name(known[id])))
            )
        seen.add(id)
    if errors:
        raise Invalid(errors=errors)


def own_proposal(organisation: Organisation) -> Message:
    return N_(
        "%(organisation)s owns this proposal or is named to lead it, so it cannot review it. Choose another ministry.",
        organisation=name(organisation),
    )


def name(organisation: Organisation) -> Text:
    return Text(vi=organisation.name_vi, en=organisation.name_en)


def end_all(db: Session, proposal: Proposal) -> None:
    """Nobody of a ministry is asked any more: routings end, and with them their reviewers' assignments."""
    ends = {"ended_at": clock.now()}
    asked = (Routing.proposal_id == proposal.id, Routing.ended_at.is_(None))
    db.execute(update(Routing).where(*asked).values(**ends))
    reviewers = (Assignment.proposal_id == proposal.id, Assignment.kind == "reviewer", Assignment.ended_at.is_(None))
    db.execute(update(Assignment).where(*reviewers).values(**ends, end_reason="routing ended"))
