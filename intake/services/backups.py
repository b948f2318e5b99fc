"""A consistent copy of database and files, made while others write."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import IO, Any
from zipfile import ZipFile

from sqlalchemy import JSON, Table, null, select
from sqlalchemy.engine import Connection

from intake import clock
from intake.db import Database
from intake.files import Files
from intake.models import schema
from intake.services.backup_format import (
    FILE_LIST,
    FORMAT,
    FORMAT_NUMBER,
    MANIFEST,
    PIECE,
    Refused,
    Writer,
    as_json,
    file_member,
    member,
    table_member,
    tables,
)

ROWS_AT_ONCE = 500
IS_NULL = "is null: "
LIST_IN_MEMORY = 2**20


@dataclass(frozen=True)
class Copied:
    """What a backup holds."""

    rows: int
    files: int


def write(database: Database, files: Files, target: IO[bytes]) -> Copied:
    """Copy everything as it is at this instant into `target`.

    Files are written before the row that names them is committed and never change, so a list of them made after the
    instant of the database has all that it names.
    """
    with database.snapshot() as connection, ZipFile(target, "w") as archive:
        revision = schema.revision(connection)
        if revision is None:
            raise Refused("the database has no tables yet; run: intake db upgrade")
        known = tables(connection)
        copied = [copy_table(connection, table, archive) for table in known]
        kept = copy_files(files, archive)
        refuse_missing(connection, known, archive)
        manifest = {
            "format": f"{FORMAT}/{FORMAT_NUMBER}",
            "made_at": as_json(clock.now()),
            "program": version("intake"),
            "engine": connection.dialect.name,
            "revision": revision,
            "tables": copied,
            "files": kept,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        archive.writestr(member(MANIFEST, is_packed=True), text)
    return Copied(sum(table["rows"] for table in copied), kept["count"])


def copy_table(connection: Connection, table: Table, archive: ZipFile) -> dict[str, Any]:
    with archive.open(member(table_member(table.name), is_packed=True), "w", force_zip64=True) as opened:
        writer = Writer(opened)
        for row in rows(connection, table):
            writer.line(row)
    columns = [column.name for column in table.columns]
    return {"name": table.name, "columns": columns, "rows": writer.lines, "sha256": writer.hash.hexdigest()}


def rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Each row as JSON, without its NULLs, in the order of the key."""
    empty = [
        column.is_(null()).label(IS_NULL + column.name)
        for column in table.columns
        if isinstance(column.type, JSON) and column.nullable
    ]
    query = select(*table.columns, *empty).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}).mappings():
        yield {
            column.name: as_json(row[column])
            for column in table.columns
            if row[column] is not None
            or (isinstance(column.type, JSON) and not row.get(IS_NULL + column.name, not column.nullable))
        }


def copy_files(files: Files, archive: ZipFile) -> dict[str, Any]:
    """Every file under its key, then the list of them."""
    count = 0
    with tempfile.SpooledTemporaryFile(LIST_IN_MEMORY) as listed:
        entries = Writer(listed)
        for key in files.listing():
            content = files.get(key)
            archive.writestr(member(file_member(key), is_packed=False), content)
            entries.line({"key": key, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
            count += 1
        listed.seek(0)
        with archive.open(member(FILE_LIST, is_packed=True), "w") as opened:
            while piece := listed.read(PIECE):
                opened.write(piece)
    return {"count": count, "sha256": entries.hash.hexdigest()}


def refuse_missing(connection: Connection, known: list[Table], archive: ZipFile) -> None:
    """A backup without a file that the database names would be found out too late."""
    for table in known:
        if "file_key" in table.columns:
            named = select(table.columns["file_key"]).where(table.columns["file_key"].is_not(None))
            for key in connection.execute(named, execution_options={"yield_per": ROWS_AT_ONCE}).scalars():
                if file_member(key) not in archive.NameToInfo:
                    raise Refused(f"the file store has lost {key}, which the database names")
