"""Every type of page: its name, where it is in the world to look at, and who is shown it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake.cli.demo_stories import CHAIR, LEAD, LEAD2, REVIEWER, SECRETARY
from intake.outline import OUTLINE
from tests.browser.world import World

APPLICANT, OWNER = "applicant@demo.vn", "organisation@demo.vn"
ENGINEER, MEMBER = "engineer.ht4@demo.vn", "member4@demo.vn"
DEPUTY, ADMIN, AGENCY = "member1@demo.vn", "admin@demo.vn", "agency@demo.vn"
# Where the proposals of the demonstration stand.
DRAFT, RECEIVED, ASKED, ROUTED, SCORED, ASSESSED = "sk11", "sk15", "sk13", "sk12", "sk14", "sk18"
WITHDRAWN, SYNTHESIS, SCHEDULED, APPROVED, RUNNING, VOTE = "sk07", "sk06", "sk10", "sk16", "sk24", "sk17"


@dataclass(frozen=True)
class PageType:
    """One kind of page. `status` is what its address answers."""

    name: str
    address: Callable[[World], str]
    who: str | None = None
    status: int = 200


def at(path: str) -> Callable[[World], str]:
    return lambda _world: path


def of(initiative: str, rest: str = "") -> Callable[[World], str]:
    """A page of the proposal that details the initiative."""
    return lambda world: f"/proposals/{world.codes[initiative]}{rest}"


def sitting(state: str, rest: str = "") -> Callable[[World], str]:
    """A page of the newest sitting in that state."""
    return lambda world: f"/sessions/{world.sittings[state]}{rest}"


def item(state: str, initiative: str, rest: str = "") -> Callable[[World], str]:
    return lambda world: f"/sessions/{world.sittings[state]}/items/{world.codes[initiative]}{rest}"


def tracked(world: World) -> str:
    return f"/track?code={world.codes[APPROVED]}&key={world.keys[APPROVED]}"


PUBLIC = (
    PageType("home", at("/")),
    PageType("register", at("/register")),
    PageType("track", at("/track")),
    PageType("tracked", tracked),
    PageType("verify", at("/verify")),
    PageType("verified", lambda world: f"/verify/{world.papers['receipt']}"),
    PageType("unverified", at("/verify/0000000000"), status=404),
    PageType("catalogue", at("/catalogue")),
    PageType("catalogue-systems", at("/catalogue/systems")),
    PageType("catalogue-initiatives", at("/catalogue/initiatives")),
    PageType("catalogue-targets", at("/catalogue/targets")),
    PageType("catalogue-criteria", at("/catalogue/criteria")),
    PageType("catalogue-organisations", at("/catalogue/organisations")),
    PageType("help", at("/help")),
    PageType("help-guide", at("/help/applicant")),
    PageType("state-secrets", at("/state-secrets")),
    PageType("api-docs", at("/api/docs")),
    PageType("api-format", at("/api/docs/initiative-proposal-1")),
    PageType("login", at("/login")),
    PageType("account-new", at("/account/new")),
    PageType("forgotten", at("/login/forgotten")),
    PageType("link", lambda world: f"/link/{world.link}"),
    PageType("link-dead", at("/link/used-up"), status=404),
    PageType("demo", at("/demo")),
    PageType("demo-mails", at("/demo/mail")),
    PageType("not-found", at("/nowhere"), status=404),
)
APPLICANTS = (
    PageType("proposals", at("/proposals"), OWNER),
    PageType("proposal-new", at("/proposals/new"), OWNER),
    PageType("proposal-draft", of(DRAFT), OWNER),
    PageType("proposal-asked", of(ASKED), OWNER),
    PageType("proposal-approved", of(APPROVED), OWNER),
    PageType("proposal-text", of(APPROVED, "/text"), OWNER),
    PageType("proposal-pdf", of(DRAFT, "/proposal.pdf"), OWNER, status=404),
    PageType("proposal-versions", of(APPROVED, "/versions"), OWNER),
    PageType("proposal-submit", of(DRAFT, "/submit"), OWNER),
    PageType("proposal-withdraw", of(ROUTED, "/withdraw"), OWNER),
    PageType("proposal-ended", of(WITHDRAWN), OWNER),
    PageType("proposal-changes", of(ASKED, "/changes"), OWNER),
    PageType("edit-asked", of(ASKED, "/edit/resources"), OWNER),
    PageType("claim", at("/claim"), OWNER),
    PageType("edit-name", of(DRAFT, "/edit/name"), OWNER),
    PageType("edit-objectives", of(DRAFT, "/edit/objectives"), OWNER),
    PageType("edit-resources", of(DRAFT, "/edit/resources"), OWNER),
    PageType("edit-risks", of(DRAFT, "/edit/risks"), OWNER),
    PageType("edit-administrative", of(DRAFT, "/edit/administrative"), OWNER),
    PageType("coauthors", of(DRAFT, "/coauthors"), OWNER),
    PageType("members", at("/members"), OWNER),
    PageType("account", at("/account"), OWNER),
    PageType("account-logins", at("/account/logins"), OWNER),
    PageType("account-tokens", at("/account/tokens"), OWNER),
    PageType("account-second-factor", at("/account/second-factor"), OWNER),
    PageType("forbidden", at("/ranking"), OWNER, status=403),
)
DESKS = (
    PageType("assisted", at("/assisted"), SECRETARY),
    PageType("assisted-new", at("/assisted/new"), SECRETARY),
    PageType("clearances", at("/clearances"), SECRETARY),
    PageType("queue", at("/queue"), SECRETARY),
    PageType("queue-ministry", at("/queue"), LEAD),
    PageType("queue-reviewer", at("/queue"), REVIEWER),
    PageType("queue-engineer", at("/queue"), ENGINEER),
    PageType("queue-agency", at("/queue"), AGENCY),
    PageType("mandate", of(RUNNING, "/mandate"), AGENCY),
    PageType("reports", of(RUNNING, "/reports"), AGENCY),
    PageType("queue-committee", at("/queue"), MEMBER),
    PageType("monitoring", at("/monitoring"), SECRETARY),
    PageType("reception", of(RECEIVED, "/reception"), SECRETARY),
    PageType("staff", of(SCORED, "/staff"), SECRETARY),
    PageType("staff-sheets", of(SYNTHESIS, "/staff/sheets"), SECRETARY),
    PageType("staff-opinions", of(SYNTHESIS, "/staff/opinions"), SECRETARY),
    PageType("staff-history", of(APPROVED, "/staff/history"), SECRETARY),
    PageType("organisations", of(RECEIVED, "/organisations"), SECRETARY),
    PageType("assignments", of(SCORED, "/assignments"), LEAD),
    PageType("move-accept", of(RECEIVED, "/move/accept"), SECRETARY),
    PageType("move-supplement", of(RECEIVED, "/move/request_supplement"), SECRETARY),
    PageType("move-merge", of(RECEIVED, "/move/merge"), SECRETARY),
    PageType("move-conclude", of(SCORED, "/move/conclude_review"), LEAD2),
    PageType("no-opinion", of(SCORED, "/no-opinion/byt"), SECRETARY),
    PageType("cover", of(ROUTED, "/conflict"), LEAD),
    PageType("conflicts", of(SCORED, "/conflicts"), SECRETARY),
    PageType("declare-first", of(ROUTED, "/text"), LEAD, status=403),
    PageType("review", of(SCORED, "/review"), LEAD2),
    PageType("review-submitted", of(SCORED, "/review"), REVIEWER),
    PageType("opinion", of(SCORED, "/opinion"), LEAD2),
    PageType("assessment", of(ASSESSED, "/assessment"), ENGINEER),
    PageType("synthesis", of(SYNTHESIS, "/synthesis"), SECRETARY),
    PageType("synthesis-read", of(VOTE, "/synthesis"), CHAIR),
    PageType("ranking", at("/ranking"), CHAIR),
    PageType("ranking-changes", lambda world: f"/ranking/{world.codes[SYNTHESIS]}", CHAIR),
    PageType("act-as", at("/act-as"), DEPUTY),
)
SITTINGS = (
    PageType("sessions", at("/sessions"), SECRETARY),
    PageType("session-new", at("/sessions/new"), SECRETARY),
    PageType("session-planned", sitting("planned"), SECRETARY),
    PageType("session-agenda", sitting("planned", "/agenda"), SECRETARY),
    PageType("session-schedule", sitting("planned", "/schedule"), SECRETARY),
    PageType("session-minutes", sitting("closed", "/minutes"), SECRETARY),
    PageType("session-attendance", sitting("open", "/attendance"), SECRETARY),
    PageType("session-open", item("open", VOTE), SECRETARY),
    PageType("session-member", item("open", VOTE), DEPUTY),
    PageType("ballot-declare", item("open", VOTE, "/ballot"), MEMBER),
    PageType("ballot", item("open", VOTE, "/ballot"), DEPUTY),
    PageType("recorded-ballot", item("open", VOTE, "/recorded-ballot"), SECRETARY),
    PageType("recusal", item("open", VOTE, "/recusal"), DEPUTY),
    PageType("session-preview", sitting("open", "/preview"), SECRETARY),
    PageType("session-decisions", sitting("closed", "/decisions"), SECRETARY),
    PageType("session-papers", sitting("closed", "/papers"), SECRETARY),
    PageType("issue", lambda world: f"/documents/{world.papers['decision']}/issue", SECRETARY),
    PageType("signed-copy", lambda world: f"/documents/{world.papers['receipt']}/signed", SECRETARY),
)
# The sections with everything in them are held against the rules in test_editor_pages; here they are only looked at.
LOOKED_AT = tuple(
    PageType(f"edit-{part}", of(DRAFT, f"/edit/{part}"), OWNER)
    for part in OUTLINE.bodies
    if f"edit-{part}" not in {page_type.name for page_type in APPLICANTS}
)
ADMINISTRATION = (
    PageType("admin", at("/admin"), ADMIN),
    PageType("audit", at("/audit"), "auditor@demo.vn"),
    PageType("admin-users", at("/admin/users"), ADMIN),
    PageType("admin-user", lambda world: f"/admin/users/{world.lead_id}", ADMIN),
    PageType("admin-organisation", at("/admin/organisations/byt"), ADMIN),
    PageType("admin-body", at("/admin/bodies/tt_bcdtw"), ADMIN),
    PageType("admin-letterheads", at("/admin/letterheads"), ADMIN),
    PageType("admin-letterhead", at("/admin/letterheads/tt_bcdtw"), ADMIN),
    PageType("admin-periods", at("/admin/periods"), ADMIN),
    PageType("admin-holidays", at("/admin/holidays?year=2026"), ADMIN),
    PageType("admin-schemes", at("/admin/schemes"), ADMIN),
    PageType("admin-new-scheme", at("/admin/schemes/new"), ADMIN),
    PageType("admin-routing", at("/admin/routing"), ADMIN),
    PageType("admin-routing-line", at("/admin/routing/sk10"), ADMIN),
)
PAGES = (*PUBLIC, *APPLICANTS, *DESKS, *SITTINGS, *ADMINISTRATION)
