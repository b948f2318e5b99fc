"""The default procedure, after Plan 01-KH/BCĐTW III.5 and V.1.c: receive, assess, synthesise, decide, follow.

The Plan names the actors and their order. Periods in working days are ours: an administrator may change them.
"""

from intake.i18n import N_
from intake.workflow.procedure import ASKING_STAGE, Body, Procedure, Stage, Transition

# Plan 01-KH/BCĐTW V.1.c: the Standing Agency receives what bodies, organisations and persons propose.
RECEIVING = (
    Stage("draft", N_("Draft"), public=N_("Draft"), is_initial=True, owner_edits=True),
    Stage(
        "reception",
        N_("Reception"),
        public=N_("Being received"),
        tag="work",
        holder="secretariat",
        days=5,
        settles_organisations=True,
    ),
    Stage(
        "supplement",
        N_("Supplement requested"),
        public=N_("Waiting for a supplement"),
        tag="you",
        holder="owner",
        days=20,
        owner_edits=True,
        stops_clock=True,
        experts_read=True,
    ),
)

# Plan 01-KH/BCĐTW III.5: functional agencies and the chief engineer of the system concerned examine and assess.
ASSESSING = (
    Stage(
        "ministry_review",
        N_("Ministry review"),
        public=N_("With the ministries"),
        tag="work",
        holder="lead_ministry",
        days=15,
        experts_read=True,
        accepts_scores=True,
        accepts_opinions=True,
    ),
    Stage(
        "engineer_assessment",
        N_("Chief engineer's assessment"),
        public=N_("With the chief engineer"),
        tag="work",
        holder="engineer",
        days=10,
        experts_read=True,
        accepts_scores=True,
        engineer_assesses=True,
    ),
    Stage(
        "synthesis",
        N_("Synthesis"),
        public=N_("Being put together"),
        tag="work",
        holder="secretariat",
        days=5,
        experts_read=True,
        accepts_scores=True,
        synthesis_open=True,
        is_ranked=True,
    ),
)

# Plan 01-KH/BCĐTW III.5: the Standing Board decides and names who directs and supervises the work.
DECIDING = (
    Stage(
        "committee",
        N_("Before the committee"),
        public=N_("Before the Standing Board"),
        tag="decide",
        holder="secretariat",
        agenda_holder="body",
        days=20,
        is_ranked=True,
        decided_in_session=True,
    ),
    Stage(
        "deferred",
        N_("Deferred"),
        public=N_("Deferred"),
        tag="decide",
        holder="secretariat",
        days=20,
        due="given_day",
        is_ranked=True,
    ),
    Stage(
        "revision",
        N_("Revision requested"),
        public=N_("Waiting for a revision"),
        tag="you",
        holder="owner",
        days=20,
        owner_edits=True,
    ),
    Stage("approved", N_("Approved"), public=N_("Approved"), tag="ok", holder="deciding_body", days=5),
    # Plan 01-KH/BCĐTW V.2: report on the 25th of each month.
    Stage(
        "implementation",
        N_("Implementation"),
        public=N_("Being implemented"),
        tag="ok",
        holder="lead_agency",
        due="day_25",
        takes_reports=True,
    ),
)

FINAL = (
    Stage("ineligible", N_("Ineligible"), public=N_("Not eligible"), tag="closed", is_final=True, owner_restarts=True),
    Stage("merged", N_("Merged"), public=N_("Merged into another proposal"), tag="closed", is_final=True),
    Stage(
        "withdrawn",
        N_("Withdrawn"),
        public=N_("Withdrawn by the proposer"),
        tag="closed",
        is_final=True,
        owner_restarts=True,
    ),
    Stage("lapsed", N_("Lapsed"), public=N_("Supplement overdue"), tag="closed", is_final=True, owner_restarts=True),
    Stage("rejected", N_("Rejected"), public=N_("Not approved"), tag="closed", is_final=True, owner_restarts=True),
    Stage("completed", N_("Completed"), public=N_("Completed"), tag="done", is_final=True),
    Stage("stopped", N_("Stopped"), public=N_("Implementation stopped"), tag="closed", is_final=True),
)

BY_OWNER = (
    Transition("submit", N_("Submit"), sources=("draft",), target="reception"),
    Transition("resubmit", N_("Resubmit"), targets={"supplement": ASKING_STAGE, "revision": "synthesis"}),
    Transition(
        "withdraw",
        N_("Withdraw"),
        target="withdrawn",
        sources=(
            "draft",
            "reception",
            "supplement",
            "ministry_review",
            "engineer_assessment",
            "synthesis",
            "revision",
        ),
    ),
    Transition(
        "lapse",
        N_("Lapse"),
        sources=("supplement", "revision"),
        target="lapsed",
        by_role_system=True,
    ),
)

RECEPTION_AND_REVIEW = (
    Transition(
        "accept",
        N_("Accept and route"),
        sources=("reception",),
        target="ministry_review",
        required_data=("lead",),
        optional_data=("cooperating", "assessing_system"),
    ),
    Transition(
        "request_supplement",
        N_("Request a supplement"),
        target="supplement",
        required_data=("remarks",),
        sources=("reception", "ministry_review", "engineer_assessment"),
        makers={
            "reception": ("secretary",),
            "ministry_review": ("ministry_lead", "secretary"),
            "engineer_assessment": ("engineer",),
        },
    ),
    Transition("decline", N_("Decline"), sources=("reception",), target="ineligible", needs_reason=True),
    Transition(
        "conclude_review", N_("Conclude the review"), sources=("ministry_review",), target="engineer_assessment"
    ),
    Transition(
        "return_to_reception",
        N_("Return to reception"),
        target="reception",
        needs_reason=True,
        sources=("ministry_review", "engineer_assessment"),
        makers={"ministry_review": ("ministry_lead", "secretary"), "engineer_assessment": ("secretary",)},
    ),
    Transition("assess", N_("Sign the assessment"), sources=("engineer_assessment",), target="synthesis"),
    Transition(
        "return_to_ministries",
        N_("Return to the ministries"),
        target="ministry_review",
        needs_reason=True,
        sources=("engineer_assessment", "synthesis"),
        makers={"engineer_assessment": ("engineer",), "synthesis": ("secretary",)},
    ),
    Transition(
        "return_to_engineer",
        N_("Return to the chief engineer"),
        sources=("synthesis",),
        target="engineer_assessment",
        needs_reason=True,
    ),
    Transition("refer", N_("Refer to the committee"), sources=("synthesis",), target="committee"),
)

OUTCOMES = (
    Transition("approve", N_("Approve"), sources=("committee",), target="approved", by_session=True),
    Transition(
        "approve_with_conditions",
        N_("Approve with conditions"),
        sources=("committee",),
        target="approved",
        by_session=True,
    ),
    Transition(
        "reject",
        N_("Do not approve"),
        sources=("committee",),
        target="rejected",
        needs_reason=True,
        by_session=True,
    ),
    Transition(
        "defer",
        N_("Defer"),
        sources=("committee",),
        target="deferred",
        by_session=True,
        optional_data=("defer_until",),
    ),
    Transition(
        "request_revision",
        N_("Request a revision"),
        sources=("committee",),
        target="revision",
        needs_reason=True,
        by_session=True,
    ),
    Transition(
        "merge",
        N_("Merge into another proposal"),
        sources=("reception", "committee"),
        target="merged",
        needs_reason=True,
        by_session=True,
        required_data=("into",),
    ),
)

AFTER_DECISION = (
    Transition("reschedule", N_("Put before the committee again"), sources=("deferred",), target="committee"),
    Transition(
        "assign",
        N_("Assign supervisor and lead agency"),
        sources=("approved",),
        target="implementation",
        required_data=("supervisor", "lead_agency"),
    ),
    Transition("complete", N_("Complete"), sources=("implementation",), target="completed"),
    Transition("stop", N_("Stop"), sources=("implementation",), target="stopped", needs_reason=True),
    Transition("adjust", N_("Adjust"), sources=("implementation",), target="implementation", needs_reason=True),
)

KH01 = Procedure(
    id="kh01",
    version=1,
    stages=RECEIVING + ASSESSING + DECIDING + FINAL,
    transitions=BY_OWNER + RECEPTION_AND_REVIEW + OUTCOMES + AFTER_DECISION,
    # Plan 01-KH/BCĐTW V.2: projects of system 6 go before the whole Steering Committee.
    bodies=(
        Body("tt_bcdtw"),
        Body("bcdtw", systems=frozenset({"ht6"}), kinds=frozenset({"special_project"})),
    ),
)
