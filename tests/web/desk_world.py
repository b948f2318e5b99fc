"""Proposals on the desks of the demonstration's people, and what their pages say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from intake.cli.world import acting
from intake.db import Database
from intake.models import Proposal
from intake.policy import Actor
from tests import factories
from tests.web.conftest import Visitor

SECRETARY, SECOND = "secretary@demo.vn", "secretary2@demo.vn"
LEAD, LEAD2, REVIEWER = "ministry.lead@demo.vn", "ministry2.lead@demo.vn", "ministry.reviewer@demo.vn"
ENGINEER, OTHER_ENGINEER = "engineer.ht3@demo.vn", "engineer.ht1@demo.vn"
ADVISER, CHAIR, MEMBER = "adviser@demo.vn", "chair@demo.vn", "member2@demo.vn"
APPLICANT, ADMIN, AUDITOR = "applicant@demo.vn", "admin@demo.vn", "auditor@demo.vn"


def actor(db: Session, email: str) -> Actor:
    return acting(db, email).actor


@dataclass(frozen=True)
class File:
    """One proposal of a test: its code, and where it stands in the database."""

    code: str
    database: Database

    @property
    def base(self) -> str:
        return f"/proposals/{self.code}"

    def row(self) -> Proposal:
        with self.database.reading() as db:
            return db.query(Proposal).filter_by(code=self.code).one()

    def change(self, work: Callable[[Session, Proposal], Any]) -> None:
        with self.database.writing() as db:
            work(db, db.query(Proposal).filter_by(code=self.code).one())


def receive(db: Session, **changes: Any) -> Proposal:
    """In reception, with one unsettled partner."""
    made = factories.proposal(db, "reception", owner_id=actor(db, APPLICANT).user_id, **changes)
    factories.named(db, made, "owner", "Nguyễn Thị Ước", settled=True)
    factories.named(db, made, "lead", "Trường Đại học Minh họa")
    factories.named(db, made, "partner", "Bộ Công an")
    return made


def route(db: Session, *declared: str, **changes: Any) -> Proposal:
    """With the Ministry of Science leading and Health cooperating; `declared` have no conflict."""
    made = factories.proposal(db, "ministry_review", owner_id=actor(db, APPLICANT).user_id, **changes)
    factories.routing(db, made, "bkhcn")
    factories.routing(db, made, "byt", "cooperating")
    factories.assignment(db, made, actor(db, REVIEWER))
    factories.declaration(db, made, *(actor(db, email) for email in declared))
    return made


def received(database: Database, **changes: Any) -> File:
    with database.writing() as db:
        return File(receive(db, **changes).code, database)


def under_review(database: Database, *declared: str, **changes: Any) -> File:
    with database.writing() as db:
        return File(route(db, *declared, **changes).code, database)


def with_engineer(database: Database, *declared: str, state: str = "engineer_assessment") -> File:
    """Past the ministries: one sheet and both opinions are in."""
    with database.writing() as db:
        made = factories.proposal(
            db,
            state,
            owner_id=actor(db, APPLICANT).user_id,
            engineer_reached_at=factories.clock.now(),
        )
        factories.routing(db, made, "bkhcn")
        factories.routing(db, made, "byt", "cooperating")
        factories.sheet(db, made, actor(db, REVIEWER), 4, 4, 3, 3, 5, None)
        factories.opinion(db, made, actor(db, LEAD), "conditions", conditions=["Thẩm định an toàn dữ liệu."])
        factories.opinion(db, made, actor(db, LEAD2), text="Đề nghị dùng chung kiến trúc.")
        factories.declaration(db, made, *(actor(db, email) for email in declared))
        return File(made.code, database)


def text(answer: TestResponse) -> str:
    """The words of the page, without markup, with single spaces."""
    inside = answer.text.split("<main", 1)[-1].split(">", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def summary(answer: TestResponse) -> list[tuple[str, str]]:
    """Links and words of the error summary."""
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)">(.*?)</a>', found.group(1), re.DOTALL) if found else []
    return [(href, html.unescape(" ".join(words.split()))) for href, words in links]


def revision(visitor: Visitor, url: str) -> str:
    """The revision that the form at `url` carries."""
    found = re.search(r'name="revision" value="(\d+)"', visitor.get(url).text)
    assert found is not None
    return found.group(1)


def english(visitor: Visitor) -> Visitor:
    """The same person reading in English from now on."""
    visitor.get("/help?lang=en")
    return visitor
