"""What axe finds on a page as it stands: WCAG A and AA, and best practice."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
IS_THERE = "() => window.axe !== undefined"
# Only what is broken comes back: all that axe looked at is megabytes.
VIOLATIONS = "options => axe.run(document, options).then(found => found.violations)"
TOLD = {"resultTypes": ["violations"]}
# Colours are the same at every width, and looking at them takes half of the time.
WITHOUT_COLOURS = {**TOLD, "rules": {"color-contrast": {"enabled": False}}}


def violations(page: Page, *, with_colours: bool = True) -> list[dict[str, Any]]:
    """The rules that are broken, each with its `nodes`. Colours need looking at once, not at each width."""
    if not page.evaluate(IS_THERE):
        page.evaluate(SCRIPT)
    return page.evaluate(VIOLATIONS, TOLD if with_colours else WITHOUT_COLOURS)
