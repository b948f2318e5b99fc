"""Sittings put off and called off, their agenda put in order, their minutes, and what the public reads afterwards."""

from __future__ import annotations

from typing import Any

from tests.api.callers import BYT_LEAD, CHAIR, MEMBERS, SECRETARY, World
from tests.web.sitting_world import SECOND, waiting

LATER = {"starts_at": "2032-11-30T02:15:00Z", "place": "Phòng họp số 2", "reason": "Vắng chủ trì."}
CONDITION = {"text": "Có quy định giá trị pháp lý", "owner": "byt", "due_on": "2027-06-30"}
NOTES = "Các thành viên thảo luận về nguồn vốn."
VOTERS = (CHAIR, *MEMBERS[:3])


def called(world: World, codes: list[str]) -> str:
    body = {"body": "tt_bcdtw", "starts_at": "2026-12-24T14:00:00+07:00", "place": "Hà Nội", "items": codes}
    return f"/sessions/{world.caller(SECRETARY).does('POST', '/sessions', body)['id']}"


def refusal(answer: Any) -> tuple[int, list[str]]:
    return answer.status_code, [one["path"] for one in answer.get_json(force=True).get("errors", [])]


def test_session_is_put_in_order_postponed_and_cancelled(alone: World) -> None:
    codes = waiting(alone.database, 3)
    address, secretary = called(alone, codes), alone.caller(SECRETARY)
    ordered = [codes[2], codes[0], codes[1]]
    told = secretary.does("PUT", f"{address}/agenda", {"items": ordered})
    assert [(one["position"], one["code"]) for one in told["items"]] == list(enumerate(ordered, 1))
    for act, path, body in (("PUT", "schedule", LATER), ("POST", "cancellation", {"reason": "Lấy ý kiến."})):
        asked = f"{address}/{path}"
        assert alone.caller(CHAIR).send(act, asked, body).status_code == 403
        assert alone.caller(BYT_LEAD).send(act, asked, body).status_code == 404
        assert refusal(secretary.send(act, asked, body | {"reason": " "})) == (422, ["reason"])
    told = secretary.does("PUT", f"{address}/schedule", LATER)
    assert (told["starts_at"], told["place"], told["state"]) == (LATER["starts_at"], LATER["place"], "planned")
    assert [one["code"] for one in told["items"]] == ordered
    told = secretary.does("POST", f"{address}/cancellation", {"reason": "Lấy ý kiến bằng văn bản."})
    assert (told["state"], told["items"]) == ("cancelled", [])
    assert secretary.put(f"{address}/schedule", LATER).status_code == 409
    minutes = secretary.does("GET", f"{address}/minutes")
    assert (minutes["change_reason"], minutes["state"], minutes["items"]) == (
        "Lấy ý kiến bằng văn bản.",
        "cancelled",
        [],
    )


def decided(world: World, address: str, code: str) -> None:
    """Two secretaries record and confirm four votes; the conclusion is prepared and the session closed."""
    secretary, item = world.caller(SECRETARY), f"{address}/items/{code}"
    secretary.does("PUT", f"{address}/attendance", dict.fromkeys((CHAIR, *MEMBERS), "present"))
    secretary.does("POST", f"{address}/transitions", {"transition": "open"})
    secretary.does("POST", f"{item}/transitions", {"transition": "open"})
    for email in VOTERS:
        secretary.does("PUT", f"{item}/ballot", {"choice": "approve_with_conditions", "on_behalf_of": email})
    secretary.does("PUT", f"{item}/ballots/{CHAIR}/scan", b"%PDF-1.7 phieu")
    world.caller(SECOND).does("PUT", f"{item}/ballots-confirmation")
    secretary.does("POST", f"{item}/transitions", {"transition": "close"})
    conclusion = {"outcome": "approve_with_conditions", "text": "Thống nhất.", "conditions": [CONDITION]}
    secretary.does("PUT", f"{item}/conclusion", conclusion)
    secretary.does("POST", f"{address}/transitions", {"transition": "close"})


def test_minutes_are_read_by_members_and_conditions_by_the_public_from_release_on(alone: World) -> None:
    (code,) = waiting(alone.database, 1)
    address = called(alone, [code])
    decided(alone, address, code)
    secretary, member = alone.caller(SECRETARY), alone.caller(MEMBERS[3])
    member.declares(code)
    assert member.get(f"{address}/minutes").status_code == 404
    assert member.put(f"{address}/minutes", {"notes": NOTES}).status_code == 403
    assert refusal(secretary.put(f"{address}/minutes", {"notes": 5})) == (422, ["notes"])
    written = secretary.does("PUT", f"{address}/minutes", {"notes": NOTES})
    (item,) = written["items"]
    assert (item["outcome"], item["conditions"], item["decision"]) == ("approve_with_conditions", [CONDITION], None)
    assert (item["quorum_at_open"]["present"], item["tally"]["counts"]["approve_with_conditions"]) == (7, 4)
    assert [(one["recorded_by"], one["has_scan"]) for one in item["ballots"]].count(("Phạm Văn Đức", True)) == 1
    public = f"/track/{code}?key=ABC123"
    assert alone.stranger().does("GET", public)["conditions"] == []
    chair = alone.caller(CHAIR, "committee_chair")
    chair.declares(code)
    chair.does("POST", f"{address}/release", {})
    read = member.does("GET", f"{address}/minutes")
    assert (read["notes"], read["is_released"], read["items"][0]["outcome"]) == (NOTES, True, item["outcome"])
    assert alone.stranger().does("GET", public)["conditions"] == [CONDITION | {"owner": "Bộ Y tế"}]
