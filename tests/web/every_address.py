"""Every address of the application that names a proposal or one of its papers, found in its own table of routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intake.models import User
from intake.services import accounts
from tests.web.conftest import Visitor

API = "/api/"
OPEN_TO_ALL = {"/api/v1/track/<code>", "/verify/<doc>"}
METHODS = ("GET", "POST", "PUT", "DELETE")
WORDS = {"section": "name", "transition": "request_supplement", "email": "applicant@demo.vn", "body": "byt"}


@dataclass(frozen=True)
class Address:
    """One route with one method."""

    rule: Rule
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def is_api(self) -> bool:
        return self.rule.rule.startswith(API)

    def url(self, app: Flask, code: str, doc: str, session: int = 1) -> str:
        """The address of this proposal, with something fitting in every other place."""
        given: dict[str, Any] = {"code": code, "doc": doc, "id": session, "session_id": session, **WORDS}
        values = {name: given.get(name, 1) for name in self.rule.arguments}
        return app.url_map.bind("localhost").build(self.rule.endpoint, values, method=self.method)


def addresses(app: Flask) -> Iterator[Address]:
    """All that name a proposal (`<code>`) or a paper (`<doc>`) and are not for everybody."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        if rule.arguments & {"code", "doc"} and rule.rule not in OPEN_TO_ALL:
            yield from (Address(rule, method) for method in METHODS if method in (rule.methods or ()))


class Person:
    """Somebody at pages and with a program of their own."""

    def __init__(self, app: Flask, email: str, role: str | None = None) -> None:
        self.app, self.email = app, email
        self.visitor = Visitor(app)
        assert self.visitor.post("/demo", {"email": email}).status_code == 303
        self.visitor.get("/help?lang=en")
        self.form_token = self.visitor.token()
        with app.extensions["intake"].database.writing() as db:
            user = db.scalars(select(User).where(User.email == email)).one()
            held = [one for one in accounts.memberships_of(db, user.id) if role in (None, one.role)]
            bearer = accounts.create_token(db, user, days=1, scope="write", membership_id=held[0].id)
        self.headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": "en"}

    def asks(self, address: Address, url: str) -> TestResponse:
        """The answer to a request that says nothing but where it goes."""
        if address.is_api:
            body: dict[str, Any] = {} if address.method == "GET" else {"json": {}}
            return self.app.test_client().open(url, method=address.method, headers=self.headers, **body)
        data: dict[str, Any] = {} if address.method == "GET" else {"data": {"csrf_token": self.form_token}}
        return self.visitor.client.open(url, method=address.method, **data)
