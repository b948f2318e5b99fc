"""What an applicant's browser does: read the boxes of a form, type into them, send everything back."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from intake import outline
from intake.db import Database
from intake.models import Proposal, ProposalVersion
from tests.web.conftest import Visitor

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """The fields of every form of a page, by the form's address, as a browser would send them; buttons are not."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self.form: Fields | None = None
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = self.forms.setdefault(has.get("action", ""), {})
        if self.form is None:
            return
        if tag == "input" and has.get("name"):
            self.add_input(self.form, has)
        elif tag == "select":
            self.select = has["name"]
            self.form[self.select] = [""]
        elif tag == "option" and "selected" in has:
            self.form[self.select] = [has["value"]]
        elif tag == "textarea":
            self.area = has["name"]
            self.form[self.area] = [""]

    def add_input(self, form: Fields, has: dict[str, str]) -> None:
        is_box = has.get("type") in ("checkbox", "radio")
        if has.get("type") != "file" and (not is_box or "checked" in has):
            form.setdefault(has["name"], []).append(has.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.area:
            self.form[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.form = None


def form_of(page: TestResponse, action: str) -> Fields:
    """The fields of the form that is sent to `action`."""
    reader = FormReader()
    reader.feed(page.text)
    return reader.forms[action]


def in_english(visitor: Visitor) -> Visitor:
    """The same visitor, who reads English from now on."""
    visitor.get("/?lang=en")
    return visitor


def example(file: str = "full_sk10", **changes: Any) -> dict[str, Any]:
    """An example file; `changes` replace sections."""
    data = json.loads((EXAMPLES / f"{file}.json").read_text(encoding="utf-8"))
    data["sections"] |= changes
    return data


def upload(visitor: Visitor, content: bytes | dict[str, Any], name: str = "proposal.json") -> TestResponse:
    """Send a file to start a proposal from."""
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    fields = form_of(visitor.get("/proposals/new"), "/proposals/new/file")
    return visitor.post("/proposals/new/file", fields | {"file": (io.BytesIO(raw), name)})


def started(visitor: Visitor, **changes: Any) -> str:
    """The code of a draft made from the full example."""
    answer = upload(visitor, example(**changes))
    assert (answer.status_code, answer.location[:14]) == (303, "/proposals/SK-")
    return answer.location.rsplit("/", 1)[1]


def edit_url(code: str, part: str) -> str:
    return f"/proposals/{code}/edit/{part}"


def boxes(visitor: Visitor, code: str, part: str) -> Fields:
    """The form of a section as the visitor sees it now."""
    page = visitor.get(edit_url(code, part))
    assert page.status_code == 200
    return form_of(page, edit_url(code, part))


def typed(fields: Fields, **texts: str | list[str]) -> Fields:
    """The form after typing; `__` stands for the dots of a name."""
    changed = {name.replace("__", "."): [text] if isinstance(text, str) else text for name, text in texts.items()}
    return fields | changed


def send(visitor: Visitor, code: str, part: str, fields: Fields, **buttons: str) -> TestResponse:
    """Send a section; `go="next"` or `row="add:..."` name the button."""
    return visitor.post(edit_url(code, part), {**fields, **buttons})


def stored(database: Database, code: str) -> dict[str, Any]:
    """The draft as it stands in the database."""
    with database.reading() as db:
        return db.scalars(select(Proposal.document).where(Proposal.code == code)).one()


def proposal(database: Database, code: str) -> Proposal:
    with database.reading() as db:
        return db.scalars(select(Proposal).where(Proposal.code == code)).one()


def sections(database: Database, code: str) -> dict[str, Any]:
    """The sections as they are exported: codes, no ids."""
    return outline.export_proposal(stored(database, code))["sections"]


def versions(database: Database, code: str) -> list[int]:
    with database.reading() as db:
        found = select(ProposalVersion.number).join(Proposal).where(Proposal.code == code)
        return list(db.scalars(found.order_by(ProposalVersion.number)))


def drafts(database: Database) -> int:
    """How many proposals there are at all."""
    with database.reading() as db:
        return len(db.scalars(select(Proposal.id)).all())


def words(page: TestResponse) -> str:
    """What a person reads on a page, without the markup."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.S)
    plain = re.sub(r"<[^>]+>", " ", text)
    return " ".join(plain.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&").split())


def submitted(visitor: Visitor, code: str) -> TestResponse:
    """Read the whole text and submit it."""
    address = f"/proposals/{code}/submit"
    return visitor.post(address, form_of(visitor.get(address), address))
