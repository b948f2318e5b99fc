"""What axe finds on a page as it stands: WCAG A and AA, and best practice."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
TOLD = {"resultTypes": ["violations"]}
# Colours are the same at every width, and looking at them takes half of the time.
WITHOUT_COLOURS = {**TOLD, "rules": {"color-contrast": {"enabled": False}}}


def violations(page: Page, *, with_colours: bool = True) -> list[dict[str, Any]]:
    """The rules that are broken, each with its `nodes`. Colours need looking at once, not at each width."""
    return AXE.run(page, options=TOLD if with_colours else WITHOUT_COLOURS).response["violations"]
