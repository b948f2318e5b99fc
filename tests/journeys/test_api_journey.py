"""One real proposal from its text to the issued decision, over the API alone, on both databases."""

from __future__ import annotations

import hashlib
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from intake import clock
from intake.models import AuditEntry, BodyMember, Membership, User
from intake.services import audit
from intake.services.demo_accounts import UNIVERSITY
from tests.api.callers import (
    ADVISER,
    BKHCN_LEAD,
    BYT_LEAD,
    BYT_REVIEWER,
    CHAIR,
    ENGINEER,
    MEMBERS,
    ORGANISATION,
    SECRETARY,
    SECRETARY2,
    World,
    example,
    of_university,
    running,
    scores,
)

pytestmark = pytest.mark.slow
ALL = (CHAIR, *MEMBERS)


@pytest.fixture
def world(peopled_url: str, tmp_path: Path) -> Iterator[World]:
    with running(peopled_url, tmp_path) as made:
        yield made


def submitted(world: World, document: dict[str, Any]) -> str:
    """The university hands a document in; its code."""
    owner = world.caller(ORGANISATION)
    made = owner.does("POST", "/proposals", document)
    assert [found for found in made["problems"] if found["severity"] == "error"] == []
    standing = owner.moves(made["code"], "submit")
    assert (standing["state"], standing["revision"], standing["holder"]) == (
        "reception",
        1,
        {"kind": "secretariat", "organisation": "vptw"},
    )
    return made["code"]


def opinion(position: str, text: str, *conditions: str) -> dict[str, Any]:
    return {"position": position, "text": text, "conditions": list(conditions), "submit": True}


def reviewed(world: World, code: str) -> None:
    """Two ministries: conflicts declared, reviewers asked, three sheets, two opinions, the review concluded."""
    for lead, people in ((BYT_LEAD, (BYT_REVIEWER, BYT_LEAD)), (BKHCN_LEAD, (BKHCN_LEAD,))):
        asking = world.caller(lead)
        asking.declares(code)
        for email in people:
            asked = asking.does("POST", f"/proposals/{code}/assignments", {"reviewer": email})
            assert (asked["email"], asked["kind"], asked["sheet_submitted_at"]) == (email, "reviewer", None)
    world.caller(SECRETARY).does("POST", f"/proposals/{code}/assignments", {"adviser": ADVISER})
    adviser = world.caller(ADVISER)
    adviser.declares(code)
    adviser.does("PUT", f"/proposals/{code}/opinion", opinion("agree", "Nên triển khai sớm."))
    world.caller(BYT_REVIEWER).declares(code)
    for email, marks in ((BYT_REVIEWER, (5, 5, 4, 4, 5, 4)), (BYT_LEAD, (4,)), (BKHCN_LEAD, (4, 5, 5, 3, 5, None))):
        sheet = world.caller(email).does(
            "PUT", f"/proposals/{code}/score-sheet", {"scores": scores(*marks), "submit": True}
        )
        assert sheet["is_valid"] is True
    conditions = opinion("conditions", "Cần thẩm định an toàn dữ liệu.", "Thẩm định trước khi kết nối.")
    world.caller(BYT_LEAD).does("PUT", f"/proposals/{code}/opinion", conditions)
    world.caller(BKHCN_LEAD).does("PUT", f"/proposals/{code}/opinion", opinion("agree", "Đồng ý."))
    standing = world.caller(BKHCN_LEAD).moves(code, "conclude_review")
    assert standing["holder"] == {"kind": "engineer", "organisation": "tcts_ht3"}


def assessed(world: World, code: str) -> None:
    """The chief engineer scores blind, then signs and hands over."""
    engineer = world.caller(ENGINEER)
    engineer.declares(code)
    assert engineer.get(f"/proposals/{code}/score-sheets").status_code == 403
    engineer.does("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(5, 4, 4, 4, 5, 4), "submit": True})
    others = engineer.does("GET", f"/proposals/{code}/score-sheets")["items"]
    assert [sheet["capacity"] for sheet in others] == ["ministry", "ministry", "ministry", "engineer"]
    engineer.does("PUT", f"/proposals/{code}/assessment", opinion("agree", "Kiến trúc phù hợp."))
    assert engineer.moves(code, "assess")["state"] == "synthesis"


def referred(world: World, code: str, sheets: int) -> None:
    """The secretariat writes the synthesis and refers; the ranking shows the proposal."""
    secretary = world.caller(SECRETARY)
    difference = {"criterion": "feasibility", "bodies": ["bkhcn"], "text": "Hạ tầng.", "resolution": "Điều kiện."}
    written = secretary.does(
        "PUT", f"/proposals/{code}/synthesis", {"summary": "Các cơ quan thống nhất.", "differences": [difference]}
    )
    assert (written["is_up_to_date"], written["score"]["n"], written["differences"]) == (True, sheets, [difference])
    assert secretary.moves(code, "refer")["state"] == "committee"
    ranking = world.caller(CHAIR).does("GET", "/ranking?system=ht3")
    (row,) = ranking["items"]
    assert (row["code"], row["n"], row["interval"], row["flags"]) == (code, sheets, None, None)
    assert row["official"] == written["score"]["official"]
    assert row["certificate"] is not None


def convened(world: World, code: str, present: tuple[str, ...]) -> str:
    """A session of the Standing Board with `present` there, open; its address."""
    secretary = world.caller(SECRETARY)
    starts_at = (clock.now() + timedelta(hours=1)).isoformat()
    called = secretary.does(
        "POST", "/sessions", {"body": "tt_bcdtw", "starts_at": starts_at, "place": "Hà Nội", "items": []}
    )
    address = f"/sessions/{called['id']}"
    secretary.does("PUT", f"{address}/agenda", {"items": [code]})
    assert secretary.does("GET", f"/proposals/{code}")["holder"] == {"kind": "body", "organisation": "tt_bcdtw"}
    secretary.does("PUT", f"{address}/attendance", dict.fromkeys(present, "present"))
    secretary.does("POST", f"{address}/transitions", {"transition": "open"})
    return address


def scanned(world: World, code: str, item: str) -> None:
    """The scan of the ballot recorded for the last member: handed in by who recorded it, read by who confirms it."""
    recorder, confirmer, address = world.caller(SECRETARY), world.caller(SECRETARY2), f"{item}/ballots/{ALL[-1]}/scan"
    content = b"%PDF-1.7 phieu"
    assert confirmer.put(address, content).status_code == 403
    assert world.caller(ALL[0]).put(address, content).status_code == 403
    assert recorder.put(address, {"scan": "JVBERi0="}).status_code == 415
    refused = recorder.put(address, b"MZ phieu")
    assert (refused.status_code, [one["path"] for one in refused.get_json(force=True)["errors"]]) == (422, ["scan"])
    assert recorder.put(f"{item}/ballots/{ALL[0]}/scan", content).status_code == 404
    assert confirmer.get(address).status_code == 404
    recorder.does("PUT", address, content)
    voter = world.caller(ALL[-1])
    voter.declares(code)
    assert confirmer.does("GET", address) == voter.does("GET", address) == content
    assert world.caller(ALL[1], "committee_member").get(address).status_code == 404


def decided(world: World, code: str, address: str) -> None:
    """Ballots, one of them recorded and confirmed; the item closed and the conclusion prepared."""
    secretary, item = world.caller(SECRETARY), f"{address}/items/{code}"
    secretary.does("POST", f"{item}/transitions", {"transition": "open"})
    for email in ALL[:-1]:
        voter = world.caller(email)
        voter.declares(code)
        voter.does("PUT", f"{item}/ballot", {"choice": "approve", "reason": "Đáp ứng sáu tiêu chí."})
    secretary.does("PUT", f"{item}/ballot", {"choice": "abstain", "on_behalf_of": ALL[-1]})
    scanned(world, code, item)
    unconfirmed = secretary.post(f"{item}/transitions", {"transition": "close"})
    assert (unconfirmed.status_code, unconfirmed.get_json(force=True)["unconfirmed"]) == (409, [ALL[-1]])
    confirmed = world.caller(SECRETARY2).does("PUT", f"{item}/ballots-confirmation")
    assert confirmed == {"confirmed": 1}
    closed = secretary.does("POST", f"{item}/transitions", {"transition": "close"})
    (line,) = closed["items"]
    assert (line["state"], line["choices"]["approve"], line["choices"]["abstain"]) == ("closed", 6, 1)
    conclusion = {"outcome": "approve", "text": "Thường trực Ban Chỉ đạo thống nhất phê duyệt.", "reason": "Đáp ứng."}
    secretary.does("PUT", f"{item}/conclusion", conclusion)
    secretary.does("POST", f"{address}/transitions", {"transition": "close"})


def text_of(content: bytes) -> str:
    """The words of a PDF, as any other program reads them."""
    assert content.startswith(b"%PDF")
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return unicodedata.normalize("NFC", read.stdout.decode())


def audit_is_whole(world: World) -> None:
    with world.database.reading() as db:
        assert audit.verify(db) is None


def test_proposal_travels_the_whole_way(world):
    code = submitted(world, of_university())
    owner, secretary = world.caller(ORGANISATION), world.caller(SECRETARY)
    settled = secretary.does("PUT", f"/proposals/{code}/organisations", {"lead": UNIVERSITY, "partners": ["bca"]})
    linked = [(row["role"], row["organisation"]) for row in settled["items"] if row["organisation"]]
    assert linked == [("owner", UNIVERSITY), ("lead", UNIVERSITY), ("partner", "bca")]
    standing = secretary.moves(code, "accept", lead="bkhcn", cooperating=["byt"])
    assert standing["holder"] == {"kind": "lead_ministry", "organisation": "bkhcn"}
    reviewed(world, code)
    assessed(world, code)
    referred(world, code, sheets=4)
    address = convened(world, code, ALL)
    decided(world, code, address)
    chair = world.caller(CHAIR)
    assert owner.get(f"/proposals/{code}/decision.pdf").status_code == 404
    (decision,) = chair.does("POST", f"{address}/release")["decisions"]
    assert (decision["code"], decision["outcome"]) == (code, "approve")
    waiting = owner.get(f"/proposals/{code}/decision.pdf")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "2")
    world.work()
    draft_is_read_and_issued(world, code, decision["doc"])
    tracked = world.stranger().does("GET", f"/track/{code}")
    assert (tracked["outcome"], tracked["outcome_reason"]) == ("approve", "Đáp ứng.")
    done = [step["kind"] for step in owner.does("GET", f"/proposals/{code}/history")["items"]]
    assert done[:6] == ["done"] * 6
    data = {"supervisor": MEMBERS[1], "lead_agency": UNIVERSITY}
    assert secretary.moves(code, "assign", **data)["holder"] == {"kind": "lead_agency", "organisation": UNIVERSITY}
    assert secretary.moves(code, "complete")["state"] == "completed"
    audit_is_whole(world)


def draft_is_read_and_issued(world: World, code: str, doc: str) -> None:
    """DỰ THẢO until number, date, signer and place are recorded; the sha256 is the ETag of the bytes."""
    owner, secretary = world.caller(ORGANISATION), world.caller(SECRETARY)
    draft = owner.get(f"/proposals/{code}/decision.pdf")
    assert "DỰ THẢO" in text_of(draft.data)
    assert draft.headers["ETag"] == f'"{hashlib.sha256(draft.data).hexdigest()}"'
    assert owner.get(f"/documents/{doc}", If_None_Match=draft.headers["ETag"]).status_code == 304
    issue = {"number": "12", "date": clock.today().isoformat(), "signer": "Nguyễn Đăng Khoa", "place": "Hà Nội"}
    assert owner.put(f"/documents/{doc}/issue", issue).status_code == 403
    assert secretary.does("PUT", f"/documents/{doc}/issue", issue)["state"] == "promised"
    assert secretary.get(f"/documents/{doc}").status_code == 202
    world.work()
    final = secretary.get(f"/documents/{doc}")
    assert "DỰ THẢO" not in text_of(final.data)
    assert "Số 12-TB/BCĐTW" in " ".join(text_of(final.data).split())
    assert final.headers["ETag"] != draft.headers["ETag"]
    assert secretary.put(f"/documents/{doc}/issue", issue).status_code == 409


def seat_from_the_ministry(world: World) -> str:
    """A member of the Standing Board who belongs to the Ministry of Health."""
    email = MEMBERS[2]
    with world.database.writing() as db:
        user = db.scalars(select(User).where(User.email == email)).one()
        seats = db.scalars(select(BodyMember.body_id).where(BodyMember.user_id == user.id))
        assert "tt_bcdtw" in set(seats)
        db.add(Membership(user_id=user.id, role="ministry_reviewer", organisation_id="byt", granted_at=clock.now()))
    return email


def test_nobody_judges_what_their_own_body_proposes(world):
    code = submitted(world, example())
    secretary = world.caller(SECRETARY)
    secretary.does("PUT", f"/proposals/{code}/organisations", {"owner": "byt", "lead": "byt", "partners": []})
    data = {"lead": "byt", "cooperating": ["bca"]}
    refused = secretary.post(f"/proposals/{code}/transitions", {"transition": "accept", "data": data})
    problem = refused.get_json(force=True)
    assert (refused.status_code, problem["type"]) == (422, "invalid")
    assert [error["path"] for error in problem["errors"]] == ["data.lead"]
    secretary.moves(code, "accept", lead="bkhcn", cooperating=[])
    for email in (BYT_LEAD, BYT_REVIEWER):
        shut_out(world, code, email)
    science = world.caller(BKHCN_LEAD)
    science.declares(code)
    foreign = science.post(f"/proposals/{code}/assignments", {"reviewer": BYT_REVIEWER})
    assert (foreign.status_code, foreign.get_json(force=True)["errors"][0]["path"]) == (422, "reviewer")
    science.does("POST", f"/proposals/{code}/assignments", {"reviewer": BKHCN_LEAD})
    science.does("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(4), "submit": True})
    science.does("PUT", f"/proposals/{code}/opinion", opinion("agree", "Đồng ý."))
    too_few = science.post(f"/proposals/{code}/transitions", {"transition": "conclude_review"})
    assert (too_few.status_code, too_few.get_json(force=True)["problems"][0]["rule"]) == (422, "score_sheet.enough")
    science.moves(code, "conclude_review", reason="Chỉ một bộ được giao; đủ căn cứ kết luận.")
    assessed_alone(world, code)
    referred(world, code, sheets=2)
    member_is_kept_out(world, code)
    audit_is_whole(world)


def shut_out(world: World, code: str, email: str) -> None:
    """For the people of the owner's body the proposal does not exist as an official task."""
    person = world.caller(email)
    for method, path, body in (
        ("GET", f"/proposals/{code}", None),
        ("PUT", f"/proposals/{code}/conflict", {"conflicted": False, "kind": "none"}),
        ("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(5), "submit": True}),
        ("POST", f"/proposals/{code}/assignments", {"reviewer": BYT_REVIEWER}),
    ):
        assert person.send(method, path, body).status_code == 404
    assert person.does("GET", "/proposals")["items"] == []


def assessed_alone(world: World, code: str) -> None:
    engineer = world.caller(ENGINEER)
    engineer.declares(code)
    engineer.does("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(4), "submit": True})
    engineer.does("PUT", f"/proposals/{code}/assessment", opinion("agree", "Phù hợp."))
    engineer.moves(code, "assess")


def member_is_kept_out(world: World, code: str) -> None:
    """The member from the owner's ministry is recused when the item opens, sees nothing and cannot vote."""
    email = seat_from_the_ministry(world)
    address = convened(world, code, ALL)
    item, secretary = f"{address}/items/{code}", world.caller(SECRETARY)
    opened = secretary.does("POST", f"{item}/transitions", {"transition": "open"})
    assert [line["code"] for line in opened["items"]] == [code]
    member = world.caller(email, role="committee_member")
    assert member.does("GET", address)["items"] == []
    assert member.put(f"{item}/ballot", {"choice": "approve"}).status_code == 404
    recorded = secretary.put(f"{item}/ballot", {"choice": "approve", "on_behalf_of": email})
    assert (recorded.status_code, recorded.get_json(force=True)["type"]) == (409, "illegal-move")
    with world.database.reading() as db:
        events = list(db.scalars(select(AuditEntry.event).where(AuditEntry.event == "recusal.recorded")))
    assert events == ["recusal.recorded"]
