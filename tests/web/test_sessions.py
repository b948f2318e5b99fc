"""Sessions on pages: called in Hanoi time, attended, opened with what the body decides, closed; and who sees them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from intake.models import Attendance, CommitteeSession, SessionItem, User
from tests.services import sittings
from tests.web.desk_world import summary, text
from tests.web.sitting_world import (
    ADMIN,
    APPLICANT,
    CHAIR,
    DEPUTY,
    MEMBERS,
    PLACE,
    REVIEWER,
    SECRETARY,
    STRANGER,
    Room,
    waiting,
)

# The pages are the same on both engines: the whole sitting is told on each in test_sessions_whole.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def room(database, sign_in) -> Room:
    return Room(database, sign_in, waiting(database, 2))


def agenda(room):
    with room.database.reading() as db:
        rows = select(SessionItem).where(SessionItem.session_id == room.number).order_by(SessionItem.position)
        items = [item for item in db.scalars(rows) if item.state != "removed"]
        return [(db.get_one(sittings.Proposal, item.proposal_id).code, item.state) for item in items]


def statuses(room):
    with room.database.reading() as db:
        rows = select(User.email, Attendance.status).join(Attendance, Attendance.user_id == User.id)
        found = db.execute(rows.where(Attendance.session_id == room.number))
        return {email.split("@")[0]: status for email, status in found}


def test_session_is_called_in_hanoi_time_with_its_agenda(room):
    page = room.read(SECRETARY, "/sessions/new")
    assert "Sáng kiến số 1 SK-2026-00000001 · Bộ Y tế · HT3 · Standing Board" in page
    room.call(invited="adviser@demo.vn\n")
    with room.database.reading() as db:
        made = db.get_one(CommitteeSession, room.number)
        assert made.starts_at == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
        assert (made.body_id, made.place, made.mode, made.state) == ("tt_bcdtw", PLACE, "ballot", "planned")
    assert agenda(room) == [(room.codes[0], "waiting"), (room.codes[1], "waiting")]
    page = room.read(SECRETARY, room.url)
    assert "Session of 24 Nov 2026 14:30 , " + PLACE in page
    assert "Planned" in page
    assert "0 of 7 entitled members are present; at least 5 are needed." in page
    assert "Neither the chair nor the deputy is present." in page
    assert "Guest, without a vote, not recorded" in page


def test_form_of_a_new_session_keeps_what_was_typed(room):
    sent = {"body": "bcdtw", "day": "31/02/2027", "time": "25:00", "place": "Hội trường", "mode": "consensus"}
    answer = room.refused(SECRETARY, "/sessions/new", 422, **sent, invited="ai@demo.vn", items=room.codes[:1])
    assert summary(answer) == [
        ("#day", "Write the day as day/month/year, for example 31/12/2026."),
        ("#time", "Write the time as hours:minutes, for example 14:30."),
    ]
    for kept in ('value="31/02/2027"', 'value="25:00"', 'value="Hội trường"', ">ai@demo.vn</textarea>"):
        assert kept in answer.text
    assert f'value="{room.codes[0]}" checked' in " ".join(answer.text.split())
    answer = room.refused(
        SECRETARY, "/sessions/new", 422, **sent | {"day": "01/03/2027", "time": "08:00"}, items=room.codes
    )
    told = f"Proposal {room.codes[0]} is decided by another body: "
    assert [(href, words.startswith(told)) for href, words in summary(answer)] == [("#items", True)]
    answer = room.refused(
        SECRETARY, "/sessions/new", 422, **sent | {"day": "01/03/2027", "time": "08:00"}, invited="ai@demo.vn"
    )
    assert summary(answer) == [("#invited", "There is no account ai@demo.vn.")]
    with room.database.reading() as db:
        assert list(db.scalars(select(CommitteeSession))) == []


def test_agenda_changes_until_the_session_opens(room):
    room.call(items=room.codes[:1])
    assert room.codes[1] in room.read(SECRETARY, f"{room.url}/agenda")
    room.send(SECRETARY, f"{room.url}/agenda", items=room.codes[1:])
    assert agenda(room) == [(room.codes[1], "waiting")]
    room.send(SECRETARY, f"{room.url}/open")
    answer = room.refused(SECRETARY, f"{room.url}/agenda", 409, items=room.codes)
    assert "The session has opened; its agenda can no longer change." in text(answer)
    assert agenda(room) == [(room.codes[1], "waiting")]


def test_attendance_is_one_save_and_says_when_there_is_a_quorum(room):
    room.call()
    room.attend(member5="remote", member6="excused", chair="absent")
    assert statuses(room) == {
        "chair": "absent",
        "member1": "present",
        "member2": "present",
        "member3": "present",
        "member4": "present",
        "member5": "remote",
        "member6": "excused",
    }
    page = room.read(SECRETARY, room.url)
    assert "Quorum: 5 of 7 present, at least 5 needed, chair or deputy present" in page
    assert "Chair, absent" in page
    room.send(SECRETARY, f"{room.url}/attendance", **{"person-0-status": "absent"})
    assert sorted(statuses(room).values()) == ["absent", "absent", "excused", "present", "present", "present", "remote"]


def test_opening_and_closing_take_what_nobody_dealt_with_off_the_agenda(room):
    room.call()
    room.attend()
    assert "Open the session" in room.read(CHAIR, room.url)
    room.send(CHAIR, f"{room.url}/open")
    assert "In session" in room.read(CHAIR, room.url)
    assert text(room.refused(SECRETARY, f"{room.url}/open", 409)).count("no longer at the stage") == 1
    room.send(SECRETARY, f"{room.url}/close")
    assert agenda(room) == []
    page = room.read(SECRETARY, room.url)
    assert "There is no item of this session for you to look at." in page
    assert [words in page for words in ("Record attendance", "Close the session")] == [False, False]


def test_list_shows_the_sessions_of_the_own_bodies(room):
    room.call()
    assert room.read(SECRETARY, "/sessions").endswith(
        f"14:30 Standing Board of the Central Steering Committee, session 1 {PLACE} 2 Planned"
    )
    assert f'href="{room.url}"' in room.visitor(MEMBERS[1]).get("/sessions").text
    assert "No session has been called yet." in room.read(STRANGER, "/sessions")
    for email in (APPLICANT, REVIEWER, ADMIN):
        assert room.visitor(email).get("/sessions").status_code in (403, 404)


def test_nobody_signed_in_is_sent_to_sign_in(visitor):
    assert visitor.get("/sessions").headers["Location"] == "/login?next=%2Fsessions"


def test_pages_of_a_session_are_for_those_who_sit_or_prepare(room):
    room.call()
    pages = ("", "/agenda", "/attendance", "/preview", "/decisions", f"/items/{room.codes[0]}")
    expected = {
        SECRETARY: [200, 200, 200, 200, 200, 200],
        CHAIR: [200, 403, 403, 200, 200, 200],
        DEPUTY: [200, 403, 403, 403, 200, 200],
        MEMBERS[1]: [200, 403, 403, 403, 200, 200],
        STRANGER: [404] * 6,
        APPLICANT: [404] * 6,
        REVIEWER: [404] * 6,
        ADMIN: [404] * 6,
    }
    found = {email: [room.visitor(email).get(room.url + page).status_code for page in pages] for email in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("act", "secretary", "member", "stranger"),
    [("/open", 303, 403, 404), ("/close", 409, 403, 404), ("/attendance", 303, 403, 404), ("/agenda", 303, 403, 404)],
)
def test_acts_of_a_session_are_for_those_who_run_it(room, act, secretary, member, stranger):
    room.call()
    for email, status in ((STRANGER, stranger), (MEMBERS[1], member), (SECRETARY, secretary)):
        sent = {"items": room.codes, "person-0-status": "present"}
        assert room.post(email, room.url + act, sent).status_code == status


def test_only_the_secretariat_calls_a_session(room):
    for email in (CHAIR, MEMBERS[1], APPLICANT):
        assert room.visitor(email).get("/sessions/new").status_code == 403
        room.refused(email, "/sessions/new", 403, body="tt_bcdtw", day="24/11/2026", time="14:30", place=PLACE)
    with room.database.reading() as db:
        assert list(db.scalars(select(CommitteeSession))) == []


def test_member_who_is_conflicted_finds_neither_the_item_nor_its_number(room):
    room.call()
    room.declare(MEMBERS[1], kind="family")
    page = room.read(MEMBERS[1], room.url)
    assert [code in page for code in room.codes] == [False, False]
    assert "There is no item of this session for you to look at." in page
    assert room.read(MEMBERS[1], "/sessions").endswith(f"{PLACE} 0 Planned")
    for address in (room.item(), f"{room.item()}/ballot", f"{room.item()}/recusal"):
        assert room.visitor(MEMBERS[1]).get(address).status_code == 404


def test_member_sees_the_cover_only_before_declaring(room):
    room.call()
    page = room.read(MEMBERS[1], room.item())
    assert "Sáng kiến số 1" in page
    assert "Official score" not in page
    assert "Declare conflicts of interest" in page
    room.declare(MEMBERS[1])
    page = room.read(MEMBERS[1], room.item())
    assert "Official score" in page
    assert "Declare conflicts of interest" not in page


def test_page_speaks_vietnamese_by_default(room):
    room.call()
    answer = room.visitor(SECRETARY).get(f"{room.url}?lang=vi")
    words = text(answer)
    assert "Phiên họp ngày 24/11/2026" in words
    assert "Chưa đủ số người họp" in words
    assert "Điểm danh" in words
