"""`intake worker --once`: what is due is done, what is promised is delivered, then it stops."""

from __future__ import annotations

from datetime import timedelta

from click.testing import CliRunner

from intake import clock
from intake.cli import working, world
from intake.db import Database
from tests import factories


def test_one_round_says_what_it_did_and_leaves_nothing_for_the_next(migrated_sqlite_url, tmp_path, monkeypatch):
    monkeypatch.setenv("INTAKE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("INTAKE_DATABASE_URL", migrated_sqlite_url)
    world.settings.cache_clear()
    database = Database(migrated_sqlite_url)
    with database.writing() as db:
        factories.secretary(db)
        past = clock.today() - timedelta(days=3)
        factories.proposal(db, "supplement", asked_by="reception", due_on=past)
    database.dispose()
    answers = [CliRunner().invoke(working.worker, ["--once"]) for _ in range(2)]
    world.settings.cache_clear()
    assert [(one.exit_code, one.output) for one in answers] == [
        (0, "lapses 1, report days 0, reminders 0, failed 0, standings 0, sketches 1, delivered 1\n"),
        (0, "lapses 0, report days 0, reminders 0, failed 0, standings 0, sketches 0, delivered 0\n"),
    ]
    [mail] = (tmp_path / "mail").glob("*.eml")
    assert "To: owner@example.vn" in mail.read_text()
