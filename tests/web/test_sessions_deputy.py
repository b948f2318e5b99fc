"""The chair is recused from one item: the deputy opens, closes and releases that item on pages, and nothing else."""

from __future__ import annotations

import pytest

from tests.web.sitting_world import CHAIR, DEPUTY, EVERYBODY, MAJORITY, SECRETARY, Room, waiting

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def room(database, sign_in):
    """Two items; the chair takes no part in the first, and the deputy acts as chair."""
    made = Room(database, sign_in, waiting(database, 2))
    made.begin()
    made.send(CHAIR, f"{made.item()}/recusal", reason="Người thân tham gia nhóm đề xuất.")
    made.act_as(DEPUTY, "committee_chair")
    return made


def test_the_deputy_runs_the_item_and_releases_it(room):
    assert "Open this item" in room.read(DEPUTY, room.item())
    room.send(DEPUTY, f"{room.item()}/open")
    for email in (*EVERYBODY[2:5], EVERYBODY[5]):
        room.vote(email, "approve")
    room.send(DEPUTY, f"{room.item()}/close")
    words = {"outcome": "approve", "text": "Thống nhất.", "reason": "Đáp ứng các tiêu chí."}
    room.send(SECRETARY, f"{room.item()}/conclusion", **words)
    page = room.read(DEPUTY, room.item())
    assert "Preview and release" in page
    preview = room.read(DEPUTY, f"{room.url}/preview")
    assert (room.codes[0] in preview, room.codes[1] in preview) == (True, False)
    room.send(DEPUTY, f"{room.url}/release", item=[room.codes[0]])
    assert room.codes[0] in room.read(DEPUTY, f"{room.url}/decisions")


def test_the_deputy_has_no_right_to_the_other_item_nor_the_session(room):
    assert "Open this item" not in room.read(DEPUTY, room.item(1))
    for address in (f"{room.item(1)}/open", f"{room.item(1)}/close", f"{room.url}/open", f"{room.url}/close"):
        assert room.post(DEPUTY, address).status_code == 403, address


def test_the_recused_chair_neither_opens_nor_releases_it(room):
    assert "Open this item" not in room.read(CHAIR, room.item())
    assert room.post(CHAIR, f"{room.item()}/open").status_code == 403
    room.send(CHAIR, f"{room.item(1)}/open")
    for email in MAJORITY:
        room.vote(email, "approve", 1)
    room.send(CHAIR, f"{room.item(1)}/close")
    refused = room.post(CHAIR, f"{room.url}/release", {"item": [room.codes[0]]})
    assert refused.status_code in (403, 409)
