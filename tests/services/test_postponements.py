"""A sitting put off or called off: agenda, attendance and mails; and who came and left while it was held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from intake.db import Database
from intake.errors import Forbidden, IllegalMove, Invalid
from intake.models import AttendanceChange, Outbox, Proposal, SessionItem
from intake.services import minutes, sessions
from tests.services import sittings
from tests.services.sittings import EVERYBODY, PLACE, sitting

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ELSEWHERE = "Phòng họp số 2"
WHY = "Chưa đủ thành phần dự họp."


@pytest.fixture(autouse=True)
def on_the_day_before():
    with time_machine.travel(NOW, tick=True):
        yield


def mails(db, event):
    found = select(Outbox).where(Outbox.key.like(f"session:%:{event}%")).order_by(Outbox.id)
    return [(row.payload["to"].split("@")[0], row.payload["path"]) for row in db.scalars(found)]


def put_off(db, held, **changes):
    given = {"starts_at": LATER, "place": ELSEWHERE, "reason": WHY, "actor": held.secretary}
    return sessions.postpone(db, held.session, **given | changes)


def test_a_session_is_postponed_with_its_agenda_and_everybody_is_told(database):
    with database.writing() as db:
        held = sitting(db, 2)
        sessions.open_session(db, held.session, actor=held.secretary)
        moved = put_off(db, held)
        assert (moved.state, moved.starts_at, moved.place) == ("planned", LATER, ELSEWHERE)
        assert (moved.postponed_from, moved.change_reason, moved.opened_at) == (sittings.STARTS_AT, WHY, None)
        again = sessions.get(db, moved.id, actor=held.secretary)
        assert [item.proposal.code for item in again.items] == held.codes
        assert {row.status for row in again.attendance} == {"expected"}
        assert db.scalars(select(AttendanceChange)).all() == []
        assert mails(db, "postponed") == [(name, f"/sessions/{moved.id}") for name in EVERYBODY]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"reason": " "}, "reason"),
        ({"place": ""}, "place"),
        ({"starts_at": NOW - timedelta(days=1)}, "starts_at"),
        ({"starts_at": datetime(2026, 11, 26)}, "starts_at"),
    ],
)
def test_postponing_needs_a_time_to_come_a_place_and_a_reason(migrated_sqlite_url, changes, path):
    with Database(migrated_sqlite_url).writing() as db:
        held = sitting(db)
        with pytest.raises(Invalid) as refused:
            put_off(db, held, **changes)
        assert [found for found, _message in refused.value.errors] == [path]
        assert (held.session.state, held.session.place) == ("planned", PLACE)


def test_what_was_dealt_with_can_no_longer_be_moved_and_only_the_secretariat_moves(database):
    with database.writing() as db:
        held = sitting(db)
        with pytest.raises(Forbidden):
            put_off(db, held, actor=held.member("chair"))
        held.open()
        for act in (
            lambda: put_off(db, held),
            lambda: sessions.cancel(db, held.session, reason=WHY, actor=held.secretary),
        ):
            with pytest.raises(IllegalMove):
                act()


def test_a_cancelled_session_gives_its_agenda_back(database):
    with database.writing() as db:
        held = sitting(db, 2)
        assert sessions.cancel(db, held.session, reason=WHY, actor=held.secretary).state == "cancelled"
        assert set(db.scalars(select(SessionItem.state))) == {"removed"}
        assert set(db.scalars(select(Proposal.holder_kind))) == {"secretariat"}
        assert [name for name, _path in mails(db, "cancelled")] == list(EVERYBODY)
        for act in (
            lambda: sessions.open_session(db, held.session, actor=held.secretary),
            lambda: held.attend(m1="absent"),
            lambda: put_off(db, held),
        ):
            with pytest.raises(IllegalMove):
                act()
        other = sessions.create(
            db, body="tt_bcdtw", starts_at=LATER, place=PLACE, items=held.codes, actor=held.secretary
        )
        assert other.number == 2


def test_who_is_expected_is_told_when_and_where(database):
    with database.writing() as db:
        held = sitting(db)
        assert mails(db, "called") == [(name, f"/sessions/{held.session.id}") for name in EVERYBODY]
        sittings.person(db, "guest")
        called = {"body": "tt_bcdtw", "starts_at": LATER, "place": PLACE, "invited": ["guest@example.vn"]}
        sessions.create(db, **called, actor=held.secretary)
        assert mails(db, "called")[-1] == ("guest", "/")


def test_coming_late_and_leaving_early_are_kept_with_their_time(database):
    with database.writing() as db:
        held = sitting(db)
        held.attend(m4="absent")
        with time_machine.travel(NOW + timedelta(minutes=10)):
            sessions.open_session(db, held.session, actor=held.secretary)
        with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
            held.attend(m4="remote", m3="excused", m2="present")
        facts = {row["name"]: row for row in minutes.minutes_facts(db, held.session)["attendance"]}
        at = (NOW + timedelta(minutes=20)).isoformat()
        told = {"at": at, "recorded_by": "Người secretary"}
        assert facts["Người m4"]["changes"][2:] == [told | {"status": "remote", "kind": "arrived"}]
        assert [one["kind"] for one in facts["Người m4"]["changes"]] == ["", "", "arrived"]
        assert facts["Người m3"]["changes"][1:] == [told | {"status": "excused", "kind": "left"}]
        assert len(facts["Người m2"]["changes"]) == 1
