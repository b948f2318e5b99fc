"""`intake user` and `intake token`: accounts and API tokens."""

from __future__ import annotations

import click

from intake.cli.world import database, person, settings
from intake.services import accounts, links


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--role", required=True, help="applicant, secretary, ministry_lead, ...")
@click.option("--organisation", help="Catalogue id, for example byt.")
@click.option("--system", help="ht1 .. ht5, for a chief engineer.")
def create(email: str, name: str, role: str, organisation: str | None, system: str | None) -> None:
    """Create an account and print a link that sets its password, once."""
    with database().writing() as db:
        made = accounts.create_user(db, email=email, name=name, role=role, organisation_id=organisation, system=system)
        link = links.issue(db, made, links.SET_PASSWORD)
    click.echo(f"{settings().base_url.rstrip('/')}/link/{link}")


@click.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.argument("email")
@click.option("--days", default=30, type=click.IntRange(1, 366), show_default=True, help="How long it is good.")
@click.option(
    "--scope", default="write", type=click.Choice(["read", "write"]), show_default=True, help="What it may do."
)
@click.option("--role", help="Which of the person's roles the token acts under; the oldest by default.")
def create_token(email: str, days: int, scope: str, role: str | None) -> None:
    """Print an API token of the account, alone on stdout."""
    with database().writing() as db:
        owner = person(db, email)
        memberships = [m for m in accounts.memberships_of(db, owner.id) if role in (None, m.role)]
        if not memberships:
            raise click.UsageError(f"{email} does not act as {role}")
        made = accounts.create_token(db, owner, days=days, scope=scope, membership_id=memberships[0].id)
    click.echo(made)
