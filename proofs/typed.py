"""Both full examples typed through the forms in a real browser come out as they are: each script and language."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from intake.app import create_app
from intake.cli.demo import add_account, add_university
from intake.cli.demo_stories import actor
from intake.config import Settings
from intake.db import Database
from intake.outline import empty_document
from intake.services import proposals, seeding
from intake.services.demo_accounts import ACCOUNTS
from tests.browser.server import serving
from tests.browser.typist import Typist, example, parts_of
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS

OWNER = "organisation@demo.vn"
LONG = 8
SHORT = 1


@dataclass(frozen=True)
class Way:
    """One file, with or without scripts, in one language."""

    file: str
    has_script: bool
    language: str

    def __str__(self) -> str:
        return f"{self.file} {'with' if self.has_script else 'without'} scripts, {self.language}"


# The first four meet every pair of file, script and language.
WAYS = (
    Way("full_sk10", True, "vi"),
    Way("full_sk06", False, "vi"),
    Way("full_sk10", False, "en"),
    Way("full_sk06", True, "en"),
    Way("full_sk06", True, "vi"),
    Way("full_sk10", False, "vi"),
    Way("full_sk06", False, "en"),
    Way("full_sk10", True, "en"),
)


def empty_draft(database: Database) -> str:
    """The code of a new draft of the university in which nothing has been written."""
    with database.writing() as db:
        return proposals.create(db, empty_document(), actor=actor(db, OWNER)).code


def typed(browser: Browser, url: str, code: str, way: Way) -> None:
    """Type the file into the draft; what is exported then equals the file."""
    context = browser.new_context(java_script_enabled=way.has_script, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{url}/demo?lang={way.language}")
    with page.expect_navigation():
        page.locator(f'button[value="{OWNER}"]').click()
    data = example(way.file)
    typist = Typist(page, f"{url}/proposals/{code}", way.language)
    typist.type_all(data)
    found, wanted = parts_of(typist.exported()), parts_of(data)
    context.close()
    assert found == wanted, f"{way}: " + "; ".join(different(found, wanted))


def different(found: dict, wanted: dict) -> list[str]:
    """The sections that differ, each as it was typed and as it should be."""
    sections = {**wanted["sections"], "administrative": wanted["administrative"]}
    had = {**found["sections"], "administrative": found["administrative"]}
    return [f"{part}: {had.get(part)} is not {value}" for part, value in sections.items() if had.get(part) != value]


@contextmanager
def office(folder: Path) -> Iterator[tuple[str, Database]]:
    """The product with the people of the demonstration and nothing written yet."""
    settings = Settings.model_validate({"env": "demo", "data_dir": folder, "secret_key": "s" * 32})
    app = create_app(settings)
    database = app.extensions["intake"].database
    seeding.upgrade(database)
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, "nobody signs in with it")
    with serving(app) as url:
        yield url, database


def run(n: int) -> str:
    """The first `n` of the eight ways, one after the other, in one server."""
    with tempfile.TemporaryDirectory() as name, office(Path(name)) as (url, database), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        for way in WAYS[:n]:
            typed(browser, url, empty_draft(database), way)
        browser.close()
    return f"{n} proposals typed ({'; '.join(map(str, WAYS[:n]))}): each exported as its file says"
