"""`intake serve`: the web pages and the API, with one background worker beside them."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from intake.app import create_app
from intake.cli.accounts import announce
from intake.cli.world import settings
from intake.web.timings import SHARED_FOLDER


class Server(BaseApplication):
    """gunicorn with our settings instead of a file of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(settings())


def forget(_server: Any, worker: Any) -> None:
    """A web process that has ended no longer counts as one that lives."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(0, 65535), help="And on which port."
)
@click.option("--processes", type=click.IntRange(1), help="Web processes; by default one per two processors.")
@click.option("--no-worker", is_flag=True, help="Do not start a background worker beside the web server.")
def serve(host: str, port: int, processes: int | None, no_worker: bool) -> None:
    """Serve the web pages and the API; starts one background worker."""
    with tempfile.TemporaryDirectory(prefix="intake-metrics-") as counts:
        # Before the application is made: the counting library looks at it once.
        os.environ.setdefault(SHARED_FOLDER, counts)
        run(host, port, processes, no_worker=no_worker)


def run(host: str, port: int, processes: int | None, *, no_worker: bool) -> None:
    create_app(settings())  # a bad setting or an undeclared route must stop the start, not the first request
    background = None if no_worker else subprocess.Popen([sys.executable, "-m", "intake", "worker", "--with-parent"])
    announce(f"http://{host}:{port}")
    count = processes or max(1, multiprocessing.cpu_count() // 2)
    options = {
        "bind": f"{host}:{port}",
        "workers": count,
        "worker_class": "gthread",
        "threads": 8,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
        "child_exit": forget,
    }
    try:
        Server(options).run()
    finally:
        if background:
            background.terminate()
            background.wait()
