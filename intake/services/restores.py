"""A backup brought back into an empty database, of either engine, and an empty file store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import IO, Any

from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.engine import Connection

from intake import clock
from intake.db import Database
from intake.files import Files
from intake.models import AuditEntry, Heartbeat, Proposal, User, schema
from intake.services import audit, seeding
from intake.services.backup_format import Archive, Refused, from_json, tables
from intake.services.backups import ROWS_AT_ONCE, Copied

SILENT_AFTER = timedelta(seconds=60)


def restore(database: Database, files: Files, source: IO[bytes]) -> Copied:
    """Bring back what `source` holds. Nothing is touched before the whole of it has been verified.

    The rows come in one transaction, after the files that they name.
    """
    archive = Archive(source)
    archive.verify()
    revision = archive.manifest["revision"]
    if revision not in schema.known_revisions():
        raise Refused("this backup is from a newer version of intake; install that version to restore it")
    refuse_broken_chain(archive)
    refuse_used(database)
    with database.engine.connect() as connection:
        schema.bring(connection, revision)
    count = put_files(archive, files)
    with database.engine.begin() as connection:
        copied = load(connection, archive)
    if revision == schema.known_revisions()[0]:
        schema.migrate(database)
    else:
        seeding.upgrade(database)
    with database.reading() as db:
        if broken := audit.verify(db):
            raise Refused(f"restored, but the audit chain is broken: {broken.reason}")
    return Copied(copied, count)


def refuse_broken_chain(archive: Archive) -> None:
    """The chain is whole from its first entry to the end that was written down."""
    names = next(table["columns"] for table in archive.manifest["tables"] if table["name"] == AuditEntry.__tablename__)
    last: dict[str, Any] = {"seq": 0, "hash": audit.GENESIS}

    def entries() -> Iterator[dict[str, Any]]:
        nonlocal last
        for row in archive.rows(AuditEntry.__tablename__):
            last = dict.fromkeys(names) | row
            yield audit.from_json(last)

    if broken := audit.first_broken(entries()):
        raise Refused(f"the audit chain in this backup is broken: {broken.reason}")
    head = next(archive.rows("audit_head"), {})
    if (head.get("seq"), head.get("hash")) != (last["seq"], last["hash"]):
        raise Refused(f"the audit chain in this backup is broken: entries after {last['seq']} were removed")


def refuse_used(database: Database) -> None:
    """What was only migrated and seeded is empty; one person, proposal or audit entry is not."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    with database.reading() as db:
        for model in (User, Proposal, AuditEntry):
            if model.__tablename__ in there and db.scalar(select(func.count()).select_from(model.__table__)):
                raise Refused("the database is not empty; restore into a new one (INTAKE_DATABASE_URL)")
        if Heartbeat.__tablename__ in there:
            alive = select(func.count()).where(Heartbeat.seen_at >= clock.now() - SILENT_AFTER)
            if db.scalar(alive):
                raise Refused("a worker is at work on this database; stop it first")


def put_files(archive: Archive, files: Files) -> int:
    """Every file under its key; the same bytes may be there already, as after a restore that was interrupted."""
    count = 0
    for entry in archive.files():
        try:
            files.put(entry["key"], archive.content(entry["key"]))
        except Exception as error:
            # What a store raises for a key that holds other bytes, or that it cannot have, is its own.
            raise Refused(f"{entry['key']} cannot be stored: {error}") from error
        count += 1
    return count


def load(connection: Connection, archive: Archive) -> int:
    """All rows of all tables, in place of what the seeding put there."""
    known = {table.name: table for table in tables(connection)}
    held = {table["name"] for table in archive.manifest["tables"]}
    if unknown := held - set(known):
        raise Refused(f"this backup holds tables that this version does not know: {', '.join(sorted(unknown))}")
    for table in reversed(known.values()):
        connection.execute(table.delete())
    count = 0
    for table in known.values():
        if table.name in held:
            count += fill(connection, table, archive)
    if connection.dialect.name == "postgresql":
        for table in known.values():
            set_sequence(connection, table)
    return count


def fill(connection: Connection, table: Table, archive: Archive) -> int:
    """The rows of one table; what points into the table itself comes after all of them are there."""
    inward = [column.name for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    count, lines = 0, archive.rows(table.name)
    while batch := [from_json(row, table) for row in islice(lines, ROWS_AT_ONCE)]:
        connection.execute(table.insert(), [row | dict.fromkeys(inward) for row in batch])
        count += len(batch)
    if inward:
        for row in archive.rows(table.name):
            pointing = {name: row[name] for name in inward if name in row}
            if pointing:
                key = [column == row[column.name] for column in table.primary_key.columns]
                connection.execute(table.update().where(*key).values(**pointing))
    return count


def set_sequence(connection: Connection, table: Table) -> None:
    """The next number that PostgreSQL gives is one that no row has."""
    quoted = connection.dialect.identifier_preparer.quote(table.name)
    for column in table.primary_key.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": quoted, "column": column.name}
        )
        if sequence:
            last = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, last or 1, last is not None)))
