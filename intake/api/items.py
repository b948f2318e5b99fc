"""One item of a sitting: opened and closed, recusals, ballots, and the conclusion prepared for release."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from flask import Response
from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.resources import resources
from intake.api.sessions import TAG, SessionView, view_of
from intake.api.shapes import Answer, Body, Code, Email, OneOf, Sentence
from intake.i18n import N_
from intake.models.sessions import CHOICES, OUTCOMES
from intake.services import ballot_scans, ballots, conclusions, sessions
from intake.services.ballot_scans import Scan


class ItemMove(Body):
    """Opening (for a secret vote or an open one) or closing one item."""

    transition: Annotated[str, OneOf(("open", "close"))]
    secret: bool = False


class Recusal(Body):
    """Taking no part; a secretary names for whom this is recorded."""

    reason: Sentence
    on_behalf_of: Email | None = None


class BallotPaper(Body):
    """One vote; a secretary names for whom it is recorded."""

    choice: Annotated[str, OneOf(CHOICES)]
    reason: Sentence = ""
    into: Code | None = None
    on_behalf_of: Email | None = None


class Condition(Body):
    """What has to be done, by whom, until when."""

    text: Sentence
    owner: Sentence
    due_on: date


class SectionRemark(Body):
    """What has to be revised in one section."""

    section: Annotated[str, Field(max_length=40)]
    text: Sentence


class Conclusion(Body):
    """What the chair concludes, around the outcome that the vote has fixed."""

    outcome: Annotated[str, OneOf(OUTCOMES)]
    text: Sentence
    reason: Sentence = ""
    conditions: Annotated[list[Condition], Field(max_length=100)] = Field(default_factory=list)
    remarks: Annotated[list[SectionRemark], Field(max_length=100)] = Field(default_factory=list)
    defer_until: date | None = None
    into: Code | None = None


class Concluded(Answer):
    """The conclusion as it is prepared."""

    code: str
    outcome: str
    text: str
    reason: str
    conditions: list[dict[str, str]]
    remarks: list[dict[str, str]]
    defer_until: date | None


class Confirmed(Answer):
    """How many ballots were confirmed by this act."""

    confirmed: int


def own_or_recorded(own: str) -> Any:
    """The right that the body asks for: one's own act, or one recorded for a member."""

    def wished(data: Any) -> str:
        is_recorded = isinstance(data, dict) and data.get("on_behalf_of") is not None
        return "ballot.cast_on_behalf" if is_recorded else own

    return wished


@operation(
    "POST",
    "/sessions/<row:session_id>/items/<code>/transitions",
    action="session.manage",
    summary=N_("Open or close an item; without quorum 422"),
    tag=TAG,
    body=ItemMove,
    answer=SessionView,
)
def move_item(call: Call, session: Any, code: str, body: ItemMove) -> SessionView:
    if body.transition == "open":
        sessions.open_item(call.db, session, code, secret=body.secret, actor=call.actor)
    else:
        sessions.close_item(call.db, session, code, actor=call.actor)
    return view_of(call, session.id)


@operation(
    "PUT",
    "/sessions/<row:session_id>/items/<code>/recusal",
    action="recusal.declare",
    also=("ballot.cast_on_behalf",),
    chosen=own_or_recorded("recusal.declare"),
    summary=N_("Take no part in an item"),
    tag=TAG,
    body=Recusal,
    status=204,
)
def recuse(call: Call, session: Any, code: str, body: Recusal) -> None:
    sessions.recuse(call.db, session, code, reason=body.reason, email=body.on_behalf_of, actor=call.actor)


@operation(
    "PUT",
    "/sessions/<row:session_id>/items/<code>/ballot",
    action="ballot.cast",
    also=("ballot.cast_on_behalf",),
    chosen=own_or_recorded("ballot.cast"),
    summary=N_("Vote, or record the vote of a member"),
    tag=TAG,
    body=BallotPaper,
    status=204,
    leaves_no_trace=True,
)
def cast_ballot(call: Call, session: Any, code: str, body: BallotPaper) -> None:
    ballots.cast(
        call.db,
        session,
        code,
        choice=body.choice,
        reason=body.reason,
        into=body.into,
        on_behalf_of=body.on_behalf_of,
        actor=call.actor,
    )


def keep_scan(call: Call, session: Any, code: str, email: str, content: bytes) -> Scan:
    return ballot_scans.keep(call.db, resources().files, session, code, content, actor=call.actor)


@operation(
    "PUT",
    "/sessions/<row:session_id>/items/<code>/ballots/<email>/scan",
    action="ballot.cast_on_behalf",
    summary=N_("Attach a scan to the open ballot you recorded; the body is the PDF, JPEG or PNG file"),
    tag=TAG,
    receives=keep_scan,
    status=204,
)
def attach_scan(call: Call, session: Any, code: str, email: str, file: Scan) -> None:
    ballot_scans.attach(call.db, session, code, email, file, actor=call.actor)


@operation(
    "GET",
    "/sessions/<row:session_id>/items/<code>/ballots/<email>/scan",
    action="ballot.read_scan",
    summary=N_("The scan of a recorded ballot; the ETag is its sha256"),
    tag=TAG,
    has_etag=True,
    media_types=ballot_scans.MEDIA_TYPES,
)
def read_scan(call: Call, session: Any, code: str, email: str) -> Response:
    found = ballot_scans.fetch(call.db, session, code, email, actor=call.actor)
    response = Response(resources().files.get(found.file_key), mimetype=found.media_type)
    response.set_etag(found.sha256)
    response.headers["Content-Disposition"] = f'inline; filename="{found.filename}"'
    return response


@operation(
    "PUT",
    "/sessions/<row:session_id>/items/<code>/ballots-confirmation",
    action="ballot.confirm",
    summary=N_("Confirm the ballots that somebody else recorded"),
    tag=TAG,
    answer=Confirmed,
)
def confirm_ballots(call: Call, session: Any, code: str) -> Confirmed:
    return Confirmed(confirmed=ballots.confirm(call.db, session, code, actor=call.actor))


@operation(
    "PUT",
    "/sessions/<row:session_id>/items/<code>/conclusion",
    action="conclusion.write",
    summary=N_("Prepare the conclusion of an item"),
    tag=TAG,
    body=Conclusion,
    answer=Concluded,
)
def prepare_conclusion(call: Call, session: Any, code: str, body: Conclusion) -> Concluded:
    item = conclusions.prepare(
        call.db,
        session,
        code,
        outcome=body.outcome,
        text=body.text,
        reason=body.reason,
        conditions=[condition.model_dump() for condition in body.conditions],
        remarks=[remark.model_dump() for remark in body.remarks],
        defer_until=body.defer_until,
        into=body.into,
        actor=call.actor,
    )
    return Concluded(
        code=code,
        outcome=body.outcome,
        text=item.text,
        reason=item.reason,
        conditions=item.conditions,
        remarks=item.remarks or [],
        defer_until=item.defer_until,
    )
