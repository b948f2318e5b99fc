"""The table itself: every action of the product and whom it admits. What is not here is denied."""

from __future__ import annotations

from intake.policy.terms import Relation, Role, Rule

OWNER = Rule(Role.APPLICANT, Relation.OWNER)
AUTHORS = (OWNER, Rule(Role.APPLICANT, Relation.COAUTHOR_EDIT), Rule(Role.APPLICANT, Relation.COAUTHOR_READ))
SECRETARY = Rule(Role.SECRETARY)
SECRETARY_RECEIVED = Rule(Role.SECRETARY, Relation.RECEIVED)
# In place of the person who has no account, until that person claims the proposal.
ASSISTED = Rule(Role.SECRETARY, Relation.ASSISTED)
LEAD_OF_LEAD = Rule(Role.MINISTRY_LEAD, Relation.LEAD_MINISTRY)
LEAD_READS = Rule(Role.MINISTRY_LEAD, Relation.OWN_MINISTRY, "experts_read")
ENGINEER = Rule(Role.ENGINEER, Relation.OWN_SYSTEM)
ENGINEER_AFTER_HIS_SHEET = Rule(Role.ENGINEER, Relation.OWN_SYSTEM, "experts_read", also=Relation.OWN_SHEET_IN)
CHAIR = Rule(Role.COMMITTEE_CHAIR, Relation.DECIDING_CHAIR)
SITTING = (Rule(Role.COMMITTEE_MEMBER, Relation.IN_SESSION), Rule(Role.COMMITTEE_CHAIR, Relation.IN_SESSION))
DECIDED = (Rule(Role.COMMITTEE_MEMBER, Relation.DECIDED_BY_BODY), Rule(Role.COMMITTEE_CHAIR, Relation.DECIDED_BY_BODY))
LEAD_AGENCY = Rule(Role.IMPLEMENTER, Relation.LEAD_AGENCY)
CLOCK = Rule(Role.SYSTEM)

EXPERTS = (
    LEAD_READS,
    Rule(Role.MINISTRY_REVIEWER, Relation.ASSIGNED, "experts_read"),
    Rule(Role.ENGINEER, Relation.OWN_SYSTEM, "experts_read"),
    Rule(Role.ADVISER, Relation.ASSIGNED),
)
READERS = (*AUTHORS, SECRETARY_RECEIVED, ASSISTED, *EXPERTS, *SITTING, LEAD_AGENCY)
# The body keeps its decisions, and the chair sees the ranking: both are covers without the text.
COVER_ONLY = (*DECIDED, Rule(Role.COMMITTEE_CHAIR, Relation.DECIDING_CHAIR, "is_ranked"))

WORKING_ROLES = tuple(role for role in Role if role not in {Role.ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM})
PERSONS = tuple(role for role in Role if role is not Role.SYSTEM)

MOVES: dict[str, tuple[Rule, ...]] = {
    "proposal.submit": (OWNER, ASSISTED),
    "proposal.withdraw": (OWNER, ASSISTED),
    "proposal.resubmit": (OWNER, ASSISTED),
    "proposal.lapse": (CLOCK,),
    "proposal.accept": (SECRETARY_RECEIVED,),
    "proposal.decline": (SECRETARY_RECEIVED,),
    "proposal.request_supplement": (SECRETARY_RECEIVED, LEAD_OF_LEAD, ENGINEER),
    "proposal.conclude_review": (LEAD_OF_LEAD,),
    "proposal.return_to_reception": (LEAD_OF_LEAD, SECRETARY_RECEIVED),
    "proposal.assess": (ENGINEER,),
    "proposal.return_to_ministries": (ENGINEER, SECRETARY_RECEIVED),
    "proposal.return_to_engineer": (SECRETARY_RECEIVED,),
    "proposal.refer": (SECRETARY_RECEIVED,),
    # Fired only by the release of a session: the chair's here, so that anybody else hears 403.
    "proposal.approve": (CHAIR,),
    "proposal.approve_with_conditions": (CHAIR,),
    "proposal.reject": (CHAIR,),
    "proposal.defer": (CHAIR,),
    "proposal.request_revision": (CHAIR,),
    "proposal.merge": (SECRETARY_RECEIVED, CHAIR),
    "proposal.reschedule": (SECRETARY_RECEIVED,),
    # Plan 01-KH/BCĐTW III.5: the Standing Board assigns; the secretary records the chair's act.
    "proposal.assign": (CHAIR, SECRETARY_RECEIVED),
    "proposal.complete": (SECRETARY_RECEIVED,),
    "proposal.stop": (CHAIR,),
    "proposal.adjust": (CHAIR,),
}

PROPOSAL_CONTENT: dict[str, tuple[Rule, ...]] = {
    "proposal.create": (Rule(Role.APPLICANT),),
    "proposal.create_assisted": (SECRETARY,),
    "proposal.claim": (Rule(Role.APPLICANT),),
    "proposal.restart": (Rule(Role.APPLICANT, Relation.OWNER, "owner_restarts"),),
    "proposal.read_cover": (*READERS, *COVER_ONLY, CLOCK),
    "proposal.read": READERS,
    "proposal.read_history": READERS,
    "proposal.read_decision": (*AUTHORS, SECRETARY_RECEIVED, *DECIDED, LEAD_AGENCY),
    "proposal.edit": (
        Rule(Role.APPLICANT, Relation.OWNER, "owner_edits"),
        Rule(Role.APPLICANT, Relation.COAUTHOR_EDIT, "owner_edits"),
        Rule(Role.SECRETARY, Relation.ASSISTED, "owner_edits"),
    ),
    "coauthors.manage": (OWNER,),
    # A later version may name other bodies: whoever turns out to be conflicted is kept out at once.
    "organisations.settle": (
        Rule(Role.SECRETARY, Relation.RECEIVED, "settles_organisations"),
        Rule(Role.SECRETARY, Relation.RECEIVED, "experts_read"),
    ),
    "reception.check": (Rule(Role.SECRETARY, Relation.RECEIVED, "settles_organisations"),),
    "conflict.declare": (SECRETARY_RECEIVED, *EXPERTS, *SITTING, *COVER_ONLY),
    "conflict.undo": (SECRETARY_RECEIVED,),
    # The documents addressed to the proposer. Any other document is read by the right to what it contains:
    # opinion.read_*, score_sheet.read_all, synthesis.read, proposal.read_decision, session.read, report.read.
    "document.read": (*AUTHORS, SECRETARY_RECEIVED),
    "document.issue": (SECRETARY,),
    "report.read": (SECRETARY_RECEIVED, LEAD_AGENCY),
    "report.write": (Rule(Role.IMPLEMENTER, Relation.LEAD_AGENCY, "takes_reports"),),
}

REVIEWS: dict[str, tuple[Rule, ...]] = {
    "assignment.create_reviewer": (Rule(Role.MINISTRY_LEAD, Relation.OWN_MINISTRY, "accepts_opinions"),),
    "assignment.create_adviser": (Rule(Role.SECRETARY, Relation.RECEIVED, "experts_read"),),
    "assignment.remove": (LEAD_READS, SECRETARY_RECEIVED),
    "assignment.read": (LEAD_READS, SECRETARY_RECEIVED),
    "score_sheet.write": (
        Rule(Role.MINISTRY_REVIEWER, Relation.ASSIGNED, "accepts_scores"),
        Rule(Role.MINISTRY_LEAD, Relation.ASSIGNED, "accepts_scores"),
        Rule(Role.ENGINEER, Relation.OWN_SYSTEM, "accepts_scores"),
    ),
    # One's own, found by its author: no relation to the proposal is needed, and it outlives them all.
    "score_sheet.read_own": (Rule(Role.MINISTRY_REVIEWER), Rule(Role.MINISTRY_LEAD), Rule(Role.ENGINEER)),
    "score_sheet.read_ministry": (
        Rule(Role.MINISTRY_LEAD, Relation.OWN_MINISTRY, "experts_read", also=Relation.OWN_SHEET_IN),
    ),
    "score_sheet.read_all": (SECRETARY_RECEIVED, ENGINEER_AFTER_HIS_SHEET),
    "opinion.write": (
        Rule(Role.MINISTRY_LEAD, Relation.OWN_MINISTRY, "accepts_opinions"),
        Rule(Role.ADVISER, Relation.ASSIGNED, "experts_read"),
    ),
    "opinion.read_own": (Rule(Role.MINISTRY_LEAD), Rule(Role.ADVISER), Rule(Role.ENGINEER)),
    "opinion.read_all": (SECRETARY_RECEIVED, ENGINEER_AFTER_HIS_SHEET),
    "opinion.close": (
        Rule(Role.MINISTRY_LEAD, Relation.LEAD_MINISTRY, "accepts_opinions"),
        Rule(Role.SECRETARY, Relation.RECEIVED, "accepts_opinions"),
    ),
    "assessment.write": (Rule(Role.ENGINEER, Relation.OWN_SYSTEM, "engineer_assesses"),),
    "synthesis.read": (SECRETARY_RECEIVED, *SITTING),
    "synthesis.write": (Rule(Role.SECRETARY, Relation.RECEIVED, "synthesis_open"),),
}

SESSIONS: dict[str, tuple[Rule, ...]] = {
    "session.create": (SECRETARY,),
    "session.read": (SECRETARY, *SITTING, *DECIDED),
    "session.manage": (SECRETARY, CHAIR),
    "session.release": (CHAIR,),
}

ITEMS: dict[str, tuple[Rule, ...]] = {
    "recusal.declare": SITTING,
    "ballot.cast": SITTING,
    "ballot.cast_on_behalf": (Rule(Role.SECRETARY, Relation.RECEIVED, "decided_in_session"),),
    "ballot.confirm": (
        Rule(Role.SECRETARY, Relation.RECEIVED, "decided_in_session"),
        Rule(Role.COMMITTEE_CHAIR, Relation.IN_SESSION, "decided_in_session"),
    ),
    # Members read the scan of their own ballot only.
    "ballot.read_scan": (SECRETARY_RECEIVED, *SITTING, *DECIDED),
    "conclusion.write": (Rule(Role.SECRETARY, Relation.RECEIVED, "decided_in_session"),),
}

DESKS: dict[str, tuple[Rule, ...]] = {
    "ranking.read": (SECRETARY, Rule(Role.COMMITTEE_CHAIR)),
    "clearance.create": (SECRETARY,),
    "clearance.revoke": (SECRETARY,),
    "queue.read": tuple(Rule(role) for role in WORKING_ROLES),
    "monitoring.read": (SECRETARY,),
    "members.manage": (Rule(Role.APPLICANT, Relation.MANAGER),),
    "user.manage": (Rule(Role.ADMINISTRATOR),),
    "settings.edit": (Rule(Role.ADMINISTRATOR),),
    "audit.read": (Rule(Role.AUDITOR),),
    "token.create": tuple(Rule(role) for role in PERSONS),
}

POLICY: dict[str, tuple[Rule, ...]] = {**MOVES, **PROPOSAL_CONTENT, **REVIEWS, **SESSIONS, **ITEMS, **DESKS}
ACTIONS = frozenset(POLICY)

COVER = "proposal.read_cover"
OWN_WORK = frozenset({"score_sheet.read_own", "opinion.read_own"})
"""Read by their author also when the proposal itself is closed to him."""

UNGATED = frozenset(
    {
        "proposal.create",
        "proposal.create_assisted",
        "proposal.claim",
        "session.create",
        "document.issue",
        *DESKS,
    }
)
"""Not about one proposal or session that could be hidden: refused with 403 (minutes, too, are a document to issue)."""

GATES: dict[str, str] = {action: "session.read" if action in SESSIONS else COVER for action in ACTIONS - UNGATED}
"""What a person must at least see for an action to be refused with 403: else the thing does not exist for him."""

PRE_DECLARATION_ACTIONS = frozenset(
    {COVER, "conflict.declare", "recusal.declare"} | {action for action in ACTIONS if GATES.get(action) != COVER}
)
"""Actions that ask for no declaration: the cover, saying that one is conflicted, and all that is not on a proposal."""
