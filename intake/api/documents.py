"""Official documents: their bytes, and the act that makes a draft the issued document."""

from __future__ import annotations

from datetime import date as Day
from typing import Any

from flask import Response

from intake.api.calls import Call
from intake.api.operations import PDF, operation
from intake.api.resources import resources
from intake.api.shapes import Answer, Body, Sentence
from intake.i18n import N_
from intake.services import papers

TAG = "documents"
MAKING_SECONDS = "2"


class Issue(Body):
    """What turns the draft into the issued document."""

    number: Sentence
    date: Day
    signer: Sentence
    place: Sentence


class Issued(Answer):
    """The document whose final bytes are being made now."""

    doc: str
    kind: str
    state: str
    number: str | None
    dated_on: Day | None
    signer: str | None
    place: str | None


@operation(
    "PUT",
    "/documents/<doc>/issue",
    action="document.issue",
    summary=N_("Record number, date, signer and place: the document is final from now on"),
    tag=TAG,
    body=Issue,
    answer=Issued,
    is_self_checked=True,
)
def issue_document(call: Call, doc: str, body: Issue) -> Issued:
    issued = papers.issue(
        call.db, doc, number=body.number, date=body.date, signer=body.signer, place=body.place, actor=call.actor
    )
    return Issued(
        doc=issued.doc,
        kind=issued.kind,
        state=issued.state,
        number=issued.number,
        dated_on=issued.dated_on,
        signer=issued.signer,
        place=issued.place,
    )


@operation(
    "GET",
    "/documents/<doc>",
    action="document.read",
    summary=N_("The bytes of a document; the ETag is their sha256"),
    tag=TAG,
    is_self_checked=True,
    has_etag=True,
    media_types=(PDF,),
    further=frozenset({202}),
)
def read_paper(call: Call, doc: str) -> Response:
    return bytes_of(papers.fetch(call.db, doc, actor=call.actor))


@operation(
    "GET",
    "/proposals/<code>/decision.pdf",
    action="proposal.read_decision",
    summary=N_("The newest decision on a proposal, as a document"),
    tag=TAG,
    has_etag=True,
    media_types=(PDF,),
    further=frozenset({202}),
)
def read_decision(call: Call, proposal: Any) -> Response:
    return bytes_of(papers.latest_decision(call.db, proposal, actor=call.actor))


def bytes_of(paper: papers.Paper) -> Response:
    """The file; 202 while the worker is making it."""
    if paper.file_key is None:
        return Response(status=202, headers={"Retry-After": MAKING_SECONDS})
    response = Response(resources().files.get(paper.file_key), mimetype=PDF)
    response.set_etag(paper.sha256 or "")
    response.headers["Content-Disposition"] = f'inline; filename="{paper.filename}"'
    return response
