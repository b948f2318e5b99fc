"""From the conclusion to the paper, on pages: conditions, preview, release of all or nothing, issue."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.models import Decision, Document, Proposal, SessionItem
from tests.web.desk_world import summary, text
from tests.web.sitting_world import (
    CHAIR,
    CONDITION,
    DEPUTY,
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
    return Room(database, sign_in, waiting(database, 2))


def released(room):
    with room.database.reading() as db:
        rows = select(Proposal.code, Decision.outcome).join(Decision, Decision.proposal_id == Proposal.id)
        return sorted(tuple(row) for row in db.execute(rows))


def item(room, number=0):
    with room.database.reading() as db:
        found = select(SessionItem).join(Proposal, Proposal.id == SessionItem.proposal_id)
        return db.scalars(found.where(Proposal.code == room.codes[number])).one()


def conclude_by_vote(room, choice):
    """A closed first item, without its conclusion."""
    room.begin()
    room.send(SECRETARY, f"{room.item()}/open")
    for email in MAJORITY:
        room.vote(email, choice)
    room.send(SECRETARY, f"{room.item()}/close")


def test_conclusion_adds_and_removes_conditions_and_keeps_what_was_typed(room):
    conclude_by_vote(room, "approve_with_conditions")
    url = f"{room.item()}/conclusion"
    typed = {"outcome": "approve_with_conditions", "text": "Phê duyệt có điều kiện.", **CONDITION}
    shown = room.post(SECRETARY, url, typed | {"more": "1"})
    assert shown.status_code == 200
    assert ">Có quy định giá trị pháp lý</textarea>" in shown.text
    assert 'name="conditions-1-text"' in shown.text
    second = {"conditions-1-text": "Làm rõ nguồn lực", "conditions-1-owner": "", "conditions-1-due_on": "31/2/2027"}
    answer = room.refused(SECRETARY, url, 422, **typed, **second)
    assert summary(answer) == [
        ("#conditions-1-owner", "Say what the condition is and who is responsible for it."),
        ("#conditions-1-due_on", "Give the day until which the condition is to be met."),
    ]
    assert 'value="31/2/2027"' in answer.text
    shown = room.post(SECRETARY, url, typed | second | {"drop": "1"})
    assert 'name="conditions-1-text"' not in shown.text
    assert item(room).concluded_at is None
    room.send(SECRETARY, url, **typed)
    kept = item(room)
    assert (kept.outcome, kept.text) == ("approve_with_conditions", "Phê duyệt có điều kiện.")
    assert kept.conditions == [{"text": "Có quy định giá trị pháp lý", "owner": "Bộ Y tế", "due_on": "2027-06-30"}]
    again = room.visitor(SECRETARY).get(room.item()).text
    assert 'value="30/06/2027"' in again
    page = room.read(CHAIR, room.item())
    assert "Có quy định giá trị pháp lý Bộ Y tế, by 30 Jun 2027" in page
    assert "Phê duyệt có điều kiện." not in room.read(MEMBER, room.item())


def test_deferral_takes_a_day_to_come(room):
    conclude_by_vote(room, "defer")
    url = f"{room.item()}/conclusion"
    typed = {"outcome": "defer", "text": "Tạm hoãn.", "reason": "Chờ ý kiến."}
    for day in ("01/01/2020", "mai"):
        answer = room.refused(SECRETARY, url, 422, **typed, defer_until=day)
        assert summary(answer) == [("#defer_until", "Give a day after today.")]
        assert f'value="{day}"' in answer.text
    room.send(SECRETARY, url, **typed, defer_until="15/01/2031")
    assert str(item(room).defer_until) == "2031-01-15"
    assert "Deferred until 15 Jan 2031" in room.read(CHAIR, room.item())


def test_release_with_something_in_the_way_releases_nothing_and_says_what_to_do(room):
    room.begin()
    room.decide("approve")
    room.send(SECRETARY, f"{room.item(1)}/open")
    page = room.read(CHAIR, f"{room.url}/preview")
    assert "The vote on this item is not closed. Close the item" in page
    assert "Nothing is released while one item cannot be." in page
    answer = room.refused(CHAIR, f"{room.url}/release", 409, item=room.codes)
    assert "Nothing was released, because some items cannot be released yet." in text(answer)
    assert f'href="{room.item(1)}">Close the item' in answer.text
    assert released(room) == []
    for email in MAJORITY:
        room.vote(email, "reject", 1)
    room.send(SECRETARY, f"{room.item(1)}/close")
    page = room.read(CHAIR, f"{room.url}/preview")
    assert "The conclusion is not written yet. Look at the item and its conclusion" in page
    room.refused(CHAIR, f"{room.url}/release", 409, item=room.codes)
    assert released(room) == []


def test_chair_releases_everything_in_one_act_and_the_papers_follow(room):
    room.begin()
    room.decide("approve")
    room.decide("reject", 1)
    assert "Preview and release" in room.read(CHAIR, room.url)
    page = room.read(SECRETARY, f"{room.url}/preview")
    assert "The chair releases the decisions, all together." in page
    assert "Release all decisions" not in page
    room.refused(SECRETARY, f"{room.url}/release", 403, item=room.codes)
    page = room.read(CHAIR, f"{room.url}/preview")
    assert "Ready Approve Thống nhất với báo cáo tổng hợp. Reasons Đáp ứng các tiêu chí." in page
    assert "Do not approve 4" in page
    assert room.send(CHAIR, f"{room.url}/release", item=room.codes) == f"{room.url}/decisions"
    assert released(room) == [(room.codes[0], "approve"), (room.codes[1], "reject")]
    page = room.read(CHAIR, f"{room.url}/decisions")
    assert "Decisions released: 2. Their documents are being made." in page
    assert page.count("Being made") == 2
    assert "Issue it" not in page
    for email in (MEMBER, SECRETARY):
        assert room.codes[1] in room.read(email, f"{room.url}/decisions")
    page = room.read(MEMBER, room.item())
    assert "Approve Thống nhất với báo cáo tổng hợp." in page
    assert room.visitor(MEMBER).get(f"{room.item()}/ballot").headers["Location"] == room.item()
    again = room.refused(CHAIR, f"{room.url}/release", 409, item=room.codes)
    assert "Nothing was released" in text(again)
    assert len(released(room)) == 2


def test_chair_declares_before_releasing(room):
    room.call()
    room.attend()
    room.declare(*MEMBERS)
    room.send(SECRETARY, f"{room.url}/open")
    for number in (0, 1):
        room.send(SECRETARY, f"{room.item(number)}/open")
        for email in MEMBERS[:4]:
            room.vote(email, "approve", number)
        room.send(SECRETARY, f"{room.item(number)}/close")
        room.send(SECRETARY, f"{room.item(number)}/conclusion", outcome="approve", text="Thống nhất.", reason="Lý do.")
    page = room.read(CHAIR, f"{room.url}/preview")
    assert page.count("You have not declared yet whether you have a conflict of interest. Declare now") == 2
    assert "Thống nhất." not in page
    answer = room.refused(CHAIR, f"{room.url}/release", 403, item=room.codes)
    assert f'href="/proposals/{room.codes[0]}/conflict?next={room.url}/preview"' in answer.text
    assert released(room) == []
    room.declare(CHAIR)
    room.send(CHAIR, f"{room.url}/release", item=room.codes)
    assert len(released(room)) == 2


def test_deputy_releases_what_the_chair_is_recused_from(room):
    room.begin()
    room.send(CHAIR, f"{room.item()}/recusal", reason="Đã chỉ đạo xây dựng đề xuất.")
    for number in (0, 1):
        room.send(SECRETARY, f"{room.item(number)}/open")
        for email in MEMBERS[:4]:
            room.vote(email, "approve", number)
        room.send(SECRETARY, f"{room.item(number)}/close")
        room.send(SECRETARY, f"{room.item(number)}/conclusion", outcome="approve", text="Thống nhất.", reason="Lý do.")
    page = room.read(CHAIR, f"{room.url}/preview")
    assert "You are recused from this item; the one who stands in for you releases it." in page
    answer = room.visitor(CHAIR).get(f"{room.url}/preview")
    assert f'name="item" value="{room.codes[0]}"' not in answer.text
    assert room.visitor(DEPUTY).get(f"{room.url}/preview").status_code == 403
    room.act_as(DEPUTY, "committee_chair")
    page = room.read(DEPUTY, f"{room.url}/preview")
    assert [code in page for code in room.codes] == [True, False]
    room.send(DEPUTY, f"{room.url}/release", item=room.codes[:1])
    room.send(CHAIR, f"{room.url}/release", item=room.codes[1:])
    assert released(room) == [(room.codes[0], "approve"), (room.codes[1], "approve")]


def test_outcome_is_not_seen_before_the_release(room):
    room.begin()
    room.decide("approve")
    for address in (room.url, f"{room.url}/decisions"):
        assert "Thống nhất với báo cáo tổng hợp." not in room.read(MEMBER, address)
    assert "Nothing has been released yet." in room.read(SECRETARY, f"{room.url}/decisions")


def test_issue_form_turns_the_draft_into_the_paper_once(room):
    room.begin()
    room.decide("approve")
    room.send(CHAIR, f"{room.url}/release", item=room.codes[:1])
    with room.database.reading() as db:
        doc = db.scalars(select(Document.doc).where(Document.kind == "decision")).one()
    url = f"/documents/{doc}/issue"
    assert f'href="{url}"' in room.visitor(SECRETARY).get(f"{room.url}/decisions").text
    assert "Look at the draft" in room.read(SECRETARY, url)
    for email in (CHAIR, MEMBER, STRANGER):
        assert room.visitor(email).get(url).status_code == 403
        room.refused(email, url, 403, number="1", date="24/11/2026", signer="A", place="Hà Nội")
    assert room.visitor(SECRETARY).get("/documents/AAAAAAAAAA/issue").status_code == 404
    answer = room.refused(SECRETARY, url, 422, number="", date="24.11.2026", signer="Nguyễn Đăng Khoa", place="Huế")
    assert summary(answer) == [
        ("#date", "Give the date of the document."),
        ("#number", "Fill this in, with at most 200 characters."),
    ]
    for kept in ('value="24.11.2026"', 'value="Nguyễn Đăng Khoa"', 'value="Huế"'):
        assert kept in answer.text
    sent = {"number": "05-TB/BCĐTW", "date": "24/11/2026", "signer": "Nguyễn Đăng Khoa", "place": "Hà Nội"}
    assert room.send(SECRETARY, url, **sent) == f"/documents/{doc}"
    with room.database.reading() as db:
        made = db.scalars(select(Document).where(Document.doc == doc)).one()
        issued = (made.number, str(made.dated_on), made.signer, made.place, made.is_final, made.edition)
    assert issued == ("05-TB/BCĐTW", "2026-11-24", "Nguyễn Đăng Khoa", "Hà Nội", True, 2)
    assert "05-TB/BCĐTW" in room.read(SECRETARY, f"{room.url}/decisions")
    assert text(room.refused(SECOND, url, 409, **sent)).count("This document is already issued.") == 1
    assert room.visitor(SECRETARY).get(url).status_code == 409
