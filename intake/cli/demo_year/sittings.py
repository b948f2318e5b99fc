"""Sittings of the year: past ones with their ballots, one that is going on, and those that are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.cli.demo_stories import CHAIR, MEMBERS, SECRETARY, actor, find
from intake.models import CommitteeSession, Decision, Document
from intake.policy import Actor
from intake.services import ballots, conclusions, conflicts, decisions, papers, sessions

BODY, WIDER = "tt_bcdtw", "bcdtw"
PLACE = "Phòng họp 1, trụ sở Cơ quan Thường trực"
EVERYBODY = {BODY: (CHAIR, *MEMBERS), WIDER: (CHAIR, *MEMBERS, "member7@demo.vn", "member8@demo.vn")}
TEXT = "Thường trực Ban Chỉ đạo thống nhất với báo cáo tổng hợp của Cơ quan Thường trực."
SIGNER = "Nguyễn Đăng Khoa"
Codes = Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """A proposal on an agenda and what came out; `others` vote otherwise, `recused` takes no part."""

    case: str
    outcome: str = ""
    reason: str = ""
    conditions: tuple[str, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    recused: int = 0
    is_secret: bool = False
    defer_days: int = 0
    into: str = ""


@dataclass(frozen=True)
class Sitting:
    """`held` is how many working days ago it was, or ahead when negative; its notice went out `called` days ago."""

    body: str
    held: int
    called: int
    items: tuple[Item, ...]
    mode: str = "ballot"
    is_released: bool = True
    number: int = 0
    away: tuple[tuple[int, str], ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who is in the room or connected."""
        gone = {f"member{index}@demo.vn" for index, status in self.away if status in ("excused", "absent")}
        return tuple(email for email in EVERYBODY[self.body] if email not in gone)


def secretary(db: Session) -> Actor:
    return actor(db, SECRETARY)


def member(db: Session, email: str) -> Actor:
    return actor(db, email, "committee_chair" if email == CHAIR else "committee_member")


def managed(db: Session, number: int) -> CommitteeSession:
    return sessions.get(db, number, actor=secretary(db), action="session.manage")


def called(db: Session, sitting: Sitting, codes: Codes, *, starts_at: Any) -> int:
    """The notice with its agenda; the id of the session."""
    items = [codes[item.case] for item in sitting.items]
    options = {"body": sitting.body, "starts_at": starts_at, "place": PLACE, "mode": sitting.mode, "items": items}
    return sessions.create(db, **options, actor=secretary(db)).id


def opened(db: Session, sitting: Sitting, number: int) -> None:
    statuses = dict.fromkeys(EVERYBODY[sitting.body], "present")
    statuses |= {f"member{index}@demo.vn": status for index, status in sitting.away}
    session, who = managed(db, number), secretary(db)
    sessions.set_attendance(db, session, statuses, actor=who)
    sessions.open_session(db, session, actor=who)


def item_opened(db: Session, sitting: Sitting, number: int, item: Item, codes: Codes) -> None:
    code, recused = codes[item.case], f"member{item.recused}@demo.vn"
    if item.recused:
        reason = "Đã tham gia hội đồng nghiệm thu của đơn vị đề xuất."
        sessions.recuse(db, managed(db, number), code, reason=reason, actor=member(db, recused))
    sessions.open_item(db, managed(db, number), code, secret=item.is_secret, actor=secretary(db))


def voted(db: Session, sitting: Sitting, number: int, item: Item, codes: Codes, people: Sequence[str] = ()) -> None:
    """Everybody declares; who is not recused votes, unless the sitting decides by consensus."""
    code, other = codes[item.case], {f"member{index}@demo.vn": choice for index, choice in item.others}
    session = managed(db, number)
    for email in people or sitting.people:
        who = member(db, email)
        conflicts.declare(db, find(db, code), conflicted=False, kind="none", actor=who)
        if sitting.mode == "consensus" or email == f"member{item.recused}@demo.vn":
            continue
        choice = other.get(email, item.outcome)
        given = {"into": codes[item.into]} if choice == "merge" else {}
        reason = "" if item.is_secret else item.reason
        ballots.cast(db, session, code, choice=choice, reason=reason, **given, actor=who)


def item_closed(db: Session, sitting: Sitting, number: int, item: Item, codes: Codes) -> None:
    """The vote ends and the conclusion is prepared."""
    session, who, code = managed(db, number), secretary(db), codes[item.case]
    sessions.close_item(db, session, code, actor=who)
    due = (clock.today() + timedelta(days=90)).isoformat()
    more: dict[str, Any] = {"into": codes[item.into]} if item.into else {}
    if item.defer_days:
        more["defer_until"] = clock.today() + timedelta(days=item.defer_days)
    conditions = [{"text": text, "owner": "Đơn vị chủ trì", "due_on": due} for text in item.conditions]
    words = {"outcome": item.outcome, "text": TEXT, "reason": item.reason, "conditions": conditions}
    conclusions.prepare(db, session, code, **words, **more, actor=who)


def closed(db: Session, number: int) -> None:
    sessions.close_session(db, managed(db, number), actor=secretary(db))


def released(db: Session, number: int) -> None:
    who = actor(db, CHAIR, "committee_chair")
    decisions.release(db, sessions.get(db, number, actor=who), actor=who)


def issued(db: Session, sitting: Sitting, codes: Codes) -> None:
    """The decisions get number, date, place and signer."""
    listed = [codes[item.case] for item in sitting.items]
    made = select(Document.doc).join(Decision, Decision.document_id == Document.id).order_by(Decision.id)
    docs = db.scalars(made.where(Decision.proposal_id.in_([find(db, code).id for code in listed]))).all()
    for index, doc in enumerate(docs):
        number = f"{sitting.number + index}-TB/BCĐTW"
        papers.issue(db, doc, number=number, date=clock.today(), signer=SIGNER, place="Hà Nội", actor=secretary(db))
