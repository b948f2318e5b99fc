"""What owners and the secretariat see: stopped texts, supplements, starting again, paper intake, claims, clearances."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from intake.db import Database
from intake.models import Document, Proposal
from tests.factories import document
from tests.web.applicants import (
    boxes,
    drafts,
    edit_url,
    example,
    form_of,
    in_english,
    proposal,
    send,
    started,
    stored,
    submitted,
    typed,
    upload,
    versions,
    words,
)
from tests.web.conftest import Visitor

STOPPED = (
    "This is not received online",
    "Law on the Protection of State Secrets 117/2025/QH15, article 5",
    "by classified mail",
    "can record a clearance beforehand",
)
numbers = count(1)
MARK = "TUYỆT MẬT: toạ độ trận địa"


@pytest.fixture
def enter(lasting_app: Flask):
    """`enter(email)` gives a visitor who is signed in and reads English."""

    def entered(email: str) -> Visitor:
        visitor = Visitor(lasting_app)
        assert visitor.post("/demo", {"email": email}).status_code == 303
        return in_english(visitor)

    return entered


@pytest.fixture
def owner(enter) -> Visitor:
    return enter("organisation@demo.vn")


@pytest.fixture
def secretary(enter) -> Visitor:
    return enter("secretary@demo.vn")


@pytest.fixture
def kept(lasting_app: Flask) -> Database:
    return lasting_app.extensions["intake"].database


def fresh(owner: Visitor) -> str:
    """A draft of the full example under a name of its own: the same name twice is a duplicate."""
    name = example()["sections"]["name"]
    return started(owner, name=name | {"name_vi": f"Bệnh án liên thông thứ {next(numbers)}"})


def ask(secretary: Visitor, code: str, *sections: str):
    """Ask for a supplement on the page of that move."""
    address = f"/proposals/{code}/move/request_supplement"
    fields = form_of(secretary.get(address), "")
    for number, section in enumerate(sections):
        fields |= {f"remarks-{number}-section": [section], f"remarks-{number}-text": [f"Bổ sung: {section}"]}
    return secretary.post(address, fields)


def asked(owner: Visitor, secretary: Visitor, *sections: str) -> str:
    code = fresh(owner)
    assert submitted(owner, code).status_code == 303
    assert ask(secretary, code, *sections).status_code == 303
    return code


def test_each_of_the_five_initiatives_leads_to_the_stop_page(owner, kept):
    before = drafts(kept)
    for initiative in ("sk03", "sk09", "sk20", "sk28", "sk30"):
        fields = form_of(owner.get("/proposals/new"), "/proposals/new")
        fields |= {"name.kind": ["detail"], "name.initiative_ref": [initiative], "name.name_vi": ["Tên lửa đời mới"]}
        answer = owner.post("/proposals/new", fields)
        read = words(answer)
        assert (answer.status_code, [text for text in STOPPED if text not in read]) == (422, []), initiative
        assert "Tên lửa đời mới" not in answer.text
    assert drafts(kept) == before
    assert [text for text in STOPPED[1:] if text not in words(owner.get("/state-secrets"))] == []


def test_a_secrecy_mark_is_stopped_wherever_it_comes_in(owner, kept):
    code = fresh(owner)
    before = stored(kept, code)
    fields = typed(boxes(owner, code, "objectives"), objectives__general=MARK)
    for buttons in ({}, {"go": "next"}):
        answer = send(owner, code, "objectives", fields, **buttons)
        assert (answer.status_code, "data-stopped" in answer.text, "trận địa" in answer.text) == (422, True, False)
    answer = send(owner, code, "objectives", fields, go="auto")
    assert (answer.status_code, (answer.json or {}).get("isStopped"), "trận địa" in answer.text) == (422, True, False)
    assert stored(kept, code) == before
    text = before | {"sections": before["sections"] | {"objectives": {"general": MARK}}}
    exported = {"schema": "initiative-proposal/1", "sections": {"objectives": {"general": MARK}}}
    before_upload = drafts(kept)
    assert "This is not received online" in words(upload(owner, exported))
    assert drafts(kept) == before_upload
    address = f"/proposals/{code}/submit"
    form = form_of(owner.get(address), address)
    with kept.writing() as db:  # a text that was stored before the rule knew its mark
        full = before["sections"] | {"objectives": before["sections"]["objectives"] | {"general": MARK * 2}}
        db.execute(update(Proposal).where(Proposal.code == code).values(document=text | {"sections": full}))
    answer = owner.post(address, form)
    assert (answer.status_code, "data-stopped" in answer.text, versions(kept, code)) == (422, True, [])


def test_clearances_are_recorded_listed_and_open_the_way_for_one(enter, owner, secretary):
    assert owner.get("/clearances").status_code == 403
    wrong = {"owner": "nobody@demo.vn", "initiative": "sk10", "reason": ""}
    answer = secretary.post("/clearances", form_of(secretary.get("/clearances"), "/clearances") | wrong)
    read = words(answer)
    assert (answer.status_code, 'value="nobody@demo.vn"' in answer.text) == (422, True)
    for text in ("There is no account nobody@demo.vn.", "sk10 is not an initiative that is stopped", "Give a reason."):
        assert text in read
    right = {"owner": "applicant@demo.vn", "initiative": "sk28", "reason": "Đã thẩm định, không có bí mật"}
    fields = form_of(secretary.get("/clearances"), "/clearances") | right
    assert [secretary.post("/clearances", fields).status_code for _ in range(2)] == [303, 303]
    read = words(secretary.get("/clearances"))
    assert read.count("Đã thẩm định, không có bí mật") == 1 and "applicant@demo.vn" in read
    name = {"name.kind": ["detail"], "name.initiative_ref": ["sk28"], "name.name_vi": ["Đã được phép"]}
    for visitor, status in ((enter("applicant@demo.vn"), 303), (owner, 422)):
        fields = form_of(visitor.get("/proposals/new"), "/proposals/new")
        assert visitor.post("/proposals/new", fields | name).status_code == status
    taken_back(enter, owner, secretary, name)


def taken_back(enter, owner, secretary, name):
    """A clearance that is taken back closes the way again, and may be recorded anew."""
    (address,) = re.findall(r'action="(/clearances/\d+/revoke)"', secretary.get("/clearances").text)
    row = address.split("/")[2]
    assert owner.post(address, {f"revoke-{row}-reason": "Nhầm"}).status_code == 403
    refused = secretary.post(address, {f"revoke-{row}-reason": " "})
    assert (refused.status_code, f'href="#revoke-{row}-reason"' in refused.text) == (422, True)
    assert secretary.post(address, {f"revoke-{row}-reason": "Thẩm định lại"}).status_code == 303
    assert secretary.post(address, {f"revoke-{row}-reason": "Thẩm định lại"}).status_code == 404
    read = words(secretary.get("/clearances"))
    assert ("Thẩm định lại" in read, "Taken back" in read) == (True, True)
    cleared = enter("applicant@demo.vn")
    fields = form_of(cleared.get("/proposals/new"), "/proposals/new")
    assert cleared.post("/proposals/new", fields | name).status_code == 422
    again = {"owner": "applicant@demo.vn", "initiative": "sk28", "reason": "Cho phép lại"}
    fields = form_of(secretary.get("/clearances"), "/clearances") | again
    assert secretary.post("/clearances", fields).status_code == 303


def test_only_the_sections_asked_about_are_open(owner, secretary, kept):
    code = asked(owner, secretary, "objectives", "kpis")
    read = words(owner.get(f"/proposals/{code}"))
    assert "What you were asked 5. Objectives : Bổ sung: objectives" in read
    assert "Only these sections, and those that block the submission, are open for changes." in read
    assert read.count("Nothing was asked") == 13
    page = owner.get(edit_url(code, "objectives"))
    assert "What you were asked about this section Bổ sung: objectives" in words(page)
    assert f'href="/proposals/{code}/text#section-novelty"' in page.text
    assert "Save and go to section 12" in words(page)
    answer = owner.get(edit_url(code, "novelty"))
    assert (answer.status_code, answer.location) == (303, f"/proposals/{code}/text#section-novelty")
    before = stored(kept, code)
    answer = send(owner, code, "novelty", boxes(owner, code, "objectives"))
    assert (answer.status_code, "This is not possible now" in words(answer)) == (409, True)
    assert stored(kept, code) == before


def test_what_changed_is_shown_before_and_after_submitting_again(owner, secretary):
    code = asked(owner, secretary, "objectives")
    fields = typed(
        boxes(owner, code, "objectives"), objectives__general="Mục tiêu tổng quát viết lại cho thật rõ ràng."
    )
    answer = send(owner, code, "objectives", fields, go="next")
    assert (answer.status_code, answer.location) == (303, f"/proposals/{code}/submit")
    for page in (owner.get(f"/proposals/{code}/changes"), owner.get(f"/proposals/{code}/submit")):
        assert "5. Objectives General objective" in words(page)
        assert "<ins>Mục tiêu tổng quát viết lại cho thật rõ ràng.</ins>" in page.text
    assert "Your text compared with version 1" in words(owner.get(f"/proposals/{code}/changes"))
    assert "There is no earlier version to compare with." in words(secretary.get(f"/proposals/{code}/changes"))
    assert submitted(owner, code).status_code == 303
    for visitor in (owner, secretary):
        read = words(visitor.get(f"/proposals/{code}/changes"))
        assert "Version 2 compared with version 1" in read and "Strategic fit" in read
    assert "What changed since version 1" in words(secretary.get(f"/proposals/{code}/staff"))
    assert f'href="/proposals/{code}/changes"' in secretary.get(f"/proposals/{code}").text


def test_a_supplement_without_its_section_keeps_what_was_typed(owner, secretary, kept):
    code = fresh(owner)
    assert submitted(owner, code).status_code == 303
    answer = ask(secretary, code, "")
    assert (answer.status_code, "Bổ sung: " in answer.text) == (422, True)
    assert proposal(kept, code).state == "reception"


def test_what_was_withdrawn_starts_again_once_with_links_both_ways(owner, kept):
    code = fresh(owner)
    assert submitted(owner, code).status_code == 303
    assert owner.post(f"/proposals/{code}/restart", {"form_token": "t"}).status_code == 409
    address = f"/proposals/{code}/withdraw"
    assert owner.post(address, form_of(owner.get(address), address)).status_code == 303
    page = owner.get(f"/proposals/{code}")
    fields = form_of(page, f"/proposals/{code}/restart")
    places = {owner.post(f"/proposals/{code}/restart", fields).location for _ in range(2)}
    assert len(places) == 1
    successor = places.pop().rsplit("/", 1)[1]
    assert stored(kept, successor) == stored(kept, code)
    assert f"Started again as {successor}" in words(owner.get(f"/proposals/{code}"))
    assert f"Started again from {code}" in words(owner.get(f"/proposals/{successor}"))
    assert proposal(kept, successor).state == "draft"


PAPER: dict[str, Any] = {
    "channel": "letter",
    "arrived_on": "02/11/2026",
    "reference": "1234/ĐB",
    "person_name": "Nguyễn Thị Ước",
    "contact": "12 Lê Lợi, Huế",
    "name.kind": "new",
    "name.name_vi": "Máy lọc nước lợ cho xã đảo",
}


def enter_paper(secretary: Visitor, **changes: Any):
    fields = form_of(secretary.get("/assisted/new"), "/assisted/new")
    return secretary.post("/assisted/new", fields | PAPER | changes)


def test_what_is_wrong_on_paper_is_told_and_kept_in_the_boxes(secretary, owner, kept):
    before = drafts(kept)
    answer = enter_paper(secretary, arrived_on="31/02/2026", person_name=" ", channel="")
    read = words(answer)
    for text in (
        "Write the day as day/month/year",
        "Enter the name of the person who sent it.",
        "Choose how it arrived.",
    ):
        assert text in read
    assert (answer.status_code, 'value="31/02/2026"' in answer.text, "12 Lê Lợi, Huế" in answer.text) == (
        422,
        True,
        True,
    )
    assert 'value="Máy lọc nước lợ cho xã đảo"' in answer.text
    assert "cannot lie ahead" in words(enter_paper(secretary, arrived_on="01/01/2999"))
    assert "Enter a name." in words(enter_paper(secretary, **{"name.name_vi": ""}))
    assert enter_paper(secretary, contact="Độ mật: TUYỆT MẬT").status_code == 422
    assert (owner.get("/assisted").status_code, drafts(kept)) == (403, before)


def test_a_letter_is_written_submitted_and_claimed(enter, secretary, kept):
    answer = enter_paper(secretary)
    code = answer.location.rsplit("/", 1)[1]
    page = words(secretary.get(f"/proposals/{code}"))
    assert "It came on paper Letter, 2 Nov 2026 · Incoming number 1234/ĐB." in page
    with kept.writing() as db:  # the rest of the letter is typed over the same forms, which other tests prove
        db.execute(update(Proposal).where(Proposal.code == code).values(document=document()))
    assert secretary.get(edit_url(code, "objectives")).status_code == 200
    assert submitted(secretary, code).status_code == 303
    with kept.reading() as db:
        key = db.scalars(select(Proposal.track_key).where(Proposal.code == code)).one() or ""
        facts = db.scalars(select(Document.facts).join(Proposal).where(Proposal.code == code)).one()
    wanted = {"channel": "letter", "arrived_on": "2026-11-02", "is_online": False, "submitted_by": "Nguyễn Thị Ước"}
    assert {name: facts[name] for name in (*wanted, "key")} == wanted | {"key": key}
    applicant = enter("applicant@demo.vn")
    assert applicant.get(f"/proposals/{code}").status_code == 404
    wrong = applicant.post("/claim", {"code": code, "key": "000000"})
    assert (wrong.status_code, f'value="{code}"' in wrong.text) == (404, True)
    assert "No proposal waits to be claimed under this code and key." in words(wrong)
    right = applicant.post("/claim", {"code": code, "key": key})
    assert (right.status_code, right.location) == (303, f"/proposals/{code}")
    assert "It came on paper" not in words(applicant.get(f"/proposals/{code}"))
    assert "The person has claimed it" in words(secretary.get(f"/proposals/{code}"))
    assert secretary.get(f"/proposals/{code}/withdraw").status_code == 403
    again = enter("organisation@demo.vn").post("/claim", {"code": code, "key": key})
    assert again.status_code == 404
    assert "Nguyễn Thị Ước" in words(secretary.get("/assisted"))


def test_guessing_keys_is_stopped(enter):
    visitor = enter("applicant@demo.vn")
    answers = [visitor.post("/claim", {"code": "SK-2026-00000000", "key": f"{n:06}"}).status_code for n in range(7)]
    assert (answers[0], answers[-1]) == (404, 429)
