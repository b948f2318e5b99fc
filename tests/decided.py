"""A proposal that the demonstration's Standing Board has decided, on a database with the demonstration's people."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake import clock
from intake.cli.world import acting
from intake.services import conclusions, conflicts, decisions, proposals, sessions
from tests import factories
from tests.services import sittings

SECRETARY, CHAIR = "secretary@demo.vn", "chair@demo.vn"
BOARD = (CHAIR, *(f"member{number}@demo.vn" for number in range(1, 7)))


def decided(db: Session) -> int:
    """A proposal with a whole text, approved in a session by agreement, released, its paper promised; the session."""
    secretary, proposal = acting(db, SECRETARY).actor, sittings.proposal(db, number=9999)
    proposals.version_of(db, proposal).document = factories.document()
    items, place = [proposal.code], sittings.PLACE
    session = sessions.create(
        db, body="tt_bcdtw", starts_at=clock.now(), place=place, mode="consensus", items=items, actor=secretary
    )
    sessions.set_attendance(db, session, dict.fromkeys(BOARD, "present"), actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    sessions.open_item(db, session, proposal.code, actor=secretary)
    sessions.close_item(db, session, proposal.code, actor=secretary)
    conclusions.prepare(db, session, proposal.code, outcome="approve", text="Thống nhất.", actor=secretary)
    chair = acting(db, CHAIR, "committee_chair").actor
    conflicts.declare(db, proposal, conflicted=False, kind="none", actor=chair)
    decisions.release(db, session, actor=chair)
    return session.id
