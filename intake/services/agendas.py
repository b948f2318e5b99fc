"""What a sitting has on its agenda, and finding one item of it for a person who may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager

from intake import policy
from intake.errors import DomainError, IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message, Text
from intake.models import CommitteeSession, Organisation, Proposal, SessionItem
from intake.models.visibility import visible
from intake.policy import Actor
from intake.services import audit, proposals, rights, transitions
from intake.services.subjects import session_subject
from intake.workflow.procedures import PROCEDURES

LARGEST_AGENDA = 200
LIVE = ("waiting", "open", "closed")
COLUMNS = tuple(SessionItem.__mapper__.column_attrs.keys())


def subject(session: CommitteeSession, proposal: Proposal) -> str:
    """How the audit trail names an item."""
    return f"session:{session.id}/{proposal.code}"


def item_of(
    db: Session, session: CommitteeSession, code: str, *, actor: Actor, action: str
) -> tuple[SessionItem, Proposal]:
    """The item of this proposal in this sitting, when `actor` may do `action` with it."""
    proposal = proposals.get(db, code, actor=actor, action=proposals.COVER)
    rights.ensure(db, proposal, action, actor=actor)
    item = db.scalar(
        select(SessionItem).where(
            SessionItem.session_id == session.id,
            SessionItem.proposal_id == proposal.id,
            SessionItem.state != "removed",
        )
    )
    if item is None:
        raise NotFound()
    return item, proposal


def lock(db: Session, item: SessionItem) -> None:
    """Wait for whoever is changing this item, and see what they did (SQLite's write transaction has already waited)."""
    db.refresh(item, COLUMNS, with_for_update=True)


def advance(db: Session, item: SessionItem, source: str, target: str, **values: Any) -> bool:
    """Move the item by compare-and-set; False when it is no longer where it was."""
    db.flush()
    change = update(SessionItem).where(SessionItem.id == item.id, SessionItem.state == source)
    hit = db.scalar(
        change.values(state=target, **values).returning(SessionItem.id),
        execution_options={"synchronize_session": False},
    )
    db.refresh(item, COLUMNS)
    return hit is not None


def visible_items(db: Session, session: CommitteeSession, *, actor: Actor) -> list[SessionItem]:
    """The items of the sitting that `actor` may know of: not those a member is conflicted in."""
    return list(
        db.scalars(
            select(SessionItem)
            .join(Proposal, Proposal.id == SessionItem.proposal_id)
            .where(
                SessionItem.session_id == session.id,
                SessionItem.state != "removed",
                visible(actor, "proposal.read_cover"),
            )
            .order_by(SessionItem.position, SessionItem.id)
            .options(contains_eager(SessionItem.proposal))
        )
    )


def set_agenda(db: Session, session: CommitteeSession, codes: Sequence[str], *, actor: Actor) -> None:
    """Make these proposals, in this order, the agenda of a sitting that has not opened yet.

    Items that `actor` may not know of stay where they stand.
    """
    # Only the secretariat makes an agenda; the right to create a session is the right to prepare it.
    policy.ensure(actor, "session.create", session_subject(db, session, actor=actor))
    ensure_planned(db, session)
    chosen = chosen_proposals(db, session, codes, actor=actor)
    existing = {
        item.proposal_id: item for item in db.scalars(select(SessionItem).where(SessionItem.session_id == session.id))
    }
    wanted = {proposal.id for proposal in chosen}
    seen = {item.proposal_id for item in visible_items(db, session, actor=actor)}
    for item in existing.values():
        if item.proposal_id in seen - wanted:
            take_off(db, session, item, actor=actor)
    hidden = {item.position for item in existing.values() if item.state != "removed" and item.proposal_id not in seen}
    for proposal, position in zip(chosen, free_places(hidden), strict=False):
        put_on(db, session, proposal, existing.get(proposal.id), position=position, actor=actor)
    listed = [proposal.code for proposal in chosen]
    audit.record(db, "session.agenda_set", actor=actor, subject=f"session:{session.id}", data={"items": listed})


def free_places(taken: Collection[int]) -> Iterator[int]:
    """Places on an agenda from the first on, without those that are taken."""
    return (place for place in count(1) if place not in taken)


def shift(db: Session, session: CommitteeSession, code: str, by: int, *, actor: Actor) -> None:
    """Let an item change places with its neighbour among those that `actor` sees: -1 is the one before, 1 the next."""
    policy.ensure(actor, "session.create", session_subject(db, session, actor=actor))
    ensure_planned(db, session)
    listed = visible_items(db, session, actor=actor)
    codes = [item.proposal.code for item in listed]
    if code not in codes:
        raise NotFound()
    here = codes.index(code)
    there = here + by
    if not 0 <= there < len(listed):
        return  # it stands at that end already
    listed[here].position, listed[there].position = listed[there].position, listed[here].position
    codes[here], codes[there] = codes[there], codes[here]
    db.flush()
    audit.record(db, "session.agenda_set", actor=actor, subject=f"session:{session.id}", data={"items": codes})


def ensure_planned(db: Session, session: CommitteeSession) -> None:
    """Wait for whoever is changing the session; its agenda is fixed when it opens."""
    db.refresh(session, ["state"], with_for_update=True)
    if session.state != "planned":
        raise IllegalMove(N_("The session has opened; its agenda can no longer change."))


def chosen_proposals(db: Session, session: CommitteeSession, codes: Sequence[str], *, actor: Actor) -> list[Proposal]:
    """The proposals named, each fit for this sitting; raises for the first that is not."""
    if len(codes) > LARGEST_AGENDA:
        raise Invalid(errors=[("items", N_("An agenda has at most %(count)s items.", count=LARGEST_AGENDA))])
    chosen: list[Proposal] = []
    for index, code in enumerate(codes):
        path = f"items.{index}"
        try:
            proposal = proposals.get(db, code, actor=actor, action="proposal.read")
        except NotFound as error:
            raise refused(path, N_("There is no proposal %(code)s.", code=code)) from error
        if proposal in chosen:
            raise refused(path, N_("Proposal %(code)s is on the list twice.", code=code))
        check_fit(db, session, proposal, path)
        chosen.append(proposal)
    return chosen


def refused(path: str, message: Message) -> Invalid:
    return Invalid(errors=[(path, message)])


def check_fit(db: Session, session: CommitteeSession, proposal: Proposal, path: str) -> None:
    """The proposal waits for a decision, of this body, and on no other agenda."""
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    if not procedure.stage(proposal.state).decided_in_session:
        raise IllegalMove(N_("Proposal %(code)s is not waiting for a decision of the committee.", code=proposal.code))
    elsewhere = select(SessionItem.session_id).where(
        SessionItem.proposal_id == proposal.id, SessionItem.state.in_(LIVE), SessionItem.session_id != session.id
    )
    if db.scalar(elsewhere) is not None:
        raise already_listed(proposal)
    # Plan 01-KH/BCĐTW V.2: system 6 and special projects go before the whole Steering Committee.
    body_id = procedure.deciding_body(proposal.primary_system, proposal.kind)
    if body_id != session.body_id:
        body = db.get_one(Organisation, body_id)
        name = Text(vi=body.name_vi, en=body.name_en)
        raise refused(
            path, N_("Proposal %(code)s is decided by another body: %(body)s.", code=proposal.code, body=name)
        )


def already_listed(proposal: Proposal) -> DomainError:
    return IllegalMove(N_("Proposal %(code)s is on the agenda of another session.", code=proposal.code))


def put_on(
    db: Session, session: CommitteeSession, proposal: Proposal, item: SessionItem | None, *, position: int, actor: Actor
) -> None:
    """List the proposal; the body holds it from now on, until the same day."""
    if item is not None and item.state == "waiting":
        item.position = position
        return
    try:
        with db.begin_nested():
            if item is None:
                db.add(SessionItem(session_id=session.id, proposal_id=proposal.id, position=position))
            else:
                item.state, item.position = "waiting", position
    except IntegrityError as error:  # another session listed it at the same moment
        raise already_listed(proposal) from error
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    hand_over(db, proposal, stage.agenda_holder or stage.holder, session.body_id, "proposal.put_on_agenda", actor=actor)


def take_off(db: Session, session: CommitteeSession, item: SessionItem, *, actor: Actor) -> None:
    """Take an undecided item off; the proposal goes back to whoever holds it outside a sitting."""
    item.state = "removed"
    db.flush()
    proposal = db.get_one(Proposal, item.proposal_id)
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    hand_over(db, proposal, stage.holder, transitions.SECRETARIAT, "proposal.taken_off_agenda", actor=actor)


def hand_over(
    db: Session, proposal: Proposal, holder_kind: Any, organisation_id: str, event: str, *, actor: Actor
) -> None:
    if holder_kind is None or proposal.due_on is None:
        raise IllegalMove()
    transitions.reassign(
        db,
        proposal,
        holder_kind=holder_kind,
        holder_organisation_id=organisation_id,
        due_on=proposal.due_on,
        event=event,
        actor=actor,
    )
