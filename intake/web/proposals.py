"""Proposals as everybody who may read them meets them: the list, a new one, the overview, the text, its versions."""

from __future__ import annotations

import json

from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response

from intake import outline, policy
from intake.models import Proposal
from intake.outline import OUTLINE
from intake.services import conflicts, papers, proposals, queues, remarks, timeline, transitions
from intake.services.subjects import subject_of
from intake.web import overview, timelines
from intake.web.desks import PAPER_KINDS
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.next_steps import holder, holder_name, move_links, next_step, workplaces
from intake.web.rights import requires
from intake.web.section_editor import numbered, saved_text
from intake.web.version_changes import changed

bp = Blueprint("proposals", __name__, url_prefix="/proposals")

LONGEST_LIST = 20


@bp.get("")
@requires("proposal.create")
def mine() -> str:
    """What the person writes or wrote, and what waits for them."""
    actor = current_actor()
    found = proposals.listing(g.db, actor=actor, after=request.args.get("after"), limit=LONGEST_LIST)
    tasks = [] if "after" in request.args else queues.queue(g.db, actor=actor, limit=LONGEST_LIST)
    holders = {row.code: holder_name(row.holder_kind, row.holder_name_vi, row.holder_name_en) for row in found.items}
    return render_template("proposals/mine.html", page=found, tasks=tasks, holders=holders)


@bp.get("/<code>")
@requires("proposal.read_cover")
def show(proposal: Proposal) -> str:
    """One page for everybody: the cover before declaring, all of it for those who may read."""
    actor, stage = current_actor(), proposals.stage_of(proposal)
    if not policy.allows(actor, "proposal.read", subject_of(g.db, proposal, actor=actor)):
        state = conflicts.state_of(g.db, proposal, actor)
        return render_template("desks/cover.html", proposal=proposal, stage=stage, conflict_state=state)
    is_editable = policy.allows(actor, "proposal.edit", subject_of(g.db, proposal, actor=actor))
    text = proposals.text_of(g.db, proposal, actor=actor)
    problems = proposals.problems(g.db, proposal) if is_editable else []
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        stage=stage,
        is_editable=is_editable,
        is_official=actor.role is not policy.Role.APPLICANT,
        saved=saved_text(proposal.document_saved_at),
        groups=overview.section_groups(proposal, text.document, problems, is_editable=is_editable),
        blockers=overview.blockers(proposal, problems),
        complete=overview.complete_count(text.document, problems),
        finance=overview.finance(text.document),
        kpis=overview.main_kpis(text.document),
        version=text.number,
        holder=holder(proposal),
        step=next_step(proposal, is_editable=is_editable, is_ready=outline.is_submittable(problems)),
        moves=move_links(proposal, transitions.choices(g.db, proposal, actor=actor), actor=actor),
        places=workplaces(proposal),
        remarks=remarks.latest(g.db, proposal, actor=actor) if stage.owner_edits and stage.is_open else [],
        papers=papers.listing(g.db, proposal, actor=actor),
        paper_names=PAPER_KINDS,
        sections={part: numbered(part) for part in OUTLINE.bodies},
        steps=timelines.entries(timeline.history(g.db, proposal, actor=actor)),
    )


@bp.get("/<code>/text")
@requires("proposal.read")
def text(proposal: Proposal) -> str:
    """All 14 sections, read only; `?version=` shows a frozen one."""
    number = request.args.get("version", type=int)
    found = proposals.text_of(g.db, proposal, actor=current_actor(), number=number)
    return render_template(
        "proposals/text.html", proposal=proposal, text=found, sections=outline.display(found.document, language())
    )


@bp.get("/<code>/versions")
@requires("proposal.read")
def versions(proposal: Proposal) -> str:
    """Every submitted version, newest first, with what changed since the one before."""
    actor = current_actor()
    frozen = proposals.versions(g.db, proposal)
    texts = {v.number: proposals.text_of(g.db, proposal, actor=actor, number=v.number).document for v in frozen}
    changes = {n: changed(texts[n - 1], texts[n]) for n in texts if n - 1 in texts}
    return render_template("proposals/versions.html", proposal=proposal, versions=frozen[::-1], changes=changes)


@bp.get("/<code>/export.json")
@requires("proposal.read")
def export(proposal: Proposal) -> Response:
    """The text as an `initiative-proposal/1` file."""
    found = proposals.text_of(g.db, proposal, actor=current_actor())
    exported = outline.export_proposal(found.document, proposal.code)
    response = make_response(json.dumps(exported, ensure_ascii=False, indent=2))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{proposal.code}.json"'
    return response
