"""The demonstration's people calling the API of a running application, and a worker that keeps what was promised."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.catalogue import CRITERIA
from intake.config import Settings
from intake.db import Database
from intake.mail import mailer
from intake.models import Outbox, User
from intake.paths import REPOSITORY
from intake.services import accounts
from intake.services.demo_accounts import UNIVERSITY_NAME_VI
from intake.worker.handlers import Tools, deliver
from tests.api import described
from tests.apps import SECRET, running_app

EXAMPLE = REPOSITORY / "tests" / "data" / "examples" / "full_sk10.json"
NO_PASSWORD = "nobody signs in with a password here"
ORGANISATION, APPLICANT = "organisation@demo.vn", "applicant@demo.vn"
SECRETARY, SECRETARY2 = "secretary@demo.vn", "secretary2@demo.vn"
BYT_LEAD, BYT_REVIEWER, BKHCN_LEAD = "ministry.lead@demo.vn", "ministry.reviewer@demo.vn", "ministry2.lead@demo.vn"
ENGINEER, ADVISER, CHAIR = "engineer.ht3@demo.vn", "adviser@demo.vn", "chair@demo.vn"
MEMBERS = tuple(f"member{number}@demo.vn" for number in range(1, 7))


@cache
def example_text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def example() -> dict[str, Any]:
    """The full example as it is handed in: proposed and to be led by the Ministry of Health."""
    return json.loads(example_text())


def of_university() -> dict[str, Any]:
    """The full example with proposer and intended lead changed to the university."""
    document = example()
    unit = document["sections"]["lead_unit"]
    university = unit["proposer"] | {"name": UNIVERSITY_NAME_VI, "type": "university"}
    unit |= {"proposer_type": "university", "proposer": university, "lead": copy.deepcopy(university)}
    return document


def scores(*given: int | None) -> dict[str, Any]:
    """Six scores in official order, or one for all, each with its reason."""
    marks = given * len(CRITERIA) if len(given) == 1 else given
    return {
        criterion: {"score": mark, "justification": f"Lý do: {criterion}"}
        for criterion, mark in zip(CRITERIA, marks, strict=True)
    }


class Caller:
    """A program with somebody's token; every answer must be one that the OpenAPI document declares."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.app, self.token = app, token

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Call an address below /api/v1, with JSON or a file; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        sent: dict[str, Any] = {} if body is None else {"json": body}
        if isinstance(body, bytes):
            sent = {"data": body}
            named.setdefault("Content-Type", "application/octet-stream")
        url = f"/api/v1{path}"
        response = self.app.test_client().open(url, method=method, headers=named, **sent)
        described.check(method, url, response)
        assert "Set-Cookie" not in response.headers
        return response

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.send("PUT", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.send("DELETE", path, body, **headers)

    def does(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The content of an answer that must be a success."""
        response = self.send(method, path, body, **headers)
        assert response.status_code < 300, f"{method} {path}: {response.status_code} {response.text}"
        return response.get_json(force=True) if response.mimetype == "application/json" else response.data

    def moves(self, code: str, transition: str, reason: str = "", **data: Any) -> Any:
        body: dict[str, Any] = {"transition": transition, "reason": reason}
        return self.does("POST", f"/proposals/{code}/transitions", body | ({"data": data} if data else {}))

    def declares(self, code: str, kind: str = "none") -> Any:
        return self.does("PUT", f"/proposals/{code}/conflict", {"conflicted": kind != "none", "kind": kind})


class World:
    """One application on one database, with the accounts of the demonstration and no proposal."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.database: Database = app.extensions["intake"].database

    def caller(self, email: str, role: str | None = None, scope: str = "write") -> Caller:
        """Somebody's program; acting in `role` where the person has several."""
        with self.database.writing() as db:
            user = db.scalars(select(User).where(User.email == email)).one()
            held = [m for m in accounts.memberships_of(db, user.id) if role in (None, m.role)]
            token = accounts.create_token(db, user, days=1, scope=scope, membership_id=held[0].id)
        return Caller(self.app, token)

    def stranger(self) -> Caller:
        return Caller(self.app, None)

    def work(self) -> None:
        """What the worker does: keep every promise."""
        held = self.app.extensions["intake"]
        tools = Tools(
            self.database, held.files, mailer(held.settings.mail_url, "test@example.vn"), "https://example.vn"
        )
        with self.database.reading() as db:
            waiting = list(db.scalars(select(Outbox.id).where(Outbox.delivered_at.is_(None)).order_by(Outbox.id)))
        for row in waiting:
            deliver(tools, row)


@contextmanager
def running(url: str, folder: Path) -> Iterator[World]:
    """The application in its demonstration on a database with its people."""
    values = {"env": "demo", "data_dir": folder / "data", "database_url": url, "secret_key": SECRET}
    with running_app(Settings.model_validate(values)) as app:
        yield World(app)
