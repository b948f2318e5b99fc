"""The whole way of one proposal in a real browser: at a desk and on a phone, in Vietnamese and in English."""

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
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS, PASSWORD, people
from tests.journeys import reviewing, sitting
from tests.journeys.office import CHAIR, LEAD, LEAD2, SECOND_SECRETARY, SECRETARY, Office, tools

LONG = 4
SHORT = 1


@dataclass(frozen=True)
class Place:
    """Where somebody sits, and what they read."""

    screen: ViewportSize
    language: str

    def __str__(self) -> str:
        return f"{self.screen['width']} {self.language}"


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
    everybody_at(Place(screen, language)) for screen in (DESK, PHONE) for language in ("vi", "en")
)


def travelled(browser: Browser, app: Flask, folder: Path, places: Places) -> list[str]:
    """One proposal goes from the first word to the issued decision; answers what no page may have."""
    watch = Watch()
    visitors: list[PageVisitor] = []

    def enter(email: str) -> PageVisitor:
        place = places(email)
        context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=place.screen)
        visitors.append(PageVisitor(context, url, place.language, watch))
        return signed_in(visitors[-1], email) if email else visitors[-1]

    with serving(app) as url:
        office = Office(enter, tools(app))
        reviewing.write(office, folder)
        reviewing.receive(office)
        reviewing.review(office)
        reviewing.assess(office)
        reviewing.synthesise(office)
        session = sitting.call(office)
        sitting.decide(office, session)
        sitting.release(office, session)
        sitting.issue(office, session)
        sitting.look_up(office)
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
    """The first `n` of the four, each with everybody on one kind of screen and in one language."""
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
    return f"{n} proposals travelled the whole way ({done}): no error, nothing refused, nothing wider than the screen"
