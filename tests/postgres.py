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
from pathlib import Path
from typing import Any

import psycopg

# Durability is pointless here: the cluster is deleted after the tests.
SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=200")


class MissingPostgres(RuntimeError):
    """The server's programs are not installed; the text says how to get them."""


class PostgresServer:
    """One running cluster; hands out databases, empty or copied from a template."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="intake-postgres-"))
        self._numbers = itertools.count(1)
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

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # its fast shutdown: does not wait for those still connected
        self._process.wait(timeout=30)
        shutil.rmtree(self.folder)

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
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
