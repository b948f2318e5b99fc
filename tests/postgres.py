"""A real PostgreSQL for the tests: the system's binaries, a throw-away cluster, as user postgres when we are root."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg

# A database of its own for every test would be a third of the time of a test: a used one is made as it was instead.
KEEP = """
DROP SCHEMA IF EXISTS fresh CASCADE;
CREATE SCHEMA fresh;
CREATE TABLE fresh.tables_ AS
    SELECT schemaname || '.' || tablename AS copy, quote_ident(schemaname) || '.' || quote_ident(tablename) AS used
    FROM pg_tables WHERE schemaname IN ('public', 'dbos');
CREATE TABLE fresh.sequences_ AS
    SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name, start_value, last_value
    FROM pg_sequences;
DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT * FROM fresh.tables_ LOOP
        EXECUTE format('CREATE TABLE fresh.%I AS TABLE %s', it.copy, it.used);
    END LOOP;
END $$;
CREATE FUNCTION fresh.again() RETURNS void LANGUAGE plpgsql AS $$ DECLARE it record; BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign key is looked at meanwhile
    FOR it IN SELECT * FROM fresh.tables_ LOOP
        EXECUTE format('DELETE FROM %s', it.used);
        EXECUTE format('INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE fresh.%I', it.used, it.copy);
    END LOOP;
    FOR it IN SELECT * FROM fresh.sequences_ LOOP
        PERFORM setval(it.name, coalesce(it.last_value, it.start_value), it.last_value IS NOT NULL);
    END LOOP;
END $$
"""

# Connections at rest in the pool of the tests stay: what each has learnt about the tables costs more than a test.
POOL = "tests at rest"
THROW_OUT = f"""
SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT (application_name = '{POOL}' AND state = 'idle')
"""

# Durability is pointless here: the cluster is deleted after the tests.
SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=200")


class MissingPostgres(RuntimeError):
    """The server's programs are not installed; the text says how to get them."""


class PostgresServer:
    """One running cluster; hands out databases, empty or copied from a template."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="intake-postgres-"))
        self._numbers = itertools.count(1)
        self._idle: dict[str, list[str]] = defaultdict(list)
        self._cleaners: dict[str, psycopg.Connection] = {}
        self._owner = drop_to_postgres(self.folder)
        self._initialise()
        self._process, self.port = self._start()

    def url(self, database: str) -> str:
        return f"postgresql://intake@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """The URL of a new database, a copy of `template`."""
        name = f"intake_{next(self._numbers)}"
        self._administer(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
        )  # half the time of the default
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, with whoever is still connected."""
        self._administer(f'DROP DATABASE "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def lend(self, template: str) -> str:
        """The URL of a database that is as `template`, which `kept` has prepared; give it back afterwards."""
        idle = self._idle[template]
        return idle.pop() if idle else self.create(template=template)

    def give_back(self, url: str, template: str) -> None:
        """Throw out whoever is still at work and make the database as it was; a changed schema ends it."""
        try:
            self._clean(url)
        except psycopg.ProgrammingError:
            self._cleaners.pop(url).close()
            self.drop(url)
        else:
            self._idle[template].append(url)

    def kept(self, url: str) -> str:
        """The name of the database, from now on a template for `lend`."""
        name = url.rsplit("/", 1)[1]
        self._administer(KEEP, name)
        return name

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # its fast shutdown: does not wait for those still connected
        self._process.wait(timeout=30)
        shutil.rmtree(self.folder)

    def _clean(self, url: str) -> None:
        if url not in self._cleaners:
            self._cleaners[url] = psycopg.connect(url, autocommit=True)
        self._cleaners[url].execute(THROW_OUT.encode())
        self._cleaners[url].execute("SELECT fresh.again()")

    def _administer(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _initialise(self) -> None:
        options = ("-U", "intake", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        command = [program("initdb"), "-D", str(self.folder / "data"), *options]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._owner)

    def _start(self) -> tuple[subprocess.Popen[Any], int]:
        for _ in range(5):
            port = free_port()
            settings = [*SETTINGS, "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
            command = [program("postgres"), "-D", str(self.folder / "data"), "-p", str(port)]
            command += [word for setting in settings for word in ("-c", setting)]
            with (self.folder / "log").open("wb") as log:
                process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self._owner)
            if answers(process, f"postgresql://intake@127.0.0.1:{port}/postgres"):
                return process, port
        raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")


def program(name: str) -> str:
    """The newest installed server program of that name; Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise MissingPostgres(f"{name} is not installed; ./run setup test installs it")
    return path


def drop_to_postgres(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give its folder, and its processes, to the system's user postgres."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(process: subprocess.Popen[Any], url: str) -> bool:
    """Wait until the server takes connections; false when it ended instead, as when its port was just taken."""
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url).close()
            return True
        except psycopg.OperationalError:
            time.sleep(0.05)
    process.kill()
    process.wait()
    return False
