"""Official documents as PDF: the bytes once the worker has made them, until then a page that looks again."""

from __future__ import annotations

from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response

from intake.models import Proposal
from intake.services import papers, print_outs
from intake.services.papers import Paper
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import requires, signed_in

bp = Blueprint("papers", __name__)

LOOK_AGAIN_SECONDS = 4


@bp.get("/documents/<doc>")
@signed_in
def show(doc: str) -> Response:
    return answer(papers.fetch(g.db, doc, actor=current_actor()))


@bp.get("/proposals/<code>/decision.pdf")
@requires("proposal.read_decision")
def decision(proposal: Proposal) -> Response:
    return answer(papers.latest_decision(g.db, proposal, actor=current_actor()))


@bp.get("/proposals/<code>/proposal.pdf")
@requires("proposal.read")
def proposal_text(proposal: Proposal) -> Response:
    """The proposal in full; `?version=` names a frozen one. What nobody has asked for yet can be asked for there."""
    number = request.args.get("version", type=int)
    paper = print_outs.current(g.db, proposal, actor=current_actor(), number=number)
    if paper is None:
        return make_response(render_template("papers/not_made.html", proposal=proposal, number=number), 404)
    return answer(paper)


@bp.post("/proposals/<code>/proposal.pdf")
@requires("proposal.read")
def ask_for_text(proposal: Proposal) -> Response:
    """Have the proposal printed as it is now, unless that was done."""
    number = request.args.get("version", type=int)
    print_outs.ask(g.db, proposal, actor=current_actor(), number=number)
    return see_other(f"/proposals/{proposal.code}/proposal.pdf" + (f"?version={number}" if number else ""))


def answer(paper: Paper) -> Response:
    """The file under its sha256, or 202 while it is being made."""
    if paper.file_key is None or paper.sha256 is None:
        waiting = make_response(render_template("papers/being_made.html", paper=paper), 202)
        waiting.headers["Retry-After"] = str(LOOK_AGAIN_SECONDS)
        waiting.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return waiting
    response = make_response()
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{paper.filename}"'
    response.set_etag(paper.sha256)
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(resources().files.get(paper.file_key))
    return response
