"""What each stage expects of people: the straight way of a proposal, every step an act of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from intake.cli import demo_stories as stories
from intake.cli.world import acting
from intake.services import assignments, proposals, score_sheets, transitions

Step = Callable[[Session, str], None]


def move_by_owner(db: Session, code: str, transition: str) -> None:
    proposal = proposals.unchecked(db, code)
    owner = stories.owner_of(db, proposal)
    transitions.move(db, proposal, transition, actor=owner, seen=proposal.revision)


def moved(db: Session, code: str, transition: str, email: str, role: str) -> None:
    proposal = proposals.unchecked(db, code)
    maker = acting(db, email, role).actor
    transitions.move(db, proposal, transition, actor=maker, seen=proposal.revision, reason="Theo quy trình.")


def engineer(db: Session, code: str) -> str:
    return f"engineer.{proposals.unchecked(db, code).assessing_system}@demo.vn"


def free(db: Session, code: str, email: str) -> None:
    stories.unconflicted(db, code, email or engineer(db, code))


def assigned(db: Session, code: str, email: str, lead: str) -> None:
    assignments.assign_reviewer(db, proposals.unchecked(db, code), email, actor=acting(db, lead).actor)


def scored(db: Session, code: str, email: str) -> None:
    """A first sheet, or another one with the reason for it."""
    given = {name: {"score": 4, "justification": text} for name, text in stories.JUSTIFICATIONS.items()}
    who = acting(db, email or engineer(db, code)).actor
    score_sheets.save(db, proposals.unchecked(db, code), given, submit=True, actor=who, reason="Xem lại.")


def opined(db: Session, code: str, email: str) -> None:
    stories.opined(db, code, email or engineer(db, code), "agree", "Đồng ý.")


def assessed(db: Session, code: str) -> None:
    moved(db, code, "assess", engineer(db, code), "engineer")


# What is done a second time, after a return, may be refused step by step; the move at the end is tried all the same.
REVIEW: tuple[Step, ...] = (
    *(partial(free, email=email) for email in (stories.LEAD, stories.LEAD2)),
    partial(assigned, email=stories.REVIEWER, lead=stories.LEAD),
    partial(free, email=stories.REVIEWER),
    partial(assigned, email=stories.LEAD2, lead=stories.LEAD2),
    *(partial(scored, email=email) for email in (stories.REVIEWER, stories.LEAD2)),
    *(partial(opined, email=email) for email in (stories.LEAD, stories.LEAD2)),
    partial(moved, transition="conclude_review", email=stories.LEAD2, role="ministry_lead"),
)
ASSESSMENT: tuple[Step, ...] = (*(partial(step, email="") for step in (free, scored, opined)), assessed)
STRAIGHT: dict[str, tuple[Step, ...]] = {
    "draft": (stories.submitted,),
    "reception": (stories.linked, stories.accepted),
    "ministry_review": REVIEW,
    "engineer_assessment": ASSESSMENT,
    "synthesis": (stories.synthesised, stories.referred),
    "deferred": (partial(moved, transition="reschedule", email=stories.SECRETARY, role="secretary"),),
    "approved": (stories.implemented,),
}
