"""Supplement, starting again, paper intake, claims, clearances and the organisations, as programs meet them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from intake.models import AuditEntry, Outbox, Proposal, User
from tests.api.callers import APPLICANT, BYT_LEAD, ENGINEER, ORGANISATION, SECRETARY, SECRETARY2, World, of_university

PAPER = {"channel": "letter", "arrived_on": "2026-11-02", "person_name": "Nguyễn Thị Ước", "contact": "12 Lê Lợi, Huế"}
SECRETS = ("sk03", "sk09", "sk20", "sk28", "sk30")


def told(response: Any) -> tuple[int, str]:
    return response.status_code, response.get_json(force=True)["type"].rsplit("/", 1)[-1]


def started(world: World, email: str = ORGANISATION) -> tuple[Any, str]:
    caller = world.caller(email)
    return caller, caller.does("POST", "/proposals", of_university())["code"]


def asked(world: World, *sections: str) -> tuple[Any, str]:
    """A proposal in a supplement that asks about these sections."""
    caller, code = started(world)
    caller.moves(code, "submit")
    remarks = [{"section": section, "text": f"Bổ sung {section}"} for section in sections]
    world.caller(SECRETARY).moves(code, "request_supplement", remarks=remarks)
    return caller, code


def document(caller: Any, code: str) -> dict[str, Any]:
    return caller.does("GET", f"/proposals/{code}/document")


def test_only_the_sections_asked_about_are_open(alone: World) -> None:
    caller, code = asked(alone, "rationale", "objectives")
    found = caller.does("GET", f"/proposals/{code}/remarks")
    assert (found["is_waiting"], found["open_sections"]) == (True, ["rationale", "objectives"])
    assert [one["section"] for one in found["items"]] == ["rationale", "objectives"]
    text = document(caller, code)
    closed = deepcopy(text)
    closed["sections"]["novelty"]["current_state"] = closed["sections"]["name"]["name_vi"] = "Sửa lén một chút"
    refused = caller.put(f"/proposals/{code}/document", closed)
    assert refused.status_code == 422
    assert [one["path"] for one in refused.get_json(force=True)["errors"]] == ["name", "novelty"]
    text["sections"]["objectives"]["general"] = "Mục tiêu tổng quát nói rõ hơn."
    assert caller.put(f"/proposals/{code}/document", text).status_code == 200
    changed = caller.does("GET", f"/proposals/{code}/changes")
    assert (changed["before"], changed["after"]) == (1, 0)
    assert [one["section"] for one in changed["sections"]] == ["objectives"]
    caller.moves(code, "resubmit")
    seen = alone.caller(SECRETARY).does("GET", f"/proposals/{code}/changes")
    assert (seen["before"], seen["after"], len(seen["sections"])) == (1, 2, 1)
    assert "strategic_fit" in seen["sections"][0]["criteria"]
    assert seen["sections"][0]["fields"][0]["after"] == "Mục tiêu tổng quát nói rõ hơn."
    waiting = caller.does("GET", f"/proposals/{code}/remarks")
    assert (waiting["is_waiting"], waiting["items"], waiting["open_sections"]) == (False, [], [])


def test_what_follows_from_an_open_section_may_change_a_closed_one(alone: World) -> None:
    """A row that goes takes the references to it along; a section that blocks the submission is open too."""
    caller, code = asked(alone, "objectives")
    text = document(caller, code)
    gone = text["sections"]["objectives"]["specific"].pop()["code"]
    (measured,) = [one for one in text["sections"]["kpis"]["kpis"] if one["objective"] == gone]
    measured["objective"] = None
    answer = caller.does("PUT", f"/proposals/{code}/document", text)
    assert {problem["section"] for problem in answer["problems"] if problem["severity"] == "error"} == {"kpis"}
    assert caller.does("GET", f"/proposals/{code}/remarks")["open_sections"] == ["objectives", "kpis"]
    measured["objective"] = "MT1"
    answer = caller.does("PUT", f"/proposals/{code}/document", text)
    assert [problem for problem in answer["problems"] if problem["severity"] == "error"] == []
    assert caller.does("GET", f"/proposals/{code}/remarks")["open_sections"] == ["objectives"]


def test_ended_proposals_start_again_with_a_link_both_ways(alone: World) -> None:
    caller, code = started(alone)
    assert told(caller.post(f"/proposals/{code}/successors")) == (409, "illegal-move")
    caller.moves(code, "submit")
    caller.moves(code, "withdraw")
    stranger = alone.caller(APPLICANT)
    assert told(stranger.post(f"/proposals/{code}/successors")) == (404, "not-found")
    assert told(alone.caller(SECRETARY).post(f"/proposals/{code}/successors")) == (403, "forbidden")
    made = caller.send("POST", f"/proposals/{code}/successors", None, Idempotency_Key="một lần")
    again = caller.send("POST", f"/proposals/{code}/successors", None, Idempotency_Key="một lần")
    assert (made.status_code, made.json) == (201, again.json)
    successor = made.json["code"]
    assert made.json["state"] == "draft"
    assert [p["rule"] for p in made.json["problems"] if p["rule"] == "R21"] == []
    assert document(caller, successor) == document(caller, code) | {"code": successor}
    old = caller.does("GET", f"/proposals/{code}/relatives")
    new = caller.does("GET", f"/proposals/{successor}/relatives")
    assert [one["code"] for one in old["successors"]] == [successor]
    assert new["predecessor"]["code"] == code
    # The new draft is nobody else's business yet.
    assert alone.caller(SECRETARY).does("GET", f"/proposals/{code}/relatives")["successors"] == []


def entered(world: World) -> tuple[Any, str]:
    secretary = world.caller(SECRETARY)
    return secretary, secretary.does("POST", "/assisted-proposals", PAPER | {"document": of_university()})["code"]


def key_of(world: World, code: str) -> str:
    with world.database.reading() as db:
        return db.scalars(select(Proposal.track_key).where(Proposal.code == code)).one() or ""


def test_a_letter_is_entered_submitted_and_claimed_once(world: World) -> None:
    secretary, code = entered(world)
    applicant, other = world.caller(APPLICANT), world.caller(ORGANISATION)
    for caller in (applicant, world.caller(ENGINEER), world.caller(BYT_LEAD)):
        assert told(caller.get(f"/proposals/{code}")) == (404, "not-found")
    colleague = world.caller(SECRETARY2)
    text = document(colleague, code)
    text["sections"]["objectives"]["general"] = "Mục tiêu tổng quát đúng như trong bức thư."
    assert colleague.put(f"/proposals/{code}/document", text).status_code == 200
    assert told(applicant.post("/claims", {"code": code, "key": "000000"})) == (404, "not-found")
    assert colleague.moves(code, "submit")["state"] == "reception"
    key = key_of(world, code)
    assert told(applicant.post("/claims", {"code": code, "key": "ZZZZZZ"})) == (404, "not-found")
    assert told(secretary.post("/claims", {"code": code, "key": key})) == (403, "forbidden")
    assert told(applicant.get(f"/proposals/{code}")) == (404, "not-found")
    claimed = applicant.does("POST", "/claims", {"code": code.lower(), "key": f" {key.lower()} "})
    assert (claimed["code"], claimed["state"]) == (code, "reception")
    assert told(other.post("/claims", {"code": code, "key": key})) == (404, "not-found")
    assert told(applicant.post("/claims", {"code": code, "key": key})) == (404, "not-found")
    # From now on it is the owner's: the secretariat acts as on any other proposal.
    assert told(colleague.send("POST", f"/proposals/{code}/transitions", {"transition": "withdraw"})) == (
        403,
        "forbidden",
    )
    assert world.stranger().get(f"/track/{code}?key={key}").status_code == 200
    assert applicant.moves(code, "withdraw")["state"] == "withdrawn"
    with world.database.reading() as db:
        events = list(db.scalars(select(AuditEntry.event).where(AuditEntry.subject == code).order_by(AuditEntry.seq)))
        mails = {row["to"] for row in db.scalars(select(Outbox.payload).where(Outbox.key.startswith("claimed:")))}
    assert events[:3] == ["proposal.entered", "proposal.moved.submit", "proposal.claimed"]
    assert mails == {APPLICANT, SECRETARY}


def test_claims_of_two_at_once_give_it_to_one(world: World) -> None:
    _secretary, code = entered(world)
    world.caller(SECRETARY).moves(code, "submit")
    key = key_of(world, code)
    callers = [world.caller(APPLICANT), world.caller(ORGANISATION)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post("/claims", {"code": code, "key": key}).status_code, callers))
    assert sorted(answers) == [200, 404]


def test_a_supplement_on_paper_is_answered_by_the_secretariat(alone: World) -> None:
    secretary, code = entered(alone)
    secretary.moves(code, "submit")
    remarks = [{"section": "administrative", "text": "Thiếu chữ ký."}]
    assert secretary.moves(code, "request_supplement", remarks=remarks)["holder"]["kind"] == "owner"
    assert [line["kind"] for line in secretary.does("GET", "/queue")["items"]] == ["write_for"]
    assert secretary.does("GET", f"/proposals/{code}/remarks")["open_sections"] == ["administrative"]
    assert secretary.moves(code, "resubmit")["state"] == "reception"


WRONG_PAPERS: list[tuple[dict[str, Any], str]] = [
    ({"channel": "pigeon"}, "channel"),
    ({"arrived_on": "2999-01-01"}, "arrived_on"),
    ({"arrived_on": "2026-02-30"}, "arrived_on"),
    ({"person_name": "   "}, "person_name"),
    ({"contact": "x" * 1001}, "contact"),
    ({"document": {"schema": "initiative-proposal/1", "sections": {"nothing": {}}}}, "nothing"),
]


@pytest.mark.parametrize(("changes", "path"), WRONG_PAPERS, ids=[path for _changes, path in WRONG_PAPERS])
def test_what_is_wrong_on_paper_is_told_and_not_kept(shared: World, changes: dict[str, Any], path: str) -> None:
    secretary = shared.caller(SECRETARY)
    answer = secretary.post("/assisted-proposals", PAPER | {"document": of_university()} | changes)
    assert (answer.status_code, [one["path"] for one in answer.get_json(force=True)["errors"]]) == (422, [path])
    assert secretary.does("GET", "/assisted-proposals")["items"] == []


def test_only_the_named_owner_drafts_on_a_cleared_initiative(alone: World) -> None:
    secretary, owner, other = alone.caller(SECRETARY), alone.caller(APPLICANT), alone.caller(ORGANISATION)
    secret = of_university()
    secret["sections"]["name"] |= {"kind": "detail", "initiative_ref": "sk03"}
    given = {"owner": APPLICANT.upper(), "initiative": "sk03", "reason": "Đã xem xét, không có bí mật"}
    assert told(owner.post("/clearances", given)) == (403, "forbidden")
    assert told(owner.get("/clearances")) == (403, "forbidden")
    assert told(owner.post("/proposals", secret)) == (422, "invalid")
    assert secretary.does("POST", "/clearances", given)["owner"] == APPLICANT
    assert secretary.does("POST", "/clearances", given)["initiative"] == "sk03"
    assert [one["owner"] for one in secretary.does("GET", "/clearances")["items"]] == [APPLICANT]
    assert told(other.post("/proposals", secret)) == (422, "invalid")
    assert told(secretary.post("/assisted-proposals", PAPER | {"document": secret})) == (422, "invalid")
    assert owner.post("/proposals", secret).status_code == 201
    for initiative in SECRETS[1:]:
        secret["sections"]["name"]["initiative_ref"] = initiative
        assert told(owner.post("/proposals", secret)) == (422, "invalid"), initiative
    with alone.database.reading() as db:
        mails = db.scalars(select(Outbox.payload).where(Outbox.key.startswith("clearance:"))).all()
        granted = db.scalars(select(AuditEntry.subject).where(AuditEntry.event == "clearance.granted")).all()
        owner_id = db.scalars(select(User.id).where(User.email == APPLICANT)).one()
    assert ([mail["to"] for mail in mails], granted) == ([APPLICANT], [f"user:{owner_id}"])
    (row,) = secretary.does("GET", "/clearances")["items"]
    address, why = f"/clearances/{row['id']}", {"reason": "Thẩm định lại"}
    assert told(owner.delete(address, why)) == (403, "forbidden")
    assert told(secretary.delete(address, {"reason": ""})) == (422, "invalid")
    assert [secretary.delete(address, why).status_code for _ in range(2)] == [204, 404]
    (row,) = secretary.does("GET", "/clearances")["items"]
    assert (row["revoke_reason"], row["revoked_at"] is not None) == ("Thẩm định lại", True)
    secret["sections"]["name"]["initiative_ref"] = "sk03"
    assert told(owner.post("/proposals", secret)) == (422, "invalid")


def test_a_secrecy_mark_is_stopped_in_a_saved_text_and_nothing_stays(alone: World) -> None:
    caller, code = started(alone)
    text = document(caller, code)
    text["sections"]["objectives"]["general"] = "TUYỆT MẬT: vị trí trận địa"
    answer = caller.put(f"/proposals/{code}/document", text)
    assert (told(answer), "trận địa" in answer.text) == ((422, "invalid"), False)
    file = alone.database.url.removeprefix("sqlite:///")
    kept = b"".join(Path(f"{file}{tail}").read_bytes() for tail in ("", "-wal"))
    assert "trận địa".encode() not in kept


def test_a_stranger_cannot_tell_a_sitting_from_none(alone: World) -> None:
    secretary, stranger = alone.caller(SECRETARY), alone.caller(APPLICANT)
    called = {"body": "tt_bcdtw", "starts_at": "2026-12-01T02:00:00Z", "place": "Hà Nội", "items": []}
    session = secretary.does("POST", "/sessions", called)["id"]
    for path, body in (("agenda", {"items": []}), ("attendance", {})):
        there, nowhere = (stranger.put(f"/sessions/{number}/{path}", body) for number in (session, session + 1))
        assert (told(there), there.data) == ((404, "not-found"), nowhere.data)


def test_organisations_registered_later_are_listed(shared: World) -> None:
    items = shared.stranger().does("GET", "/catalogue/organisations")["items"]
    assert [one["id"] for one in items if one["id"] == "demo_university"] == ["demo_university"]
    assert len({one["id"] for one in items}) == len(items)
