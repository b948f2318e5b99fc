"""A demonstration to look at: its proposals, its papers made, and one vote going on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.cli import demo
from intake.cli.demo_stories import (
    CHAIR,
    HIGH,
    LEAD,
    MEMBERS,
    SECRETARY,
    Stage,
    Story,
    actor,
    find,
    scored,
    tell,
    to_committee,
    unconflicted,
)
from intake.cli.world import person
from intake.config import Settings
from intake.models import CommitteeSession, Document, Outbox, Proposal
from intake.services import ballots, conflicts, likenesses, links, outbox, seeding, sessions, standing_rounds
from intake.worker.handlers import Tools, deliver
from intake.worker.process import tools_of

PASSWORD = "chỉ để xem thử"
VOTED = (CHAIR, *MEMBERS[:2])


@dataclass(frozen=True)
class World:
    """Where everything stands: codes by initiative, sittings by state, one paper of each kind, a link to sign in."""

    settings: Settings
    codes: dict[str, str]
    sittings: dict[str, int]
    papers: dict[str, str]
    keys: dict[str, str]
    link: str
    lead_id: int


def voting(db: Session, code: str) -> None:
    """A sitting in the middle of a vote: some have cast, the others are about to."""
    secretary = actor(db, SECRETARY)
    made = sessions.create(db, body="tt_bcdtw", starts_at=clock.now(), place="Hà Nội", items=[code], actor=secretary)
    present = dict.fromkeys((CHAIR, *MEMBERS), "present")
    session = sessions.get(db, made.id, actor=secretary, action="session.manage")
    sessions.set_attendance(db, session, present, actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    sessions.open_item(db, session, code, actor=secretary)
    for email in VOTED:
        who = actor(db, email, "committee_chair" if email == CHAIR else "committee_member")
        conflicts.declare(db, find(db, code), conflicted=False, kind="none", actor=who)
        ballots.cast(db, sessions.get(db, made.id, actor=who), code, choice="approve", actor=who)


def half_assessed(db: Session) -> None:
    """The engineer of the proposal that waits for one has scored it, and writes the assessment next."""
    code = db.scalars(select(Proposal.code).where(Proposal.initiative_ref == "sk18")).one()
    engineer = f"engineer.{find(db, code).assessing_system}@demo.vn"
    unconflicted(db, code, engineer)
    scored(db, code, engineer, (4, 3, 4, 3, 4, 3))


VOTE = Story("sk17", (*to_committee(HIGH, (5, 4, 4, 4, 5, 5)), voting), scale=2)


def build(folder: Path) -> World:
    """A new demonstration in the folder."""
    settings = Settings.model_validate({"env": "demo", "data_dir": folder, "secret_key": "s" * 32})
    tools = tools_of(settings)
    seeding.upgrade(tools.database)
    demo.build(tools.database, password=PASSWORD)
    stage = Stage(tools.database)
    stage.act(half_assessed)
    tell(stage, VOTE)
    with tools.database.writing() as db:
        link = links.issue(db, person(db, "applicant@demo.vn"), links.SET_PASSWORD)
    do_promised_work(tools)
    standing_rounds.turn(tools.database)
    likenesses.turn(tools.database)
    with tools.database.reading() as db:
        world = seen(db, settings, link)
    tools.database.dispose()
    return world


def do_promised_work(tools: Tools) -> None:
    """Every mail, and the newest paper of each kind: a visitor looks at no other."""
    with tools.database.reading() as db:
        newest = set(db.scalars(select(func.max(Document.id)).group_by(Document.kind)))
        promised = list(db.scalars(select(Outbox).order_by(Outbox.id)))
    for promise in promised:
        if promise.kind != outbox.DOCUMENT or promise.payload["document_id"] in newest:
            deliver(tools, promise.id)


def seen(db: Session, settings: Settings, link: str) -> World:
    """What the pages to look at need to know."""
    proposals = {one.id: one for one in db.scalars(select(Proposal).order_by(Proposal.id))}
    by_initiative = {one.initiative_ref or "": one for one in proposals.values()}
    return World(
        settings=settings,
        codes={initiative: one.code for initiative, one in by_initiative.items()},
        sittings={one.state: one.id for one in db.scalars(select(CommitteeSession).order_by(CommitteeSession.id))},
        papers={one.kind: one.doc for one in db.scalars(select(Document).order_by(Document.id))},
        keys={initiative: one.track_key or "" for initiative, one in by_initiative.items()},
        link=link,
        lead_id=person(db, LEAD).id,
    )
