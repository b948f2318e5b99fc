"""The whole way of one proposal in a real browser: at a desk and on a phone, in Vietnamese and in English.

With the mouse, with the keyboard alone, and without JavaScript.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from intake.app import create_app
from intake.config import Settings
from intake.db import Database
from intake.services import accounts, seeding
from tests.apps import SECRET
from tests.browser.keyboard import KeyboardVisitor
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS, PASSWORD, people
from tests.journeys.office import CHAIR, LEAD, LEAD2, SECOND_SECRETARY, SECRETARY, Office, tools
from tests.journeys.whole_way import whole_way

SHORT = 1


@dataclass(frozen=True)
class Place:
    """Where somebody sits, what they read, and what they work with."""

    screen: ViewportSize
    language: str
    visitor: type[PageVisitor] = PageVisitor
    has_scripts: bool = True

    def __str__(self) -> str:
        means = "keyboard alone" if self.visitor is KeyboardVisitor else "mouse"
        return f"{self.screen['width']} {self.language} {means}{'' if self.has_scripts else ' without JavaScript'}"


DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
AT_DESKS = {SECRETARY, SECOND_SECRETARY, LEAD, LEAD2, CHAIR}
Places = Callable[[str], Place]


def office_and_field(email: str) -> Place:
    """Officials at their desks in Vietnamese, everybody else on a phone in English."""
    return Place(DESK, "vi") if email in AT_DESKS else Place(PHONE, "en")


def everybody_at(place: Place) -> Places:
    return lambda _email: place


WAYS: tuple[Places, ...] = tuple(
    everybody_at(place)
    for place in (
        Place(DESK, "vi"),
        Place(DESK, "en"),
        Place(PHONE, "vi"),
        Place(PHONE, "en"),
        Place(DESK, "vi", KeyboardVisitor),
        Place(PHONE, "en", KeyboardVisitor),
        Place(DESK, "vi", has_scripts=False),
        Place(PHONE, "en", has_scripts=False),
    )
)
LONG = len(WAYS)


def travelled(browser: Browser, app: Flask, folder: Path, places: Places) -> list[str]:
    """One proposal goes from the first word to the issued decision; answers what no page may have."""
    watch = Watch()
    visitors: list[PageVisitor] = []

    def enter(email: str) -> PageVisitor:
        place = places(email)
        context = browser.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport=place.screen,
            java_script_enabled=place.has_scripts,
        )
        visitors.append(place.visitor(context, url, place.language, watch))
        return signed_in(visitors[-1], email) if email else visitors[-1]

    with serving(app) as url:
        whole_way(Office(enter, tools(app)), folder)
        for visitor in visitors:
            visitor.page.context.close()
    return watch.found


def demonstration(url: str, folder: Path) -> Flask:
    """The application on a database with its people."""
    return create_app(
        Settings.model_validate({"env": "demo", "data_dir": folder, "database_url": url, "secret_key": SECRET})
    )


@contextmanager
def peopled(folder: Path) -> Iterator[Path]:
    """A database file with the people of the demonstration."""
    path = folder / "people.db"
    database = Database(f"sqlite:///{path}")
    seeding.upgrade(database)
    database.dispose()
    people(f"sqlite:///{path}", accounts.password_hash(PASSWORD))
    yield path


def run(n: int) -> str:
    """The first `n` of the ways, each with everybody at one kind of place."""
    with tempfile.TemporaryDirectory() as name, peopled(Path(name)) as template, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        for number, places in enumerate(WAYS[:n]):
            folder = Path(name) / str(number)
            folder.mkdir()
            app = demonstration(f"sqlite:///{shutil.copy(template, folder / 'intake.db')}", folder / "data")
            found = travelled(browser, app, folder, places)
            assert found == [], f"{places('')}: {found}"
        browser.close()
    done = ", ".join(str(places("")) for places in WAYS[:n])
    good = "no error, nothing refused, nothing wider than the screen, the focus never out of sight"
    return f"{n} proposals travelled the whole way ({done}): {good}"
