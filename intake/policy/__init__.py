"""Who may do what: one declarative table, deny by default, read by `allows` and compiled to SQL by the models."""

from intake.policy.checks import allows, ensure, must_declare, roles_for
from intake.policy.table import ACTIONS, POLICY, PRE_DECLARATION_ACTIONS
from intake.policy.terms import DECLARING_ROLES, OFFICIAL_ROLES, Actor, Relation, Role, Rule, Subject

__all__ = [
    "ACTIONS",
    "DECLARING_ROLES",
    "OFFICIAL_ROLES",
    "POLICY",
    "PRE_DECLARATION_ACTIONS",
    "Actor",
    "Relation",
    "Role",
    "Rule",
    "Subject",
    "allows",
    "ensure",
    "must_declare",
    "roles_for",
]
