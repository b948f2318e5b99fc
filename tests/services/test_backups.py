"""A backup is one instant of everything, made under load, and comes back whole on either engine or not at all."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import select, text

from intake import clock, jobs
from intake.db import Database
from intake.files import StoredFiles
from intake.models import Heartbeat, Idempotency, Outbox, Proposal, SecretBallot, User, schema
from intake.policy import Actor, Role
from intake.services import audit, backups, restores
from intake.services.backup_format import MANIFEST, Archive, Refused
from intake.worker.rounds import sweep
from tests import factories
from tests.databases import opened

SYSTEM = Actor(user_id=None, role=Role.SYSTEM)
KEY = "documents/D1/1-aa.pdf"


def files_in(folder: Path) -> StoredFiles:
    return StoredFiles(folder.as_uri())


def fill(database: Database, files: StoredFiles) -> None:
    """Rows of many kinds: links into their own table, both kinds of null, instants, days, what was and was not sent."""
    files.put(KEY, bytes(range(256)))
    with database.writing() as db:
        decided = factories.proposal(db, "committee")
        decision = factories.decision(db, decided)
        document = db.get_one(factories.Document, decision.document_id)
        document.file_key, document.made_at = KEY, datetime(2026, 2, 17, 1, 2, 3, 4, UTC)
        newer = factories.proposal(db, "ministry_review", predecessor_id=decided.id)
        decided.merged_into_id = newer.id  # points to a row that comes later
        reviewer = factories.reviewer(db)
        factories.assignment(db, newer, reviewer)
        factories.declaration(db, newer, reviewer)
        factories.sheet(db, newer, reviewer, 5, None, 3, 4, 5, 1)
        factories.opinion(db, newer, factories.lead(db), conditions=["Điều kiện “một”"])
        now = clock.now()
        person = db.scalars(select(User.id).limit(1)).one()
        asked = {"user_id": person, "operation": "o", "request_sha256": "00", "created_at": now}
        db.add_all(
            [
                Idempotency(key="json null", answer=None, **asked),
                Idempotency(key="no answer", **asked),
                Outbox(key="sent", kind="mail", payload={"to": "đ@e.vn"}, created_at=now, delivered_at=now),
                Outbox(key="waiting", kind="mail", payload={"n": [1.5, None]}, created_at=now - timedelta(hours=1)),
                Heartbeat(executor="here:0", seen_at=now),
            ]
        )
        item = decision.item_id
        db.add_all(SecretBallot(key=f"{n:032x}", item_id=item, choice="approve") for n in (9, 1, 5))
        audit.record(
            db, "thing.happened", actor=SYSTEM, subject="thing", proposal_id=newer.id, data={"lý do": "đột phá"}
        )


def copy_of(database: Database, files: StoredFiles) -> io.BytesIO:
    copied = io.BytesIO()
    backups.write(database, files, copied)
    copied.seek(0)
    return copied


def contents(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row as SQLite itself gives it, without ours to interpret it."""
    with sqlite3.connect(path.removeprefix("sqlite:///")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = sorted(set(names) & set(schema.Base.metadata.tables) - {"heartbeat"})
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in ours}


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, StoredFiles]:
    folder = tmp_path_factory.mktemp("filled")
    url, files = f"sqlite:///{shutil.copy(sqlite_template, folder / 'intake.db')}", files_in(folder / "files")
    with opened(url) as database:
        fill(database, files)
    return url, files


@pytest.fixture(scope="module")
def backup_bytes(filled: tuple[str, StoredFiles]) -> bytes:
    url, files = filled
    with opened(url) as database:
        return copy_of(database, files).getvalue()


@pytest.fixture
def backup(backup_bytes: bytes) -> io.BytesIO:
    return io.BytesIO(backup_bytes)


def test_sqlite_to_postgresql_and_back_is_equal_row_by_row(
    filled, backup, migrated_sqlite_url, migrated_postgres_url, tmp_path
) -> None:
    first, _ = filled
    with opened(migrated_postgres_url) as database:
        there = files_in(tmp_path / "there")
        restored = restores.restore(database, there, backup)
        back = copy_of(database, there)
        numbers_go_on(database)
        sweep(database, grace_seconds=60)("here:1", clock.now())
        promised = jobs.client(migrated_postgres_url).list_workflows()
        with database.reading() as db:
            waiting = list(db.scalars(select(Outbox.id).where(Outbox.key == "waiting")))
    assert [status.workflow_id for status in promised] == [f"outbox-{id}" for id in waiting]
    with opened(migrated_sqlite_url) as database:
        assert restores.restore(database, files_in(tmp_path / "back"), back) == restored
        with database.reading() as db:
            assert audit.verify(db) is None
    assert contents(migrated_sqlite_url) == contents(first)
    assert (tmp_path / "back" / KEY).read_bytes() == bytes(range(256))
    assert restored.files == 1


def numbers_go_on(database: Database) -> None:
    """A row added after the restore takes a number that no row has."""
    with database.writing() as db:
        known = set(db.scalars(select(Proposal.id)))
        assert factories.proposal(db, "draft").id not in known


def test_nulls_keep_their_kind(filled) -> None:
    kinds = {
        row[3]: row[5] for row in contents(filled[0])["idempotency"]
    }  # id, user_id, operation, key, request_sha256, answer
    assert kinds == {"json null": "null", "no answer": None}


def test_copy_made_under_load_is_one_instant(database: Database, migrated_url: str, tmp_path: Path) -> None:
    """Each transaction writes one row here and one entry there; a copy that has one without the other is torn."""
    stop, files = threading.Event(), files_in(tmp_path / "files")

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            database.transact(lambda db, name=f"{writer}:{number}": promise(db, name))

    def promise(db: Any, name: str) -> None:
        audit.record(db, "thing.promised", actor=SYSTEM, subject=name)
        db.add(Outbox(key=name, kind="mail", payload={}, created_at=clock.now()))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: count(database) > 10)
        before, copied, after = count(database), copy_of(database, files), count(database)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    promised = {row["key"] for row in Archive(copied).rows("outbox")}
    assert promised == {row["subject"] for row in Archive(copied).rows("audit_entry")}
    assert before <= len(promised) <= after
    assert before < after, "nobody wrote while the copy was made"
    restores.refuse_broken_chain(Archive(copied))


def count(database: Database) -> int:
    with database.reading() as db:
        return len(list(db.scalars(select(Outbox.id))))


def wait_for(is_true: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not come to that")


def rewritten(backup: io.BytesIO, change: Callable[[str, bytes], bytes | None], **more: bytes) -> io.BytesIO:
    """The backup with each member as `change` makes it (None leaves it out), and members of `more`."""
    changed = io.BytesIO()
    with ZipFile(backup) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in more.items():
            target.writestr(name, content)
    changed.seek(0)
    return changed


def other_manifest(**changes: Any) -> Callable[[str, bytes], bytes]:
    return lambda name, content: json.dumps(json.loads(content) | changes).encode() if name == MANIFEST else content


def only(member: str, becomes: Callable[[bytes], bytes | None]) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: becomes(content) if name == member else content


BROKEN: dict[str, tuple[Callable[[io.BytesIO], io.BytesIO], str]] = {
    "cut off": (lambda b: io.BytesIO(b.getvalue()[: len(b.getvalue()) // 2]), "no backup of intake, or it is cut off"),
    "no zip": (lambda b: io.BytesIO(b"hello"), "no backup of intake, or it is cut off"),
    "other program": (lambda b: rewritten(b, other_manifest(format="x/1")), "this is no backup of intake"),
    "newer format": (lambda b: rewritten(b, other_manifest(format="intake-backup/2")), "newer version"),
    "newer tables": (lambda b: rewritten(b, other_manifest(revision="9999")), "newer version"),
    "no list": (lambda b: rewritten(b, other_manifest(tables=[{}])), "the manifest of this backup is damaged"),
    "changed row": (
        lambda b: rewritten(b, only("tables/user.jsonl", lambda c: c.replace(b"@", b"%"))),
        "tables/user.jsonl of this backup is damaged",
    ),
    "changed file": (
        lambda b: rewritten(b, only(f"files/{KEY}", lambda c: c[:-1])),
        f"files/{KEY} of this backup is damaged",
    ),
    "lost file": (
        lambda b: rewritten(b, only(f"files/{KEY}", lambda c: None)),
        f"files/{KEY} of this backup is missing or damaged",
    ),
    "smuggled file": (lambda b: rewritten(b, lambda _, c: c, **{"files/x": b""}), "holds other files"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_backup_is_refused_before_anything_is_touched(backup, kind, tmp_path) -> None:
    breaks, told = BROKEN[kind]
    with opened(f"sqlite:///{tmp_path / 'new.db'}") as database, pytest.raises(Refused, match=told):
        restores.restore(database, files_in(tmp_path / "files"), breaks(backup))
    assert not (tmp_path / "new.db").exists() or (tmp_path / "new.db").stat().st_size == 0
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET event = 'x'", "UPDATE audit_head SET hash = 'x'"])
def test_backup_of_a_broken_chain_is_refused(filled, tmp_path, change) -> None:
    copy = Path(shutil.copy(filled[0].removeprefix("sqlite:///"), tmp_path / "broken.db"))
    with sqlite3.connect(copy) as connection:
        connection.execute(change)
    with opened(f"sqlite:///{copy}") as database:
        copied = copy_of(database, filled[1])
    with opened(f"sqlite:///{tmp_path / 'new.db'}") as database, pytest.raises(Refused, match="audit chain in this"):
        restores.restore(database, files_in(tmp_path / "files"), copied)


def test_used_database_and_other_bytes_under_a_key_are_refused(backup, migrated_sqlite_url, tmp_path) -> None:
    files = files_in(tmp_path / "files")
    files.put(KEY, b"something else")
    with opened(migrated_sqlite_url) as database:
        with pytest.raises(Refused, match=f"{KEY} cannot be stored"):
            restores.restore(database, files, backup)
        with database.writing() as db:
            db.add(Heartbeat(executor="here:0", seen_at=clock.now()))
        with pytest.raises(Refused, match="a worker is at work"):
            restores.restore(database, files, backup)
        with database.writing() as db:
            factories.owner(db)
        with pytest.raises(Refused, match="the database is not empty"):
            restores.restore(database, files, backup)


def test_file_that_the_store_has_lost_is_named(filled, tmp_path) -> None:
    with opened(filled[0]) as database, pytest.raises(Refused, match=f"the file store has lost {KEY}"):
        copy_of(database, files_in(tmp_path / "empty"))


@pytest.fixture
def older(sqlite_url: str) -> Iterator[Database]:
    """A database as the release before left it, with one person."""
    with opened(sqlite_url) as database:
        with database.engine.connect() as connection:
            schema.bring(connection, schema.known_revisions()[-2])
        with database.engine.begin() as connection:
            connection.execute(text(f"INSERT INTO audit_head VALUES (1, 0, '{audit.GENESIS}')"))
            connection.execute(
                text("INSERT INTO user (email, name, language, created_at) VALUES ('a@b.vn', 'A', 'vi', '2026-01-01')")
            )
        yield database


def test_backup_of_an_older_release_is_migrated_on_the_way_in(older, migrated_sqlite_url, tmp_path) -> None:
    copied = copy_of(older, files_in(tmp_path / "files"))
    target = Database(migrated_sqlite_url.replace("intake.db", "newer.db"))
    restores.restore(target, files_in(tmp_path / "back"), copied)
    with target.reading() as db:
        assert list(db.scalars(select(User.email))) == ["a@b.vn"]
    assert schema.differences(target) == ""
    target.dispose()
