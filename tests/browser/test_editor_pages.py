"""Every section with an error in every box and every row open: axe at both widths, and nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from intake.cli.demo_stories import actor
from intake.outline import OUTLINE, import_proposal
from intake.services import proposals
from proofs.typed import OWNER, office
from tests.browser.typist import example

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Axe()
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# What no box takes: a mark that turns the reading direction round.
SPOIL = """() => {
  for (const box of document.querySelectorAll("#editor form :is(input[type=text], input:not([type]), textarea)"))
    if (box.name) box.value = "a\\u202eb";
}"""
OPEN_ALL = "() => { for (const row of document.querySelectorAll('#editor details')) row.open = true; }"
WIDTH = "document.scrollingElement.scrollWidth"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a draft that holds the first full example."""
    with office(tmp_path_factory.mktemp("editor")) as (url, database):
        with database.writing() as db:
            made = proposals.create(db, import_proposal(example("full_sk06")), actor=actor(db, OWNER))
            address = f"{url}/proposals/{made.code}"
        yield address


@pytest.fixture(scope="module")
def page(draft: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)
    opened = context.new_page()
    opened.goto(f"{draft.partition('/proposals')[0]}/demo?lang=vi")
    with opened.expect_navigation():
        opened.locator(f'button[value="{OWNER}"]').click()
    yield opened
    context.close()


def flaws(page: Page) -> list[str]:
    found = AXE.run(page).response["violations"]
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
    assert flaws(page) == []
