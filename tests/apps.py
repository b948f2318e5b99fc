"""Applications for tests. Making one costs more than most tests do, so each is used again with other resources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from intake.app import create_app
from intake.config import Environment, Settings
from intake.web.resources import Resources
from intake.web.security import limiter
from tests.databases import opened

SECRET = "s" * 32
IDLE: list[Flask] = []


@contextmanager
def running_app(settings: Settings) -> Iterator[Flask]:
    """An application of the demonstration that nobody else uses meanwhile, on what `settings` name."""
    assert (settings.env, settings.secret()) == (Environment.DEMO, SECRET), (
        "what differs in more needs an application of its own"
    )
    app = IDLE.pop() if IDLE else create_app(settings)
    limiter.reset()
    with opened(settings.database_url) as database:
        app.extensions["intake"] = replace(Resources.of(settings), database=database)
        yield app
    IDLE.append(app)
