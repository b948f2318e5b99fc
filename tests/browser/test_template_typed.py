"""The full examples typed box by box, with and without scripts, in both languages, are exported as their files say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from intake.db import Database
from proofs.typed import SHORT, WAYS, Way, empty_draft, office, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    with office(tmp_path_factory.mktemp("typed")) as found:
        yield found


@pytest.mark.parametrize("way", WAYS[:SHORT], ids=str)
def test_what_is_typed_is_what_is_exported(way: Way, served: tuple[str, Database], browser: Browser) -> None:
    url, database = served
    typed(browser, url, empty_draft(database), way)
