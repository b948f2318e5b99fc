"""The procedure in plain words for home and help, read from its declaration and the periods in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake import clock
from intake.i18n import N_, Message
from intake.services.calendars import period
from intake.services.timeline import next_on_the_way
from intake.workflow.procedure import ASKING_STAGE, Procedure, Stage
from intake.workflow.procedures import DEFAULT_PROCEDURE

HOLDERS: dict[str, Message] = {
    "owner": N_("The proposer"),
    "secretariat": N_("Standing agency"),
    "lead_ministry": N_("Lead ministry"),
    "engineer": N_("Chief engineer of the system"),
    "body": N_("Standing Board"),
    "deciding_body": N_("The body that decided"),
    "lead_agency": N_("Lead agency"),
}

WORK: dict[str, Message] = {
    "settles_organisations": N_("The standing agency checks the file and sends it to the ministries"),
    "engineer_assesses": N_("The chief engineer assesses it for the strategic system"),
    "synthesis_open": N_("The standing agency shows scores and differing opinions side by side"),
    "accepts_opinions": N_("Ministries score six criteria and give their opinion"),
    "decided_in_session": N_("The Standing Board of the Central Steering Committee decides"),
    "owner_edits": N_("The proposer completes the text and sends it again"),
    "takes_reports": N_("The lead agency carries it out and reports every month"),
    "is_ranked": N_("The standing agency puts it before the Standing Board again"),
}


@dataclass(frozen=True)
class WayStep:
    """One step of the straight way to a decision."""

    number: int
    label: Message
    work: Message
    days: int | None


@dataclass(frozen=True)
class StageMoves:
    """One stage with its holder, its period, and where each move leads."""

    stage: Stage
    holder: Message | None
    days: int | None
    moves: list[tuple[Message, Message]]


def straight_way(db: Any) -> list[WayStep]:
    """From submission to decision, when nothing is sent back."""
    steps: list[WayStep] = []
    stage = next_on_the_way(DEFAULT_PROCEDURE, DEFAULT_PROCEDURE.initial)
    while stage is not None:
        steps.append(WayStep(len(steps) + 1, stage.label, work_at(stage) or stage.public, days_of(db, stage)))
        stage = next_on_the_way(DEFAULT_PROCEDURE, stage)
    return steps


def work_at(stage: Stage) -> Message | None:
    """What happens at this stage, in one sentence; None where its name says it all."""
    return next((WORK[flag] for flag in WORK if getattr(stage, flag)), None)


def all_stages(db: Any) -> list[StageMoves]:
    """Every stage of the procedure in declared order, with its moves."""
    return [
        StageMoves(stage, HOLDERS[stage.holder] if stage.holder else None, days_of(db, stage), moves_from(stage))
        for stage in DEFAULT_PROCEDURE.stages
    ]


def moves_from(stage: Stage, procedure: Procedure = DEFAULT_PROCEDURE) -> list[tuple[Message, Message]]:
    """Label of each move out of `stage`, and of where it leads."""
    found = [(t.label, t.targets[stage.id]) for t in procedure.transitions if stage.id in t.targets]
    asking = N_("The stage that asked")
    return [(label, asking if to == ASKING_STAGE else procedure.stage(to).label) for label, to in found]


def days_of(db: Any, stage: Stage) -> int | None:
    return period(db, DEFAULT_PROCEDURE.id, stage.id, clock.today()) if stage.is_open else None
