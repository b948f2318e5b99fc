"""What the minutes of a sitting tell: gathered from its rows as plain data, for the page and for the paper."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from intake import policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import (
    Attendance,
    AttendanceChange,
    Ballot,
    CommitteeSession,
    Decision,
    Document,
    Organisation,
    Proposal,
    Recusal,
    SessionItem,
    User,
)
from intake.policy import Actor
from intake.services import agendas, audit, embargoes, quorums
from intake.services.subjects import session_subject, subject_of
from intake.workflow import voting
from intake.workflow.voting import ATTENDING, PRESIDING_SEATS, Member

Data = dict[str, Any]
LONGEST_NOTES = 20_000
NOTHING_CONCLUDED: Data = {
    "outcome": None,
    "text": "",
    "reason": "",
    "conditions": [],
    "defer_until": None,
    "into": None,
    "decision": None,
}
SEATS = ("chair", "deputy", "member", None)


def minutes_facts(db: Session, session: CommitteeSession) -> Data:
    """Everything the minutes tell, in the order they tell it; whoever shows it leaves out what a reader may not know.

    Moments are ISO texts in UTC. Before the release the outcomes in it are under embargo. Of a secret vote there are
    counts only, and no name of who has cast a ballot.
    """
    body = db.get_one(Organisation, session.body_id)
    people = attendance_facts(db, session)
    listed = (
        select(SessionItem, Proposal)
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(SessionItem.session_id == session.id, SessionItem.state != "removed")
        .order_by(SessionItem.position, SessionItem.id)
    )
    items = [item_facts(db, session, item, proposal) for item, proposal in db.execute(listed).all()]
    return {
        "body": {"id": body.id, "vi": body.name_vi, "en": body.name_en},
        "number": session.number,
        "mode": session.mode,
        "state": session.state,
        "place": session.place,
        "starts_at": moment(session.starts_at),
        "opened_at": moment(session.opened_at),
        "closed_at": moment(session.closed_at),
        "postponed_from": moment(session.postponed_from),
        "change_reason": session.change_reason,
        "called_by": name_of(db, session.created_by_id),
        "presided_by": presiding(people),
        "quorum": whole_quorum(db, session),
        "attendance": people,
        "items": items,
        "notes": session.minutes,
        "is_released": bool(items) and all(item["state"] == "released" for item in items),
    }


def readable(db: Session, session: CommitteeSession, *, actor: Actor) -> Data:
    """The minutes as far as `actor` may know them; NotFound for members before everything is released."""
    facts = minutes_facts(db, session)
    may_manage = policy.allows(actor, "session.manage", session_subject(db, session, actor=actor))
    if not (may_manage or facts["is_released"]):
        raise NotFound()
    known = {item.proposal.code: item for item in agendas.visible_items(db, session, actor=actor)}
    items = [opened(db, fact, known[fact["code"]], actor=actor) for fact in facts["items"] if fact["code"] in known]
    return facts | {"items": [item for item in items if item is not None]}


def opened(db: Session, fact: Data, item: SessionItem, *, actor: Actor) -> Data | None:
    """One item without what is under embargo for `actor`; None when even the vote is."""
    subject = subject_of(db, item.proposal, actor=actor)
    if not embargoes.sees_vote(actor, subject):
        return None
    return fact if embargoes.sees_conclusion(item, actor, subject) else fact | NOTHING_CONCLUDED


def moment(at: Any) -> str | None:
    return at.isoformat() if at is not None else None


def name_of(db: Session, user_id: int | None) -> str:
    return db.get_one(User, user_id).name if user_id is not None else ""


def attendance_facts(db: Session, session: CommitteeSession) -> list[Data]:
    """Chair, deputy, members as the body lists them, guests: seat, last status, who recorded it, every change."""
    recorder = aliased(User)
    rows = db.execute(
        select(Attendance.user_id, Attendance.seat, Attendance.status, User.name, recorder.name.label("recorded_by"))
        .join(User, User.id == Attendance.user_id)
        .outerjoin(recorder, recorder.id == Attendance.recorded_by_id)
        .where(Attendance.session_id == session.id)
        .order_by(Attendance.id)
    ).all()
    changes = changes_of(db, session)
    ranked = sorted(rows, key=lambda row: SEATS.index(row.seat))
    return [
        {
            "name": row.name,
            "seat": row.seat,
            "status": row.status,
            "recorded_by": row.recorded_by or "",
            "changes": changes.get(row.user_id, []),
        }
        for row in ranked
    ]


def changes_of(db: Session, session: CommitteeSession) -> dict[int, list[Data]]:
    """By person: what was recorded when; once the sitting is open, a change means somebody came or left."""
    recorder = aliased(User)
    rows = db.execute(
        select(AttendanceChange, recorder.name.label("recorded_by"))
        .outerjoin(recorder, recorder.id == AttendanceChange.recorded_by_id)
        .where(AttendanceChange.session_id == session.id)
        .order_by(AttendanceChange.id)
    ).all()
    found: dict[int, list[Data]] = {}
    before: dict[int, str] = {}
    for change, recorded_by in rows:
        told = {
            "status": change.status,
            "at": moment(change.changed_at),
            "recorded_by": recorded_by or "",
            "kind": kind_of(session, change, before.get(change.user_id, "expected")),
        }
        before[change.user_id] = change.status
        found.setdefault(change.user_id, []).append(told)
    return found


def kind_of(session: CommitteeSession, change: AttendanceChange, before: str) -> str:
    """Whether the person arrived late, left early or came back; empty for what was recorded before the sitting."""
    if session.opened_at is None or change.changed_at < session.opened_at:
        return ""
    was, is_there = before in ATTENDING, change.status in ATTENDING
    if was == is_there:
        return ""
    return "arrived" if is_there else "left"


def presiding(people: list[Data]) -> Data | None:
    """The chair when there, else the deputy when there."""
    there = [person for person in people if person["status"] in ATTENDING and person["seat"] in PRESIDING_SEATS]
    # "chair" sorts before "deputy".
    found = sorted(there, key=lambda person: person["seat"])
    return {"name": found[0]["name"], "seat": found[0]["seat"]} if found else None


def whole_quorum(db: Session, session: CommitteeSession) -> Data:
    rows = db.scalars(select(Attendance).where(Attendance.session_id == session.id, Attendance.seat.is_not(None)))
    seats = [Member(row.user_id, row.seat or "", row.status) for row in rows]
    found = voting.quorum(seats, quorums.rule(db, session))
    return {"entitled": found.entitled, "present": found.present} | quorums.as_data(found)


def item_facts(db: Session, session: CommitteeSession, item: SessionItem, proposal: Proposal) -> Data:
    """One item: its quorums, who took no part, how it was voted, what was concluded."""
    opening, tally = item.opening or {}, item.tally or {}
    closing = {"entitled": tally["entitled"], "present": tally["present"]} | tally["quorum"] if tally else None
    return {
        "number": item.position,
        "code": proposal.code,
        "title": proposal.title,
        "proposer": proposal.proposer_name,
        "state": item.state,
        "mode": session.mode,
        "is_secret": item.is_secret,
        "opened_at": moment(item.opened_at),
        "closed_at": moment(item.closed_at),
        "quorum_at_open": opening.get("quorum"),
        "quorum_at_close": closing,
        "recusals": recusal_facts(db, item),
        "ballots": ballot_facts(db, item),
        "tally": item.tally,
        "earlier": opening.get("earlier", []),
        "outcome": item.outcome,
        "text": item.text,
        "reason": item.reason,
        "conditions": item.conditions,
        "defer_until": moment(item.defer_until),
        "into": into_facts(db, item),
        "decision": decision_facts(db, item),
    }


def recusal_facts(db: Session, item: SessionItem) -> list[Data]:
    recorder = aliased(User)
    rows = db.execute(
        select(User.name, Recusal.reason, Recusal.recorded_at, recorder.name.label("recorded_by"))
        .join(User, User.id == Recusal.user_id)
        .outerjoin(recorder, recorder.id == Recusal.recorded_by_id)
        .where(Recusal.item_id == item.id)
        .order_by(Recusal.id)
    ).all()
    return [
        {"name": row.name, "reason": row.reason, "recorded_by": row.recorded_by or "", "at": moment(row.recorded_at)}
        for row in rows
    ]


def ballot_facts(db: Session, item: SessionItem) -> list[Data]:
    """Who voted what in an open vote that is closed; of a secret one not even who has voted."""
    if item.is_secret or item.tally is None:
        return []
    recorder, confirmer, target = aliased(User), aliased(User), aliased(Proposal)
    rows = db.execute(
        select(
            User.name.label("member"),
            Ballot.choice,
            Ballot.reason,
            target.code.label("into"),
            recorder.name.label("recorded_by"),
            confirmer.name.label("confirmed_by"),
            Ballot.file_key.is_not(None).label("has_scan"),
        )
        .select_from(Ballot)
        .join(User, User.id == Ballot.user_id)
        .join(SessionItem, SessionItem.id == Ballot.item_id)
        .join(Attendance, (Attendance.session_id == SessionItem.session_id) & (Attendance.user_id == Ballot.user_id))
        .outerjoin(target, target.id == Ballot.into_id)
        .outerjoin(recorder, recorder.id == Ballot.recorder_id)
        .outerjoin(confirmer, confirmer.id == Ballot.confirmed_by_id)
        .where(Ballot.item_id == item.id)
        .order_by(Attendance.id)
    ).all()
    counted = {person["name"] for person in item.tally.get("there", [])}
    return [dict(row._mapping) | {"counts": row.member in counted} for row in rows]


def into_facts(db: Session, item: SessionItem) -> Data | None:
    if item.into_id is None:
        return None
    target = db.get_one(Proposal, item.into_id)
    return {"code": target.code, "title": target.title}


def decision_facts(db: Session, item: SessionItem) -> Data | None:
    """The released decision: its document, and number and day once it is issued."""
    found = (
        select(Decision.outcome, Decision.released_at, Document.doc, Document.number, Document.dated_on)
        .join(Document, Document.id == Decision.document_id)
        .where(Decision.item_id == item.id)
    )
    row = db.execute(found).first()
    if row is None:
        return None
    return {
        "outcome": row.outcome,
        "released_at": moment(row.released_at),
        "doc": row.doc,
        "number": row.number,
        "dated_on": moment(row.dated_on),
    }


def write_notes(db: Session, session: CommitteeSession, notes: str, *, actor: Actor) -> None:
    """What the secretariat adds in words: the course of the discussion. Until everything is released."""
    policy.ensure(actor, "session.create", session_subject(db, session, actor=actor))
    if session.state == "cancelled":
        raise IllegalMove(N_("This session was cancelled; it has no minutes."))
    if len(notes) > LONGEST_NOTES:
        raise Invalid(errors=[("notes", N_("At most %(count)s characters fit here.", count=LONGEST_NOTES))])
    session.minutes = notes.strip()
    db.flush()
    audit.record(db, "session.minutes_written", actor=actor, subject=f"session:{session.id}")
