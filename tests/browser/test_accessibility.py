"""Every type of page at a desk and on a phone: no accessibility violation, nothing wider than the screen, no error."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.pages import PAGES, PageType
from tests.browser.visitors import SCROLLS_SIDEWAYS, PageVisitor, Watch, signed_in
from tests.browser.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = {1280: 800, 390: 844}
MOST_TOLD = 3


@pytest.fixture(scope="module")
def at_desk(browser: Browser, shown_url: str) -> Iterator[Callable[[str | None], PageVisitor]]:
    """The person at a browser, signed in once for all pages; None is somebody who is not signed in."""
    visitors: dict[str | None, PageVisitor] = {}

    def found(email: str | None) -> PageVisitor:
        if email not in visitors:
            visitor = PageVisitor(browser.new_context(), shown_url, "vi", Watch())
            visitors[email] = signed_in(visitor, email) if email else visitor
        return visitors[email]

    yield found
    for visitor in visitors.values():
        visitor.page.context.close()


@pytest.mark.parametrize("page_type", PAGES, ids=lambda page_type: page_type.name)
def test_page_is_accessible_at_both_widths(
    page_type: PageType, shown_world: World, shown_url: str, at_desk: Callable[[str | None], PageVisitor]
) -> None:
    visitor = at_desk(page_type.who)
    visitor.watch.found.clear()
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    response = page.goto(shown_url + page_type.address(shown_world))
    assert response is not None
    assert response.status == page_type.status
    assert {width: flaws(page, width) for width in WIDTHS} == {width: [] for width in WIDTHS}
    expected = [] if page_type.status == 200 else visitor.watch.found
    assert visitor.watch.found == expected


def flaws(page: Page, width: int) -> list[str]:
    """What axe finds (WCAG A and AA, and best practice), and whether the page scrolls sideways."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    found = [
        f"{rule['id']}: {[node['target'] for node in rule['nodes'][:MOST_TOLD]]}"
        for rule in violations(page, whole=width == max(WIDTHS))
    ]
    return [*found, "scrolls sideways"] if page.evaluate(SCROLLS_SIDEWAYS) else found
