"""A running site with one author at it, and what a browser without JavaScript does with its forms."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from intake import outline
from intake.app import create_app
from intake.cli.demo import add_account, add_university
from intake.config import Settings
from intake.db import Database
from intake.models import Proposal, User
from intake.services import accounts, clearances, seeding
from intake.services.demo_accounts import ACCOUNTS
from tests.postgres import PostgresServer

AUTHOR = "organisation@demo.vn"
Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """The form of a page that is sent to `action`, as a browser fills and reads it; buttons are left out."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.fields = action, {}
        self.is_inside, self.select, self.area = False, "", ""
        self.is_area_fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = has.get("action") == self.action
        if not self.is_inside:
            return
        name, kind = has.get("name", ""), has.get("type")
        if tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in has):
            self.fields.setdefault(name, []).append(has.get("value", ""))
        elif tag == "select":
            self.select, self.fields[name] = name, []
        elif tag == "option" and ("selected" in has or not self.fields[self.select]):
            # Without a chosen answer a list shows its first one, and that is sent.
            self.fields[self.select] = [has["value"]]
        elif tag == "textarea":
            self.area, self.fields[name], self.is_area_fresh = name, [""], True

    def handle_data(self, data: str) -> None:
        if self.is_inside and self.area:
            # A browser drops the line break right after the tag.
            self.fields[self.area][0] += data.removeprefix("\n") if self.is_area_fresh else data
            self.is_area_fresh = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.is_inside = False


class Site:
    """The application, its database, and one signed-in author with one draft."""

    def __init__(self, url: str, folder: Path) -> None:
        people(url)
        values = {"env": "demo", "data_dir": folder, "database_url": url, "secret_key": "s" * 32}
        self.app = create_app(Settings.model_validate(values))
        self.database: Database = self.app.extensions["intake"].database
        self.client = self.app.test_client()
        self.sign_in()
        self.code = self.start()

    def sign_in(self) -> None:
        token = self.form("/login", "/login")["csrf_token"]
        answer = self.client.post("/demo", data={"csrf_token": token, "email": AUTHOR})
        assert answer.status_code == 303, f"nobody can sign in: {answer.status_code}"

    def start(self) -> str:
        """The code of a new draft."""
        fields = self.form("/proposals/new", "/proposals/new")
        fields |= {"name.kind": ["new"], "name.name_vi": ["Trạm đo mưa tự động"]}
        return self.client.post("/proposals/new", data=fields).headers["Location"].rpartition("/")[2]

    def form(self, url: str, action: str) -> Fields:
        """The fields of a form as they are shown."""
        page = self.client.get(url)
        assert page.status_code == 200, f"GET {url}: {page.status_code}"
        reader = FormReader(action)
        reader.feed(page.text)
        return reader.fields

    def edit_url(self, part: str) -> str:
        return f"/proposals/{self.code}/edit/{part}"

    def shown(self, part: str) -> Fields:
        """The form of a section of the draft."""
        return self.form(self.edit_url(part), self.edit_url(part))

    def send(self, part: str, fields: Any, **options: Any) -> TestResponse:
        return self.client.post(self.edit_url(part), data=fields, **options)

    def document(self) -> dict[str, Any]:
        """The draft as it is stored."""
        with self.database.reading() as db:
            return db.scalars(select(Proposal.document).where(Proposal.code == self.code)).one()

    def put(self, document: dict[str, Any]) -> None:
        """Another text in place of the draft, as an import would store it."""
        assert outline.check_shape(document) == []
        with self.database.writing() as db:
            db.execute(update(Proposal).where(Proposal.code == self.code).values(document=document))

    def clear(self) -> None:
        """Let the author write about the initiatives that are stopped online."""
        with self.database.writing() as db:
            secretary = db.scalars(select(User).where(User.email == "secretary@demo.vn")).one()
            actor = accounts.identity(db, secretary, None).actor
            for initiative in sorted(outline.SECRET_INITIATIVES):
                clearances.grant(db, owner=AUTHOR, initiative=initiative, reason="for the proof", actor=actor)

    def close(self) -> None:
        self.database.dispose()


def people(url: str) -> None:
    """Tables and the accounts of the demonstration; nobody signs in with a password here."""
    database = Database(url)
    seeding.upgrade(database)
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, "no password")
    database.dispose()


@contextmanager
def site(url: str) -> Iterator[Site]:
    """A site on the upgraded or empty database at `url`; INTAKE_ settings of whoever runs the proof do not count."""
    folder = Path(tempfile.mkdtemp(prefix="intake-proof-"))
    ours = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("INTAKE_")}
    made = Site(url, folder)
    try:
        yield made
    finally:
        made.close()
        os.environ.update(ours)
        shutil.rmtree(folder)


@contextmanager
def databases(url: str | None) -> Iterator[list[str]]:
    """The database at `url`, or a fresh one on each engine."""
    if url:
        yield [url]
        return
    server = PostgresServer()
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield [f"sqlite:///{folder}/intake.db", server.create()]
        finally:
            server.stop()
