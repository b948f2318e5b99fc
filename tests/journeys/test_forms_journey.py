"""One proposal travels the whole way over HTTP forms alone, without JavaScript, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from intake.app import create_app
from tests.conftest import PASSWORD
from tests.journeys.office import Office, tools
from tests.journeys.visitors import FormVisitor, Visitor, signed_in
from tests.journeys.whole_way import whole_way
from tests.web.conftest import settings_for

LANGUAGE = "vi"


@pytest.fixture
def app(peopled_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The demonstration's people on each engine, without proposals."""
    made = create_app(settings_for(peopled_url, tmp_path))
    yield made
    made.extensions["intake"].database.dispose()


@pytest.mark.slow
def test_journey_over_forms(app: Flask, tmp_path: Path) -> None:
    def enter(email: str) -> Visitor:
        visitor = FormVisitor(app, LANGUAGE)
        return signed_in(visitor, email, PASSWORD) if email else visitor

    whole_way(Office(enter, tools(app)), tmp_path)
