"""A running application on each engine, with the demonstration's people, and visitors who fill in forms."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from intake.config import Settings
from intake.db import Database
from tests.apps import SECRET, running_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A browser without JavaScript: keeps cookies, sends each form with the token of a page it has opened."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, **options)

    def token(self) -> str:
        """The form token of this visitor's cookie."""
        found = TOKEN.search(self.get("/login").text)
        assert found is not None
        return found.group(1)

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self.client.post(url, data={"csrf_token": self.token()} | (data or {}), **options)


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a demonstration on the database at `url`."""
    values = {"env": "demo", "data_dir": folder / "data", "database_url": url, "secret_key": SECRET}
    return Settings.model_validate(values)


@pytest.fixture
def settings(peopled_url: str, tmp_path: Path) -> Settings:
    return settings_for(peopled_url, tmp_path)


@pytest.fixture(scope="module")
def lasting_settings(peopled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """For what does not depend on the engine and leaves nothing behind: one SQLite database for a whole module."""
    folder = tmp_path_factory.mktemp("lasting")
    return settings_for(f"sqlite:///{shutil.copy(peopled_sqlite, folder / 'intake.db')}", folder)


@pytest.fixture(scope="module")
def lasting_app(lasting_settings: Settings) -> Iterator[Flask]:
    """The application of `lasting_settings`."""
    with running_app(lasting_settings) as made:
        yield made


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application in its demonstration, on each engine."""
    with running_app(settings) as made:
        yield made


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of `app`."""
    return app.extensions["intake"].database


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def reader(lasting_app: Flask) -> Visitor:
    """Somebody who only looks."""
    return Visitor(lasting_app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], Visitor]:
    """`sign_in("secretary@demo.vn")` gives a visitor of their own who is signed in."""

    def signed_in(email: str) -> Visitor:
        visitor = Visitor(app)
        assert visitor.post("/demo", {"email": email}).status_code == 303
        return visitor

    return signed_in
