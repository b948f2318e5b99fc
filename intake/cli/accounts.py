"""What a person who starts the demonstration needs to know: where it is, and how to sign in."""

from __future__ import annotations

import click

from intake.cli.world import settings
from intake.config import kept_secret
from intake.services.demo_accounts import ACCOUNTS


def demo_password() -> str:
    """Given by the operator, or made once and kept in the data folder (mode 0600)."""
    given = settings().demo_password.get_secret_value()
    return given or kept_secret(settings().data_dir / "demo-password", 12)


def announce(url: str) -> None:
    """Print the address; in the demonstration also the accounts and their password."""
    click.echo(f"intake is served on {url}")
    if not settings().is_demo:
        return
    click.echo(f"\nDemonstration accounts, all with the password {demo_password()}")
    for account in ACCOUNTS:
        click.echo(f"  {account.email:30} {account.name}")
    click.echo(f"\nSign in with one click: {url}/demo      Mails that were sent: {url}/demo/mail\n")
