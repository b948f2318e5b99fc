"""Proposals: starting one, the list, one of them, what is wrong with its text, what happened to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from intake import outline, policy
from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.shapes import (
    Answer,
    Holder,
    InitiativeProposal,
    Listing,
    OneOf,
    Page,
    Problem,
    Words,
    held_by,
    words,
)
from intake.catalogue import SYSTEMS
from intake.i18n import DEFAULT_LANGUAGE, N_, Text
from intake.services import organisations, papers, proposals, timeline, transitions
from intake.services.subjects import subject_of
from intake.workflow.procedures import PROCEDURES

TAG = "proposals"
STATES = list(dict.fromkeys(stage.id for procedure in PROCEDURES.values() for stage in procedure.stages))


class ListQuery(Page):
    """What the list may be narrowed down to."""

    state: Annotated[str, OneOf(STATES)] | None = None
    system: Annotated[str, OneOf(SYSTEMS)] | None = None
    q: Annotated[str, Field(max_length=200)] | None = None


class Started(Answer):
    """A new draft, and what its text still lacks."""

    code: str
    state: str
    revision: int
    problems: list[Problem]


class ProposalRow(Answer):
    """One line of the list."""

    code: str
    title: str
    proposer: str
    system: str | None
    state: str
    state_label: str
    holder: Holder | None
    holder_name: Words | None
    due_on: date | None
    revision: int
    is_illustrative: bool


class Version(Answer):
    """A frozen text."""

    number: int
    sha256: str
    submitted_at: datetime


class PaperLine(Answer):
    """An official document about the proposal; `state` is promised, draft or issued."""

    doc: str
    kind: str
    state: str
    sha256: str | None


class Link(Answer):
    """A body named in the text, with the organisation the secretariat linked it to."""

    role: str
    name: str
    organisation: str | None
    is_settled: bool


class Details(Answer):
    """What those see who may read the text."""

    kind: str | None
    initiative: str | None
    version: int
    versions: list[Version]
    document_revision: int | None
    submitted_at: datetime | None
    register_year: int | None
    register_number: int | None
    assessing_system: str | None
    deciding_body: str | None
    lead_agency: str | None
    total_vnd: int | None
    state_budget_vnd: int | None
    social_vnd: int | None
    other_vnd: int | None
    organisations: list[Link]
    documents: list[PaperLine]


class ProposalView(ProposalRow):
    """The cover; with `details` for those who may read the text, and the moves the caller may make now."""

    lead: str
    partners: list[str]
    transitions: list[str]
    details: Details | None


class ProblemList(Answer):
    """What is missing or contradictory in the text."""

    items: list[Problem]


class Step(Answer):
    """One line of the timeline; `kind` is done, now or expected."""

    kind: str
    label: str
    at: datetime | None
    until: date | None
    reason: str
    version: int | None


class Timeline(Answer):
    """What happened, where it stands, what is expected next."""

    items: list[Step]


@operation(
    "POST",
    "/proposals",
    action="proposal.create",
    summary=N_("Start a proposal from a document"),
    tag=TAG,
    body=InitiativeProposal,
    answer=Started,
    status=201,
)
def create_proposal(call: Call, body: InitiativeProposal) -> Reply:
    document = outline.import_proposal(body.root)
    language = document["meta"].get("language") or DEFAULT_LANGUAGE
    made = proposals.create(call.db, document, actor=call.actor, language=language)
    found = problems_of(call, proposals.problems(call.db, made))
    started = Started(code=made.code, state=made.state, revision=made.revision, problems=found)
    headers = {"Location": f"/api/v1/proposals/{made.code}", "ETag": f'"{made.document_revision}"'}
    return Reply(started, headers=headers)


def problems_of(call: Call, found: list[outline.Problem]) -> list[Problem]:
    return [Problem(**problem.as_dict(call.language)) for problem in found]


@operation(
    "GET",
    "/proposals",
    action="proposal.read_cover",
    is_self_checked=True,
    summary=N_("List the proposals you may see"),
    tag=TAG,
    query=ListQuery,
    answer=Listing[ProposalRow],
)
def list_proposals(call: Call, query: ListQuery) -> Listing[ProposalRow]:
    page = proposals.listing(
        call.db,
        actor=call.actor,
        state=query.state,
        system=query.system,
        q=query.q,
        after=query.after,
        limit=query.limit,
    )
    return Listing[ProposalRow](items=[row_of(call, row) for row in page.items], next=page.next)


def row_of(call: Call, row: proposals.Row) -> ProposalRow:
    named = row.holder_name_vi is not None
    return ProposalRow(
        code=row.code,
        title=row.title,
        proposer=row.proposer_name,
        system=row.primary_system,
        state=row.stage.id,
        state_label=call.say(row.stage.label),
        holder=held_by(row.holder_kind, row.holder_organisation_id),
        holder_name=Words(vi=row.holder_name_vi or "", en=row.holder_name_en or "") if named else None,
        due_on=row.due_on,
        revision=row.revision,
        is_illustrative=row.is_illustrative,
    )


@operation(
    "GET",
    "/proposals/<code>",
    action="proposal.read_cover",
    summary=N_("Read the cover of a proposal, and more for those who may read its text"),
    tag=TAG,
    answer=ProposalView,
)
def read_proposal(call: Call, proposal: Any) -> ProposalView:
    holder = proposal.holder_organisation
    links = organisations.links(call.db, proposal)
    reads = policy.allows(call.actor, "proposal.read", subject_of(call.db, proposal, actor=call.actor))
    return ProposalView(
        code=proposal.code,
        title=proposal.title,
        proposer=proposal.proposer_name,
        lead=proposal.lead_name,
        partners=[link.name for link in links if link.role == "partner"],
        system=proposal.primary_system,
        state=proposal.state,
        state_label=call.say(proposals.stage_of(proposal).label),
        holder=held_by(proposal.holder_kind, proposal.holder_organisation_id),
        holder_name=words(Text(holder.name_vi, holder.name_en)) if holder else None,
        due_on=proposal.due_on,
        revision=proposal.revision,
        is_illustrative=proposal.is_illustrative,
        transitions=[move.name for move in transitions.choices(call.db, proposal, actor=call.actor)],
        details=details_of(call, proposal, links) if reads else None,
    )


def details_of(call: Call, proposal: Any, links: list[Any]) -> Details:
    writes = policy.allows(call.actor, "proposal.edit", subject_of(call.db, proposal, actor=call.actor))
    versions = proposals.versions(call.db, proposal)
    return Details(
        kind=proposal.kind,
        initiative=proposal.initiative_ref,
        version=proposal.current_version,
        versions=[Version(number=v.number, sha256=v.sha256, submitted_at=v.submitted_at) for v in versions],
        document_revision=proposal.document_revision if writes else None,
        submitted_at=proposal.submitted_at,
        register_year=proposal.register_year,
        register_number=proposal.register_number,
        assessing_system=proposal.assessing_system,
        deciding_body=proposal.deciding_body_id,
        lead_agency=proposal.lead_agency_id,
        total_vnd=proposal.total_vnd,
        state_budget_vnd=proposal.state_budget_vnd,
        social_vnd=proposal.social_vnd,
        other_vnd=proposal.other_vnd,
        organisations=[link_of(link) for link in links],
        documents=[
            PaperLine(doc=paper.doc, kind=paper.kind, state=paper.state, sha256=paper.sha256)
            for paper in papers.listing(call.db, proposal, actor=call.actor)
        ],
    )


def link_of(link: Any) -> Link:
    return Link(role=link.role, name=link.name, organisation=link.organisation_id, is_settled=link.is_settled)


@operation(
    "GET",
    "/proposals/<code>/problems",
    action="proposal.read",
    summary=N_("What is missing or contradictory in the text you may read"),
    tag=TAG,
    answer=ProblemList,
)
def list_problems(call: Call, proposal: Any) -> ProblemList:
    text = proposals.text_of(call.db, proposal, actor=call.actor)
    # Whoever reads a frozen version must not learn from its problems what the draft says by now.
    found = outline.check(text.document) if text.number else proposals.problems(call.db, proposal)
    return ProblemList(items=problems_of(call, found))


@operation(
    "GET",
    "/proposals/<code>/history",
    action="proposal.read_history",
    summary=N_("What happened to a proposal and what is expected next"),
    tag=TAG,
    answer=Timeline,
)
def read_history(call: Call, proposal: Any) -> Timeline:
    return Timeline(items=steps_of(call, timeline.history(call.db, proposal, actor=call.actor)))


def steps_of(call: Call, steps: list[timeline.Step]) -> list[Step]:
    shown = [{name: getattr(step, name) for name in Step.model_fields} for step in steps]
    return [Step(**{**values, "label": call.say(values["label"])}) for values in shown]
