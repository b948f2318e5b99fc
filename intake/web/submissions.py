"""Handing in and taking back: read it all once more, submit once however often the button is pressed, withdraw."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import outline
from intake.errors import IllegalMove, Incomplete, Invalid, Stale
from intake.i18n import N_
from intake.models import Proposal
from intake.outline import ERROR
from intake.services import idempotency, proposals, transitions
from intake.web import overview
from intake.web.fields import seen_revision, sent_form_token
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.next_steps import HANDING_IN
from intake.web.problem_lists import place_in, problem_groups
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import saved_text
from intake.web.version_changes import since
from intake.workflow.procedure import Transition

bp = Blueprint("submissions", __name__, url_prefix="/proposals/<code>")


@bp.get("/submit")
@requires("proposal.submit")
def review(proposal: Proposal) -> Response:
    return review_page(proposal)


@bp.post("/submit")
@requires("proposal.submit")
def submit(proposal: Proposal) -> Response:
    """Submit or submit again: the same form sent five times makes one version and five equal answers."""
    name = request.form.get("transition", "")
    if name not in HANDING_IN:
        raise Invalid(N_("This form is incomplete. Reload the page and try again."))
    seen, text_seen = seen_revision(), seen_revision("document_revision")

    def work() -> dict[str, Any]:
        ensure_same_text(proposal, text_seen)
        moved = transitions.move(g.db, proposal, name, actor=current_actor(), seen=seen)
        # Under the lock of the move nobody can save any more: what was frozen is what was read.
        ensure_same_text(proposal, text_seen)
        return {"code": moved.code}

    try:
        answer = done_once(proposal, name, {"revision": seen, "document_revision": text_seen}, work)
    except Incomplete:
        return review_page(proposal, 422)
    flash(_("Submitted. The receipt is being made and appears below within seconds."), "success")
    return see_other(f"/proposals/{answer['code']}")


@bp.get("/withdraw")
@requires("proposal.withdraw")
def consider_withdrawing(proposal: Proposal) -> str:
    choice(proposal, {"withdraw"})
    return render_template("submissions/withdraw.html", proposal=proposal, stage=proposals.stage_of(proposal))


@bp.post("/withdraw")
@requires("proposal.withdraw")
def withdraw(proposal: Proposal) -> Response:
    seen, reason = seen_revision(), request.form.get("reason", "")

    def work() -> dict[str, Any]:
        moved = transitions.move(g.db, proposal, "withdraw", actor=current_actor(), seen=seen, reason=reason)
        return {"code": moved.code}

    answer = done_once(proposal, "withdraw", {"revision": seen, "reason": reason}, work)
    flash(_("Withdrawn. Nobody works on it any more; you can start a new draft at any time."), "success")
    return see_other(f"/proposals/{answer['code']}")


def done_once(proposal: Proposal, name: str, sent: dict[str, Any], work: Any) -> dict[str, Any]:
    operation = f"web.proposal.{name}:{proposal.code}"
    return idempotency.once(
        g.db, actor=current_actor(), operation=operation, key=sent_form_token(), request=sent, work=work
    )


def ensure_same_text(proposal: Proposal, seen: int) -> None:
    """What is submitted must be what the person read on the page before."""
    if proposal.document_revision != seen:
        raise Stale(code=proposal.code)


def choice(proposal: Proposal, names: Collection[str]) -> Transition:
    """The one of these moves that is possible now; 409 when none is."""
    possible = transitions.choices(g.db, proposal, actor=current_actor())
    found = next((transition for transition in possible if transition.name in names), None)
    if found is None:
        raise IllegalMove()
    return found


def review_page(proposal: Proposal, status: int = 200) -> Response:
    """The whole text, what blocks, what to check, what is advised, and the button."""
    transition = choice(proposal, HANDING_IN)
    document = proposals.draft_of(g.db, proposal)
    problems = proposals.problems(g.db, proposal)
    shown = render_template(
        "submissions/review.html",
        proposal=proposal,
        transition=transition,
        saved=saved_text(proposal.document_saved_at),
        blockers=overview.blockers(proposal, problems),
        remarks=problem_groups([one for one in problems if one.severity != ERROR], place_in(proposal.code)),
        changes=since(proposal),
        sections=outline.display(document, language()),
        label=tr(transition.label),
    )
    return make_response(shown, status)
