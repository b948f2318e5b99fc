"""Who may know what came of an item: its vote who reads the synthesis, its conclusion everybody, from release on."""

from __future__ import annotations

from intake import policy
from intake.models import SessionItem
from intake.policy import Actor, Subject


def sees_vote(actor: Actor, subject: Subject) -> bool:
    """`subject` is how the person stands to the proposal."""
    return any(policy.allows(actor, action, subject) for action in ("synthesis.read", "proposal.read_decision"))


def sees_conclusion(item: SessionItem, actor: Actor, subject: Subject) -> bool:
    """What is prepared is read by those who run the sitting; what is released by everybody who sat."""
    if item.state == "released":
        return policy.allows(actor, "proposal.read_decision", subject)
    runs = any(policy.allows(actor, action, subject) for action in ("conclusion.write", "session.release"))
    return item.concluded_at is not None and runs
