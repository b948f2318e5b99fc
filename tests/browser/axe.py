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
# On a phone the same document is laid out anew: other parts are shown, some scroll, tables fall apart into blocks.
# Everything else was found at the desk already, and looking for it again takes as long as the rest of a page's test.
LAYOUT = (
    "aria-hidden-focus",
    "button-name",
    "empty-table-header",
    "heading-order",
    "label",
    "link-name",
    "scrollable-region-focusable",
    "select-name",
    "td-headers-attr",
    "th-has-data-cells",
)
OF_LAYOUT = {**TOLD, "runOnly": {"type": "rule", "values": LAYOUT}}


def violations(page: Page, *, whole: bool = True) -> list[dict[str, Any]]:
    """The rules that are broken, each with its `nodes`; of a page that was seen `whole` before, those of its layout."""
    if not page.evaluate(IS_THERE):
        page.evaluate(SCRIPT)
    return page.evaluate(VIOLATIONS, TOLD if whole else OF_LAYOUT)
