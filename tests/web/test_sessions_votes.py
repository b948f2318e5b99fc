"""Votes on pages: the phone ballot, the quorum, no majority, ballots recorded and confirmed, recusals, secrecy."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.models import Ballot, SecretBallot, SessionItem, User
from tests.web.desk_world import summary, text
from tests.web.sitting_world import (
    CHAIR,
    DEPUTY,
    EVERYBODY,
    MAJORITY,
    MEMBERS,
    SECOND,
    SECRETARY,
    STRANGER,
    Room,
    waiting,
)

MEMBER = MEMBERS[1]


# The pages are the same on both engines: the whole sitting is told on each in test_sessions_whole.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def room(database, sign_in) -> Room:
    return Room(database, sign_in, waiting(database, 1))


def cast(room):
    """Who has which ballot."""
    with room.database.reading() as db:
        rows = select(User.email, Ballot.choice).join(Ballot, Ballot.user_id == User.id)
        return {email.split("@")[0]: choice for email, choice in db.execute(rows)}


def state(room):
    with room.database.reading() as db:
        return db.scalars(select(SessionItem.state)).one()


def test_without_quorum_the_item_stays_shut_and_the_page_says_who_is_missing(room):
    room.begin(chair="absent", member1="excused", member6="absent")
    answer = room.refused(SECRETARY, f"{room.item()}/open", 422)
    assert summary(answer) == [
        ("#attendance", "4 of 7 entitled members are present; at least 5 are needed."),
        ("#attendance", "Neither the chair nor the deputy is present."),
    ]
    assert "There is no quorum." in text(answer)
    assert state(room) == "waiting"
    room.attend(chair="absent")
    room.send(SECRETARY, f"{room.item()}/open")
    room.attend(chair="absent", member1="absent")
    answer = room.refused(SECRETARY, f"{room.item()}/close", 422)
    assert summary(answer) == [("#attendance", "Neither the chair nor the deputy is present.")]
    assert state(room) == "open"


def test_phone_ballot_asks_for_the_declaration_first(room):
    room.call()
    room.attend()
    room.send(SECRETARY, f"{room.url}/open")
    room.send(SECRETARY, f"{room.item()}/open")
    page = room.read(MEMBER, f"{room.item()}/ballot")
    assert "Do you have a conflict of interest?" in page
    assert "Official score" not in page
    room.refused(MEMBER, f"{room.item()}/ballot", 403, choice="approve")
    onward = room.send(MEMBER, f"/proposals/{room.codes[0]}/conflict", kind="none", next=f"{room.item()}/ballot")
    assert onward == f"{room.item()}/ballot"
    page = room.read(MEMBER, onward)
    assert "Your ballot (open)" in page
    assert cast(room) == {}


def test_open_ballot_is_confirmed_shown_and_changed_until_the_item_closes(room):
    room.begin()
    assert "The vote on this item has not begun." in room.read(MEMBER, f"{room.item()}/ballot")
    room.send(SECRETARY, f"{room.item()}/open")
    assert "Cast your ballot" in room.read(MEMBER, room.item())
    answer = room.refused(MEMBER, f"{room.item()}/ballot", 422, reason="Cần rõ giá trị pháp lý.")
    assert summary(answer) == [("#choice", "Choose one of the answers.")]
    assert ">Cần rõ giá trị pháp lý.</textarea>" in answer.text
    assert room.vote(MEMBER, "approve", reason="Tốt.") == f"{room.item()}/ballot"
    page = room.read(MEMBER, f"{room.item()}/ballot")
    assert "You voted: Approve" in page
    assert "1 of 7 ballots received" in page
    room.vote(MEMBER, "defer")
    assert cast(room) == {"member2": "defer"}
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(MEMBER, f"{room.item()}/ballot")
    assert "The vote on this item is closed." in page
    assert "Your ballot (open)" not in page
    room.refused(MEMBER, f"{room.item()}/ballot", 409, choice="approve")
    assert cast(room) == {"member2": "defer"}


def test_running_tally_is_for_chair_and_secretary_and_for_a_member_after_the_own_ballot(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    room.vote(MEMBERS[2], "reject", reason="Trùng lặp.")
    counted = "Do not approve 1 Defer 0"
    assert counted in room.read(CHAIR, room.item())
    page = room.read(SECRETARY, room.item())
    assert counted in page
    assert "Cao Bá Đạt , Do not approve: Trùng lặp." in page
    assert "Not voted yet: Trịnh Xuân Thủy, Lý Thị Hồng Ngọc, Dương Thị Mỹ Lệ" in page
    page = room.read(MEMBER, room.item())
    assert counted not in page
    assert "Trùng lặp." not in page
    assert "1 of 7 ballots received" in page
    room.vote(MEMBER, "approve")
    assert counted in room.read(MEMBER, room.item())


def test_no_majority_leads_to_a_second_vote_or_a_deferral(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    for email, choice in zip(EVERYBODY, ("approve",) * 3 + ("reject",) * 3 + ("abstain",), strict=True):
        room.vote(email, choice)
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(SECRETARY, room.item())
    assert "No answer was backed by more than half of the 7 persons who could vote." in page
    assert "Open the item again, or conclude that the decision is deferred." in page
    answer = room.visitor(SECRETARY).get(room.item())
    assert answer.text.count('name="outcome"') == 1
    assert 'name="outcome" type="radio" value="defer" checked' in " ".join(answer.text.split())
    answer = room.refused(SECRETARY, f"{room.item()}/conclusion", 422, outcome="approve", text="Đồng ý.")
    assert summary(answer) == [
        ("#outcome", "The vote had no outcome: open the item again, or conclude that the decision is deferred.")
    ]
    assert ">Đồng ý.</textarea>" in answer.text
    room.send(SECRETARY, f"{room.item()}/open")
    assert cast(room) == {}
    for email in MAJORITY:
        room.vote(email, "approve")
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(SECRETARY, room.item())
    assert "Result: Approve , by more than half of the 7 persons who could vote." in page
    assert "Open the item again" not in page
    room.refused(SECRETARY, f"{room.item()}/open", 409)


def test_recorded_ballot_waits_for_a_second_person(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    url = f"{room.item()}/recorded-ballot"
    answer = room.refused(SECRETARY, url, 422, choice="approve", reason="Theo phiếu giấy.")
    assert summary(answer) == [("#member", "Choose a member.")]
    assert ">Theo phiếu giấy.</textarea>" in answer.text
    room.send(SECRETARY, url, member=MEMBER, choice="approve")
    page = room.read(SECRETARY, room.item())
    assert "Lý Thị Hồng Ngọc: Approve recorded by Phạm Văn Đức" in page
    assert "Confirm these ballots" not in page
    assert "Opens when the recorded ballots are confirmed." in page
    room.refused(SECRETARY, f"{room.item()}/close", 409)
    room.refused(SECRETARY, f"{room.item()}/confirm", 403)
    assert "Confirm these ballots" in room.read(SECOND, room.item())
    room.send(SECOND, f"{room.item()}/confirm")
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(SECRETARY, room.item())
    assert "Ballot of Lý Thị Hồng Ngọc recorded by Phạm Văn Đức, confirmed by Trần Thị Ngọc" in page


def test_deputy_acting_as_chair_confirms_without_seeing_the_votes(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    room.send(SECRETARY, f"{room.item()}/recorded-ballot", member=MEMBER, choice="approve")
    assert "Confirm these ballots" not in room.read(DEPUTY, room.item())
    room.refused(DEPUTY, f"{room.item()}/confirm", 403)
    room.act_as(DEPUTY, "committee_chair")
    page = room.read(DEPUTY, room.item())
    assert "Confirm these ballots" in page
    assert "Lý Thị Hồng Ngọc recorded by" in page
    room.send(DEPUTY, f"{room.item()}/confirm")
    assert "Opens when the recorded ballots are confirmed." not in room.read(SECRETARY, room.item())


def test_recused_member_neither_counts_nor_votes(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    room.vote(MEMBER, "approve")
    answer = room.refused(MEMBER, f"{room.item()}/recusal", 422, reason=" ")
    assert [href for href, _words in summary(answer)] == ["#reason"]
    room.send(MEMBER, f"{room.item()}/recusal", reason="Đã làm việc với nhóm tác giả.")
    assert cast(room) == {}
    assert "You take no part in this item." in room.read(MEMBER, f"{room.item()}/ballot")
    room.refused(MEMBER, f"{room.item()}/ballot", 409, choice="approve")
    answer = room.refused(SECRETARY, f"{room.item()}/recusal", 422, reason="Cùng cơ quan.")
    assert summary(answer) == [("#member", "Choose a member.")]
    room.send(SECRETARY, f"{room.item()}/recusal", member=MEMBERS[3], reason="Cùng cơ quan.")
    page = room.read(SECRETARY, room.item())
    assert "Lý Thị Hồng Ngọc takes no part in this item. Đã làm việc với nhóm tác giả." in page
    assert "Dương Thị Mỹ Lệ takes no part in this item. Cùng cơ quan." in page
    assert "0 of 5 ballots received" in page
    page = room.read(MEMBERS[2], room.item())
    assert "Dương Thị Mỹ Lệ takes no part in this item." in page
    assert "Cùng cơ quan." not in page


def test_secret_ballot_is_final_and_shows_nothing_but_how_many(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open", secret="yes")
    page = room.read(MEMBER, f"{room.item()}/ballot")
    assert "Your ballot (secret)" in page
    assert "A secret ballot cannot be changed" in page
    assert "Merge into another proposal" not in page
    answer = room.refused(MEMBER, f"{room.item()}/ballot", 422, choice="reject")
    assert summary(answer) == [("#is_final", "Confirm that this is your final choice.")]
    assert 'value="reject" checked' in answer.text
    room.vote(MEMBER, "reject", is_final="y")
    assert "Your secret ballot is in the box" in room.read(MEMBER, f"{room.item()}/ballot")
    room.refused(MEMBER, f"{room.item()}/ballot", 409, choice="approve", is_final="y")
    for email in (SECRETARY, CHAIR, MEMBER):
        page = room.read(email, room.item())
        assert "1 of 7 ballots received" in page
        assert "Do not approve" not in page
        assert "Not voted yet" not in page
    for email in MEMBERS[2:5]:
        room.vote(email, "reject", is_final="y")
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(MEMBER, room.item())
    assert "Do not approve 4 Defer 0" in page
    assert "Result: Do not approve" in page
    with room.database.reading() as db:
        assert sorted(db.scalars(select(SecretBallot.choice))) == ["reject"] * 4
    assert set(cast(room).values()) == {None}


def test_two_secret_ballots_stay_shut(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open", secret="yes")
    for email in MEMBERS[1:3]:
        room.vote(email, "approve", is_final="y")
    room.send(SECRETARY, f"{room.item()}/close")
    page = room.read(SECRETARY, room.item())
    assert "The secret ballots stay shut: fewer than 3 were cast" in page
    assert "Approve 2" not in page


def test_consensus_has_no_ballots(room):
    room.call(mode="consensus")
    room.attend()
    room.declare(*EVERYBODY)
    room.send(SECRETARY, f"{room.url}/open")
    room.send(CHAIR, f"{room.item()}/open")
    assert "This session decides by consensus, without ballots." in room.read(MEMBER, f"{room.item()}/ballot")
    room.refused(MEMBER, f"{room.item()}/ballot", 409, choice="approve")
    room.send(CHAIR, f"{room.item()}/close")
    answer = room.visitor(SECRETARY).get(room.item())
    assert answer.text.count('name="outcome"') == 6
    room.send(SECRETARY, f"{room.item()}/conclusion", outcome="approve", text="Nhất trí.")
    assert "Conclusion prepared" in room.read(SECRETARY, room.item())


def test_pages_of_an_item_refuse_the_nearest_wrong_person(room):
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    pages = ("/ballot", "/recorded-ballot", "/recusal")
    assert [room.visitor(SECRETARY).get(room.item() + page).status_code for page in pages] == [403, 200, 200]
    assert [room.visitor(MEMBER).get(room.item() + page).status_code for page in pages] == [200, 403, 200]
    assert [room.visitor(STRANGER).get(room.item() + page).status_code for page in pages] == [404, 404, 404]
    acts = ("/open", "/close", "/confirm", "/conclusion", "/recorded-ballot")
    assert [room.post(MEMBER, room.item() + act).status_code for act in acts] == [403] * 5
    assert [room.post(STRANGER, room.item() + act).status_code for act in acts] == [404] * 5
    assert room.post(SECRETARY, f"{room.item()}/ballot", {"choice": "approve"}).status_code == 403
    unknown = room.item().replace("00000001", "00000009")
    assert room.visitor(SECRETARY).get(unknown).status_code == 404
    assert (state(room), cast(room)) == ("open", {})
