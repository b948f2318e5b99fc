"""The whole way of one proposal in a real browser: officials at desks in Vietnamese, the others on phones in English.

`./run prove journey` goes it with everybody on each kind of screen in each language.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from proofs.journey import demonstration, office_and_field, travelled


@pytest.mark.browser
@pytest.mark.slow
def test_journey_in_a_browser(browser: Browser, peopled_sqlite_url: str, tmp_path: Path) -> None:
    app = demonstration(peopled_sqlite_url, tmp_path / "data")
    assert travelled(browser, app, tmp_path, office_and_field) == []
