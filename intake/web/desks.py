"""The staff page of a proposal: who holds it, who is asked, what came in; each part as far as one's right goes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template
from flask_babel import gettext as _

from intake import policy
from intake.errors import DeclareFirst
from intake.forms.opinions import POSITIONS
from intake.i18n import N_, Message
from intake.models import Proposal
from intake.policy import Relation, Subject
from intake.services import (
    assignments,
    opinions,
    organisations,
    papers,
    routings,
    schemes,
    score_sheets,
    timeline,
    transitions,
)
from intake.services.review_papers import OPINION_PAPERS
from intake.services.subjects import subject_of
from intake.services.syntheses import ENGINEER
from intake.web import timelines
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name, head_of, next_stage
from intake.web.rights import requires
from intake.web.version_changes import since
from intake.workflow.procedure import Transition

bp = Blueprint("desks", __name__)

PAPER_KINDS: dict[str, Message] = {
    "receipt": N_("Receipt"),
    "decision": N_("Conclusion notice"),
    "proposal": N_("The proposal in full"),
    "supplement_request": N_("Request to supplement the proposal"),
    "ineligibility_notice": N_("Notice that the proposal was not accepted"),
    "assessment_request": N_("Request to ministries to assess a proposal"),
    "ministry_opinion": N_("Opinion of a ministry on a proposal"),
    "assessment": N_("Assessment by a chief engineer"),
    "kpi_report": N_("Periodic report on the implementation"),
}
PAPER_STATES: dict[str, tuple[Message, str]] = {
    "promised": (N_("Being made"), ""),
    "draft": (N_("Draft document"), ""),
    "issued": (N_("Issued"), "ok"),
}
# Who is asked is read by those who see what was answered, or who ask.
ROUTING_READERS = ("assignment.read", "opinion.read_all", "synthesis.read")
SHEET_READERS = ("score_sheet.read_all", "score_sheet.read_ministry")
# The owner's moves have pages of their own, where the text is.
BY_AUTHORS = frozenset({"submit", "resubmit", "withdraw"})


class Part:
    """The questions that the staff pages ask about one proposal; the relations are read once."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal, self.actor = proposal, current_actor()
        self.subject: Subject = subject_of(g.db, proposal, actor=self.actor)

    def may(self, *actions: str) -> bool:
        """Whether one of the actions is open to the person."""
        return any(policy.allows(self.actor, action, self.subject) for action in actions)

    def ensure_declared(self) -> None:
        """Whoever has to declare sees no more than the cover before."""
        if policy.must_declare(self.actor.role, "proposal.read") and Relation.DECLARED not in self.subject.relations:
            raise DeclareFirst()

    def tabs(self, current: str) -> list[dict[str, Any]]:
        """The parts of the file that the person may open."""
        here = f"/proposals/{self.proposal.code}"
        every = (
            ("overview", N_("Overview"), f"{here}/staff", True),
            ("checklist", N_("Reception checklist"), f"{here}/reception", self.may("reception.check")),
            ("text", N_("Full text"), f"{here}/text", self.may("proposal.read")),
            ("sheets", N_("Score sheets"), f"{here}/staff/sheets", self.may(*SHEET_READERS)),
            (
                "opinions",
                N_("Opinions"),
                f"{here}/staff/opinions",
                self.may("opinion.read_all", "score_sheet.read_ministry"),
            ),
            ("synthesis", N_("Synthesis"), f"{here}/synthesis", self.may("synthesis.read")),
            ("assignments", N_("Assignments"), f"{here}/assignments", self.may("assignment.read")),
            ("organisations", N_("Organisations"), f"{here}/organisations", self.may("organisations.settle")),
            ("conflicts", N_("Conflicts"), f"{here}/conflicts", self.may("conflict.undo")),
            ("history", N_("History"), f"{here}/staff/history", self.may("proposal.read_history")),
        )
        return [
            {"label": label, "url": url, "is_current": name == current}
            for name, label, url, is_open in every
            if is_open
        ]

    def moves(self) -> tuple[Transition | None, list[Transition]]:
        """The move on the straight way, if it is the person's, and the others."""
        found = [
            move for move in transitions.choices(g.db, self.proposal, actor=self.actor) if move.name not in BY_AUTHORS
        ]
        following = next_stage(self.proposal)
        at = transitions.position(self.proposal)
        straight = next((m for m in found if following and m.target_from(at) == following.stage.id), None)
        return straight, [move for move in found if move is not straight]


def opened(proposal: Proposal) -> Part:
    part = Part(proposal)
    part.ensure_declared()
    return part


@bp.get("/proposals/<code>/staff")
@requires("conflict.declare")
def overview(proposal: Proposal) -> str:
    part = opened(proposal)
    actor = part.actor
    straight, others = part.moves()
    sees_routing = part.may(*ROUTING_READERS)
    steps = timeline.history(g.db, proposal, actor=actor) if part.may("proposal.read_history") else []
    return render_template(
        "desks/staff.html",
        head=head_of(proposal),
        tabs=part.tabs("overview"),
        following=next_stage(proposal),
        straight=straight,
        others=others,
        steps=timelines.entries(steps),
        routing=routing_lines(proposal) if sees_routing else None,
        may_close=part.may("opinion.close"),
        assigned=assignments.listing(g.db, proposal, actor=actor) if part.may("assignment.read") else None,
        links=organisations.links(g.db, proposal) if part.may("proposal.read") else [],
        changes=since(proposal) if part.may("proposal.read") else None,
        papers=papers.listing(g.db, proposal, actor=actor),
        wanted=wanted_papers(part) if part.may("document.issue") and part.may("opinion.read_all") else [],
        paper_kinds=PAPER_KINDS,
        paper_states=PAPER_STATES,
    )


def wanted_papers(part: Part) -> list[tuple[str, str]]:
    """What the secretariat can have printed: address and label of each button."""
    proposal, base = part.proposal, f"/proposals/{part.proposal.code}/papers"
    asked = [(f"{base}/request", _("Request to the ministries"))] if routings.current(g.db, proposal) else []
    signed = [
        (f"{base}/opinion/{one.id}", tr(one.organisation or ENGINEER))
        for one in opinions.in_force(g.db, proposal)
        if one.kind in OPINION_PAPERS
    ]
    return asked + signed


def routing_lines(proposal: Proposal) -> list[dict[str, Any]]:
    """The ministries asked, and whether the opinion is in, missing or closed."""
    waiting = {row.id for row in opinions.outstanding(g.db, proposal)}
    return [
        {
            "organisation_id": row.organisation_id,
            "name": body_name(row.organisation),
            "is_lead": row.role == "lead",
            "due_on": row.due_on,
            "is_waiting": row.id in waiting,
            "no_opinion_reason": row.no_opinion_reason if row.no_opinion_at else None,
        }
        for row in routings.current(g.db, proposal)
    ]


@bp.get("/proposals/<code>/staff/sheets")
@requires("conflict.declare")
def sheets(proposal: Proposal) -> str:
    part = opened(proposal)
    return render_template(
        "desks/sheets.html",
        head=head_of(proposal),
        tabs=part.tabs("sheets"),
        sheets=score_sheets.submitted(g.db, proposal, actor=part.actor),
        scheme=schemes.of(g.db, proposal),
    )


@bp.get("/proposals/<code>/staff/opinions")
@requires("conflict.declare")
def opinions_in(proposal: Proposal) -> str:
    part = opened(proposal)
    return render_template(
        "desks/opinions.html",
        head=head_of(proposal),
        tabs=part.tabs("opinions"),
        opinions=[one for one in opinions.listing(g.db, proposal, actor=part.actor) if one.signed_at],
        positions=POSITIONS,
    )


@bp.get("/proposals/<code>/staff/history")
@requires("conflict.declare")
def history(proposal: Proposal) -> str:
    part = opened(proposal)
    return render_template(
        "desks/history.html",
        head=head_of(proposal),
        tabs=part.tabs("history"),
        steps=timeline.history(g.db, proposal, actor=part.actor),
    )
