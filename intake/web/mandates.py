"""What was approved and what has to be done by when: the page of the lead agency, its supervisors and the authors."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from intake.errors import NotFound
from intake.models import Proposal
from intake.services import concerned, mandates, timeline, transitions
from intake.services.proposals import stage_of
from intake.web.filters import may
from intake.web.login import current_actor
from intake.web.next_steps import move_links
from intake.web.proposal_heads import head_of
from intake.web.rights import requires

bp = Blueprint("mandates", __name__)


@bp.get("/proposals/<code>/mandate")
@requires("proposal.read_decision")
def show(proposal: Proposal) -> str:
    actor = current_actor()
    mandate = mandates.of(g.db, proposal, actor=actor)
    if mandate is None:
        raise NotFound()
    return render_template(
        "desks/mandate.html",
        head=head_of(proposal),
        mandate=mandate,
        outcome=timeline.WORDS[mandate.outcome],
        takes_reports=stage_of(proposal).takes_reports,
        may_read=may("proposal.read", proposal),
        may_report=may("report.write", proposal),
        may_follow=may("report.read", proposal),
        moves=move_links(proposal, transitions.choices(g.db, proposal, actor=actor)),
        unreached=concerned.unreached(g.db, {one.owner for one in mandate.conditions})
        if may("document.issue")
        else set(),
    )
