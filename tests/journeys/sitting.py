"""The second half of the way, page by page: called, attended, voted, concluded, released, issued, looked up."""

from __future__ import annotations

import re
from datetime import timedelta

from intake import clock
from intake.forms.days import DAY
from intake.services.demo_accounts import ACCOUNTS, UNIVERSITY_NAME_VI
from tests.journeys.office import CHAIR, MEMBERS, OWNER, SECRETARY, Office
from tests.journeys.reviewing import CONDITION, stands
from tests.journeys.visitors import Visitor, form_of, words

NAMES = {account.email: account.name for account in ACCOUNTS}
VOTERS = (CHAIR, *MEMBERS[:4])
OUTCOME = "approve_with_conditions"
CONCLUSION = "Thường trực Ban Chỉ đạo thống nhất với báo cáo tổng hợp."
REASON = "Đáp ứng các tiêu chí; hạ tầng cần làm rõ."
NUMBER, SIGNER = "05-TB/BCĐTW", "Nguyễn Đăng Khoa"
DRAFT_MARK = "DỰ THẢO"
KEY = re.compile(r"Khóa tra cứu: (\S+)")
DOCUMENT = re.compile(r"/documents/(\w+)")


def call(office: Office) -> str:
    """A session with the proposal on its agenda, everybody's attendance, opened; answers its address."""
    secretary = office.at(SECRETARY)
    secretary.open("/sessions")
    secretary.follow("/sessions/new")
    secretary.send(
        "/sessions/new",
        {
            "body": "tt_bcdtw",
            "day": clock.today().strftime(DAY),
            "time": "14:30",
            "place": "Hà Nội",
            "mode": "ballot",
            "items": [office.code],
        },
    )
    session = secretary.path
    attendance = f"{session}/attendance"
    secretary.follow(attendance)
    secretary.send(attendance, statuses(secretary, attendance))
    secretary.send(f"{session}/open")
    return session


def statuses(secretary: Visitor, action: str) -> dict[str, str]:
    """Those who will vote are there, the others are excused; people stand in the order of the list."""
    lines = [name for name in form_of(secretary, action).controls if name.endswith("-status")]
    page = words(secretary.html)
    listed = sorted((CHAIR, *MEMBERS), key=lambda email: page.rindex(NAMES[email]))
    return {line: "present" if email in VOTERS else "excused" for line, email in zip(lines, listed, strict=True)}


def decide(office: Office, session: str) -> None:
    """Put to the vote, voted, closed, concluded; the session closed."""
    secretary, item = office.at(SECRETARY), f"{session}/items/{office.code}"
    secretary.open(item)
    secretary.send(f"{item}/open", {"secret": "no"})
    for email in VOTERS:
        vote(office, email, item)
    secretary.open(item)
    secretary.send(f"{item}/close")
    due = (clock.today() + timedelta(days=90)).strftime(DAY)
    condition = {"text": CONDITION, "owner": UNIVERSITY_NAME_VI, "due_on": due}
    entered = {f"conditions-0-{name}": value for name, value in condition.items()}
    secretary.send(f"{item}/conclusion", {"outcome": OUTCOME, "text": CONCLUSION, "reason": REASON, **entered})
    secretary.open(session)
    secretary.send(f"{session}/close")


def vote(office: Office, email: str, item: str) -> None:
    """On the own page of the ballot: declare, then choose; the vote comes back as received."""
    member, ballot = office.at(email), f"{item}/ballot"
    member.open(ballot)
    member.send(f"{office.base}/conflict", {"kind": "none"})
    assert member.path == ballot
    choice = "approve" if email == MEMBERS[3] else OUTCOME
    member.send(ballot, {"choice": choice, "reason": CONDITION})
    assert form_of(member, ballot, ("choice",)).controls["choice"].value == choice


def release(office: Office, session: str) -> None:
    """The chair looks at everything once more and releases it in one act."""
    chair = office.at(CHAIR)
    chair.open(session)
    chair.follow(f"{session}/preview")
    assert CONCLUSION in words(chair.html)
    chair.send(f"{session}/release")
    assert chair.path == f"{session}/decisions"
    assert office.code in words(chair.html)


def issue(office: Office, session: str) -> None:
    """The owner reads the draft; with number, date, signer and place it becomes final, under another fingerprint."""
    owner, secretary, paper = office.at(OWNER), office.at(SECRETARY), f"{office.base}/decision.pdf"
    assert owner.fetch(paper)[0] == 202
    office.work()
    draft = office.text_of(owner, paper)
    assert (DRAFT_MARK in draft, NUMBER in draft, office.code in draft, CONDITION in draft) == (True, False, True, True)
    secretary.open(f"{session}/decisions")
    doc = DOCUMENT.findall(secretary.html)[0]
    secretary.follow(f"/documents/{doc}/issue")
    today = clock.today().strftime(DAY)
    entries = {"number": NUMBER, "date": today, "signer": SIGNER, "place": "Hà Nội"}
    secretary.send(f"/documents/{doc}/issue", entries)
    secretary.open(f"{session}/decisions")
    office.work()
    final = office.text_of(owner, paper)
    assert (DRAFT_MARK in final, NUMBER in final, SIGNER in final) == (False, True, True)


def look_up(office: Office) -> None:
    """Anybody with the code and the key of the receipt sees that it is approved, and why; the owner sees it too."""
    owner = office.at(OWNER)
    owner.open(office.base)
    assert stands(office, owner, "approved", is_public=True)
    papers = DOCUMENT.findall(owner.html)
    texts = [office.text_of(owner, f"/documents/{doc}") for doc in dict.fromkeys(papers)]
    (key,) = [found for text in texts for found in KEY.findall(text)]
    public = office.at("")
    public.open("/track")
    public.send("/track", {"code": office.code, "key": key})
    assert stands(office, public, "approved", is_public=True)
    assert CONCLUSION in words(public.html)
    assert f"{CONDITION} {UNIVERSITY_NAME_VI}" in words(public.html)
