"""`intake doctor`: a healthy installation passes; each thing that is broken is named with its remedy."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake import clock
from intake.config import Settings
from intake.db import Database
from intake.documents import typeface
from intake.i18n import translate
from intake.mail import SmtpMailer
from intake.models import CalendarDay, Heartbeat, Outbox
from intake.services import database_checks, host_checks
from intake.services.findings import Finding

ORDER = [
    "settings",
    "secrets",
    "database",
    "migrations",
    "schema",
    "holidays",
    "worker",
    "outbox",
    "clock",
    "fonts",
    "pdf",
    "mail",
    "files",
    "disk",
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def told(findings: Iterator[Finding]) -> list[tuple[str, str, str]]:
    return [(f.subject, f.level.value, translate(f.remedy, "en") if f.remedy else "") for f in findings]


def test_a_new_installation_passes_in_order(intake, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    answer = intake("doctor")
    lines = answer.out.splitlines()
    assert [line.split()[1] for line in lines] == ORDER
    assert [line.split()[1] for line in lines if not line.startswith("ok")] == ["settings", "worker", "mail"]
    assert (answer.code, answer.err) == (0, "")


def test_what_fails_is_told_in_the_language_asked_for_and_the_rest_is_checked_all_the_same(
    intake, monkeypatch, tmp_path
) -> None:
    unsafe = {"ENV": "production", "SECRET_KEY": "short", "REQUIRE_MFA": "no"}
    for name, value in {**unsafe, "DATABASE_URL": f"sqlite:///{tmp_path}/none.db"}.items():
        monkeypatch.setenv(f"INTAKE_{name}", value)
    answer = intake("doctor", "--lang", "vi")
    lines = answer.out.splitlines()
    failed = [line for line in lines if line.startswith("fail")]
    assert [line.split(": ")[1].split()[0] for line in failed[:4]] == [
        "INTAKE_SECRET_KEY",
        "INTAKE_BASE_URL",
        "INTAKE_MAIL_URL",
        "INTAKE_REQUIRE_MFA",
    ]
    assert failed[4:] == [
        f"fail  database   Chưa có cơ sở dữ liệu trong {tmp_path}/none.db. - Chạy: intake db upgrade",
    ]
    assert [line.split()[1] for line in lines[-6:]] == ORDER[-6:]
    assert (answer.code, answer.err) == (1, "intake: 5 mục kiểm tra không đạt.\n")
    assert not (tmp_path / "none.db").exists()


def test_a_setting_that_is_no_number_is_named_and_its_value_is_not(intake, monkeypatch) -> None:
    monkeypatch.setenv("INTAKE_OUTBOX_GRACE_SECONDS", "s3cret")
    answer = intake("doctor", "--lang", "en")
    assert (answer.code, answer.out[:51]) == (1, "fail  settings   INTAKE_OUTBOX_GRACE_SECONDS cannot")
    refused = intake("audit", "verify")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "s3cret" not in answer.out + answer.err + refused.err


def test_an_open_secret_fails(settings) -> None:
    settings.secret()
    kept = settings.data_dir / "secret.key"
    assert told(host_checks.secrets_kept(settings, Path("no.env"))) == [("secrets", "ok", "")]
    kept.chmod(0o644)
    assert told(host_checks.secrets_kept(settings, Path("no.env"))) == [("secrets", "fail", f"Run: chmod 600 {kept}")]


def test_a_file_store_and_a_mail_folder_that_cannot_be_written_fail(settings, tmp_path) -> None:
    (tmp_path / "file").touch()
    broken = settings.model_copy(update={name: f"file://{tmp_path}/file/x" for name in ("files_url", "mail_url")})
    assert [level for _, level, _ in told(host_checks.file_store(broken))] == ["fail"]
    assert [level for _, level, _ in told(host_checks.mail(broken))] == ["fail"]
    assert [level for _, level, _ in told(host_checks.file_store(settings))] == ["ok"]
    assert list((settings.data_dir / "files").rglob("*.*")) == []


def test_a_mail_server_is_greeted_and_never_named_with_its_password(settings) -> None:
    class Greeter(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                self.wfile.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 here\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Greeter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = settings.model_copy(update={"mail_url": f"smtp://127.0.0.1:{server.server_address[1]}"})
        assert told(host_checks.mail(at)) == [("mail", "ok", "")]
        signing_in = at.model_copy(update={"mail_url": at.mail_url.replace("//", "//me:geheim@")})
        (refused,) = host_checks.mail(signing_in)
        server.shutdown()
    assert (refused.level, "geheim" in translate(refused.text, "en")) == ("fail", False)
    with pytest.raises(OSError):
        SmtpMailer("smtp://127.0.0.1:1", "a@b.vn").probe()
    assert issubclass(smtplib.SMTPException, OSError)


def test_damaged_fonts_fail(settings, tmp_path) -> None:
    (tmp_path / typeface.MANIFEST).write_text("00 tinos-regular.ttf\n")
    assert told(host_checks.fonts(settings, folder=tmp_path)) == [("fonts", "fail", "Install intake again.")]


def test_workers_and_late_promises(database: Database) -> None:
    start = "Run: intake worker (intake serve starts one beside it), or intake worker --once from cron."
    look = "Look at the log of the worker; it tries again by itself."

    def levels() -> list[tuple[str, str, str]]:
        with database.reading() as db:
            return told(database_checks.worker(db))

    assert levels() == [("worker", "warn", start), ("outbox", "ok", "")]
    late = Outbox(key="k", kind="mail", payload={}, attempts=3, last_error="refused", created_at=clock.now())
    late.created_at -= timedelta(minutes=11)
    with database.writing() as db:
        db.add(late)
    assert levels() == [("worker", "fail", start), ("outbox", "warn", look)]
    with database.writing() as db:
        db.add(Heartbeat(executor="here:0", seen_at=clock.now()))
    assert levels() == [("worker", "ok", ""), ("outbox", "warn", look)]


def test_tables_that_were_changed_by_hand_fail(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE remark ADD COLUMN scribble TEXT")
    remedy = "Somebody changed the tables by hand: undo it, or restore a backup."
    assert told(database_checks.tables(database))[-1] == ("schema", "fail", remedy)


def test_an_older_and_a_newer_database_are_told_apart(database: Database) -> None:
    found = []
    for revision in ("'0001'", "'9999'"):
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = {revision}")
        found.append(told(database_checks.database(database))[-1])
    newer = "Install the newer version of intake here, too."
    assert found == [("migrations", "fail", "Run: intake db upgrade"), ("migrations", "fail", newer)]


def test_the_clock_of_the_database_is_compared(migrated_postgres_url, monkeypatch) -> None:
    database, real, levels = Database(migrated_postgres_url), clock.now, []
    for seconds in (0, 5, -40):
        monkeypatch.setattr(clock, "now", lambda ahead=seconds: real() + timedelta(seconds=ahead))
        with database.reading() as db:
            levels += [level for _, level, _ in told(database_checks.clock_of(db, is_sqlite=False))]
    database.dispose()
    assert levels == ["ok", "warn", "fail"]


def test_holidays_that_run_out_are_told(database: Database) -> None:
    with database.writing() as db:
        for day in db.query(CalendarDay).where(CalendarDay.on > clock.today()):
            db.delete(day)
    with database.reading() as db:
        assert [level for _, level, _ in told(database_checks.calendar(db))] == ["warn"]
