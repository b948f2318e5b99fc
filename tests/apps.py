"""Applications for tests. Making one costs more than most tests do, so each is used again with other resources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from intake.app import create_app
from intake.config import Environment, Settings
from intake.web.resources import Resources
from intake.web.security import limiter

SECRET = "s" * 32
IDLE: list[Flask] = []


@contextmanager
def running_app(settings: Settings) -> Iterator[Flask]:
    """An application of the demonstration that nobody else uses meanwhile, on what `settings` name."""
    assert (settings.env, settings.secret()) == (Environment.DEMO, SECRET), (
        "what differs in more needs an application of its own"
    )
    app = IDLE.pop() if IDLE else create_app(settings)
    opened = app.extensions["intake"] = Resources.of(settings)
    limiter.reset()
    try:
        yield app
    finally:
        opened.database.dispose()
        IDLE.append(app)
