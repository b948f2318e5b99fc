"""A sitting that is put off or called off, and its minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.sessions import TAG, SessionView, view_of
from intake.api.shapes import Answer, Body, Instant, Reason, Sentence
from intake.i18n import N_
from intake.services import minutes, sessions


class Schedule(Body):
    """Another time and place, and why."""

    starts_at: Instant
    place: Sentence
    reason: Sentence


class Notes(Body):
    """What the secretariat adds in words: the course of the discussion."""

    notes: Sentence


class BodyName(Answer):
    """The body that sat."""

    id: str
    vi: str
    en: str


class Presiding(Answer):
    """Who led the sitting."""

    name: str
    seat: str


class QuorumView(Answer):
    """Who could decide and who was there."""

    entitled: int
    present: int
    needed: int
    is_presided: bool
    is_met: bool


class Change(Answer):
    """One change of attendance; `kind` is arrived or left once the sitting is open, else empty."""

    status: str
    at: datetime
    recorded_by: str
    kind: str


class Attended(Answer):
    """Somebody on the list; a guest has no seat."""

    name: str
    seat: str | None
    status: str
    recorded_by: str
    changes: list[Change]


class Stepped(Answer):
    """A member who took no part in an item."""

    name: str
    reason: str
    recorded_by: str
    at: datetime


class OpenBallot(Answer):
    """One ballot of an open vote that is closed; `counts` is false when the member turned out not to be entitled."""

    member: str
    choice: str
    reason: str
    into: str | None
    recorded_by: str | None
    confirmed_by: str | None
    has_scan: bool
    counts: bool


class Target(Answer):
    """The proposal that another one is merged into."""

    code: str
    title: str


class DecisionTold(Answer):
    """The released decision; number and day once it is issued."""

    outcome: str
    released_at: datetime
    doc: str
    number: str | None
    dated_on: date | None


class MinutesItem(Answer):
    """One item as it was dealt with; the conclusion is empty before its release, but for those who run the sitting."""

    number: int
    code: str
    title: str
    proposer: str
    state: str
    mode: str
    is_secret: bool
    opened_at: datetime | None
    closed_at: datetime | None
    quorum_at_open: QuorumView | None
    quorum_at_close: QuorumView | None
    recusals: list[Stepped]
    ballots: list[OpenBallot]
    tally: dict[str, Any] | None
    earlier: list[dict[str, Any]]
    outcome: str | None
    text: str
    reason: str
    conditions: list[dict[str, str]]
    defer_until: date | None
    into: Target | None
    decision: DecisionTold | None


class MinutesView(Answer):
    """The minutes as far as the caller may know them."""

    body: BodyName
    number: int
    mode: str
    state: str
    place: str
    starts_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    postponed_from: datetime | None
    change_reason: str
    called_by: str
    presided_by: Presiding | None
    quorum: QuorumView
    attendance: list[Attended]
    items: list[MinutesItem]
    notes: str
    is_released: bool


@operation(
    "PUT",
    "/sessions/<row:session_id>/schedule",
    action="session.create",
    summary=N_("Postpone a session: its agenda stays, everybody on its list is told"),
    tag=TAG,
    body=Schedule,
    answer=SessionView,
)
def postpone_session(call: Call, session: Any, body: Schedule) -> SessionView:
    sessions.postpone(
        call.db, session, starts_at=body.starts_at, place=body.place, reason=body.reason, actor=call.actor
    )
    return view_of(call, session.id)


@operation(
    "POST",
    "/sessions/<row:session_id>/cancellation",
    action="session.create",
    summary=N_("Cancel a session: its proposals wait for another one"),
    tag=TAG,
    body=Reason,
    answer=SessionView,
)
def cancel_session(call: Call, session: Any, body: Reason) -> SessionView:
    sessions.cancel(call.db, session, reason=body.reason, actor=call.actor)
    return view_of(call, session.id)


@operation(
    "GET",
    "/sessions/<row:session_id>/minutes",
    action="session.read",
    summary=N_("Read the minutes: who runs the session at any time, members after the release"),
    tag=TAG,
    answer=MinutesView,
)
def read_minutes(call: Call, session: Any) -> MinutesView:
    return MinutesView.model_validate(minutes.readable(call.db, session, actor=call.actor))


@operation(
    "PUT",
    "/sessions/<row:session_id>/minutes",
    action="session.create",
    summary=N_("Write the course of the session into its minutes"),
    tag=TAG,
    body=Notes,
    answer=MinutesView,
)
def write_minutes(call: Call, session: Any, body: Notes) -> MinutesView:
    minutes.write_notes(call.db, session, body.notes, actor=call.actor)
    return read_minutes(call, session)
