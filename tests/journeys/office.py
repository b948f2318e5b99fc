"""Everybody of a journey in one place: people at their pages, and the worker who does what was promised."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from intake.i18n import Message, translate
from intake.models import Outbox
from intake.services.demo_accounts import UNIVERSITY_NAME_VI
from intake.worker.handlers import Tools, deliver
from tests.documents import reading
from tests.factories import EXAMPLES
from tests.journeys.visitors import Visitor, words

OWNER = "organisation@demo.vn"
SECRETARY, SECOND_SECRETARY = "secretary@demo.vn", "secretary2@demo.vn"
LEAD, REVIEWER, LEAD2 = "ministry.lead@demo.vn", "ministry.reviewer@demo.vn", "ministry2.lead@demo.vn"
ENGINEER, CHAIR = "engineer.ht3@demo.vn", "chair@demo.vn"
MEMBERS = tuple(f"member{number}@demo.vn" for number in range(1, 7))
CODE = re.compile(r"SK-2026-[0-9A-HJKMNP-TV-Z]{8}")


@dataclass
class Office:
    """One product with its visitors; each person keeps a browser of their own. `code` is the proposal's."""

    enter: Callable[[str], Visitor]
    tools: Tools
    code: str = ""
    visitors: dict[str, Visitor] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/proposals/{self.code}"

    def at(self, email: str) -> Visitor:
        """The person, signed in at first use."""
        if email not in self.visitors:
            self.visitors[email] = self.enter(email)
        return self.visitors[email]

    def work(self) -> int:
        """What the worker would do now; answers how many promises were kept."""
        with self.tools.database.reading() as db:
            waiting = list(db.scalars(select(Outbox.id).where(Outbox.delivered_at.is_(None)).order_by(Outbox.id)))
        for promise in waiting:
            deliver(self.tools, promise)
        return len(waiting)

    def says(self, visitor: Visitor, message: Message) -> bool:
        """Whether the page shows the message in the language of that person."""
        return translate(message, visitor.language) in words(visitor.html)

    def text_of(self, visitor: Visitor, path: str) -> str:
        """The words of a PDF as the person gets it."""
        status, content = visitor.fetch(path)
        assert (status, content[:5]) == (200, b"%PDF-")
        return reading.text(content)


def tools(app: Flask) -> Tools:
    """What the worker of this application works with."""
    own = app.extensions["intake"]
    return Tools(own.database, own.files, own.mailer, own.settings.base_url)


def university_file(folder: Path) -> Path:
    """The full example with the proposer and the intended lead changed to the university of the demonstration."""
    text = json.loads((EXAMPLES / "full_sk10.json").read_text(encoding="utf-8"))
    unit = text["sections"]["lead_unit"]
    unit["proposer_type"] = "university"
    for part in ("proposer", "lead"):
        unit[part] |= {"name": UNIVERSITY_NAME_VI, "type": "university", "email": OWNER}
    path = folder / "university_sk10.json"
    path.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    return path
