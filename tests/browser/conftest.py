"""A demonstration on a real port for the tests that look at pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.app import create_app
from tests.browser import world
from tests.browser.server import serving
from tests.browser.world import World


@pytest.fixture(scope="session")
def shown_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The demonstration of `intake demo` with papers and a vote; tests only look at it."""
    return world.build(tmp_path_factory.mktemp("shown"))


@pytest.fixture(scope="session")
def shown_url(shown_world: World) -> Iterator[str]:
    """The address at which `shown_world` is served."""
    with serving(create_app(shown_world.settings)) as url:
        yield url
