"""Killing web server and worker without warning loses no promised mail and sends none twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, select

from intake import clock
from intake.db import Database
from intake.i18n import Message
from intake.models import Outbox, User
from intake.services import notices, seeding

LONG = 20
SHORT = 1
MAILS_PER_ROUND = 6
PATIENCE_SECONDS = 60


def environment(folder: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTAKE_")}
    return kept | {
        "INTAKE_DATA_DIR": str(folder),
        "INTAKE_DATABASE_URL": url,
        "INTAKE_OUTBOX_GRACE_SECONDS": "1",
    }


def start_worker(settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "intake", "worker"], env=dict(settings), start_new_session=True)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power failure would: no signal handler, no child survives."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def promise(database: Database, round_number: int) -> None:
    """Commit some promises, then say nothing more: whoever committed may be dead by now."""
    with database.writing() as db:
        user = db.scalar(select(User))
        if user is None:
            user = User(email="nguoi.nhan@example.vn", name="Người nhận", created_at=clock.now())
            db.add(user)
            db.flush()
        for number in range(MAILS_PER_ROUND):
            line = Message("Proposal %(code)s: %(title)s", {"code": round_number, "title": number})
            notices.notify(db, [user.id], line, [line], key=f"{round_number}:{number}")


def undelivered(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Outbox).where(Outbox.delivered_at.is_(None))) or 0


def wait_until_delivered(database: Database) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while left := undelivered(database):
        assert time.monotonic() < limit, f"{left} promised mails were not delivered in {PATIENCE_SECONDS} s"
        time.sleep(0.1)


def run(n: int, url: str | None = None) -> str:
    """`n` times: promise mails, kill the worker at a random moment of its work, start another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder / 'intake.db'}"
        database, settings = Database(url), environment(folder, url)
        seeding.upgrade(database)
        worker = start_worker(settings)
        try:
            for round_number in range(n):
                promise(database, round_number)
                time.sleep(random.uniform(0, 2))
                kill(worker)
                worker = start_worker(settings)
            wait_until_delivered(database)
        finally:
            kill(worker)
            database.dispose()
        mails = sorted((folder / "mail").glob("*.eml"))
        subjects = {
            next(line for line in mail.read_text().splitlines() if line.startswith("Subject")) for mail in mails
        }
        expected = n * MAILS_PER_ROUND
        assert (len(mails), len(subjects)) == (expected, expected), f"{len(mails)} mails, {len(subjects)} different"
        return f"{expected} mails promised, {n} kills, {len(mails)} arrived, each once"
