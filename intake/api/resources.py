"""What the application holds for every request, as far as the API needs it."""

from __future__ import annotations

from typing import Protocol

from flask import current_app

from intake.db import Database
from intake.files import Files


class Resources(Protocol):
    """The database and the stored files."""

    @property
    def database(self) -> Database: ...

    @property
    def files(self) -> Files: ...


def resources() -> Resources:
    """Those of the application that answers the current request."""
    return current_app.extensions["intake"]
