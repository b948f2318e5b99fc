"""Checks of the database and of what it tells: tables, clock, workers, promises that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from intake import clock
from intake.db import Database
from intake.i18n import N_
from intake.models import CalendarDay, Heartbeat, Outbox, schema
from intake.services import health
from intake.services.findings import Finding, fail, ok, reason, warn

UPGRADE = N_("Run: intake db upgrade")
SILENT_AFTER = timedelta(seconds=60)
LATE_AFTER = timedelta(minutes=10)
SMALL_DRIFT, LARGE_DRIFT = timedelta(seconds=2), timedelta(seconds=30)


def database(target: Database) -> Iterator[Finding]:
    """Everything that needs the database, as far as it comes."""
    file = target.engine.url.database
    if target.is_sqlite and file and not Path(file).is_file():
        yield fail("database", N_("There is no database in %(path)s yet.", path=file), UPGRADE)
        return
    shown = target.engine.url.set(drivername=target.engine.dialect.name).render_as_string(hide_password=True)
    try:
        with target.reading() as db:
            before = health.migration(db)
    except SQLAlchemyError as error:
        text = N_("The database %(url)s does not answer: %(reason)s", url=shown, reason=reason(error))
        yield fail("database", text, N_("Start the database, or correct INTAKE_DATABASE_URL."))
        return
    yield ok("database", N_("The database %(url)s answers.", url=shown))
    if before is not health.Migration.CURRENT:
        yield unmigrated(before)
        return
    yield from tables(target)
    with target.reading() as db:
        yield from clock_of(db, is_sqlite=target.is_sqlite)
        yield from calendar(db)
        yield from worker(db)


def unmigrated(found: health.Migration) -> Finding:
    if found is health.Migration.NEWER:
        text = N_("The database was brought to a newer version than this program knows.")
        return fail("migrations", text, N_("Install the newer version of intake here, too."))
    return fail("migrations", N_("The tables are not at the version of this program."), UPGRADE)


def tables(target: Database) -> Iterator[Finding]:
    """Whether the tables are those of the models, and hold what the program declares."""
    yield ok("migrations", N_("All migrations have been made."))
    if found := schema.differences(target):
        text = N_("The tables differ from what the program expects: %(found)s", found=" ".join(found.split()))
        yield fail("schema", text, N_("Somebody changed the tables by hand: undo it, or restore a backup."))
        return
    with target.reading() as db:
        if health.is_seeded(db):
            yield ok("schema", N_("The tables agree with the models."))
        else:
            yield fail("schema", N_("The tables are empty."), UPGRADE)


def clock_of(db: Session, *, is_sqlite: bool) -> Iterator[Finding]:
    """How far the clock of the database is from ours; a file has no clock of its own."""
    if is_sqlite:
        return
    before = clock.now()
    theirs: datetime = db.scalar(select(func.clock_timestamp())) or before
    after = clock.now()
    drift = max(before - theirs, theirs - after, timedelta())
    text = N_("The clock of the database differs by %(seconds)s seconds.", seconds=round(drift.total_seconds(), 1))
    remedy = N_("Let both machines take their time from the same server (NTP).")
    if drift > LARGE_DRIFT:
        yield fail("clock", text, remedy)
    elif drift > SMALL_DRIFT:
        yield warn("clock", text, remedy)
    else:
        yield ok("clock", N_("The clock of the database agrees with this machine."))


def calendar(db: Session) -> Iterator[Finding]:
    """Whether the holidays of the coming year are known, without which periods end on the wrong day."""
    known = db.scalar(select(func.max(CalendarDay.on)))
    needed = clock.today().year + 1
    if known is not None and known.year >= needed:
        yield ok("holidays", N_("Holidays are known until the end of %(year)s.", year=known.year))
    else:
        yield warn("holidays", N_("The holidays of %(year)s are not known.", year=needed), UPGRADE)


def worker(db: Session) -> Iterator[Finding]:
    """Whether somebody delivers mails and makes papers, and whether that works."""
    now = clock.now()
    alive = db.scalar(select(func.count()).where(Heartbeat.seen_at >= now - SILENT_AFTER)) or 0
    is_late = (Outbox.delivered_at.is_(None), Outbox.created_at < now - LATE_AFTER)
    late = db.scalar(select(func.count()).select_from(Outbox).where(*is_late)) or 0
    error = db.scalar(select(Outbox.last_error).where(*is_late, Outbox.last_error.is_not(None)).limit(1))
    start = N_("Run: intake worker (intake serve starts one beside it), or intake worker --once from cron.")
    if alive:
        yield ok("worker", N_("%(count)s worker(s) at work.", count=alive))
    elif late:
        yield fail("worker", N_("No worker is at work."), start)
    else:
        yield warn("worker", N_("No worker is at work; nothing waits for one."), start)
    if late and error:
        text = N_("%(count)s mails or papers are late: %(reason)s", count=late, reason=error)
        yield warn("outbox", text, N_("Look at the log of the worker; it tries again by itself."))
    elif late:
        yield warn("outbox", N_("%(count)s mails or papers are late.", count=late), start)
    else:
        yield ok("outbox", N_("Nothing that was promised is late."))
