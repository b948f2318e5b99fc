"""The durable queue: enqueue inside the caller's transaction, work in the worker."""

from __future__ import annotations

import fcntl
import logging
import socket
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

APPLICATION = "intake"
# Work left by an older release must still be picked up by this one, so the version is pinned.
APPLICATION_VERSION = "1"
QUEUE = "outbox"
WORKFLOW = "deliver"
SLOTS = 64
ATTEMPTS = 5

logger = logging.getLogger(__name__)


def queue_url(url: str) -> str:
    """The database URL in the form the queue wants: without our choice of driver."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql")
    return parsed.render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """Create or update the queue's own tables."""
    DBOS.migrate(queue_url(url))


@cache
def client(url: str) -> DBOSClient:
    """The enqueueing side: no thread, no connection of its own until it is needed."""
    return DBOSClient(system_database_url=queue_url(url), application_name=APPLICATION, lazy=True)


def enqueue(db: Session, outbox_id: int, *, attempt: int = 0) -> None:
    """Promise delivery of one outbox row in the caller's transaction; the same promise twice is one."""
    url = db.get_bind().engine.url.render_as_string(hide_password=False)
    suffix = f"-{attempt}" if attempt else ""
    client(url).enqueue_in_transaction(
        db,
        {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": f"outbox-{outbox_id}{suffix}",
            "app_version": APPLICATION_VERSION,
        },
        outbox_id,
    )


class Slot:
    """A place for one worker process on this host, held by a lock, so that no two share an executor id."""

    def __init__(self, folder: Path) -> None:
        self.executor, self.lock = self.take(folder)

    @staticmethod
    def take(folder: Path) -> tuple[str, IO[str]]:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(SLOTS):
            lock = (folder / f"worker-{number}.lock").open("a")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                continue
            return f"{socket.gethostname()}:{number}", lock
        raise RuntimeError(f"all {SLOTS} worker slots of this host are taken")


class Tasks:
    """What the worker does, given from above: deliver one row, and the regular rounds."""

    def __init__(
        self,
        deliver: Callable[[int], None],
        rounds: dict[str, tuple[str, Callable[[str, datetime], list[str]]]],
    ) -> None:
        self.deliver, self.rounds = deliver, rounds


def launch(url: str, executor: str, tasks: Tasks, *, concurrency: int = 4, poll_seconds: float = 0.2) -> None:
    """Start working in this process; returns at once, threads do the work until `stop`.

    `tasks.rounds` maps a name to (cron line with seconds, function of (executor, moment)); the function answers
    with executors that fell silent, whose unfinished work is then taken over.
    """
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": queue_url(url),
        "application_version": APPLICATION_VERSION,
        "executor_id": executor,
        "log_level": "WARNING",
        "scheduler_polling_interval_sec": 1.0,
        "run_migrations": False,
    }
    DBOS(config=config)

    @DBOS.step(name="attempt", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=2.0)
    def attempt(outbox_id: int) -> None:
        tasks.deliver(outbox_id)

    @DBOS.workflow(name=WORKFLOW)
    def deliver(outbox_id: int) -> None:
        attempt(outbox_id)

    schedules = []
    for name, (cron, work) in tasks.rounds.items():

        @DBOS.workflow(name=name)
        def run(moment: datetime, context: object, work: Callable[[str, datetime], list[str]] = work) -> None:
            for silent in work(executor, moment):
                take_over(silent)

        schedules.append({"schedule_name": name, "workflow_fn": run, "schedule": cron, "context": None})
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=concurrency, polling_interval_sec=poll_seconds)
    DBOS.apply_schedules(schedules)


def take_over(executor: str) -> None:
    """Resume what a silent executor left unfinished."""
    for status in DBOS.list_workflows(status="PENDING", executor_id=executor):
        logger.warning("resuming %s left by %s", status.workflow_id, executor)
        DBOS.resume_workflow(status.workflow_id)


def stop() -> None:
    """Finish what runs and stop working."""
    DBOS.destroy(workflow_completion_timeout_sec=5)
