"""A sitting of the demonstration's Standing Board, worked through pages only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cli.world import acting
from intake.db import Database
from intake.models import Membership, User
from intake.services import conflicts, proposals
from tests.services import sittings
from tests.web.conftest import Visitor
from tests.web.desk_world import english, text

SECRETARY, SECOND, CHAIR, DEPUTY = "secretary@demo.vn", "secretary2@demo.vn", "chair@demo.vn", "member1@demo.vn"
MEMBERS = tuple(f"member{number}@demo.vn" for number in range(1, 7))
EVERYBODY = (CHAIR, *MEMBERS)
MAJORITY = EVERYBODY[:4]  # of seven who are there
STRANGER = "member7@demo.vn"  # sits in the wider committee only
APPLICANT, REVIEWER, ADMIN = "applicant@demo.vn", "ministry.reviewer@demo.vn", "admin@demo.vn"
PLACE = "Trụ sở Văn phòng Trung ương Đảng"
CONDITION = {
    "conditions-0-text": "Có quy định giá trị pháp lý",
    "conditions-0-owner": "Bộ Y tế",
    "conditions-0-due_on": "30/06/2027",
}


@dataclass
class Room:
    """Who is signed in, and the session that they hold; every act is a form that is sent."""

    database: Database
    sign_in: Callable[[str], Visitor]
    codes: list[str]
    url: str = ""
    people: dict[str, Visitor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def visitor(self, email: str) -> Visitor:
        """The person in a browser that reads English."""
        if email not in self.people:
            self.people[email] = english(self.sign_in(email))
            self.tokens[email] = self.people[email].token()
        return self.people[email]

    def act_as(self, email: str, role: str) -> Visitor:
        """The person in another of their roles."""
        visitor = self.visitor(email)
        with self.database.reading() as db:
            own = select(Membership.id).join(User, User.id == Membership.user_id)
            membership = db.scalars(own.where(User.email == email, Membership.role == role)).one()
        assert visitor.post("/act-as", {"membership": membership}).status_code == 303
        return visitor

    def item(self, number: int = 0) -> str:
        return f"{self.url}/items/{self.codes[number]}"

    def read(self, email: str, url: str) -> str:
        """The words of a page that the person may open."""
        answer = self.visitor(email).get(url)
        assert answer.status_code == 200, (url, answer.status_code, text(answer)[-400:])
        return text(answer)

    def post(self, email: str, url: str, data: dict[str, Any] | None = None) -> TestResponse:
        """A form sent with the token of the person's cookie, whatever the answer."""
        client = self.visitor(email).client
        return client.post(url, data={"csrf_token": self.tokens[email]} | (data or {}))

    def send(self, email: str, url: str, **data: Any) -> str:
        """A form that is accepted; where it leads."""
        answer = self.post(email, url, data)
        assert answer.status_code == 303, (url, answer.status_code, text(answer)[:1500])
        return answer.headers["Location"]

    def refused(self, email: str, url: str, status: int, **data: Any) -> TestResponse:
        """A form that is refused; the page that says why."""
        answer = self.post(email, url, data)
        assert answer.status_code == status, (url, answer.status_code, text(answer)[:1500])
        return answer

    def call(self, **changes: Any) -> str:
        """A session with all proposals on its agenda."""
        asked = {"body": "tt_bcdtw", "day": "24/11/2026", "time": "14:30", "place": PLACE, "mode": "ballot"}
        self.url = self.send(SECRETARY, "/sessions/new", **asked | {"items": self.codes} | changes)
        return self.url

    def attend(self, **statuses: str) -> str:
        """Record everybody as present but those named, by the part of the address before the @."""
        names = [row.split("@")[0] for row in self.listed()]
        sent = {f"person-{number}-status": statuses.get(name, "present") for number, name in enumerate(names)}
        return self.send(SECRETARY, f"{self.url}/attendance", **sent)

    def listed(self) -> list[str]:
        """Addresses in the order of the list."""
        secretary = self.actor(SECRETARY)
        with self.database.reading() as db:
            session = sittings.sessions.get(db, self.number, actor=secretary)
            return [row.user.email for row in session.attendance]

    @property
    def number(self) -> int:
        return int(self.url.rsplit("/", 1)[1])

    def actor(self, email: str, *roles: str) -> Any:
        with self.database.reading() as db:
            return acting(db, email, *roles).actor

    def begin(self, **statuses: str) -> None:
        """Called, attended and opened; everybody has declared."""
        self.call()
        self.attend(**statuses)
        self.declare(*EVERYBODY)
        self.send(SECRETARY, f"{self.url}/open")

    def declare(self, *emails: str, kind: str = "none") -> None:
        """The word of each on conflicts of interest, for every proposal."""
        for email in emails:
            role = "committee_chair" if email == CHAIR else "committee_member"
            actor = self.actor(email, role)
            with self.database.writing() as db:
                for code in self.codes:
                    proposal = proposals.get(db, code, actor=actor, action="conflict.declare")
                    conflicts.declare(db, proposal, conflicted=kind != "none", kind=kind, actor=actor)

    def vote(self, email: str, choice: str, number: int = 0, **more: Any) -> str:
        return self.send(email, f"{self.item(number)}/ballot", choice=choice, **more)

    def decide(self, choice: str, number: int = 0, **conclusion: Any) -> None:
        """Open an item, a majority votes alike, close it and write the conclusion."""
        self.send(SECRETARY, f"{self.item(number)}/open")
        for email in MAJORITY:
            self.vote(email, choice, number)
        self.send(SECRETARY, f"{self.item(number)}/close")
        words = {"outcome": choice, "text": "Thống nhất với báo cáo tổng hợp.", "reason": "Đáp ứng các tiêu chí."}
        self.send(SECRETARY, f"{self.item(number)}/conclusion", **words | conclusion)


def waiting(database: Database, count: int) -> list[str]:
    """Proposals that wait for the committee."""
    with database.writing() as db:
        return [sittings.proposal(db, number).code for number in range(1, count + 1)]
