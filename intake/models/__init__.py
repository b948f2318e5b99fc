"""The tables. Importing this package registers all of them."""

from intake.models.accounts import ApiToken, Clearance, Login, Membership, OneTimeLink, User
from intake.models.assistance import AssistedIntake
from intake.models.base import Base
from intake.models.clock import Reminder
from intake.models.organisations import (
    Body,
    BodyMember,
    CalendarDay,
    Organisation,
    Period,
    ProcedureStage,
    RoutingDefault,
    ScoringScheme,
)
from intake.models.proposals import (
    Proposal,
    ProposalOrganisation,
    ProposalPerson,
    ProposalVersion,
    RegisterCounter,
    Remark,
)
from intake.models.receptions import ReceptionCheck
from intake.models.records import AuditEntry, AuditHead, Document, Heartbeat, Idempotency, Outbox
from intake.models.reviews import (
    Assignment,
    Certificate,
    Declaration,
    Opinion,
    Routing,
    Score,
    ScoreSheet,
    Synthesis,
)
from intake.models.sessions import (
    Attendance,
    Ballot,
    CommitteeSession,
    Decision,
    Recusal,
    SecretBallot,
    SessionItem,
)

__all__ = [
    "ApiToken",
    "Assignment",
    "AssistedIntake",
    "Attendance",
    "AuditEntry",
    "AuditHead",
    "Ballot",
    "Base",
    "Body",
    "BodyMember",
    "CalendarDay",
    "Certificate",
    "Clearance",
    "CommitteeSession",
    "Decision",
    "Declaration",
    "Document",
    "Heartbeat",
    "Idempotency",
    "Login",
    "Membership",
    "OneTimeLink",
    "Opinion",
    "Organisation",
    "Outbox",
    "Period",
    "ProcedureStage",
    "Proposal",
    "ProposalOrganisation",
    "ProposalPerson",
    "ProposalVersion",
    "ReceptionCheck",
    "Recusal",
    "RegisterCounter",
    "Remark",
    "Reminder",
    "Routing",
    "RoutingDefault",
    "Score",
    "ScoreSheet",
    "ScoringScheme",
    "SecretBallot",
    "SessionItem",
    "Synthesis",
    "User",
]
