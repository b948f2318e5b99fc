"""Every move of the desks as a page: what happens, what is still missing, what has to be given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import policy
from intake.catalogue import SYSTEMS
from intake.errors import DecidedInSession, NotFound
from intake.forms.desks import Options
from intake.forms.moves import FORMS, MergeForm, MoveForm
from intake.i18n import N_, Message, Text
from intake.models import Proposal
from intake.outline import OUTLINE
from intake.services import audiences, organisations, prospects, readiness, routings, transitions
from intake.services.subjects import subject_of
from intake.services.tasks import stage_of
from intake.web.attempts import attempt
from intake.web.desks import BY_AUTHORS
from intake.web.fields import seen_revision
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name, head_of, standing_in
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import numbered
from intake.workflow.machine import next_state
from intake.workflow.procedure import Transition

bp = Blueprint("transitions", __name__)

MINISTRIES = ("ministry", "ministerial_level_agency")
COMMITTEE = ("committee_member", "committee_chair")
REASON = "reason"

WHAT_HAPPENS: dict[str, Message] = {
    "accept": N_("The ministries are asked to review. Their leads read the text after declaring, and name who scores."),
    "request_supplement": N_(
        "The proposer is asked to supplement the text. The clock of this stage stands still meanwhile."
    ),
    "decline": N_("The proposal is closed as not eligible. The proposer reads the reason and may start again."),
    "merge": N_("The proposal is closed. Its authors may read the one that goes on for both."),
    "conclude_review": N_("The chief engineer reads the text, scores it, and then sees the sheets and opinions."),
    "return_to_reception": N_("The routing ends: ministries no longer read the text until it is routed anew."),
    "assess": N_("The secretariat puts scores and opinions together. Sheets may still change until it is referred."),
    "return_to_ministries": N_("The ministries may change or add sheets and opinions. The chief engineer waits."),
    "return_to_engineer": N_("The chief engineer may sign a new assessment. The synthesis waits."),
    "refer": N_("Scores and certificate are frozen. Ministries, reviewers and the engineer no longer read the text."),
    "reschedule": N_("The proposal may be put on an agenda again."),
    "assign": N_("The lead agency reads the proposal and reports its indicators on the 25th of each month."),
    "complete": N_("The implementation ends. Its last values stay in the file."),
    "stop": N_("The implementation ends without being completed. Everybody who follows it reads the reason."),
    "adjust": N_("The implementation goes on. Everybody who follows it reads the reason."),
}
# Where a problem that another page solves is put right.
SOLVED_AT: dict[str, str] = {
    "organisations": "organisations",
    "opinion": "opinion",
    "no-opinion": "no-opinion",
    "score-sheet": "review",
    "assessment": "assessment",
    "synthesis": "synthesis",
}


def place(proposal: Proposal, path: str) -> str:
    """The page on which the problem at `path` is solved; empty when it is a field of the move itself."""
    name, _dot, rest = path.partition(".")
    if name not in SOLVED_AT:
        return ""
    tail = f"/{rest}" if name == "no-opinion" else ""
    return f"/proposals/{proposal.code}/{SOLVED_AT[name]}{tail}"


def declared(proposal: Proposal, name: str) -> Transition:
    """The move, when the person may make it from here; else the refusal in the order of all checks."""
    actor, procedure = current_actor(), transitions.procedure_of(proposal)
    if name in BY_AUTHORS or name not in {move.name for move in procedure.transitions}:
        raise NotFound()
    policy.ensure(actor, f"proposal.{name}", subject_of(g.db, proposal, actor=actor))
    if procedure.only_in_session(name, proposal.state):
        raise DecidedInSession()
    next_state(procedure, transitions.position(proposal), name, role=actor.role.value)
    return procedure.transition(name)


@bp.get("/proposals/<code>/move/<transition>")
@requires("proposal.read_cover")
def show(proposal: Proposal, transition: str) -> str:
    move = declared(proposal, transition)
    return page(proposal, move, form_of(proposal, move, None))


@bp.post("/proposals/<code>/move/<transition>")
@requires("proposal.read_cover")
def make(proposal: Proposal, transition: str) -> Any:
    """Fire the move; a form that only asks for more rows comes back with them."""
    move, actor = declared(proposal, transition), current_actor()
    form = form_of(proposal, move, request.form)
    if "more" in request.form:
        form.add_rows()
        return page(proposal, move, form)
    if "show" in request.form:
        return page(proposal, move, form)
    seen = seen_revision()
    with attempt(form):
        transitions.move(
            g.db, proposal, move.name, actor=actor, seen=seen, reason=form.reason.data or "", data=form.move_data()
        )
    if form.problems:
        return page(proposal, move, form), 422
    flash(_("%(code)s: %(move)s. Done.", code=proposal.code, move=tr(move.label)), "success")
    return see_other(after(proposal))


def after(proposal: Proposal) -> str:
    """The staff page while the person may still read the proposal, else their desk."""
    actor = current_actor()
    may_read = policy.allows(actor, "proposal.read", subject_of(g.db, proposal, actor=actor))
    return f"/proposals/{proposal.code}/staff" if may_read else "/queue"


def form_of(proposal: Proposal, move: Transition, sent: Any) -> MoveForm:
    make_form = FORMS.get(move.name, MoveForm)
    options = OPTIONS[move.name](proposal) if move.name in OPTIONS else {}
    form = make_form(sent, say=tr, options=options, **(suggested(proposal) if move.name == "accept" else {}))
    form.elsewhere = partial(place, proposal)
    return form


def page(proposal: Proposal, move: Transition, form: MoveForm) -> str:
    at, procedure = transitions.position(proposal), transitions.procedure_of(proposal)
    missing = readiness.missing(g.db, proposal, move.name, actor=current_actor(), data=form.move_data())
    wishes = [problem["message"] for problem in missing if problem["path"] == REASON]
    target = standing_in(proposal, procedure.stage(move.target_from(at)))
    return render_template(
        "desks/move.html",
        head=head_of(proposal),
        move=move,
        what_happens=WHAT_HAPPENS.get(move.name),
        target=target,
        receiver=prospects.receiver(g.db, proposal, target.stage) if move.name != "accept" else None,
        merging=merging(proposal, form) if isinstance(form, MergeForm) else None,
        missing=[(one["message"], place(proposal, one["path"])) for one in missing if is_elsewhere(one)],
        reason_wishes=[] if move.needs_reason else wishes,
        asks_reason=bool(wishes or form.reason.errors),
        form=form,
        routing=routings.suggested(g.db, proposal) if move.name == "accept" else None,
    )


def merging(proposal: Proposal, form: MergeForm) -> dict[str, Any]:
    """What the code typed stands for, and which others may be meant."""
    actor, code = current_actor(), form.move_data()["into"]
    found = prospects.merge_target(g.db, proposal, code, actor=actor) if code else None
    others = prospects.merge_candidates(g.db, proposal, actor=actor)
    return {"code": code, "found": head_of(found) if found else None, "others": [(o, stage_of(o)) for o in others]}


def is_elsewhere(problem: Mapping[str, Any]) -> bool:
    return problem["path"].partition(".")[0] in SOLVED_AT


def suggested(proposal: Proposal) -> dict[str, Any]:
    """What the form of routing starts with."""
    routing = routings.suggested(g.db, proposal)
    return {
        "lead": routing.lead.id if routing.lead else "",
        "cooperating": [body.id for body in routing.cooperating],
        "assessing_system": proposal.assessing_system or "",
    }


def routing_options(proposal: Proposal) -> dict[str, Options]:
    """Suggested ministries first; bodies that own or are to lead the proposal are no choice."""
    routing, barred = routings.suggested(g.db, proposal), organisations.conflicting(g.db, proposal)
    first = [body for body in (routing.lead, *routing.cooperating) if body is not None]
    known = {body.id for body in first}
    others = [
        body for body in organisations.catalogue(g.db) if body.kind in MINISTRIES and body.id not in known | barred
    ]
    bodies = [(body.id, tr(body_name(body))) for body in (*first, *others)]
    engineers = [
        (system.id, tr(Text(f"{system.code} - {system.name.vi}", f"{system.code} - {system.name.en}")))
        for system in SYSTEMS.values()
        if system.chief_engineer_required
    ]
    return {"lead": bodies, "cooperating": bodies, "assessing_system": engineers}


def supplement_options(_proposal: Proposal) -> dict[str, Options]:
    return {"section": [(part, numbered(part)) for part in OUTLINE.bodies]}


def assign_options(proposal: Proposal) -> dict[str, Options]:
    """The organisations that the proposal names first, the one that is to lead it at the top."""
    ids = {id for role in COMMITTEE for id in audiences.with_role(g.db, role)}
    links = sorted(organisations.links(g.db, proposal), key=lambda link: link.role != "lead")
    named = list(dict.fromkeys(link.organisation_id for link in links if link.organisation_id))
    bodies = {body.id: tr(body_name(body)) for body in organisations.catalogue(g.db)}
    first = [(id, tr(N_("%(name)s (named in the proposal)", name=bodies[id]))) for id in named if id in bodies]
    return {
        "supervisor": [(person.email, f"{person.name} ({person.email})") for person in audiences.people(g.db, ids)],
        "lead_agency": [*first, *((id, name) for id, name in bodies.items() if id not in named)],
    }


OPTIONS = {"accept": routing_options, "request_supplement": supplement_options, "assign": assign_options}
