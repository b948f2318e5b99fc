"""Seven members vote in seven browsers on phones, and two secretaries hold a session for members who are at none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from intake.app import create_app
from intake.cli.demo import add_account, add_university
from intake.config import Settings
from intake.db import Database
from intake.services import seeding
from intake.services.demo_accounts import ACCOUNTS
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS
from tests.journeys import committee
from tests.journeys.committee import NAMES, SECRETARY
from tests.journeys.office import MEMBERS, Office, tools
from tests.web.sitting_world import waiting

LONG = 2
SHORT = 1
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
WAYS: tuple[Callable[[Office, list[str]], str], ...] = (committee.by_members, committee.by_secretaries)


def prepared(folder: Path) -> Settings:
    """A database with the demonstration's people and nothing else."""
    settings = Settings.model_validate(
        {
            "env": "demo",
            "data_dir": folder,
            "database_url": f"sqlite:///{folder / 'intake.db'}",
            "secret_key": "s" * 32,
        }
    )
    database = Database(settings.database_url)
    seeding.upgrade(database)
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, "no password")
    database.dispose()
    return settings


def held(browser: Browser, way: Callable[[Office, list[str]], str], folder: Path) -> int:
    """One session at real browsers, each person in a context of their own; how many browsers took part."""
    app, watch = create_app(prepared(folder)), Watch()

    def enter(email: str) -> PageVisitor:
        context = browser.new_context(viewport=PHONE if email in MEMBERS else DESK, locale="vi-VN")
        return signed_in(PageVisitor(context, url, "vi", watch), email)

    with serving(app) as url:
        office = Office(enter, tools(app), "vi")
        codes = waiting(office.tools.database, 3)
        session = way(office, codes)
        recorder = NAMES[SECRETARY] if way is committee.by_secretaries else ""
        used = len(office.visitors)
        committee.check_minutes(office, session, recorder=recorder)
        committee.check_documents(office, codes)
        committee.check_papers(office, codes)
        for visitor in office.visitors.values():
            assert isinstance(visitor, PageVisitor)
            visitor.page.context.close()
    assert watch.found == [], watch.found
    return used


def run(n: int, url: str | None = None) -> str:
    """The first `n` ways to hold a session; `url` is not used, each way has a database of its own."""
    used = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        for way in WAYS[:n]:
            with tempfile.TemporaryDirectory() as name:
                used.append(f"{way.__name__}: {held(browser, way, Path(name))} browsers")
        browser.close()
    told = "two recusals, a secret vote, no majority: minutes and decisions right, no message, no sideways scrolling"
    return f"{'; '.join(used)}; {told}"
