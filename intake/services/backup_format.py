"""How a backup is written down: a zip of JSON lines per table, the files, and a manifest with every hash.

Nothing in it belongs to one engine: instants are ISO 8601 in UTC, booleans are JSON's, a column that holds NULL is
left out of its line (so that a JSON null stays one).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import JSON, Date, DateTime, MetaData, Table, inspect, null
from sqlalchemy.engine import Connection

from intake.models import Base

FORMAT, FORMAT_NUMBER = "intake-backup", 1
MANIFEST, FILE_LIST = "manifest.json", "files.jsonl"
# Who is at work now is no part of what is kept.
PASSING = frozenset({"heartbeat"})
PIECE = 2**20
FIXED_TIME = (2026, 1, 1, 0, 0, 0)


class Refused(Exception):
    """A backup that cannot be made or restored; the text says why."""


def tables(connection: Connection) -> list[Table]:
    """Our tables as they are in that database, each after those it refers to; also those of an older release."""
    names = set(Base.metadata.tables) & set(inspect(connection).get_table_names())
    metadata = MetaData()
    metadata.reflect(connection, only=sorted(names - PASSING))
    return metadata.sorted_tables


def table_member(name: str) -> str:
    return f"tables/{name}.jsonl"


def file_member(key: str) -> str:
    return f"files/{key}"


def as_line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_json(value: Any) -> Any:
    """A value of a column in JSON."""
    if isinstance(value, datetime):
        at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return at.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def from_json(row: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """A line as the values of all columns of `table`."""
    return {column.name: of_column(row, column.name, column.type) for column in table.columns}


def of_column(row: Mapping[str, Any], name: str, kind: Any) -> Any:
    if isinstance(kind, JSON):
        if name not in row:
            return null()
        return JSON.NULL if row[name] is None else row[name]
    value = row.get(name)
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


class Writer:
    """One member of the archive, hashed while it is written."""

    def __init__(self, member: IO[bytes]) -> None:
        self.member, self.hash, self.size, self.lines = member, hashlib.sha256(), 0, 0

    def write(self, content: bytes) -> None:
        self.member.write(content)
        self.hash.update(content)
        self.size += len(content)

    def line(self, row: Mapping[str, Any]) -> None:
        self.write(as_line(row))
        self.lines += 1


def member(name: str, *, is_packed: bool) -> ZipInfo:
    """A member with a fixed time, so that equal contents are equal bytes; `is_packed` when packing pays."""
    info = ZipInfo(name, FIXED_TIME)
    info.compress_type = ZIP_DEFLATED if is_packed else ZIP_STORED
    info.external_attr = 0o600 << 16
    return info


class Archive:
    """A backup that is read; nothing of it is believed before `verify`."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = ZipFile(file)
            self.manifest: dict[str, Any] = json.loads(self.zip.read(MANIFEST))
            name, number = str(self.manifest["format"]).split("/")
            self.number = int(number)
        except (BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Refused("this is no backup of intake, or it is cut off") from error
        if name != FORMAT:
            raise Refused("this is no backup of intake")
        if self.number > FORMAT_NUMBER:
            raise Refused("this backup was made by a newer version of intake; install that version to restore it")

    def verify(self) -> None:
        """Every member is there, once, with the bytes that the manifest names; raises Refused at the first other."""
        try:
            expected = {MANIFEST, FILE_LIST}
            for table in self.manifest["tables"]:
                name = table_member(table["name"])
                expected.add(name)
                self.check(name, table["sha256"])
            self.check(FILE_LIST, self.manifest["files"]["sha256"])
            for entry in self.files():
                expected.add(file_member(entry["key"]))
                self.check(file_member(entry["key"]), entry["sha256"])
            names = self.zip.namelist()
        except (KeyError, TypeError, ValueError) as error:
            raise Refused("the manifest of this backup is damaged") from error
        if len(names) != len(expected) or set(names) != expected:
            raise Refused("this backup holds other files than its manifest names")

    def check(self, name: str, digest: str) -> None:
        found = hashlib.sha256()
        try:
            with self.zip.open(name) as content:
                while piece := content.read(PIECE):
                    found.update(piece)
        except (KeyError, BadZipFile, OSError, EOFError) as error:
            raise Refused(f"{name} of this backup is missing or damaged") from error
        if found.hexdigest() != digest:
            raise Refused(f"{name} of this backup is damaged")

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self.zip.open(name) as content:
            for line in content:
                yield json.loads(line)

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        return self.lines(table_member(table))

    def files(self) -> Iterator[dict[str, Any]]:
        """Key, size and sha256 of each file."""
        return self.lines(FILE_LIST)

    def content(self, key: str) -> bytes:
        return self.zip.read(file_member(key))
