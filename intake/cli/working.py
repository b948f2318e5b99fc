"""`intake worker`: the background worker by itself."""

from __future__ import annotations

import click

from intake.cli.world import settings
from intake.worker import process


@click.command()
@click.option("--with-parent", is_flag=True, help="Stop when the process that started this one is gone.")
@click.option("--once", is_flag=True, help="Do what is due now (lapses, reminders, deliveries), then stop.")
def worker(with_parent: bool, once: bool) -> None:
    """Deliver mails, make documents, lapse and remind, until stopped."""
    if once:
        done = process.run_once(settings())
        click.echo(", ".join(f"{name} {count}" for name, count in done.items()))
        return
    process.run(settings(), with_parent=with_parent)
