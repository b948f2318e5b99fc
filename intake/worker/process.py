"""The worker as a process: takes a slot on this host, works until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import threading

from intake import jobs
from intake.config import Settings
from intake.db import Database
from intake.files import StoredFiles
from intake.mail import mailer
from intake.services import likenesses, outbox, standing_rounds
from intake.worker import days
from intake.worker.handlers import Tools, deliver
from intake.worker.rounds import compare_wording, heartbeat, pass_days, recompute_standings, sweep

logger = logging.getLogger(__name__)
EVERY_10_SECONDS = "*/10 * * * * *"
EVERY_20_SECONDS = "*/20 * * * * *"
EVERY_30_SECONDS = "*/30 * * * * *"
EVERY_5_MINUTES = "0 */5 * * * *"


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
            "days": (EVERY_5_MINUTES, pass_days(tools.database)),
            "standings": (EVERY_20_SECONDS, recompute_standings(tools.database)),
            "likenesses": (EVERY_20_SECONDS, compare_wording(tools.database)),
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


def run_once(settings: Settings) -> dict[str, int]:
    """One round without a lasting process: what days brought, standings, wording, then every promise; how many."""
    tools = tools_of(settings)
    try:
        done = days.turn(tools.database)
        done |= {"standings": standing_rounds.turn(tools.database), "sketches": likenesses.turn(tools.database)}
        return done | {"delivered": deliver_all(tools)}
    finally:
        tools.database.dispose()


def deliver_all(tools: Tools) -> int:
    """Keep the promises that stand now; one that fails is noted and left for the next round."""
    with tools.database.reading() as db:
        promised = [row.id for row in outbox.undelivered(db, older_than_seconds=0)]
    count = 0
    for outbox_id in promised:
        try:
            deliver(tools, outbox_id)
        except Exception:
            logger.exception("delivery %s failed", outbox_id)
        else:
            count += 1
    return count
