"""What people of the account tests get by mail, and who they are."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from intake import clock
from intake.mail import Mail
from intake.models import AuditEntry, Outbox, User
from intake.services import one_time_passwords
from intake.web.resources import Resources
from intake.worker.handlers import Tools, deliver
from tests.conftest import PASSWORD
from tests.web.conftest import Visitor

GOOD = "bốn từ chẳng liên quan"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")
KEY = re.compile(r'<b id="key">([A-Z2-7 ]+)</b>')


class Postbox:
    """Takes what the worker sends, in order."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    def probe(self) -> None:
        """Ready at any time."""


def resources_of(app: Flask) -> Resources:
    return app.extensions["intake"]


def post(app: Flask) -> list[Mail]:
    """Everything promised and not yet delivered, delivered now."""
    own, box = resources_of(app), Postbox()
    with own.database.reading() as db:
        waiting = db.scalars(select(Outbox.id).where(Outbox.delivered_at.is_(None), Outbox.kind == "mail")).all()
    for number in sorted(waiting):
        deliver(Tools(own.database, own.files, box, own.settings.base_url), number)
    return box.mails


def link_in(mail: Mail) -> str:
    """The address in a mail, without its host."""
    found = LINK.search(mail.body)
    assert found is not None, mail.body
    return found.group(1)


def only_link(app: Flask, email: str) -> str:
    """The address in the one mail that this person got just now."""
    [mail] = [mail for mail in post(app) if mail.to == email]
    return link_in(mail)


def events(app: Flask, *names: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Audit entries of these names: event, subject, data."""
    with resources_of(app).database.reading() as db:
        entries = db.scalars(select(AuditEntry).where(AuditEntry.event.in_(names)).order_by(AuditEntry.seq))
        return [(entry.event, entry.subject, entry.data) for entry in entries]


def number_of(app: Flask, email: str) -> int:
    with resources_of(app).database.reading() as db:
        return db.scalars(select(User.id).where(User.email == email)).one()


def registered(app: Flask, email: str, name: str = "Người Mới") -> Visitor:
    """Somebody who has just opened an account, and is signed in."""
    visitor = Visitor(app)
    assert visitor.post("/account/new", {"name": name, "email": email}).status_code == 303
    answer = visitor.post(only_link(app, email), {"password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == "/proposals"
    return visitor


def by_password(app: Flask, email: str, password: str = PASSWORD) -> Visitor:
    visitor = Visitor(app)
    assert visitor.post("/login", {"email": email, "password": password}).status_code == 303
    return visitor


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def enrolled(visitor: Visitor) -> tuple[str, list[str]]:
    """Set up a second factor: the secret and the recovery codes."""
    assert visitor.post("/account/second-factor").status_code == 303
    shown = KEY.search(visitor.get("/account/second-factor").text)
    assert shown is not None
    secret = shown.group(1).replace(" ", "")
    answer = visitor.post("/account/second-factor/confirm", {"code": code_now(secret)})
    assert answer.status_code == 200
    return secret, re.findall(r'<li class="app-num">([0-9A-Z-]+)</li>', answer.text)


def code_now(secret: str, later: int = 0) -> str:
    return one_time_passwords.code_of(secret, one_time_passwords.step_at(clock.now()) + later)
