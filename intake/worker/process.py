"""The worker as a process: takes a slot on this host, works until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading

from intake import jobs
from intake.config import Settings
from intake.db import Database
from intake.files import StoredFiles
from intake.mail import mailer
from intake.worker.handlers import Tools, deliver
from intake.worker.rounds import heartbeat, sweep

EVERY_10_SECONDS = "*/10 * * * * *"
EVERY_30_SECONDS = "*/30 * * * * *"


def tools_of(settings: Settings) -> Tools:
    return Tools(
        database=Database(settings.database_url),
        files=StoredFiles(settings.files_url),
        mailer=mailer(settings.mail_url, settings.mail_from),
        base_url=settings.base_url,
    )


def run(settings: Settings, *, with_parent: bool = False) -> None:
    """Work until SIGTERM or SIGINT; `with_parent` also ends the work when the process that started it is gone."""
    tools, slot = tools_of(settings), jobs.Slot(settings.data_dir / "locks")
    tasks = jobs.Tasks(
        deliver=lambda outbox_id: deliver(tools, outbox_id),
        rounds={
            "heartbeat": (EVERY_10_SECONDS, heartbeat(tools.database)),
            "sweep": (EVERY_30_SECONDS, sweep(tools.database, grace_seconds=settings.outbox_grace_seconds)),
        },
    )
    stopping, parent = threading.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    jobs.launch(settings.database_url, slot.executor, tasks)
    while not stopping.wait(1.0):
        if with_parent and os.getppid() != parent:
            break
    jobs.stop()
