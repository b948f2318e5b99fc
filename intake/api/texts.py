"""The text of a proposal as `initiative-proposal/1`: read by whoever may, replaced by its authors."""

from __future__ import annotations

from typing import Annotated, Any

from flask import request
from pydantic import Field

from intake import outline
from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.proposals import TAG, Started, problems_of
from intake.api.shapes import InitiativeProposal, Query
from intake.errors import Stale
from intake.i18n import N_
from intake.services import proposals

LAST_VERSION = 100_000


class VersionQuery(Query):
    """Which frozen version; the text the caller works with when left out."""

    version: Annotated[int, Field(ge=1, le=LAST_VERSION)] | None = None


@operation(
    "GET",
    "/proposals/<code>/document",
    action="proposal.read",
    summary=N_("Read the text: authors their draft, everybody else the newest frozen version"),
    tag=TAG,
    query=VersionQuery,
    answer=InitiativeProposal,
    has_etag=True,
)
def read_document(call: Call, proposal: Any, query: VersionQuery) -> Reply:
    text = proposals.text_of(call.db, proposal, actor=call.actor, number=query.version)
    tag = text.sha256 if text.number else str(proposal.document_revision)
    exported = outline.export_proposal(text.document, code=proposal.code)
    return Reply(InitiativeProposal(exported), headers={"ETag": f'"{tag}"'})


@operation(
    "PUT",
    "/proposals/<code>/document",
    action="proposal.edit",
    summary=N_("Replace the draft text"),
    tag=TAG,
    body=InitiativeProposal,
    answer=Started,
    takes_if_match=True,
)
def replace_document(call: Call, proposal: Any, body: InitiativeProposal) -> Reply:
    refuse_stale(proposal)
    document = outline.import_proposal(body.root, previous=proposals.draft_of(call.db, proposal))
    saved = proposals.save_document(call.db, proposal, document, actor=call.actor, seen=proposal.document_revision)
    found = problems_of(call, proposals.problems(call.db, saved))
    answer = Started(code=saved.code, state=saved.state, revision=saved.revision, problems=found)
    return Reply(answer, headers={"ETag": f'"{saved.document_revision}"'})


def refuse_stale(proposal: Any) -> None:
    """Raise Stale when the writer names another text than the present one; without If-Match nothing is compared."""
    if "If-Match" in request.headers and not request.if_match.contains(str(proposal.document_revision)):
        raise Stale(code=proposal.code)
