"""What the chair concludes on an item: the text and conditions around an outcome that the vote has already fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from intake import clock
from intake.canonical import sha256_of
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_, Message
from intake.models import CommitteeSession, Proposal, SessionItem
from intake.models.sessions import OUTCOMES
from intake.outline import OUTLINE
from intake.policy import Actor
from intake.services import agendas, audit, ballots
from intake.workflow import voting
from intake.workflow.procedures import PROCEDURES

LONGEST_TEXT = 20_000
MOST_CONDITIONS = 100
LONGEST_REMARK = 5000
REVISION = "request_revision"
Errors = list[tuple[str, Message]]


def prepare(
    db: Session,
    session: CommitteeSession,
    code: str,
    *,
    outcome: str,
    text: str,
    reason: str = "",
    conditions: Sequence[Mapping[str, Any]] = (),
    remarks: Sequence[Mapping[str, Any]] = (),
    defer_until: date | str | None = None,
    into: str | None = None,
    actor: Actor,
) -> SessionItem:
    """Write the conclusion of a closed item; it may be written again until the item is released."""
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="conclusion.write")
    agendas.lock(db, item)
    if item.state != "closed":
        raise IllegalMove(N_("A conclusion is prepared after the item is closed and before it is released."))
    checked_conditions, errors = readable_conditions(conditions)
    errors += outcome_errors(item, outcome)
    errors += text_errors(proposal, outcome, text=text, reason=reason)
    if (outcome == "approve_with_conditions") != bool(conditions):
        errors.append(("conditions", N_("Give conditions exactly when the outcome is approval with conditions.")))
    checked_remarks, wrong_remarks = readable_remarks(outcome, remarks)
    until, wrong_day = readable_day(outcome, defer_until)
    errors += wrong_remarks + wrong_day
    if errors:
        raise Invalid(errors=errors)
    target = merge_target(db, item, outcome, into, actor=actor)
    item.outcome, item.text, item.reason = outcome, text.strip(), reason.strip()
    item.conditions, item.remarks, item.defer_until = checked_conditions, checked_remarks or None, until
    item.into_id = target.id if target else None
    item.concluded_at = clock.now()
    db.flush()
    subject = agendas.subject(session, proposal)
    # The trail proves the words without repeating them: the outcome is under embargo until release.
    data = {"sha256": sha256_of([outcome, item.text, item.reason, checked_conditions, *checked_remarks])}
    audit.record(db, "conclusion.prepared", actor=actor, subject=subject, proposal_id=proposal.id, data=data)
    return item


def allowed_outcomes(item: SessionItem) -> tuple[str, ...]:
    """Outcomes that the tally of this item leaves open."""
    tally = item.tally or {}
    return voting.concludable(tally.get("choice"), by_consensus=tally.get("mode") == "consensus", outcomes=OUTCOMES)


def outcome_errors(item: SessionItem, outcome: str) -> Errors:
    allowed = allowed_outcomes(item)
    if outcome in allowed:
        return []
    if outcome not in OUTCOMES:
        return [("outcome", N_("Use one of: %(known)s.", known=", ".join(OUTCOMES)))]
    if (item.tally or {}).get("choice") is None:
        message = N_("The vote had no outcome: open the item again, or conclude that the decision is deferred.")
    else:
        message = N_("The vote decided otherwise: the conclusion cannot name another outcome.")
    return [("outcome", message)]


def text_errors(proposal: Proposal, outcome: str, *, text: str, reason: str) -> Errors:
    errors: Errors = []
    if not text.strip():
        errors.append(("text", N_("Write the text of the conclusion.")))
    if outcome in OUTCOMES and not reason.strip():
        procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
        if procedure.transition(outcome).needs_reason:
            errors.append(("reason", N_("Give the reason: the proposer reads it after release.")))
    too_long = N_("At most %(count)s characters fit here.", count=LONGEST_TEXT)
    errors += [(path, too_long) for path, value in (("text", text), ("reason", reason)) if len(value) > LONGEST_TEXT]
    return errors


def readable_conditions(conditions: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, str]], Errors]:
    """The conditions as they are kept: what, who is responsible, until when."""
    if len(conditions) > MOST_CONDITIONS:
        return [], [("conditions", N_("At most %(count)s conditions fit here.", count=MOST_CONDITIONS))]
    kept: list[dict[str, str]] = []
    errors: Errors = []
    for index, condition in enumerate(conditions):
        path = f"conditions.{index}"
        for name in ("text", "owner"):
            value = condition.get(name)
            if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_TEXT:
                errors.append((f"{path}.{name}", N_("Say what the condition is and who is responsible for it.")))
        due = day_of(condition.get("due_on"))
        if due is None:
            errors.append((f"{path}.due_on", N_("Give the day until which the condition is to be met.")))
        if due and isinstance(condition.get("text"), str) and isinstance(condition.get("owner"), str):
            kept.append(
                {"text": condition["text"].strip(), "owner": condition["owner"].strip(), "due_on": due.isoformat()}
            )
    return kept, errors


def readable_remarks(outcome: str, given: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, str]], Errors]:
    """What the authors are asked to revise, section by section; the whole text is open to them anyway."""
    if not given:
        return [], []
    if outcome != REVISION:
        return [], [("remarks", N_("Remarks on sections are given only when a revision is requested."))]
    if len(given) > MOST_CONDITIONS:
        return [], [("remarks", N_("At most %(count)s remarks fit here.", count=MOST_CONDITIONS))]
    kept: list[dict[str, str]] = []
    errors: Errors = []
    for index, remark in enumerate(given):
        section, text = remark.get("section"), remark.get("text")
        if section not in OUTLINE.bodies:
            errors.append((f"remarks.{index}.section", N_("There is no such section in the template.")))
        if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_REMARK:
            message = N_("Write what has to be revised, in at most %(count)s characters.", count=LONGEST_REMARK)
            errors.append((f"remarks.{index}.text", message))
        elif isinstance(section, str):
            kept.append({"section": section, "text": text.strip()})
    return kept, errors


def readable_day(outcome: str, value: date | str | None) -> tuple[date | None, Errors]:
    """Until when a deferral lasts: a day to come."""
    if value in (None, ""):
        return None, []
    if outcome != "defer":
        return None, [("defer_until", N_("A day is given only with a deferral."))]
    day = day_of(value)
    if day is None or day <= clock.today():
        return None, [("defer_until", N_("Give a day after today."))]
    return day, []


def day_of(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def merge_target(db: Session, item: SessionItem, outcome: str, into: str | None, *, actor: Actor) -> Proposal | None:
    """The proposal to merge into: the one that was voted, or by consensus the one named here."""
    voted = (item.tally or {}).get("into")
    if outcome != "merge":
        if into:
            raise Invalid(errors=[("into", N_("Name another proposal only when the outcome is to merge."))])
        return None
    if voted and into and into != voted:
        raise Invalid(errors=[("into", N_("The vote was to merge into %(code)s.", code=voted))])
    return ballots.merge_target(db, item, voted or into or "", actor=actor)
