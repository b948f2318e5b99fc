"""The checklist of the reception: what the system finds by itself, and what the secretariat checks by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.models import Proposal, ProposalVersion, ReceptionCheck, User
from intake.models.visibility import visible
from intake.policy import Actor
from intake.services import audit, likenesses, organisations, readiness, rights, routings, wordings
from intake.services.likenesses import Alike
from intake.services.proposals import COVER

LONGEST_NOTE = 2000
MOST_RELATED = 5
FindingState = Literal["ok", "look", "missing"]

# Ours: the Plan leaves to the Standing Agency how it receives (V.1.c). Each is answered by a person, yes or no.
POINTS: dict[str, Message] = {
    "proposer": N_("The proposer is who the text says, and may propose this"),
    "subject": N_("It answers the initiative and the system it names"),
    "substance": N_("Every section answers its question with substance"),
    "secrecy": N_("It holds no state secret"),
    "original": N_("It is not the same as another proposal"),
}


@dataclass(frozen=True)
class Check:
    """One point and the last word on it for the present version; `is_met` is None while nobody has looked."""

    point: str
    label: Message
    is_met: bool | None = None
    note: str = ""
    checked_by: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """What the system sees; `page` is where it is put right or read, below the proposal's address."""

    label: Message
    state: FindingState
    page: str = ""


@dataclass(frozen=True)
class Related:
    """Another proposal to compare with: on the same initiative, or with `percent` of the wording in common."""

    code: str
    title: str
    proposer_name: str
    is_same_initiative: bool
    percent: int | None


@dataclass(frozen=True)
class Checklist:
    """Everything to look at before a proposal goes to the ministries."""

    checks: list[Check]
    findings: list[Finding]
    related: list[Related]

    @property
    def is_clear(self) -> bool:
        """Whether everything was looked at and nothing stands in the way."""
        return all(check.is_met for check in self.checks) and all(one.state != "missing" for one in self.findings)


def checklist(db: Session, proposal: Proposal, *, actor: Actor) -> Checklist:
    """The checklist of the present version."""
    rights.ensure(db, proposal, "reception.check", actor=actor)
    alike, others = likenesses.alike(db, proposal, actor=actor), same_initiative(db, proposal, actor)
    return Checklist(checks(db, proposal), findings(db, proposal, others, alike), related(others, alike or []))


def checks(db: Session, proposal: Proposal) -> list[Check]:
    found = db.execute(
        select(ReceptionCheck, User.name)
        .join(User, User.id == ReceptionCheck.checked_by_id)
        .where(ReceptionCheck.proposal_id == proposal.id, ReceptionCheck.version == proposal.current_version)
    )
    said = {row.ReceptionCheck.point: (row.ReceptionCheck, row.name) for row in found}
    lines = []
    for point, label in POINTS.items():
        if point in said:
            row, name = said[point]
            lines.append(Check(point, label, row.is_met, row.note, name, row.checked_at))
        else:
            lines.append(Check(point, label))
    return lines


def findings(db: Session, proposal: Proposal, others: Sequence[Any], alike: list[Alike] | None) -> list[Finding]:
    """In the order in which the secretariat works."""
    version = ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.current_version
    warnings = len(db.scalars(select(ProposalVersion.warnings).where(*version)).first() or [])
    unsettled = len(organisations.unsettled(db, proposal))
    lead = routings.suggested(db, proposal).lead
    system = proposal.primary_system
    return [
        said(not warnings, N_("Checks of the template: no warning"), N_("Warnings to read: %(count)s", count=warnings)),
        said(
            not unsettled,
            N_("Every organisation named is settled"),
            N_("Organisations to settle: %(count)s", count=unsettled),
            wrong="missing",
            page="organisations",
        ),
        said(
            lead is not None,
            N_("The default routing names a lead ministry"),
            N_("The default routing names no lead ministry; choose one"),
        ),
        said(
            not (system and readiness.all_engineers_conflicted(db, proposal, system)),
            N_("The chief engineer of the system has no conflict of interest"),
            N_("The chief engineer of the system is conflicted; choose another system"),
        ),
        said(
            not others,
            N_("No other proposal names the same initiative"),
            N_("Others name the same initiative: %(count)s", count=others[0].count if others else 0),
        ),
        Finding(N_("The wording is being compared with the others; look again in a minute"), "look")
        if alike is None
        else said(
            not alike,
            N_("No other proposal is worded alike"),
            N_("Another has %(percent)s %% of the wording in common", percent=percent(alike[0]) if alike else 0),
        ),
    ]


def said(is_well: bool, well: Message, ill: Message, *, wrong: FindingState = "look", page: str = "text") -> Finding:
    return Finding(well, "ok") if is_well else Finding(ill, wrong, page)


def same_initiative(db: Session, proposal: Proposal, actor: Actor) -> Sequence[Any]:
    """Code, title, proposer of the newest on the same initiative that `actor` may see, and the count of all of them."""
    if proposal.initiative_ref is None:
        return []
    query = (
        select(Proposal.code, Proposal.title, Proposal.proposer_name, func.count().over().label("count"))
        .where(Proposal.initiative_ref == proposal.initiative_ref, Proposal.id != proposal.id, visible(actor, COVER))
        .order_by(Proposal.id.desc())
        .limit(MOST_RELATED)
    )
    return db.execute(query).all()


def related(others: Sequence[Any], alike: list[Alike]) -> list[Related]:
    """What reads alike, the most alike first, then the rest on the same initiative."""
    same = {row.code for row in others}
    found = [Related(one.code, one.title, one.proposer_name, one.code in same, percent(one)) for one in alike]
    known = {one.code for one in found}
    return found + [
        Related(row.code, row.title, row.proposer_name, True, None) for row in others if row.code not in known
    ]


def percent(one: Alike) -> int:
    return round(one.share * 100)


def save(db: Session, proposal: Proposal, answers: Mapping[str, tuple[bool | None, str]], *, actor: Actor) -> None:
    """Keep what was found by eye: per point yes, no or nothing yet, and a note; only changes are noted."""
    rights.hold(db, proposal, "reception.check", actor=actor)
    errors = [(path, message) for point, answer in answers.items() for path, message in faults(point, *answer)]
    if errors:
        raise Invalid(errors=errors)
    rows = select(ReceptionCheck).where(
        ReceptionCheck.proposal_id == proposal.id, ReceptionCheck.version == proposal.current_version
    )
    before = {row.point: row for row in db.scalars(rows)}
    changes = {}
    for point, (is_met, note) in answers.items():
        text = wordings.plain(note)
        if (old := standing(before.get(point))) != (is_met, text):
            changes[point] = {"old": list(old), "new": [is_met, text]}
            write(db, proposal, point, before.get(point), is_met, text, actor)
    if changes:
        data = {"version": proposal.current_version, "changes": changes}
        audit.record(db, "reception.checked", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    db.flush()


def faults(point: str, is_met: bool | None, note: str) -> list[tuple[str, Message]]:
    """What is wrong with one answer, and at which field."""
    if point not in POINTS:
        return [(point, N_("There is no such point on the checklist."))]
    if found := wordings.fault(note, longest=LONGEST_NOTE):
        return [(f"{point}.note", found)]
    if is_met is None and wordings.plain(note):
        return [(f"{point}.answer", N_("Answer yes or no, so that the note is kept."))]
    if is_met is False and not wordings.plain(note):
        return [(f"{point}.note", N_("Say what is wrong or missing."))]
    return []


def standing(row: ReceptionCheck | None) -> tuple[bool | None, str]:
    return (row.is_met, row.note) if row is not None else (None, "")


def write(
    db: Session,
    proposal: Proposal,
    point: str,
    row: ReceptionCheck | None,
    is_met: bool | None,
    note: str,
    actor: Actor,
) -> None:
    """The newest word on one point; no word takes the row away."""
    if is_met is None:
        if row is not None:
            db.delete(row)
        return
    if row is None:
        row = ReceptionCheck(proposal_id=proposal.id, version=proposal.current_version, point=point)
        db.add(row)
    row.is_met, row.note, row.checked_at = is_met, note, clock.now()
    assert actor.user_id is not None  # the clock receives nothing
    row.checked_by_id = actor.user_id
