"""The sections of a draft in a browser: accessible when all is wrong, at hand for the keyboard, never losing a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from sqlalchemy import update

from intake import clock
from intake.cli.demo_stories import actor
from intake.db import Database
from intake.models import Login
from intake.outline import OUTLINE, import_proposal
from intake.services import proposals
from proofs.typed import OWNER, office
from tests.browser.axe import violations
from tests.browser.typist import example

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
# What no box takes: a mark that turns the reading direction round.
SPOIL = """() => {
  for (const box of document.querySelectorAll("#editor form :is(input[type=text], input:not([type]), textarea)"))
    if (box.name) box.value = "a\\u202eb";
}"""
OPEN_ALL = "() => { for (const row of document.querySelectorAll('#editor details')) row.open = true; }"
WIDTH = "document.scrollingElement.scrollWidth"


@dataclass
class Desk:
    """Where drafts are written: the running product and its database."""

    url: str
    database: Database

    def draft(self, **changes: Any) -> str:
        """The address of a new draft that holds the first full example; `changes` replace sections."""
        data = example("full_sk06")
        data["sections"] |= changes
        with self.database.writing() as db:
            made = proposals.create(db, import_proposal(data), actor=actor(db, OWNER))
            return f"{self.url}/proposals/{made.code}"

    def sections(self, address: str) -> dict[str, Any]:
        with self.database.reading() as db:
            found = proposals.unchecked(db, address.rpartition("/")[2])
            return proposals.draft_of(db, found)["sections"]

    def sign_in(self, page: Page) -> Page:
        page.goto(f"{self.url}/demo?lang=en")
        with page.expect_navigation():
            page.locator(f'button[value="{OWNER}"]').click()
        return page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with office(tmp_path_factory.mktemp("editor")) as (url, database):
        yield Desk(url, database)


@pytest.fixture(scope="module")
def draft(desk: Desk) -> str:
    """A draft that nobody changes."""
    return desk.draft()


@pytest.fixture(scope="module")
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)
    yield desk.sign_in(context.new_page())
    context.close()


def box(page: Page, path: str) -> Locator:
    return page.locator(f'[id="{path}"]')


def button(page: Page, value: str) -> Locator:
    return page.locator(f'button[name="row"][value="{value}"]')


def flaws(page: Page, *, whole: bool = True) -> list[str]:
    found = violations(page, whole=whole)
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes'][:3]]}" for rule in found]


@pytest.mark.parametrize("part", OUTLINE.bodies)
def test_a_section_full_of_errors_is_accessible_and_fits_a_phone(part: str, draft: str, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{draft}/edit/{part}")
    page.evaluate(SPOIL)
    with page.expect_navigation():
        page.locator('button[name="go"][value="stay"]').last.click()
    links = page.locator(".govuk-error-summary a").all()
    wrong = page.locator("#editor form [aria-invalid], #editor form .govuk-form-group--error").count()
    assert (len(links) > 0) == (wrong > 0)
    page.evaluate(OPEN_ALL)
    assert flaws(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(WIDTH) <= PHONE["width"]
    assert flaws(page, whole=False) == []


def incomplete() -> dict[str, Any]:
    """One error, one warning, one advice, each inside a row or far down the page."""
    data = example("full_sk06")["sections"]
    data["kpis"]["kpis"][3]["unit"] = None
    data["kpis"]["kpis"][4]["level"] = "input"
    data["lead_unit"]["lead_capacity"] = None
    return {"kpis": data["kpis"], "lead_unit": data["lead_unit"]}


def test_problems_are_told_apart_and_lead_to_the_very_box(desk: Desk, page: Page) -> None:
    address = desk.draft(**incomplete())
    page.set_viewport_size(DESK)
    page.goto(f"{address}/edit/kpis")
    notes = page.locator("#editor .app-note:visible h2")
    assert notes.all_inner_texts() == ["Still needed before submitting", "To check: does not block submission"]
    page.locator('#editor a[href="#kpis.kpis.3.unit"]').click()
    expect(box(page, "kpis.kpis.3.unit")).to_be_focused()
    page.goto(f"{address}/submit")
    for path in ("kpis.kpis.3.unit", "kpis.kpis.4.level", "lead_unit.lead_capacity"):
        link = page.locator(f'main a[href$="#{path}"]')
        expect(link).to_have_count(1)
    page.locator('main a[href$="#kpis.kpis.4.level"]').click()
    expect(box(page, "kpis.kpis.4.level")).to_be_focused()


def test_a_link_from_another_page_opens_the_row_without_scripts(desk: Desk, browser: Browser) -> None:
    address = desk.draft(**incomplete())
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = desk.sign_in(context.new_page())
    page.goto(f"{address}/submit")
    page.locator('main a[href$="#kpis.kpis.3.unit"]').click()
    expect(box(page, "kpis.kpis.3.unit")).to_be_in_viewport()
    button(page, "up:kpis.kpis.3").click()
    expect(button(page, "up:kpis.kpis.2")).to_be_focused()
    expect(box(page, "kpis.kpis.2.name")).to_have_value("Tỉ lệ cơ quan dùng ít nhất 1 ứng dụng AI")
    context.close()


def test_rows_are_added_moved_and_removed_from_the_keyboard(desk: Desk, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{desk.draft()}/edit/resources")
    rows = "resources.human.experts"
    for pressed, focused in (
        (f"add:{rows}", f'[id="{rows}.2.field"]'),
        (f"up:{rows}.2", f'[value="up:{rows}.1"]'),
        (f"down:{rows}.1", f'[value="down:{rows}.2"]'),
        (f"remove:{rows}.2", f'[id="{rows}.1.field"]'),
    ):
        button(page, pressed).focus()
        page.keyboard.press("Enter")
        expect(page.locator(focused)).to_be_focused()
    page.keyboard.press("Tab")
    expect(box(page, f"{rows}.1.count")).to_be_focused()


def test_a_list_is_searched_and_chosen_from_the_keyboard(desk: Desk, page: Page) -> None:
    address = desk.draft()
    page.goto(f"{address}/edit/recommendations?at=recommendations.items.1")
    addressee = box(page, "recommendations.items.1.addressee")
    addressee.fill("mini science tech")
    expect(page.locator("[role=listbox] [role=option]").first).to_have_text("Ministry of Science and Technology")
    page.keyboard.press("Escape")
    addressee.fill("ministry of he")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(addressee).to_have_value("Ministry of Health")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert desk.sections(address)["recommendations"]["items"][1]["addressee"] == "byt"
    page.goto(f"{address}/edit/recommendations?at=recommendations.items.1")
    addressee.fill("Ministry of Magic")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(addressee).to_have_value("Ministry of Magic")
    expect(page.locator(".govuk-error-summary")).to_contain_text("This is not in the catalogue.")
    page.locator(".govuk-error-summary a").click()
    expect(addressee).to_be_focused()


def test_many_answers_are_narrowed_and_ticked_from_the_keyboard(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.draft()}/edit/alignment")
    related = box(page, "alignment.related_initiatives")
    related.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("thuc day sk19")
    expect(related.get_by_role("checkbox")).to_have_count(0)
    expect(related.get_by_role("status")).to_have_text("Nothing in the list fits")
    related.get_by_role("searchbox").fill("sk19")
    expect(related.get_by_role("checkbox")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(related.get_by_role("checkbox")).not_to_be_checked()


def test_what_is_typed_saves_itself_and_outlives_the_sign_in(desk: Desk, page: Page) -> None:
    address = desk.draft()
    page.goto(f"{address}/edit/objectives")
    saved = page.locator(".app-saved")
    box(page, "objectives.general").fill("Written and saved by itself, long enough.")
    expect(saved).to_contain_text("Not saved yet")
    expect(saved).to_contain_text("Saved at", timeout=15_000)
    assert desk.sections(address)["objectives"]["general"] == "Written and saved by itself, long enough."
    with desk.database.writing() as db:
        db.execute(update(Login).values(revoked_at=clock.now()))
    box(page, "objectives.general").fill("Written after the sign-in had ended, and kept.")
    expect(saved).to_contain_text("You are not signed in any more.", timeout=15_000)
    other = page.context.new_page()
    desk.sign_in(other)
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(saved).to_contain_text("Saved at", timeout=15_000)
    assert desk.sections(address)["objectives"]["general"] == "Written after the sign-in had ended, and kept."
    with page.expect_navigation():
        page.locator('button[name="go"][value="stay"]').last.click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Saved: Objectives")


def test_text_that_could_not_be_sent_is_offered_again(desk: Desk, page: Page) -> None:
    address = desk.draft()
    page.goto(f"{address}/edit/objectives")
    page.route(
        "**/edit/objectives", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    box(page, "objectives.general").fill("Written without a connection, kept in this tab.")
    expect(page.locator(".app-saved")).to_contain_text("No connection.", timeout=15_000)
    page.unroute("**/edit/objectives")
    page.goto(f"{address}/edit/objectives")
    page.get_by_role("button", name="Put it back").click()
    expect(box(page, "objectives.general")).to_have_value("Written without a connection, kept in this tab.")
    with page.expect_navigation():
        page.locator('button[name="go"][value="stay"]').last.click()
    assert desk.sections(address)["objectives"]["general"] == "Written without a connection, kept in this tab."
    expect(page.locator("#unsaved")).to_be_hidden()
