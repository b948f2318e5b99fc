"""What one application holds: settings, database, files and mail, made once when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from intake.config import Settings
from intake.db import Database
from intake.files import Files, StoredFiles
from intake.mail import Mailer, mailer


@dataclass(frozen=True)
class Resources:
    """Kept in `app.extensions["intake"]`."""

    settings: Settings
    database: Database
    files: Files
    mailer: Mailer

    @classmethod
    def of(cls, settings: Settings) -> Resources:
        """Open everything that `settings` name."""
        return cls(
            settings,
            Database(settings.database_url, secret=settings.secret()),
            StoredFiles(settings.files_url),
            mailer(settings.mail_url, settings.mail_from),
        )


def resources() -> Resources:
    """Those of the application that answers the current request."""
    return current_app.extensions["intake"]
