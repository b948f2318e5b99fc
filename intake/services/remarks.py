"""What the authors were asked to supplement or revise, and which sections are open to them meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import outline, policy
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_
from intake.models import Decision, Proposal, Remark, SessionItem
from intake.outline import ERROR, OUTLINE
from intake.outline.model import Rows
from intake.policy import Actor
from intake.services.subjects import subject_of
from intake.workflow.procedure import Stage
from intake.workflow.procedures import PROCEDURES

EVERY_PART = frozenset(OUTLINE.bodies)
ADMINISTRATIVE = "administrative"
CLOSED = N_("Nothing was asked about this section, so it stays as it was submitted. You may read it, not change it.")


@dataclass(frozen=True)
class Revision:
    """What the committee asks to revise in one section."""

    section: str
    text: str


@dataclass(frozen=True)
class Request:
    """What the authors have to answer now: remarks on sections, the words of the decision that asks for a revision.

    `open_parts` are the sections they may change meanwhile.
    """

    remarks: Sequence[Remark | Revision]
    text: str
    reason: str
    open_parts: frozenset[str]

    @property
    def is_limited(self) -> bool:
        """Whether some sections stay closed: a revision opens the whole text, whatever it remarks on."""
        return self.open_parts != EVERY_PART

    def on(self, part: str) -> list[str]:
        """The remarks on one section."""
        return [remark.text for remark in self.remarks if remark.section == part]


def request(db: Session, proposal: Proposal, *, actor: Actor) -> Request | None:
    """What is asked of the authors now; None while nothing is."""
    policy.ensure(actor, "proposal.read", subject_of(db, proposal, actor=actor))
    stage = stage_of(proposal)
    if not (stage.owner_edits and stage.is_open):
        return None
    asked = current(db, proposal)
    decided = None if asked else latest_decision(db, proposal)
    return Request(
        remarks=asked or revisions(decided),
        text=decided.text if decided else "",
        reason=decided.reason if decided else "",
        open_parts=open_parts(db, proposal),
    )


def latest(db: Session, proposal: Proposal, *, actor: Actor) -> list[Remark]:
    """The remarks of the newest request, answered or not, in the order they were written."""
    policy.ensure(actor, "proposal.read", subject_of(db, proposal, actor=actor))
    return newest(db, proposal)


def newest(db: Session, proposal: Proposal) -> list[Remark]:
    last = select(func.max(Remark.revision)).where(Remark.proposal_id == proposal.id).scalar_subquery()
    asked = select(Remark).where(Remark.proposal_id == proposal.id, Remark.revision == last)
    return list(db.scalars(asked.order_by(Remark.id)))


def current(db: Session, proposal: Proposal) -> list[Remark]:
    """The remarks to be answered now: those of a supplement, while the clock of the stage that asked stands still."""
    return newest(db, proposal) if stage_of(proposal).stops_clock else []


def latest_decision(db: Session, proposal: Proposal) -> Any:
    """The words of the newest released decision on a proposal."""
    return db.execute(
        select(SessionItem.text, SessionItem.reason, SessionItem.remarks)
        .join(Decision, Decision.item_id == SessionItem.id)
        .where(Decision.proposal_id == proposal.id)
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()


def revisions(decided: Any) -> list[Revision]:
    """The remarks that a released decision makes on sections."""
    return [Revision(**one) for one in (decided.remarks or ())] if decided else []


def stage_of(proposal: Proposal) -> Stage:
    return PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)


def open_parts(db: Session, proposal: Proposal, document: Mapping[str, Any] | None = None) -> frozenset[str]:
    """The sections that the authors may change now: all of a draft, in a supplement those it asks about.

    A section that blocks the submission is open too: nobody is to be asked for what they cannot mend.
    """
    if not stage_of(proposal).owner_edits:
        return frozenset()
    asked = {remark.section for remark in current(db, proposal)}
    if not asked:
        return EVERY_PART
    return frozenset(asked) | blocking(document if document is not None else draft_of(db, proposal))


def draft_of(db: Session, proposal: Proposal) -> dict[str, Any]:
    return db.scalars(select(Proposal.document).where(Proposal.id == proposal.id)).one()


def blocking(document: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(found.section for found in outline.check(document) if found.severity == ERROR)


def ensure_open(db: Session, proposal: Proposal, part: str) -> None:
    """Raise IllegalMove for a section that is closed now."""
    if part not in open_parts(db, proposal):
        raise IllegalMove(CLOSED)


def ensure_only_open_parts_change(
    db: Session, proposal: Proposal, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Raise Invalid, with the path of each closed section that reads differently.

    What follows by itself from a change that is allowed (a reference to a row that is gone) is allowed with it.
    """
    allowed = open_parts(db, proposal, before)
    if allowed == EVERY_PART:
        return
    expected = dict(before)
    for part in outline.changed_sections(before, after):
        if part in allowed:
            expected = outline.with_part(expected, part, part_of(after, part))
    closed = set(outline.changed_sections(expected, after)) - allowed - blocking(expected)
    if closed:
        raise Invalid(errors=[(part, CLOSED) for part in OUTLINE.bodies if part in closed])


def part_of(document: Mapping[str, Any], part: str) -> Any:
    holder = document if part == ADMINISTRATIVE else document["sections"]
    return holder.get(part) or ([] if isinstance(OUTLINE.bodies[part], Rows) else {})
