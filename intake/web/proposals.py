"""Proposals as everybody who may read them meets them: the list, a new one, the overview, the text, its versions."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import outline, policy
from intake.documents.pictures import pictures
from intake.models import Proposal
from intake.outline import OUTLINE
from intake.policy import Subject
from intake.services import (
    assisted,
    conflicts,
    idempotency,
    papers,
    proposals,
    queues,
    remarks,
    successions,
    timeline,
    transitions,
)
from intake.services.subjects import subject_of
from intake.web import overview, timelines
from intake.web.desks import PAPER_KINDS
from intake.web.fields import sent_form_token
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.next_steps import holder, holder_name, move_links, next_step, workplaces
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import numbered, saved_text
from intake.web.version_changes import changed, since

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
    open_parts = remarks.open_parts(g.db, proposal, text.document) if is_editable else frozenset[str]()
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        stage=stage,
        is_editable=is_editable,
        is_official=actor.role is not policy.Role.APPLICANT,
        saved=saved_text(proposal.document_saved_at),
        groups=overview.section_groups(proposal, text.document, problems, open_parts=open_parts),
        blockers=overview.blockers(proposal, problems),
        complete=overview.complete_count(text.document, problems),
        finance=overview.finance(text.document),
        kpis=overview.main_kpis(text.document),
        version=text.number,
        holder=holder(proposal),
        step=next_step(proposal, is_editable=is_editable, is_ready=outline.is_submittable(problems)),
        moves=move_links(proposal, transitions.choices(g.db, proposal, actor=actor)),
        places=workplaces(proposal),
        asked=remarks.request(g.db, proposal, actor=actor),
        relatives=successions.relatives(g.db, proposal, actor=actor),
        arrival=arrival(proposal),
        has_changes=proposal.current_version > (0 if is_editable else 1),
        papers=papers.listing(g.db, proposal, actor=actor),
        paper_names=PAPER_KINDS,
        sections={part: numbered(part) for part in OUTLINE.bodies},
        steps=timelines.entries(timeline.history(g.db, proposal, actor=actor)),
    )


def arrival(proposal: Proposal) -> dict[str, Any] | None:
    """How it came on paper, for the secretariat: the person's address is nobody else's business."""
    found = assisted.arrival_of(g.db, proposal)
    if found is None or not policy.allows(current_actor(), "proposal.create_assisted", Subject()):
        return None
    return {
        "channel": assisted.CHANNEL_NAMES[found.channel],
        "arrived_on": found.arrived_on,
        "person_name": found.person_name,
        "contact": found.contact,
        "reference": found.reference,
        "is_claimed": found.claimed_at is not None,
    }


@bp.post("/<code>/restart")
@requires("proposal.restart")
def restart(proposal: Proposal) -> Response:
    """A new draft from what has ended; the form sent twice starts one."""
    actor = current_actor()

    def work() -> dict[str, Any]:
        return {"code": successions.restart(g.db, proposal, actor=actor).code}

    operation = f"web.proposal.restart:{proposal.code}"
    answer = idempotency.once(
        g.db, actor=actor, operation=operation, key=sent_form_token(), request={"code": proposal.code}, work=work
    )
    flash(_("Your draft is saved under the code %(code)s.", code=answer["code"]), "success")
    return see_other(f"/proposals/{answer['code']}")


@bp.get("/<code>/text")
@requires("proposal.read")
def text(proposal: Proposal) -> str:
    """All 14 sections, read only; `?version=` shows a frozen one."""
    number = request.args.get("version", type=int)
    found = proposals.text_of(g.db, proposal, actor=current_actor(), number=number)
    return render_template(
        "proposals/text.html",
        proposal=proposal,
        text=found,
        sections=outline.display(found.document, language()),
        pictures=pictures(found.document, language()),
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


@bp.get("/<code>/changes")
@requires("proposal.read")
def changes(proposal: Proposal) -> str:
    """What changed since the version before: for the authors in their draft, for all others in the newest version."""
    return render_template("proposals/changes.html", proposal=proposal, changes=since(proposal))


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
