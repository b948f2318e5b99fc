"""Killing the web server, and its worker with it, right after an answer loses no mail and sends none twice."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from intake.cli.demo import add_account, add_university
from intake.cli.demo_documents import demo_document
from intake.db import Database
from intake.models import Outbox, User
from intake.outline import export_proposal
from intake.services import accounts, seeding
from intake.services.demo_accounts import ACCOUNTS
from proofs.kills import PATIENCE_SECONDS, environment, kill, start_worker, wait_until_delivered

LONG = 10
SHORT = 1
INITIATIVES = ("sk10", "sk11", "sk12", "sk13", "sk15", "sk16", "sk18", "sk19", "sk21", "sk22")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(settings: dict[str, str]) -> Iterator[str]:
    """A web server with its worker; both are killed at the end of the block, as a power failure would."""
    port = free_port()
    command = [sys.executable, "-m", "intake", "serve", "--port", str(port), "--processes", "1"]
    server = subprocess.Popen(command, env=settings, start_new_session=True, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/live")
        yield address
    finally:
        kill(server)


def wait_for(url: str) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < limit, f"{url} did not answer in {PATIENCE_SECONDS} s"
            time.sleep(0.2)


def post(url: str, token: str, body: object) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def prepare(database: Database) -> str:
    """Tables, the people of the demonstration, and a token of the university's applicant."""
    seeding.upgrade(database)
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, secrets.token_hex())
        owner = db.scalars(select(User).where(User.email == "organisation@demo.vn")).one()
        return accounts.create_token(db, owner, days=1, scope="write")


def run(n: int, url: str | None = None) -> str:
    """`n` times: submit over HTTP, kill everything on the answer; then one worker keeps all promises."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder / 'intake.db'}"
        database, settings = Database(url), environment(folder, url)
        token = prepare(database)
        for initiative in INITIATIVES[:n]:
            with served(settings) as address:
                made = post(f"{address}/api/v1/proposals", token, export_proposal(demo_document(initiative)))
                moves = f"{address}/api/v1/proposals/{made['code']}/transitions"
                post(moves, token, {"transition": "submit"})
        with database.reading() as db:
            promised = db.scalar(select(func.count()).select_from(Outbox).where(Outbox.kind == "mail")) or 0
        worker = start_worker(settings)
        try:
            wait_until_delivered(database)
        finally:
            kill(worker)
            database.dispose()
        arrived = len(list((folder / "mail").glob("*.eml")))
        assert promised >= n and arrived == promised, f"{promised} mails promised, {arrived} arrived"
        return f"{n} submissions, {n} kills of server and worker, {promised} mails promised, each arrived once"
