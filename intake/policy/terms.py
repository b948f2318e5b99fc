"""The terms of the policy: roles, relations, who acts, on what, and what one rule says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.workflow.procedure import STAGE_FLAGS, Stage


class Role(StrEnum):
    """What a person acts as in one request; `system` is the clock and never a person."""

    APPLICANT = "applicant"
    SECRETARY = "secretary"
    MINISTRY_LEAD = "ministry_lead"
    MINISTRY_REVIEWER = "ministry_reviewer"
    ENGINEER = "engineer"
    ADVISER = "adviser"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_CHAIR = "committee_chair"
    IMPLEMENTER = "implementer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Relation(StrEnum):
    """How the acting membership stands to a proposal or, where noted, to a session. The models compute each in SQL."""

    OWNER = "owner"
    """The person owns the proposal."""
    COAUTHOR_EDIT = "coauthor_edit"
    """A co-author who may edit."""
    COAUTHOR_READ = "coauthor_read"
    """A co-author who only reads; also the owners of a proposal that was merged into this one."""
    RECEIVED = "received"
    """The proposal was submitted at least once."""
    ASSIGNED = "assigned"
    """A current assignment in the acting role: reviewer (of a ministry that is routed now) or adviser."""
    OWN_MINISTRY = "own_ministry"
    """The acting organisation is routed now, as lead or cooperating."""
    LEAD_MINISTRY = "lead_ministry"
    """The acting organisation is routed now, as lead."""
    OWN_SYSTEM = "own_system"
    """Engineer of the assessing system, once his stage has been reached."""
    OWN_SHEET_IN = "own_sheet_in"
    """No score sheet the person owes is missing: an engineer always owes one, others while assigned as reviewer.

    It says nothing about belonging, so a rule always joins it to a relation that does.
    """
    IN_SESSION = "in_session"
    """Member of the body that has the proposal on an agenda and has not released it. Of a session: of its body."""
    DECIDED_BY_BODY = "decided_by_body"
    """Member of a body that has released a decision on the proposal."""
    DECIDING_CHAIR = "deciding_chair"
    """Chair of the body that decides or has decided it; the deputy while the chair is absent, excused or recused."""
    ASSISTED = "assisted"
    """The secretariat entered it for a person without an account, who has not claimed it yet."""
    LEAD_AGENCY = "lead_agency"
    """The acting organisation was assigned to implement it."""
    MANAGER = "manager"
    """Not to a proposal: the acting membership manages its organisation's members."""
    DECLARED = "declared"
    """A current declaration "not conflicted"."""
    CONFLICTED = "conflicted"
    """A current declaration of conflict, or one of the person's organisations is linked as owner or lead."""


OFFICIAL_ROLES = frozenset(Role) - {Role.APPLICANT, Role.IMPLEMENTER, Role.SYSTEM}
"""Roles whose rights a conflict removes.

An implementer carries out what others decided, often for the organisation that proposed it: reporting on one's own
work is the duty, no conflict, and without it the holder could not act.
"""

DECLARING_ROLES = frozenset(
    {
        Role.MINISTRY_LEAD,
        Role.MINISTRY_REVIEWER,
        Role.ENGINEER,
        Role.ADVISER,
        Role.COMMITTEE_MEMBER,
        Role.COMMITTEE_CHAIR,
    }
)
"""Roles that must declare "not conflicted" before they see or do more than the cover."""


@dataclass(frozen=True)
class Actor:
    """One acting membership; `organisations` are all the person belongs to, because conflicts look at all of them."""

    user_id: int | None
    role: Role
    organisation_id: str | None = None
    organisations: frozenset[str] = frozenset()
    system: str | None = None
    is_manager: bool = False


@dataclass(frozen=True)
class Subject:
    """What is acted on, as this actor stands to it; `stage` is None for what is not a proposal."""

    relations: frozenset[Relation] = frozenset()
    stage: Stage | None = None


@dataclass(frozen=True)
class Rule:
    """Admits `role` when `relation` holds (and `also`, if named) and the stage has the property `when`.

    `when` is for reading and writing content, never for a move: when a move is possible is the procedure's to say.
    """

    role: Role
    relation: Relation | None = None
    when: str | None = None
    also: Relation | None = None

    def __post_init__(self) -> None:
        if self.when is not None and self.when not in STAGE_FLAGS:
            raise ValueError(f"{self.when} is no yes-or-no property of a stage")

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation that must hold."""
        return tuple(relation for relation in (self.relation, self.also) if relation is not None)

    def admits(self, actor: Actor, subject: Subject) -> bool:
        """Whether this rule, taken alone, lets `actor` act on `subject`."""
        if self.role is not actor.role or not subject.relations.issuperset(self.relations):
            return False
        return self.when is None or (subject.stage is not None and getattr(subject.stage, self.when))
