"""Reading the table: may this actor do that, and if not, what is he told."""

from __future__ import annotations

from intake.errors import DeclareFirst, Forbidden, NotFound
from intake.policy.table import GATES, OWN_WORK, POLICY, PRE_DECLARATION_ACTIONS
from intake.policy.terms import DECLARING_ROLES, OFFICIAL_ROLES, Actor, Relation, Role, Subject


def allows(actor: Actor, action: str, subject: Subject) -> bool:
    """Whether `actor` may do `action` to `subject`; an action that the table does not know is denied."""
    if actor.role in OFFICIAL_ROLES and Relation.CONFLICTED in subject.relations:
        return False
    if must_declare(actor.role, action) and Relation.DECLARED not in subject.relations:
        return False
    return any(rule.admits(actor, subject) for rule in POLICY.get(action, ()))


def ensure(actor: Actor, action: str, subject: Subject) -> None:
    """Refuse what is not allowed, in this order: NotFound when not visible, DeclareFirst, Forbidden."""
    permitted = allows(actor, action, subject)
    if permitted and action in OWN_WORK:
        return
    gate = GATES.get(action)
    if gate is not None and not allows(actor, gate, subject):
        raise NotFound()
    if must_declare(actor.role, action) and Relation.DECLARED not in subject.relations:
        raise DeclareFirst()
    if not permitted:
        raise Forbidden()


def must_declare(role: Role, action: str) -> bool:
    """Whether `role` does `action` only after declaring "not conflicted"."""
    return role in DECLARING_ROLES and action not in PRE_DECLARATION_ACTIONS


def roles_for(action: str) -> frozenset[Role]:
    """Roles that some rule admits to `action`."""
    return frozenset(rule.role for rule in POLICY.get(action, ()))
