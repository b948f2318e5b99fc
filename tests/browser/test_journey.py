"""The whole way of one proposal in a real browser: at a desk in Vietnamese, on a phone in English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from intake.app import create_app
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.journeys import reviewing, sitting
from tests.journeys.office import Office, tools
from tests.web.conftest import settings_for

SCREENS = {"desk": (1280, 800), "phone": (390, 844)}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("screen", "language"), [("desk", "vi"), ("phone", "en")])
def test_journey_in_a_browser(
    screen: str,
    language: str,
    browser: Browser,
    browser_context_args: dict[str, Any],
    peopled_sqlite_url: str,
    tmp_path: Path,
) -> None:
    app, watch = create_app(settings_for(peopled_sqlite_url, tmp_path)), Watch()
    width, height = SCREENS[screen]
    screen_args = {**browser_context_args, "viewport": {"width": width, "height": height}}

    visitors: list[PageVisitor] = []

    def enter(email: str) -> PageVisitor:
        visitor = PageVisitor(browser.new_context(**screen_args), url, language, watch)
        visitors.append(visitor)
        return signed_in(visitor, email) if email else visitor

    with serving(app) as url:
        office = Office(enter, tools(app), language)
        reviewing.write(office, tmp_path)
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
    assert watch.found == []
