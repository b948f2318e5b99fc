"""Desks as people use them dozens of times a week: many lines in sight, the keyboard alone, nothing typed lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from intake.app import create_app
from intake.db import Database
from intake.models import Score
from tests import factories
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.web.conftest import settings_for
from tests.web.desk_crowd import bring_to, crowd, unscored
from tests.web.desk_world import ADVISER, ENGINEER, LEAD2, REVIEWER, SECRETARY, actor, route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINES = """[...document.querySelectorAll(".app-queue tbody tr")].map(row => row.getBoundingClientRect())
    .map(box => [box.height, box.bottom <= innerHeight])"""
FOCUSED = "document.activeElement.className + ' ' + document.activeElement.textContent.trim()"
LEVEL = 'input[name="strategic_fit-score"]'
REASONS = 'textarea[name="strategic_fit-justification"]'
MOST_TABS = 30


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory, peopled_sqlite: Path) -> Iterator[tuple[str, Database, str]]:
    """A demonstration in which thirty proposals wait on every desk, and one alone to be scored; its code."""
    folder = tmp_path_factory.mktemp("desks")
    url = f"sqlite:///{shutil.copy(peopled_sqlite, folder / 'intake.db')}"
    app = create_app(settings_for(url, folder))
    database = app.extensions["intake"].database
    with database.writing() as db:
        crowd(db, 30)
        unscored(db, REVIEWER)
        bring_to(db, "ministry_review")
        code = route(db, REVIEWER, title="Đề xuất để chấm").code
    with serving(app) as address:
        yield address, database, code


@pytest.fixture
def enter(browser: Browser, browser_context_args: dict[str, Any], desks: tuple[str, Database, str]) -> Iterator[Any]:
    watch, opened = Watch(), []

    def entered(email: str) -> Page:
        visitor = PageVisitor(browser.new_context(**browser_context_args), desks[0], "vi", watch)
        opened.append(visitor)
        return signed_in(visitor, email).page

    entered.watch = watch
    yield entered
    for visitor in opened:
        visitor.page.context.close()
    assert watch.found == []


@pytest.mark.parametrize(
    ("email", "state"),
    [
        (SECRETARY, "reception"),
        (LEAD2, "ministry_review"),
        (REVIEWER, "ministry_review"),
        (ENGINEER, "engineer_assessment"),
        (ADVISER, "ministry_review"),
    ],
)
def test_twenty_lines_of_at_most_40_pixels_are_in_sight(email, state, desks, enter):
    with desks[1].writing() as db:
        bring_to(db, state)
    page = enter(email)
    page.goto(f"{desks[0]}/queue")
    lines = page.evaluate(LINES)
    assert max(height for height, _ in lines) <= 40
    assert len([1 for _, is_seen in lines if is_seen]) >= 20


def test_the_desk_is_worked_with_the_keyboard_alone(desks, enter):
    with desks[1].writing() as db:
        bring_to(db, "ministry_review")
    page = enter(REVIEWER)
    page.goto(f"{desks[0]}/queue?q={desks[2]}")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith("govuk-link main"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desks[0]}/proposals/{desks[2]}/review")
    page.locator(LEVEL).first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{LEVEL}:checked")).to_have_value("2")
    page.locator(REASONS).focus()
    page.keyboard.type("Gõ bằng bàn phím")
    expect(page.locator("form[data-autosave] .app-saved")).to_contain_text("1/6", timeout=15_000)
    with desks[1].reading() as db:
        kept = db.execute(select(Score.score, Score.justification).where(Score.justification.like("Gõ%"))).all()
    assert [tuple(row) for row in kept] == [(2, "Gõ bằng bàn phím")]
    page.reload()
    expect(page.locator(REASONS)).to_have_value("Gõ bằng bàn phím")


def test_what_was_typed_outlives_the_sign_in_and_is_saved_after_the_next(desks, enter):
    page = enter(ENGINEER)
    with desks[1].writing() as db:
        bring_to(db, "engineer_assessment")
        unscored(db, ENGINEER)
        made = factories.proposal(db, "engineer_assessment", engineer_reached_at=factories.clock.now())
        factories.declaration(db, made, actor(db, ENGINEER))
        code = made.code
    page.goto(f"{desks[0]}/proposals/{code}/review")
    page.context.clear_cookies()
    page.locator(LEVEL).nth(3).check()
    page.locator(REASONS).fill("Viết khi đã hết phiên")
    expect(page.locator("form[data-autosave] .app-saved")).to_contain_text("Đăng nhập", timeout=15_000)
    kept = page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    assert "Viết khi đã hết phiên" in kept
    assert [said.rsplit(": ")[-1] for said in enter.watch.found if said.endswith("/review: 400")] == ["400"]
    enter.watch.found.clear()
    other = page.context.new_page()
    other.goto(f"{desks[0]}/demo")
    other.locator(f'button[name="email"][value="{ENGINEER}"]').click()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("form[data-autosave] .app-saved")).to_contain_text("1/6", timeout=15_000)
    with desks[1].reading() as db:
        assert db.scalars(select(Score.score).where(Score.justification == "Viết khi đã hết phiên")).all() == [4]
