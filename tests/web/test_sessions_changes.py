"""Pages that put a session off, call it off, and show its minutes."""

from __future__ import annotations

import pytest

from tests.web.desk_world import summary
from tests.web.sitting_world import CHAIR, MEMBERS, SECRETARY, Room, waiting

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def room(database, sign_in):
    return Room(database, sign_in, waiting(database, 1))


def test_session_is_postponed_and_then_cancelled(room):
    room.call()
    assert "Postpone or cancel" in room.read(SECRETARY, room.url)
    typed = {"day": "30/11/2032", "time": "9 giờ", "place": "Phòng họp số 2", "reason": ""}
    answer = room.refused(SECRETARY, f"{room.url}/schedule", 422, **typed)
    assert summary(answer) == [("#time", "Write the time as hours:minutes, for example 14:30.")]
    assert "Phòng họp số 2" in answer.text
    answer = room.refused(SECRETARY, f"{room.url}/schedule", 422, **typed | {"time": "09:15"})
    assert summary(answer) == [("#reason", "Say why, in at most 5000 characters.")]
    room.send(SECRETARY, f"{room.url}/schedule", **typed | {"time": "09:15", "reason": "Vắng chủ trì."})
    page = room.read(MEMBERS[1], room.url)
    assert "Postponed from 14:30 on 24/11/2026: Vắng chủ trì." in page
    assert "Session of 30 Nov 2032" in page and "Phòng họp số 2" in page
    assert room.codes[0] in page
    assert room.post(CHAIR, f"{room.url}/cancel", {"reason": "x"}).status_code == 403
    answer = room.refused(SECRETARY, f"{room.url}/cancel", 422, reason="")
    assert summary(answer) == [("#off-reason", "Say why, in at most 5000 characters.")]
    room.send(SECRETARY, f"{room.url}/cancel", reason="Chuyển sang lấy ý kiến bằng văn bản.")
    page = room.read(SECRETARY, room.url)
    assert "Cancelled: Chuyển sang lấy ý kiến bằng văn bản." in page
    assert "Open the session" not in page
    assert "it can no longer be moved" in room.read(SECRETARY, f"{room.url}/schedule")


def test_minutes_are_the_secretariats_and_the_chairs_until_the_release(room):
    room.begin(member6="absent")
    room.attend()
    room.decide("approve")
    told = (
        "Open ballot, 4 of 7 ballots: Approve 4. Result: Approve",
        "arrived at",
        "7 of 7 present, at least 5 needed",
    )
    for email in (SECRETARY, CHAIR):
        page = room.read(email, f"{room.url}/minutes")
        assert [words in page for words in told] == [True] * 3
    assert room.visitor(MEMBERS[1]).get(f"{room.url}/minutes").status_code == 404
    room.send(SECRETARY, f"{room.url}/minutes", notes="Các thành viên thảo luận\n- về nguồn vốn.")
    assert room.post(CHAIR, f"{room.url}/minutes", {"notes": "x"}).status_code == 403
    room.send(SECRETARY, f"{room.url}/close")
    room.send(CHAIR, f"{room.url}/release", item=room.codes)
    page = room.read(MEMBERS[1], f"{room.url}/minutes")
    assert "về nguồn vốn." in page and "Conclusion of the chair: Approve" in page


def test_items_change_places_by_buttons_until_the_session_opens(database, sign_in):
    room = Room(database, sign_in, waiting(database, 3))
    room.call()
    first, second, third = room.codes

    def order():
        page = room.visitor(SECRETARY).get(f"{room.url}/agenda").text
        return sorted(room.codes, key=page.index)

    page = room.visitor(SECRETARY).get(room.url).text
    assert [page.count(f'name="{way}"') for way in ("up", "down")] == [2, 2]
    assert room.send(SECRETARY, f"{room.url}/agenda/order", up=third) == f"{room.url}#agenda"
    assert order() == [first, third, second]
    room.send(SECRETARY, f"{room.url}/agenda/order", down=first)
    room.send(SECRETARY, f"{room.url}/agenda/order", up=third)
    assert order() == [third, first, second]
    room.send(SECRETARY, f"{room.url}/agenda", items=order())
    assert order() == [third, first, second]
    assert 'name="up"' not in room.visitor(CHAIR).get(room.url).text
    assert room.post(CHAIR, f"{room.url}/agenda/order", {"up": first}).status_code == 403
    assert room.post(SECRETARY, f"{room.url}/agenda/order", {"up": "SK-2026-00000009"}).status_code == 404
    room.attend()
    room.send(SECRETARY, f"{room.url}/open")
    assert 'name="up"' not in room.visitor(SECRETARY).get(room.url).text
    assert room.post(SECRETARY, f"{room.url}/agenda/order", {"up": first}).status_code == 409
