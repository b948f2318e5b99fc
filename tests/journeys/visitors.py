"""People of a journey: what somebody can do with pages, and the one who does it without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.journeys import forms
from tests.journeys.forms import Form, NoSuchForm, Value

TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
FIRST_REFUSAL = 400
Given = Mapping[str, Value | Path]


class Visitor(Protocol):
    """Somebody on a page: reads it, follows its links, fills in and sends its forms."""

    language: str

    @property
    def path(self) -> str:
        """The address of the page, without the query."""
        ...

    @property
    def html(self) -> str: ...

    def open(self, path: str) -> None:
        """Go to an address of the product."""

    def follow(self, href: str) -> None:
        """Click the link that leads there."""

    def send(self, action: str, values: Given | None = None, press: str | None = None) -> None:
        """Fill in the form that goes to `action`, press its button `name=value` and arrive at what comes after."""

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Status and bytes of a file, with this person's rights."""
        ...


def words(html: str) -> str:
    """What can be read on a page, words one blank apart."""
    return " ".join(unescape(TAGS.sub(" ", html)).split())


def form_of(visitor: Visitor, action: str, names: tuple[str, ...] = ()) -> Form:
    """A form of the page the visitor is on."""
    return forms.form(visitor.html, visitor.path, action, names)


class FormVisitor:
    """A browser without JavaScript and without pictures: Flask's test client and a reader of forms."""

    def __init__(self, app: Flask, language: str) -> None:
        self.language = language
        self.client = app.test_client()
        self.response: TestResponse | None = None
        self.open(f"/login?lang={language}")

    @property
    def page(self) -> TestResponse:
        assert self.response is not None
        return self.response

    @property
    def path(self) -> str:
        return self.page.request.path

    @property
    def html(self) -> str:
        return self.page.text

    def open(self, path: str) -> None:
        self.arrive(self.client.get(path, follow_redirects=True), path)

    def follow(self, href: str) -> None:
        links = forms.read(self.html, self.path).links
        assert href in links, f"{self.path} has no link to {href}, only {links}"
        self.open(href)

    def send(self, action: str, values: Given | None = None, press: str | None = None) -> None:
        given = dict(values or {})
        files = {name: value for name, value in given.items() if isinstance(value, Path)}
        typed = {name: value for name, value in given.items() if not isinstance(value, Path)}
        form = forms.form(self.html, self.path, action, tuple(given), press)
        form.fill(typed)
        data: dict[str, Any] = form.data(press)
        if files and form.enctype != "multipart/form-data":
            raise NoSuchForm(f"{action} sends no files")
        data |= {name: [(BytesIO(file.read_bytes()), file.name)] for name, file in files.items()}
        if form.method == "get":
            self.arrive(self.client.get(action, query_string=data, follow_redirects=True), action)
        else:
            self.arrive(self.client.post(action, data=data, follow_redirects=True), action)

    def fetch(self, path: str) -> tuple[int, bytes]:
        response = self.client.get(path)
        return response.status_code, response.data

    def arrive(self, response: TestResponse, asked: str) -> None:
        assert response.status_code < FIRST_REFUSAL, f"{asked}: {response.status_code} {words(response.text)[:3000]}"
        self.response = response


def signed_in(visitor: Visitor, email: str, password: str) -> Visitor:
    """The visitor after the page for signing in."""
    visitor.open("/login")
    visitor.send("/login", {"email": email, "password": password})
    assert visitor.path != "/login"
    return visitor


def without_query(address: str) -> str:
    return urlsplit(address).path
