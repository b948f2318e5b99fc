"""Signed positions: of a ministry, of an adviser, and the chief engineer's assessment. Signed ones never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true, update
from sqlalchemy.orm import Session, joinedload

from intake import clock, policy
from intake.errors import IllegalMove, Incomplete, Invalid
from intake.i18n import N_, Text
from intake.models import Opinion, Proposal, Routing, ScoreSheet
from intake.policy import Actor, Role
from intake.services import audit, conflicts, notices, rights, routings, wordings
from intake.services.problems import problem
from intake.services.subjects import subject_of
from intake.vietnamese import short_date

POSITIONS = ("agree", "conditions", "disagree")
LONGEST_TEXT = 20_000
LONGEST_CONDITION = 2000
MOST_CONDITIONS = 50
KINDS: dict[Role, tuple[str, str]] = {
    Role.MINISTRY_LEAD: ("ministry", "opinion.write"),
    Role.ADVISER: ("adviser", "opinion.write"),
    Role.ENGINEER: ("assessment", "assessment.write"),
}
IN_FORCE = (Opinion.signed_at.is_not(None), Opinion.superseded_at.is_(None))


@dataclass(frozen=True)
class OpinionView:
    """One opinion as those who may see it read it; `is_on_older_text` marks, it never takes away."""

    id: int
    kind: str
    organisation: Text | None
    organisation_id: str | None
    author: str
    position: str
    text: str
    conditions: tuple[str, ...]
    version: int
    is_on_older_text: bool
    saved_at: datetime
    signed_at: datetime | None
    superseded_at: datetime | None


def save(
    db: Session,
    proposal: Proposal,
    *,
    position: str,
    text: str,
    conditions: Sequence[str] = (),
    submit: bool,
    actor: Actor,
) -> Opinion:
    """Keep the person's draft, or sign it: a signed opinion takes the place of the one before it."""
    kind, action = KINDS.get(actor.role, ("", "opinion.write"))
    rights.hold(db, proposal, action, actor=actor)
    words, listed = checked(position, text, conditions)
    if submit:
        ensure_signable(db, proposal, position, words, listed, actor)
    opinion = draft_of(db, proposal, kind, actor)
    opinion.version, opinion.position, opinion.text, opinion.conditions = (
        proposal.current_version,
        position,
        words,
        listed,
    )
    opinion.saved_at = clock.now()
    data: dict[str, Any] = {"kind": kind, "organisation": opinion.organisation_id, "position": position}
    if submit:
        data["supersedes"] = supersede(db, proposal, kind, actor)
        opinion.signed_at = clock.now()
    db.flush()
    event = "opinion.signed" if submit else "opinion.saved"
    data |= {"opinion": opinion.id, "version": opinion.version}
    audit.record(db, event, actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    if submit and kind == "ministry":
        tell_lead_ministry(db, proposal, opinion, actor)
    return opinion


def checked(position: Any, text: Any, conditions: Any) -> tuple[str, list[str]]:
    """The words as they are kept; raises Invalid where they have the wrong shape."""
    if position not in POSITIONS:
        raise Invalid(errors=[("position", N_("Choose one of: %(kinds)s.", kinds=", ".join(POSITIONS)))])
    words = wordings.checked(text, "text", longest=LONGEST_TEXT)
    if isinstance(conditions, str) or not isinstance(conditions, Sequence) or len(conditions) > MOST_CONDITIONS:
        message = N_("Give a list of at most %(count)s conditions.", count=MOST_CONDITIONS)
        raise Invalid(errors=[("conditions", message)])
    listed = [wordings.checked(c, f"conditions.{n}", longest=LONGEST_CONDITION) for n, c in enumerate(conditions)]
    listed = [condition for condition in listed if condition]
    if listed and position != "conditions":
        message = N_(
            "Conditions belong to the position that agrees with conditions. Change the position or remove them."
        )
        raise Invalid(errors=[("conditions", message)])
    return words, listed


def ensure_signable(
    db: Session, proposal: Proposal, position: str, text: str, conditions: list[str], actor: Actor
) -> None:
    """Raise Incomplete for an opinion that says too little, or an assessment before the engineer's own blind sheet."""
    problems = []
    if not text:
        problems.append(problem("opinion.reasoned", "text", N_("Give the reasons for this position.")))
    if position == "conditions" and not conditions:
        problems.append(problem("opinion.conditions", "conditions", N_("Write at least one condition.")))
    if actor.role is Role.ENGINEER and not has_submitted_sheet(db, proposal, actor):
        problems.append(problem("assessment.sheet_first", "", N_("Submit your own score sheet before the assessment.")))
    if problems:
        raise Incomplete(problems=problems)


def has_submitted_sheet(db: Session, proposal: Proposal, actor: Actor) -> bool:
    query = select(ScoreSheet.id).where(
        ScoreSheet.proposal_id == proposal.id,
        ScoreSheet.user_id == actor.user_id,
        ScoreSheet.submitted_at.is_not(None),
    )
    return db.scalar(query) is not None


def draft_of(db: Session, proposal: Proposal, kind: str, actor: Actor) -> Opinion:
    """The person's unsigned opinion, begun now if there is none."""
    organisation_id = actor.organisation_id if kind == "ministry" else None
    found = db.scalar(
        select(Opinion).where(
            Opinion.proposal_id == proposal.id,
            Opinion.kind == kind,
            Opinion.user_id == actor.user_id,
            Opinion.organisation_id == organisation_id,
            Opinion.signed_at.is_(None),
        )
    )
    if found is None:
        found = Opinion(proposal_id=proposal.id, kind=kind, user_id=actor.user_id, organisation_id=organisation_id)
        db.add(found)
    return found


def supersede(db: Session, proposal: Proposal, kind: str, actor: Actor) -> list[int]:
    """End the opinion in force that the new one replaces: of the ministry, the adviser, or the assessment; its ids."""
    same_author: dict[str, ColumnElement[bool]] = {
        "ministry": Opinion.organisation_id == actor.organisation_id,
        "adviser": Opinion.user_id == actor.user_id,
    }
    replaced = (
        update(Opinion)
        .where(Opinion.proposal_id == proposal.id, Opinion.kind == kind, *IN_FORCE, same_author.get(kind, true()))
        .values(superseded_at=clock.now())
        .returning(Opinion.id)
    )
    return list(db.scalars(replaced, execution_options={"synchronize_session": False}))


def tell_lead_ministry(db: Session, proposal: Proposal, opinion: Opinion, actor: Actor) -> None:
    """The lead ministry waits for the others' opinions before it concludes."""
    leading = next((row for row in routings.current(db, proposal) if row.role == "lead"), None)
    if leading is None or leading.organisation_id == opinion.organisation_id:
        return
    notices.notify(
        db,
        conflicts.leads_of(db, proposal, leading.organisation_id) - {actor.user_id},
        N_("%(code)s: an opinion is in", code=proposal.code),
        [N_("A cooperating ministry has signed its opinion on %(title)s.", title=proposal.title)],
        key=f"opinion:{opinion.id}",
        path="/queue",
    )


def close_body(db: Session, proposal: Proposal, organisation_id: str, *, reason: str, actor: Actor) -> Routing:
    """Go on without a cooperating ministry that let its due date pass: recorded as "no opinion"."""
    rights.hold(db, proposal, "opinion.close", actor=actor)
    text = wordings.checked(reason, "reason", missing=N_("Say why the review goes on without this opinion."))
    routing = next((row for row in routings.current(db, proposal) if row.organisation_id == organisation_id), None)
    if routing is None:
        raise Invalid(errors=[("body", N_("%(id)s is not asked about this proposal.", id=organisation_id))])
    if routing.role == "lead":
        message = N_("The lead ministry cannot be left out. Return the proposal to reception to choose another lead.")
        raise Invalid(errors=[("body", message)])
    # A clock that was stopped moves the stage's due date; nobody is late before it.
    due_on = max(routing.due_on, proposal.due_on or routing.due_on)
    if clock.today() <= due_on:
        raise IllegalMove(N_("This body has until %(date)s. Close it the day after.", date=short_date(due_on)))
    if routing not in outstanding(db, proposal):
        raise IllegalMove(N_("This body has signed its opinion, or was closed already."))
    routing.no_opinion_at, routing.no_opinion_reason = clock.now(), text
    data = {"organisation": organisation_id, "reason": text, "due_on": due_on.isoformat()}
    audit.record(db, "opinion.closed", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    notices.notify(
        db,
        conflicts.leads_of(db, proposal, organisation_id) - {actor.user_id},
        N_("%(code)s: closed without your opinion", code=proposal.code),
        [
            N_(
                "The due date passed on %(date)s. The review goes on without the opinion of your ministry.",
                date=short_date(due_on),
            )
        ],
        key=f"no-opinion:{routing.id}",
        path="/queue",
    )
    return routing


def outstanding(db: Session, proposal: Proposal) -> list[Routing]:
    """The ministries asked now whose opinion is neither signed nor closed, the lead first."""
    signed = select(Opinion.organisation_id).where(
        Opinion.proposal_id == proposal.id, Opinion.kind == "ministry", *IN_FORCE
    )
    opined = set(db.scalars(signed))
    return [
        row for row in routings.current(db, proposal) if row.no_opinion_at is None and row.organisation_id not in opined
    ]


def listing(db: Session, proposal: Proposal, *, actor: Actor) -> list[OpinionView]:
    """What `actor` may read, oldest first: all that is signed, or one's own and, for a lead, his ministry's."""
    subject = subject_of(db, proposal, actor=actor)
    everything = policy.allows(actor, "opinion.read_all", subject)
    own_ministry = policy.allows(actor, "score_sheet.read_ministry", subject)
    if not everything:
        rights.ensure(db, proposal, "opinion.read_own", actor=actor)
    of_ministry = Opinion.organisation_id == actor.organisation_id if own_ministry else false()
    others = true() if everything else of_ministry
    found = views(db, proposal, or_(Opinion.user_id == actor.user_id, Opinion.signed_at.is_not(None) & others))
    if not found:  # without a word of one's own an empty list would tell that there is such a proposal
        policy.ensure(actor, "proposal.read_cover", subject)
    return found


def in_force(db: Session, proposal: Proposal) -> list[OpinionView]:
    """Every signed opinion that no later one has replaced; the caller has checked the right."""
    return views(db, proposal, *IN_FORCE)


def views(db: Session, proposal: Proposal, *where: ColumnElement[bool]) -> list[OpinionView]:
    found = select(Opinion).where(Opinion.proposal_id == proposal.id, *where).order_by(Opinion.id)
    rows = db.scalars(found.options(joinedload(Opinion.user), joinedload(Opinion.organisation))).all()
    return [view(row, proposal.current_version) for row in rows]


def view(row: Opinion, current_version: int) -> OpinionView:
    organisation = row.organisation
    return OpinionView(
        id=row.id,
        kind=row.kind,
        organisation=Text(organisation.name_vi, organisation.name_en) if organisation else None,
        organisation_id=row.organisation_id,
        author=row.user.name,
        position=row.position,
        text=row.text,
        conditions=tuple(row.conditions),
        version=row.version,
        is_on_older_text=row.version < current_version,
        saved_at=row.saved_at,
        signed_at=row.signed_at,
        superseded_at=row.superseded_at,
    )
