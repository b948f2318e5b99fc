"""The order of the checks, each kind of problem, what happens twice, and who overwrites whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from intake.models import Idempotency, ProposalVersion
from intake.services.demo_accounts import UNIVERSITY
from tests.api.callers import (
    APPLICANT,
    BKHCN_LEAD,
    BYT_LEAD,
    CHAIR,
    ENGINEER,
    MEMBERS,
    ORGANISATION,
    SECRETARY,
    of_university,
    scores,
)

SHEET = {"scores": {"impact": {"score": 4, "justification": "Rõ."}}, "submit": True}


def told(response):
    return response.status_code, response.get_json(force=True)["type"]


def drafted(world):
    return world.caller(ORGANISATION).does("POST", "/proposals", of_university())["code"]


def routed(world):
    """A proposal with the Ministry of Science as lead and the Ministry of Health cooperating."""
    code = drafted(world)
    world.caller(ORGANISATION).moves(code, "submit")
    secretary = world.caller(SECRETARY)
    secretary.does("PUT", f"/proposals/{code}/organisations", {"lead": UNIVERSITY, "partners": []})
    secretary.moves(code, "accept", lead="bkhcn", cooperating=["byt"])
    return code


def test_checks_come_in_their_order(world):
    code = routed(world)
    path = f"/proposals/{code}/score-sheet"
    wrong = {"submit": "perhaps"}
    assert told(world.caller(ENGINEER).put(path, wrong)) == (404, "not-found")
    lead = world.caller(BKHCN_LEAD)
    assert told(lead.put(path, wrong)) == (403, "declare-first")
    lead.declares(code)
    assert told(lead.put(path, wrong)) == (403, "forbidden")
    lead.does("POST", f"/proposals/{code}/assignments", {"reviewer": BKHCN_LEAD})
    assert told(lead.put(path, wrong)) == (422, "invalid")
    assert told(lead.put(path, SHEET)) == (422, "incomplete")
    secretary = world.caller(SECRETARY)
    assert told(secretary.put(f"/proposals/{code}/synthesis", wrong)) == (409, "illegal-move")
    assert told(secretary.post(f"/proposals/{code}/transitions", {"transition": "refer"})) == (409, "illegal-move")


def test_unknown_and_invisible_look_the_same(alone):
    code = drafted(alone)
    applicant = alone.caller(APPLICANT)
    for path in ("", "/document", "/problems", "/history", "/synthesis", "/decision.pdf"):
        hidden, unknown = (applicant.get(f"/proposals/{one}{path}") for one in (code, "SK-2026-00000000"))
        assert (hidden.status_code, hidden.data) == (404, unknown.data)


def test_cover_is_all_that_is_seen_before_declaring(alone):
    code = routed(alone)
    lead = alone.caller(BYT_LEAD)
    cover = lead.does("GET", f"/proposals/{code}")
    assert (cover["details"], cover["transitions"]) == (None, [])
    assert [row["code"] for row in lead.does("GET", "/proposals")["items"]] == [code]
    assert told(lead.get(f"/proposals/{code}/document")) == (403, "declare-first")
    (task,) = lead.does("GET", "/queue")["items"]
    assert (task["code"], task["must_declare"]) == (code, True)
    lead.declares(code, "family")
    assert told(lead.get(f"/proposals/{code}")) == (404, "not-found")
    (line,) = lead.does("GET", "/queue")["items"]
    assert (line["kind"], line["title"], line["code"]) == ("recused", "", code)
    undone = alone.caller(SECRETARY).delete(f"/proposals/{code}/conflicts/{BYT_LEAD}", {"reason": "Khai nhầm."})
    assert (undone.status_code, undone.data) == (204, b"")
    assert lead.does("GET", f"/proposals/{code}")["details"] is None


def test_outcomes_belong_to_a_session(alone):
    code = routed(alone)
    move = {"transition": "merge", "reason": "Trùng nội dung.", "data": {"into": "SK-2026-00000000"}}
    lead, secretary = alone.caller(BKHCN_LEAD), alone.caller(SECRETARY)
    lead.declares(code)
    lead.does("POST", f"/proposals/{code}/assignments", {"reviewer": BKHCN_LEAD})
    lead.does("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(4), "submit": True})
    position = {"position": "agree", "text": "Đồng ý.", "submit": True}
    lead.does("PUT", f"/proposals/{code}/opinion", position)
    other = alone.caller(BYT_LEAD)
    other.declares(code)
    other.does("PUT", f"/proposals/{code}/opinion", position)
    lead.moves(code, "conclude_review", reason="Đủ căn cứ.")
    engineer = alone.caller(ENGINEER)
    engineer.declares(code)
    engineer.does("PUT", f"/proposals/{code}/score-sheet", {"scores": scores(4), "submit": True})
    engineer.does("PUT", f"/proposals/{code}/assessment", position)
    engineer.moves(code, "assess")
    secretary.does("PUT", f"/proposals/{code}/synthesis", {"summary": "Thống nhất.", "differences": []})
    secretary.moves(code, "refer")
    assert told(secretary.post(f"/proposals/{code}/transitions", move)) == (409, "decided-in-session")
    approve = {"transition": "approve"}
    chair = alone.caller(CHAIR)
    chair.declares(code)
    assert told(chair.post(f"/proposals/{code}/transitions", approve)) == (409, "decided-in-session")
    assert told(secretary.post(f"/proposals/{code}/transitions", approve)) == (403, "forbidden")
    without_quorum(alone, code)


def without_quorum(world, code):
    secretary, member = world.caller(SECRETARY), world.caller(MEMBERS[1])
    body = {"body": "tt_bcdtw", "starts_at": "2026-12-24T14:00:00+07:00", "place": "Hà Nội", "items": [code]}
    address = f"/sessions/{secretary.does('POST', '/sessions', body)['id']}"
    assert [row["number"] for row in member.does("GET", "/sessions")["items"]] == [1]
    assert told(member.put(f"{address}/attendance", {})) == (403, "forbidden")
    assert told(world.caller(BYT_LEAD).get(address)) == (404, "not-found")
    secretary.does("PUT", f"{address}/attendance", {CHAIR: "present"})
    secretary.does("POST", f"{address}/transitions", {"transition": "open"})
    refused = secretary.post(f"{address}/items/{code}/transitions", {"transition": "open"})
    assert told(refused) == (422, "incomplete")
    assert refused.get_json(force=True)["problems"][0]["rule"] == "quorum"
    blocked = world.caller(CHAIR).post(f"{address}/release", {}, Accept_Language="en")
    assert told(blocked) == (409, "illegal-move")
    assert blocked.get_json(force=True)["blocked"] == [{"code": code, "reason": "The vote on this item is not closed."}]


def test_silence_of_a_ministry_is_not_closed_before_its_day(alone):
    code = routed(alone)
    lead = alone.caller(BKHCN_LEAD)
    lead.declares(code)
    early = lead.post(f"/proposals/{code}/no-opinion", {"body": "byt", "reason": "Chưa trả lời."})
    assert told(early) == (409, "illegal-move")


def test_assignment_ends_with_a_reason(alone):
    code = routed(alone)
    lead = alone.caller(BKHCN_LEAD)
    lead.declares(code)
    asked = lead.does("POST", f"/proposals/{code}/assignments", {"reviewer": BKHCN_LEAD})
    path = f"/proposals/{code}/assignments/{asked['id']}"
    assert told(lead.delete(path)) == (422, "invalid")
    assert lead.delete(f"{path}?reason=Bận").status_code == 204
    (line,) = lead.does("GET", f"/proposals/{code}/assignments")["items"]
    assert (line["id"], line["end_reason"]) == (asked["id"], "Bận")
    both = {"reviewer": BKHCN_LEAD, "adviser": "adviser@demo.vn"}
    assert told(alone.caller(SECRETARY).post(f"/proposals/{code}/assignments", both)) == (422, "invalid")


def test_writers_of_a_draft_do_not_overwrite_each_other(world):
    code = drafted(world)
    owner, path = world.caller(ORGANISATION), f"/proposals/{code}/document"
    read = owner.get(path)
    text, tag = read.get_json(force=True), read.headers["ETag"]
    assert (tag, text["code"]) == ('"1"', code)
    assert owner.get(path, If_None_Match=tag).status_code == 304
    assert owner.get(path, If_Match='"9"').status_code == 200
    text["sections"]["name"]["name_vi"] = "Tên mới của sáng kiến"
    saved = owner.put(path, text, If_Match=tag)
    assert (saved.status_code, saved.headers["ETag"]) == (200, '"2"')
    assert told(owner.put(path, text, If_Match=tag)) == (409, "stale")
    assert told(owner.put(path, text, If_Match="nonsense")) == (409, "stale")
    assert owner.put(path, text, If_Match="*").headers["ETag"] == '"3"'
    stale = {"transition": "submit", "document_revision": 2}
    assert told(owner.post(f"/proposals/{code}/transitions", stale)) == (409, "stale")
    assert told(owner.post(f"/proposals/{code}/transitions", {"transition": "submit", "revision": 7})) == (409, "stale")
    assert owner.does("GET", f"/proposals/{code}")["state"] == "draft"
    standing = owner.does(
        "POST", f"/proposals/{code}/transitions", {"transition": "submit", "revision": 0, "document_revision": 3}
    )
    assert (standing["state"], standing["revision"]) == ("reception", 1)
    assert told(owner.put(path, text)) == (409, "illegal-move")
    frozen = owner.get(f"{path}?version=1")
    details = owner.does("GET", f"/proposals/{code}")["details"]
    assert frozen.headers["ETag"] == f'"{details["versions"][0]["sha256"]}"'
    assert told(owner.get(f"{path}?version=2")) == (404, "not-found")


def test_document_goes_in_and_comes_out_the_same(alone):
    code = drafted(alone)
    sent = of_university()
    got = alone.caller(ORGANISATION).does("GET", f"/proposals/{code}/document")
    assert got.pop("code") == code
    assert got["sections"] == sent["sections"]


def test_incomplete_text_is_not_submitted(alone):
    owner, document = alone.caller(ORGANISATION), of_university()
    document["sections"]["name"]["name_vi"] = None
    made = owner.does("POST", "/proposals", document)
    response = owner.post(f"/proposals/{made['code']}/transitions", {"transition": "submit"})
    problems = response.get_json(force=True)["problems"]
    assert told(response) == (422, "incomplete")
    assert [(one["section"], one["severity"]) for one in problems] == [("name", "error")]
    assert problems[0]["message"] in {one["message"] for one in made["problems"]}


def test_same_submission_five_times_makes_one_version(world):
    code = drafted(world)
    owner = world.caller(ORGANISATION)

    def submit(_: int) -> tuple[int, bytes]:
        response = owner.post(f"/proposals/{code}/transitions", {"transition": "submit"}, Idempotency_Key="a-key")
        return response.status_code, response.data

    with ThreadPoolExecutor(5) as pool:
        answers = set(pool.map(submit, range(5)))
    assert len(answers) == 1
    assert {status for status, _ in answers} == {200}
    with world.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(ProposalVersion)) == 1
        assert db.scalar(select(func.count()).select_from(Idempotency)) == 1


def test_key_is_of_one_request_and_of_one_address(world):
    owner = world.caller(ORGANISATION)
    first = owner.post("/proposals", of_university(), Idempotency_Key="k")
    again = owner.post("/proposals", of_university(), Idempotency_Key="k")
    assert (first.status_code, first.data, first.headers["Location"]) == (201, again.data, again.headers["Location"])
    other = of_university()
    other["sections"]["name"]["name_vi"] = "Sáng kiến khác"
    assert told(owner.post("/proposals", other, Idempotency_Key="k")) == (422, "invalid")
    code = first.get_json(force=True)["code"]
    assert owner.put(f"/proposals/{code}/document", other, Idempotency_Key="k").status_code == 200
    assert told(owner.post("/proposals", other, Idempotency_Key="k" * 201)) == (422, "invalid")
    assert [row["code"] for row in owner.does("GET", "/proposals")["items"]] == [code]


def test_refused_request_leaves_its_key_free(alone):
    code = drafted(alone)
    owner = alone.caller(ORGANISATION)
    path, wrong = f"/proposals/{code}/transitions", {"transition": "submit", "revision": 9}
    assert told(owner.post(path, wrong, Idempotency_Key="k")) == (409, "stale")
    assert owner.post(path, {"transition": "submit"}, Idempotency_Key="k").status_code == 200


def test_clearance_opens_a_stopped_initiative_to_one_owner(alone):
    owner, document = alone.caller(ORGANISATION), of_university()
    document["sections"]["name"]["initiative_ref"] = "sk03"
    assert told(owner.post("/proposals", document)) == (422, "invalid")
    body = {"owner": ORGANISATION, "initiative": "sk03", "reason": "Đã thống nhất."}
    assert told(owner.post("/clearances", body)) == (403, "forbidden")
    assert alone.caller(SECRETARY).does("POST", "/clearances", body) == body
    assert owner.post("/proposals", document).status_code == 201
    assert told(alone.caller(APPLICANT).post("/proposals", document)) == (422, "invalid")


def named(number):
    document = of_university()
    document["sections"]["name"]["name_vi"] += f" ({number})"
    return document


def pages(caller, path, limit):
    """The codes of each page of a list, read to its end."""
    found, after = [], ""
    while after is not None:
        page = caller.does("GET", f"{path}?limit={limit}" + (f"&after={after}" if after else ""))
        found.append([row["code"] for row in page["items"]])
        after = page["next"]
    return found


def test_lists_are_read_page_by_page(world):
    owner, secretary = world.caller(ORGANISATION), world.caller(SECRETARY)
    codes = [owner.does("POST", "/proposals", named(number))["code"] for number in range(3)]
    for code in codes[:2]:
        owner.moves(code, "submit")
    newest_first = codes[::-1]
    for limit in (1, 2, 3):
        assert pages(owner, "/proposals", limit) == [newest_first[at : at + limit] for at in range(0, 3, limit)]
    received = owner.does("GET", "/proposals?state=reception&system=ht3&q=y+te+thong+minh")["items"]
    assert [row["code"] for row in received] == codes[1::-1]
    assert owner.does("GET", "/proposals?system=ht1")["items"] == []
    first, second = sorted(codes[:2])
    assert pages(secretary, "/queue", 1) == [[first], [second]]
