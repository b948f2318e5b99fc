"""`intake worker`: the background worker by itself."""

from __future__ import annotations

import click

from intake.cli.world import settings
from intake.worker import process


@click.command()
@click.option("--with-parent", is_flag=True, help="Stop when the process that started this one is gone.")
def worker(with_parent: bool) -> None:
    """Deliver mails and make documents, until stopped."""
    process.run(settings(), with_parent=with_parent)
