"""Who is asked about a proposal: a ministry's reviewers, the advisers; asking somebody, and ending it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.forms.assignments import EndForm, PersonForm, ReviewerForm
from intake.models import Proposal
from intake.services import assignments, audiences, rights
from intake.web.attempts import attempt
from intake.web.desks import Part, opened, routing_lines
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("assignments", __name__)


@bp.get("/proposals/<code>/assignments")
@requires("proposal.read")
def show(proposal: Proposal) -> str:
    rights.ensure(g.db, proposal, "assignment.read", actor=current_actor())
    return page(proposal)


@bp.post("/proposals/<code>/assignments")
@requires("proposal.read")
def ask_reviewer(proposal: Proposal) -> Any:
    """A lead asks somebody of the ministry, or assigns himself."""
    actor = current_actor()
    rights.ensure(g.db, proposal, "assignment.create_reviewer", actor=actor)
    form = ReviewerForm(request.form, say=tr, people=reviewers(proposal))
    with attempt(form):
        assignments.assign_reviewer(g.db, proposal, form.email, due_on=form.day, actor=actor)
    return answer(proposal, form, reviewer_form=form)


@bp.post("/proposals/<code>/assignments/advisers")
@requires("proposal.read")
def ask_adviser(proposal: Proposal) -> Any:
    """The secretariat asks a member of the National Advisory Council."""
    actor = current_actor()
    rights.ensure(g.db, proposal, "assignment.create_adviser", actor=actor)
    form = PersonForm(request.form, say=tr, people=advisers())
    with attempt(form):
        assignments.assign_adviser(g.db, proposal, form.email, actor=actor)
    return answer(proposal, form, adviser_form=form)


@bp.post("/proposals/<code>/assignments/<int:assignment_id>/end")
@requires("proposal.read")
def end(proposal: Proposal, assignment_id: int) -> Any:
    part = Part(proposal)
    form = EndForm(request.form, say=tr, prefix=f"end-{assignment_id}-", people=successors(part))
    reason, instead = form.reason.data or "", form.instead.data
    with attempt(form):
        if instead:
            assignments.replace(g.db, proposal, assignment_id, instead, reason=reason, actor=part.actor)
        else:
            assignments.remove(g.db, proposal, assignment_id, reason=reason, actor=part.actor)
    if form.problems:
        return page(proposal, ending={assignment_id: form}), 422
    flash(_("This person is no longer asked about %(code)s.", code=proposal.code), "success")
    return see_other(f"/proposals/{proposal.code}/assignments")


def successors(part: Part) -> list[tuple[str, str]]:
    """Whom the person may ask in somebody's place."""
    if part.may("assignment.create_reviewer"):
        return reviewers(part.proposal)
    return advisers() if part.may("assignment.create_adviser") else []


def answer(proposal: Proposal, form: PersonForm, **forms: Any) -> Any:
    if form.problems:
        return page(proposal, **forms), 422
    flash(_("The person was asked and told by e-mail."), "success")
    return see_other(f"/proposals/{proposal.code}/assignments")


def page(proposal: Proposal, *, ending: dict[int, EndForm] | None = None, **forms: Any) -> str:
    part = opened(proposal)
    lines = assignments.listing(g.db, proposal, actor=part.actor)
    may_end = part.may("assignment.remove")
    people = successors(part)
    ends = {
        line.id: EndForm(say=tr, prefix=f"end-{line.id}-", people=people)
        for line in lines
        if may_end and not line.ended_at
    }
    shown = [form for form in (*forms.values(), *(ending or {}).values())]
    return render_template(
        "desks/assignments.html",
        head=head_of(proposal),
        tabs=part.tabs("assignments"),
        lines=lines,
        ends=ends | (ending or {}),
        problems=[problem for form in shown for problem in form.problems],
        routing=routing_lines(proposal),
        **(open_forms(part) | forms),
    )


def open_forms(part: Part) -> dict[str, PersonForm | None]:
    """The forms of what the person may do here."""
    proposal = part.proposal
    asks_reviewers, asks_advisers = part.may("assignment.create_reviewer"), part.may("assignment.create_adviser")
    return {
        "reviewer_form": ReviewerForm(say=tr, people=reviewers(proposal)) if asks_reviewers else None,
        "adviser_form": PersonForm(say=tr, people=advisers()) if asks_advisers else None,
    }


def reviewers(proposal: Proposal) -> list[tuple[str, str]]:
    found = assignments.candidates(g.db, proposal, actor=current_actor())
    return [(person.email, f"{person.name} ({person.email})") for person in found]


def advisers() -> list[tuple[str, str]]:
    found = audiences.people(g.db, audiences.with_role(g.db, "adviser"))
    return [(person.email, f"{person.name} ({person.email})") for person in found]
