"""Papers of the review of a proposal: the request to the ministries, signed opinions."""

from __future__ import annotations

from flask import Blueprint, flash, g
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.models import Document, Proposal
from intake.services import review_papers
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("review_papers", __name__)


@bp.post("/proposals/<code>/papers/request")
@requires("opinion.read_all")
def ask_request(proposal: Proposal) -> Response:
    return made(proposal, review_papers.ask_request(g.db, proposal, actor=current_actor()))


@bp.post("/proposals/<code>/papers/opinion/<int:opinion_id>")
@requires("opinion.read_all")
def ask_opinion(proposal: Proposal, opinion_id: int) -> Response:
    return made(proposal, review_papers.ask_opinion(g.db, proposal, opinion_id, actor=current_actor()))


def made(proposal: Proposal, document: Document) -> Response:
    flash(_("The document %(doc)s is being made.", doc=document.doc), "success")
    return see_other(f"/proposals/{proposal.code}/staff")
