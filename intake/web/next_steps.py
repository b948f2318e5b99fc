"""The moves a person may make, as links; the one next step; and who holds a proposal, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from intake.models import Proposal
from intake.services import proposals
from intake.web.filters import due_view, may, moment, tr
from intake.web.formats import DueView
from intake.web.languages import language
from intake.web.procedure_steps import HOLDERS
from intake.web.proposal_heads import holder_of
from intake.workflow.procedure import Stage, Transition

# Handing in is the next step of the owner, withdrawing has a page of its own; all others are made at .../move/NAME.
HANDING_IN = frozenset({"submit", "resubmit"})
OWN_PAGES = {"withdraw": "withdraw"}


@dataclass(frozen=True)
class Link:
    """One move, or one place of work."""

    label: str
    url: str


@dataclass(frozen=True)
class Holder:
    """Who holds a proposal, since when, until when."""

    name: str
    since: str
    due: DueView | None


@dataclass(frozen=True)
class NextStep:
    """What the person does now; without a link there is nothing to do."""

    words: str
    link: Link | None = None


def move_links(proposal: Proposal, choices: Sequence[Transition]) -> list[Link]:
    """A link for each move the person may make now, besides handing in."""
    return [
        Link(tr(move.label), f"/proposals/{proposal.code}/{OWN_PAGES.get(move.name, f'move/{move.name}')}")
        for move in choices
        if move.name not in HANDING_IN
    ]


def workplaces(proposal: Proposal) -> list[Link]:
    """Where officials work on this proposal, as far as their rights go."""
    places = (
        ("conflict.declare", _("Staff page"), "staff"),
        ("score_sheet.write", _("Score sheet"), "review"),
        ("assessment.write", _("Assessment"), "assessment"),
        ("synthesis.read", _("Synthesis"), "synthesis"),
    )
    return [
        Link(label, f"/proposals/{proposal.code}/{page}") for action, label, page in places if may(action, proposal)
    ]


def holder(proposal: Proposal) -> Holder | None:
    """None for a draft and for what is finished: nobody holds those."""
    if proposal.holder_kind is None:
        return None
    return Holder(
        name=tr(holder_of(proposal) or ""),
        since=_("Since %(moment)s", moment=moment(proposal.state_since)),
        due=due_view(proposal.due_on),
    )


def holder_name(kind: str | None, name_vi: str | None, name_en: str | None) -> str:
    """The body that holds, by its name; for what a person holds, what the person is."""
    if kind is None:
        return ""
    return (name_en if language() == "en" else name_vi) or tr(HOLDERS[kind])


def next_step(proposal: Proposal, *, is_editable: bool, is_ready: bool) -> NextStep:
    """The one thing to do next, for the authors."""
    stage = proposals.stage_of(proposal)
    if not is_editable:
        return NextStep(waiting(stage))
    if stage.is_open:
        link = Link(_("Review and submit again"), f"/proposals/{proposal.code}/submit")
        return NextStep(_("Answer what you were asked, then submit again."), link)
    link = Link(_("Review and submit"), f"/proposals/{proposal.code}/submit")
    return NextStep(_("Ready to submit.") if is_ready else _("Complete the sections, then submit."), link)


def waiting(stage: Stage) -> str:
    return _("You do not need to do anything now.") if stage.is_open else tr(stage.public)
