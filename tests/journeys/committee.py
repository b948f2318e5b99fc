"""Two sittings, page by page: seven members vote for themselves, or two secretaries hold everything for them.

Each deals with three proposals: two members step back from the first, the second is voted in secret, the third finds
no majority. Whoever walks may be at a browser or a reader of forms.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from intake import clock
from intake.forms.days import DAY
from intake.models import CommitteeSession, Decision, Document
from intake.services.minutes import minutes_facts
from tests.journeys.office import CHAIR, MEMBERS, SECOND_SECRETARY, SECRETARY, Office
from tests.journeys.sitting import NAMES
from tests.journeys.visitors import Visitor, form_of, words

EVERYBODY = (CHAIR, *MEMBERS)
STEP_BACK = MEMBERS[4:]
SCAN = Path(__file__).parent / "ballot.png"
REASON, WORDS = "Từng tư vấn cho nhóm đề xuất.", "Theo kết quả biểu quyết."
CONDITION = "Có quy định giá trị pháp lý của hồ sơ số."
OPEN = dict.fromkeys(EVERYBODY[:5], "approve_with_conditions")
SECRET = dict(zip(EVERYBODY, ("reject",) * 5 + ("approve",) * 2, strict=True))
SPLIT = dict(zip(EVERYBODY, ("approve",) * 3 + ("reject",) * 3 + ("abstain",), strict=True))
OUTCOMES = ("approve_with_conditions", "reject", "defer")


def call(office: Office, codes: list[str]) -> str:
    """A session with these proposals, everybody present, opened; its address."""
    secretary = office.at(SECRETARY)
    secretary.open("/sessions/new")
    told = {"day": clock.today().strftime(DAY), "time": "14:30", "place": "Hà Nội"}
    secretary.send("/sessions/new", {"body": "tt_bcdtw", "mode": "ballot", "items": codes, **told})
    session = secretary.path
    secretary.open(f"{session}/attendance")
    lines = form_of(secretary, f"{session}/attendance").controls
    there = {name: "present" for name in lines if name.endswith("-status")}
    secretary.send(f"{session}/attendance", there)
    secretary.open(session)
    secretary.send(f"{session}/open")
    return session


def by_members(office: Office, codes: list[str]) -> str:
    """Seven members at seven devices of their own; one secretary opens, closes and writes."""
    session = call(office, codes)
    first, second, third = (f"{session}/items/{code}" for code in codes)
    for email in STEP_BACK:
        step_back(office, email, first)
    for item, votes, secret in ((first, OPEN, "no"), (second, SECRET, "yes"), (third, SPLIT, "no")):
        start(office, item, secret)
        for email, choice in votes.items():
            vote(office, email, item, choice, is_secret=secret == "yes")
        finish(office, item)
    conclude(office, session, codes)
    release(office, session, codes)
    return session


def by_secretaries(office: Office, codes: list[str]) -> str:
    """Nobody but the two secretaries is at a page until the chair releases: one records, the other confirms."""
    session = call(office, codes)
    first, second, third = (f"{session}/items/{code}" for code in codes)
    secretary = office.at(SECRETARY)
    for email in STEP_BACK:
        secretary.open(f"{first}/recusal")
        secretary.send(f"{first}/recusal", {"member": email, "reason": REASON})
    for item, votes, secret in ((first, OPEN, "no"), (second, SECRET, "yes"), (third, SPLIT, "no")):
        start(office, item, secret)
        for email, choice in votes.items():
            secretary.open(f"{item}/recorded-ballot")
            final = {"is_final": "y"} if secret == "yes" else {}
            paper = {"scan": SCAN} if (item, email) == (first, CHAIR) else {}
            secretary.send(f"{item}/recorded-ballot", {"member": email, "choice": choice, **final, **paper})
        other = office.at(SECOND_SECRETARY)
        other.open(item)
        if item == first:
            read_scan(other, item)
        other.send(f"{item}/confirm")
        finish(office, item)
    conclude(office, session, codes)
    chair = office.at(CHAIR)
    for code in codes:
        question = f"/proposals/{code}/conflict"
        chair.open(f"{session}/items/{code}")
        if f"{question}?" in chair.html:
            chair.open(f"{question}?next={session}")
            chair.send(question, {"kind": "none"})
    release(office, session, codes)
    return session


def read_scan(visitor: Visitor, item: str) -> None:
    """The one scan that stands beside the ballots to be confirmed."""
    (address,) = set(re.findall(f'href="({item}/scans/[0-9]+)"', visitor.html))
    assert visitor.fetch(address) == (200, SCAN.read_bytes())


def step_back(office: Office, email: str, item: str) -> None:
    member = office.at(email)
    member.open(item)
    member.follow(f"{item}/recusal")
    member.send(f"{item}/recusal", {"reason": REASON})


def start(office: Office, item: str, secret: str) -> None:
    secretary = office.at(SECRETARY)
    secretary.open(item)
    secretary.send(f"{item}/open", {"secret": secret})


def finish(office: Office, item: str) -> None:
    secretary = office.at(SECRETARY)
    secretary.open(item)
    secretary.send(f"{item}/close")


def vote(office: Office, email: str, item: str, choice: str, *, is_secret: bool) -> None:
    """The own page of the ballot: declare if that is still to be done, choose, send."""
    member, ballot = office.at(email), f"{item}/ballot"
    member.open(ballot)
    question = f"/proposals/{item.rsplit('/', 1)[1]}/conflict"
    if f'action="{question}"' in member.html:
        member.send(question, {"kind": "none"})
    member.send(ballot, {"choice": choice, "is_final": "y"} if is_secret else {"choice": choice, "reason": WORDS})
    if not is_secret:
        assert form_of(member, ballot, ("choice",)).controls["choice"].value == choice


def conclude(office: Office, session: str, codes: list[str]) -> None:
    """The conclusions around what was voted, the course of the session, and its end."""
    secretary = office.at(SECRETARY)
    due = (clock.today() + timedelta(days=90)).strftime(DAY)
    condition = {"text": CONDITION, "owner": "Bộ Y tế", "due_on": due}
    for code, outcome in zip(codes, OUTCOMES, strict=True):
        item = f"{session}/items/{code}"
        secretary.open(item)
        entered: dict[str, str] = {"outcome": outcome, "text": WORDS, "reason": WORDS}
        if outcome == OUTCOMES[0]:
            entered |= {f"conditions-0-{name}": value for name, value in condition.items()}
        secretary.send(f"{item}/conclusion", entered)
    secretary.open(session)
    secretary.send(f"{session}/close")


def release(office: Office, session: str, codes: list[str]) -> None:
    chair = office.at(CHAIR)
    chair.open(f"{session}/preview")
    chair.send(f"{session}/release")
    assert chair.path == f"{session}/decisions"
    missing = [code for code in codes if code not in chair.html]
    assert not missing, f"{missing} are not among the decisions: {words(chair.html)}"


def recorded(office: Office, session: str) -> dict[str, Any]:
    """What the minutes of the session tell."""
    with office.tools.database.reading() as db:
        return minutes_facts(db, db.get_one(CommitteeSession, int(session.rsplit("/", 1)[1])))


def check_minutes(office: Office, session: str, *, recorder: str = "") -> None:
    """Quorums, recusals, votes and outcomes as they were, in the facts and on the page."""
    told = recorded(office, session)
    first, second, third = told["items"]
    quorum = {"needed": 5, "is_presided": True, "is_met": True, "entitled": 7, "present": 7}
    smaller = quorum | {"needed": 4, "entitled": 5, "present": 5}
    assert [(one["quorum_at_open"], one["quorum_at_close"]) for one in told["items"]] == [
        (smaller, smaller),
        (quorum, quorum),
        (quorum, quorum),
    ]
    by = recorder or None
    assert [(one["name"], one["reason"], one["recorded_by"]) for one in first["recusals"]] == [
        (NAMES[email], REASON, by or NAMES[email]) for email in STEP_BACK
    ]
    cast = {one["member"]: (one["choice"], one["recorded_by"], one["confirmed_by"]) for one in first["ballots"]}
    confirmer = NAMES[SECOND_SECRETARY] if by else None
    assert [one["member"] for one in first["ballots"] if one["has_scan"]] == ([NAMES[CHAIR]] if by else [])
    assert cast == {NAMES[email]: (choice, by, confirmer) for email, choice in OPEN.items()}
    assert (second["ballots"], given(second)) == ([], {"approve": 2, "reject": 5})
    assert (given(third), third["tally"]["choice"]) == ({"approve": 3, "reject": 3, "abstain": 1}, None)
    assert [one["outcome"] for one in told["items"]] == list(OUTCOMES)
    assert first["conditions"][0]["text"] == CONDITION
    # Who has declared nothing reads no item; for members who were at no page the secretary reads.
    reader = office.at(SECRETARY if recorder else MEMBERS[0])
    reader.open(f"{session}/minutes")
    page = words(reader.html)
    assert (NAMES[STEP_BACK[0]] in page, REASON in page, CONDITION in page) == (True, True, True)


def given(item: dict[str, Any]) -> dict[str, int]:
    return {choice: count for choice, count in item["tally"]["counts"].items() if count}


def check_documents(office: Office, codes: list[str]) -> None:
    """Each decision carries its own vote: who stepped back from the first, counts of the second, the third deferred."""
    with office.tools.database.reading() as db:
        rows = db.execute(
            select(Document.facts, Decision.outcome)
            .join(Decision, Decision.document_id == Document.id)
            .order_by(Decision.id)
        ).all()
    assert [(facts["proposal"]["code"], outcome) for facts, outcome in rows] == list(zip(codes, OUTCOMES, strict=True))
    votes = [facts["vote"] for facts, _outcome in rows]
    assert [(vote["secret"], vote["base"], vote["choice"]) for vote in votes] == [
        (False, 5, "approve_with_conditions"),
        (True, 7, "reject"),
        (False, 7, None),
    ]
    assert votes[0]["recused"] == sorted(NAMES[email] for email in STEP_BACK)


def check_papers(office: Office, codes: list[str]) -> None:
    """The printed decisions, as the worker has made them."""
    office.work()
    chair = office.at(CHAIR)
    texts = [office.text_of(chair, f"/proposals/{code}/decision.pdf") for code in codes]
    assert all(code in text for code, text in zip(codes, texts, strict=True))
    assert CONDITION in texts[0]
    assert all(NAMES[email] in texts[0] for email in STEP_BACK)
