"""One sitting from the call to the paper, through forms: every turn that it can take."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.models import Decision, Document, Proposal
from tests.web.desk_world import summary, text
from tests.web.sitting_world import CHAIR, CONDITION, EVERYBODY, MAJORITY, MEMBERS, SECOND, SECRETARY, Room, waiting

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def decided(room):
    with room.database.reading() as db:
        rows = select(Proposal.code, Proposal.state, Decision.outcome).join(
            Decision, Decision.proposal_id == Proposal.id
        )
        return sorted(tuple(row) for row in db.execute(rows))


def begin_late(room):
    """Too few at first: the item stays shut."""
    room.begin(**{name.split("@")[0]: "absent" for name in MEMBERS[3:]})
    answer = room.refused(SECRETARY, f"{room.item()}/open", 422)
    assert summary(answer) == [("#attendance", "4 of 7 entitled members are present; at least 5 are needed.")]
    room.attend()
    room.send(SECRETARY, f"{room.item()}/open")


def vote_in_vain(room):
    """No majority, with one ballot recorded for a member and confirmed by a second secretary."""
    for email, choice in zip(EVERYBODY[:6], ("approve", "reject") * 3, strict=True):
        room.vote(email, choice)
    room.send(SECRETARY, f"{room.item()}/recorded-ballot", member=MEMBERS[5], choice="abstain")
    room.refused(SECRETARY, f"{room.item()}/close", 409)
    room.send(SECOND, f"{room.item()}/confirm")
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(SECRETARY, room.item())
    assert "No answer was backed by more than half of the 7 persons who could vote." in page


def vote_again(room):
    room.send(CHAIR, f"{room.item()}/open")
    for email in MAJORITY:
        room.vote(email, "approve_with_conditions", reason="Có quy định giá trị pháp lý.")
    room.send(CHAIR, f"{room.item()}/close")
    typed = {"outcome": "approve_with_conditions", "text": "Phê duyệt có điều kiện."}
    answer = room.refused(SECRETARY, f"{room.item()}/conclusion", 422, **typed)
    told = "Give conditions exactly when the outcome is approval with conditions."
    assert [words for _href, words in summary(answer)] == [told]
    room.send(SECRETARY, f"{room.item()}/conclusion", **typed, **CONDITION)


def test_whole_sitting(database, sign_in):
    room = Room(database, sign_in, waiting(database, 2))
    begin_late(room)
    vote_in_vain(room)
    vote_again(room)
    answer = room.refused(CHAIR, f"{room.url}/release", 409, item=room.codes)
    assert "The vote on this item is not closed. Deal with it, or close the session" in text(answer)
    assert decided(room) == []
    room.send(SECRETARY, f"{room.item(1)}/open", secret="yes")
    for email in MAJORITY:
        room.vote(email, "reject", 1, is_final="y")
    room.send(SECRETARY, f"{room.item(1)}/close")
    sent = {"outcome": "reject", "text": "Không phê duyệt.", "reason": "Trùng nhiệm vụ."}
    room.send(SECRETARY, f"{room.item(1)}/conclusion", **sent)
    room.send(SECRETARY, f"{room.url}/close")
    assert room.send(CHAIR, f"{room.url}/release", item=room.codes) == f"{room.url}/decisions"
    assert decided(room) == [
        (room.codes[0], "approved", "approve_with_conditions"),
        (room.codes[1], "rejected", "reject"),
    ]
    assert room.read(SECRETARY, f"{room.url}/decisions").count("Being made") == 2
    with database.reading() as db:
        doc = db.scalars(select(Document.doc).where(Document.kind == "decision").order_by(Document.id)).first()
    issued = {"number": "05-TB/BCĐTW", "date": "24/11/2026", "signer": "Nguyễn Đăng Khoa", "place": "Hà Nội"}
    assert room.send(SECRETARY, f"/documents/{doc}/issue", **issued) == f"/documents/{doc}"
    assert "05-TB/BCĐTW" in room.read(MEMBERS[1], f"{room.url}/decisions")
