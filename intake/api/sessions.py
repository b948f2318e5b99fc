"""Sittings of a deciding body: called, opened and closed, attendance, and the release of decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, RootModel

from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Body, Code, Email, Instant, Listing, OneOf, OrganisationId, Page, Sentence
from intake.i18n import N_
from intake.models import Document, Proposal
from intake.services import ballots, decisions, sessions
from intake.services.attendance import RECORDABLE

TAG = "sessions"
MOST_SESSIONS = 2**31
Codes = Annotated[list[Code], Field(max_length=200)]


class NewSession(Body):
    """A sitting to be called."""

    body: OrganisationId
    starts_at: Instant
    place: Sentence
    mode: Annotated[str, OneOf(sessions.MODES)] | None = None
    invited: Annotated[list[Email], Field(max_length=200)] = Field(default_factory=list)
    items: Codes = Field(default_factory=list)


class Agenda(Body):
    """The proposals of the sitting, in order."""

    items: Codes


class Statuses(RootModel[dict[str, Annotated[str, OneOf(RECORDABLE)]]]):
    """E-mail address to status; people not named keep what was recorded."""


class SessionMove(Body):
    """Opening or closing the sitting."""

    transition: Annotated[str, OneOf(("open", "close"))]


class Release(Body):
    """The items to release; all that are left when not given."""

    items: Codes | None = None


class Made(Answer):
    """The new sitting."""

    id: int


class Attendant(Answer):
    """Somebody expected; a guest has no seat."""

    email: str
    name: str
    seat: str | None
    status: str


class ItemView(Answer):
    """One item of the agenda; what was voted appears as DESIGN 8 allows this person to see it."""

    code: str
    position: int
    state: str
    is_secret: bool
    cast: int
    choices: dict[str, int] | None
    tally: dict[str, Any] | None


class SessionView(Answer):
    """A sitting with the items this person may know of."""

    id: int
    number: int
    body: str
    starts_at: datetime
    place: str
    mode: str
    state: str
    attendance: list[Attendant]
    items: list[ItemView]


class SessionRow(Answer):
    """One line of the list of sittings."""

    id: int
    number: int
    body: str
    starts_at: datetime
    place: str
    mode: str
    state: str


class DecisionView(Answer):
    """One released decision, and the code of its document."""

    code: str
    outcome: str
    doc: str


class Released(Answer):
    """All decisions of one release."""

    decisions: list[DecisionView]


def view_of(call: Call, session_id: int) -> SessionView:
    """The sitting as it is now."""
    session = sessions.get(call.db, session_id, actor=call.actor)
    items = sessions.visible_items(call.db, session, actor=call.actor)
    return SessionView(
        **row_of(session).model_dump(),
        attendance=[
            Attendant(email=row.user.email, name=row.user.name, seat=row.seat, status=row.status)
            for row in session.attendance
        ],
        items=[item_of(call, item) for item in items],
    )


def item_of(call: Call, item: Any) -> ItemView:
    known = ballots.counts(call.db, item, actor=call.actor)
    return ItemView(
        code=item.proposal.code,
        position=item.position,
        state=item.state,
        is_secret=item.is_secret,
        cast=known.cast,
        choices=known.choices,
        tally=known.tally,
    )


def row_of(session: Any) -> SessionRow:
    return SessionRow(
        id=session.id,
        number=session.number,
        body=session.body_id,
        starts_at=session.starts_at,
        place=session.place,
        mode=session.mode,
        state=session.state,
    )


@operation(
    "POST",
    "/sessions",
    action="session.create",
    summary=N_("Call a session"),
    tag=TAG,
    body=NewSession,
    answer=Made,
    status=201,
)
def create_session(call: Call, body: NewSession) -> Reply:
    made = sessions.create(
        call.db,
        body=body.body,
        starts_at=body.starts_at,
        place=body.place,
        mode=body.mode,
        invited=body.invited,
        items=body.items,
        actor=call.actor,
    )
    return Reply(Made(id=made.id), headers={"Location": f"/api/v1/sessions/{made.id}"})


@operation(
    "GET",
    "/sessions",
    action="session.read",
    summary=N_("List the sessions you may see"),
    tag=TAG,
    query=Page,
    answer=Listing[SessionRow],
    is_self_checked=True,
)
def list_sessions(call: Call, query: Page) -> Listing[SessionRow]:
    rows = sorted(map(row_of, sessions.listing(call.db, actor=call.actor)), key=newest_first)
    found, following = page_of(rows, query, key=newest_first)
    return Listing[SessionRow](items=found, next=following)


def newest_first(row: SessionRow) -> str:
    return f"{MOST_SESSIONS - row.id:010}"


@operation(
    "GET",
    "/sessions/<row:session_id>",
    action="session.read",
    summary=N_("Read a session with its attendance and agenda"),
    tag=TAG,
    answer=SessionView,
)
def read_session(call: Call, session: Any) -> SessionView:
    return view_of(call, session.id)


@operation(
    "PUT",
    "/sessions/<row:session_id>/agenda",
    action="session.create",
    summary=N_("Set the agenda, until the session opens"),
    tag=TAG,
    body=Agenda,
    answer=SessionView,
)
def set_agenda(call: Call, session: Any, body: Agenda) -> SessionView:
    sessions.set_agenda(call.db, session, body.items, actor=call.actor)
    return view_of(call, session.id)


@operation(
    "PUT",
    "/sessions/<row:session_id>/attendance",
    action="session.create",
    summary=N_("Record who is there"),
    tag=TAG,
    body=Statuses,
    answer=SessionView,
)
def set_attendance(call: Call, session: Any, body: Statuses) -> SessionView:
    sessions.set_attendance(call.db, session, body.root, actor=call.actor)
    return view_of(call, session.id)


@operation(
    "POST",
    "/sessions/<row:session_id>/transitions",
    action="session.manage",
    summary=N_("Open or close a session"),
    tag=TAG,
    body=SessionMove,
    answer=SessionView,
)
def move_session(call: Call, session: Any, body: SessionMove) -> SessionView:
    MOVES[body.transition](call.db, session, actor=call.actor)
    return view_of(call, session.id)


MOVES = {"open": sessions.open_session, "close": sessions.close_session}


def wished(data: Any) -> str | None:
    """Who stands in for a recused chair names the items: that right the service judges item by item."""
    return "session.read" if isinstance(data, dict) and data.get("items") else None


@operation(
    "POST",
    "/sessions/<row:session_id>/release",
    action="session.release",
    chosen=wished,
    summary=N_("Release the prepared decisions, all or none"),
    tag=TAG,
    body=Release,
    is_body_optional=True,
    answer=Released,
)
def release_session(call: Call, session: Any, body: Release | None = None) -> Released:
    released = decisions.release(call.db, session, codes=body.items if body else None, actor=call.actor)
    return Released(decisions=[decision_of(call, decision) for decision in released])


def decision_of(call: Call, decision: Any) -> DecisionView:
    proposal = call.db.get_one(Proposal, decision.proposal_id)
    document = call.db.get_one(Document, decision.document_id)
    return DecisionView(code=proposal.code, outcome=decision.outcome, doc=document.doc)
