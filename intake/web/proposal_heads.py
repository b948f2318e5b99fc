"""What stands at the head of every page about one proposal: what it is, where it stands, who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import g

from intake import clock
from intake.catalogue import SYSTEMS
from intake.catalogue.systems import System
from intake.i18n import Message, Text
from intake.models import Organisation, Proposal
from intake.services.calendars import calendar, period
from intake.services.proposals import stage_of
from intake.services.timeline import next_on_the_way
from intake.services.transitions import procedure_of
from intake.web.procedure_steps import HOLDERS
from intake.workflow.deadlines import stage_due_on
from intake.workflow.procedure import Stage


@dataclass(frozen=True)
class Head:
    """Ready for the macro `proposal_head`."""

    proposal: Proposal
    stage: Stage
    system: System | None
    holder: Message | Text | None


def head_of(proposal: Proposal) -> Head:
    return Head(proposal, stage_of(proposal), system_of(proposal), holder_of(proposal))


def system_of(proposal: Proposal) -> System | None:
    return SYSTEMS.get(proposal.primary_system or "")


def holder_of(proposal: Proposal) -> Message | Text | None:
    """The body that holds it, else the kind of holder; None when nobody does."""
    if proposal.holder_kind is None:
        return None
    body = proposal.holder_organisation
    return body_name(body) if body is not None else HOLDERS[proposal.holder_kind]


def body_name(body: Organisation) -> Text:
    return Text(body.name_vi, body.name_en)


@dataclass(frozen=True)
class NextStage:
    """The stage after this one on the straight way, who holds it then, for how many working days, until when."""

    stage: Stage
    holder: Message | None
    days: int | None
    until: date | None


def next_stage(proposal: Proposal) -> NextStage | None:
    """None when the proposal is closed or a session decides."""
    here = stage_of(proposal)
    following = next_on_the_way(procedure_of(proposal), here) if here.is_open else None
    return standing_in(proposal, following) if following else None


def standing_in(proposal: Proposal, stage: Stage) -> NextStage:
    """Who holds a proposal in `stage`, and how long."""
    today = clock.today()
    days = period(g.db, proposal.procedure, stage.id, today) if stage.is_open else None
    until = stage_due_on(stage, today, calendar(g.db), days=days)
    return NextStage(stage, HOLDERS[stage.holder] if stage.holder else None, days, until)
