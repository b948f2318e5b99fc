"""`intake backup` and `intake restore` as an operator runs them."""

from __future__ import annotations

from pathlib import Path

from intake.cli import world
from intake.i18n import N_
from intake.models import User
from intake.services import notices
from tests.cli.conftest import Command, start

SUBJECT = N_("Proposal %(code)s", code="SK-2026-00000000")


def promise(database, email: str, key: str) -> None:
    with database.writing() as db:
        person = db.query(User).where(User.email == email).one()
        notices.notify(db, [person.id], SUBJECT, [SUBJECT], key=key, path="/")


def mails(folder: Path) -> list[Path]:
    return sorted((folder / "mail").glob("*.eml"))


def test_what_was_sent_is_not_sent_again_and_what_was_not_is(intake: Command, monkeypatch, tmp_path) -> None:
    promise(world.database(), "applicant@demo.vn", "first")
    assert intake("worker", "--once").out.endswith("delivered 1\n")
    promise(world.database(), "secretary@demo.vn", "second")
    file = tmp_path / "copy.zip"
    answer = intake("backup", file)
    assert (answer.code, answer.out.split(" rows and ")[1]) == (0, f"0 files written to {file}\n")
    assert file.stat().st_mode & 0o077 == 0

    start(monkeypatch, f"sqlite:///{tmp_path}/other/intake.db", tmp_path / "other")
    assert intake("restore", file).out.endswith("restored; the audit chain is whole\n")
    assert intake("worker", "--once").out.endswith("delivered 1\n")
    assert [path.read_text().count("secretary@demo.vn") for path in mails(tmp_path / "other")] == [1]
    assert intake("audit", "verify").code == 0
    again = intake("restore", file)
    assert (again.code, again.err.count("\n"), "the database is not empty" in again.err) == (1, 1, True)


def test_a_backup_that_fails_leaves_the_one_before(intake: Command, monkeypatch, tmp_path) -> None:
    file = tmp_path / "copy.zip"
    file.write_text("the one before")
    start(monkeypatch, f"sqlite:///{tmp_path}/none.db", tmp_path / "data")
    answer = intake("backup", file)
    assert (answer.code, answer.err) == (1, "intake: the database has no tables yet; run: intake db upgrade\n")
    assert file.read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy.zip"]
