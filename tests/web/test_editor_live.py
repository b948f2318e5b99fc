"""What JavaScript adds to the editor: sums after each box, rows without a new page; and what Enter does in a box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import serving
from tests.web.applicants import edit_url, in_english, started, stored
from tests.web.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = "resources.by_phase.rows"


def box(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


@pytest.fixture
def draft(lasting_app) -> str:
    """The code of a fresh draft."""
    visitor = Visitor(lasting_app)
    assert visitor.post("/demo", {"email": "organisation@demo.vn"}).status_code == 303
    return started(in_english(visitor))


@pytest.fixture
def address(lasting_app) -> Iterator[str]:
    with serving(lasting_app) as url:
        yield url


@pytest.fixture
def page(address, browser: Browser) -> Iterator[Page]:
    """A page of the same person, who reads English; a mark tells whether it was replaced."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{address}/demo?lang=en")
    with opened.expect_navigation():
        opened.locator('button[value="organisation@demo.vn"]').click()
    yield opened
    context.close()


def opened(page: Page, address: str, code: str, part: str) -> None:
    page.goto(address + edit_url(code, part))
    page.evaluate("window.mark = true")


def test_sums_are_renewed_and_typing_goes_on(page, address, draft):
    opened(page, address, draft, "resources")
    box(page, f"{ROWS}.1.social").fill("480.5")
    page.keyboard.press("Tab")
    page.keyboard.type("6")
    expect(page.locator("#sum-gaps")).to_contain_text("the phases are short of 20 billion VND.")
    expect(page.locator("#sum-row-1")).to_have_text("1,640.5")
    focused = page.evaluate("[document.activeElement.name, document.activeElement.value, window.mark]")
    assert focused == [f"{ROWS}.1.other", "6", True]
    page.get_by_role("button", name="Set GD2 to 500.5 billion VND").click()
    expect(box(page, f"{ROWS}.1.social")).to_have_value("500.5")
    expect(page.locator("#sum-gaps")).not_to_contain_text("socialised")


def test_a_row_is_added_in_place_and_gets_the_focus(page, address, draft):
    opened(page, address, draft, "objectives")
    page.get_by_role("button", name="Add: Objective").click()
    added = page.locator('[id="objectives.specific.3"]')
    expect(added.locator("> summary")).to_be_focused()
    expect(added).to_have_attribute("open", "")
    assert page.evaluate("window.mark") is True
    expect(page.locator(".app-saved")).to_contain_text("Not saved yet")


def test_enter_in_a_box_saves_and_removes_nothing(page, address, draft, lasting_app):
    opened(page, address, draft, "objectives")
    page.locator('[id="objectives.specific.1"] > summary').click()
    box(page, "objectives.specific.1.measurable.target").fill("501")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    rows = stored(lasting_app.extensions["intake"].database, draft)["sections"]["objectives"]["specific"]
    assert [row["measurable"]["target"] for row in rows] == [95, 501, 5]
