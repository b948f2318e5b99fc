"""`intake clearance`: who may draft on an initiative that is stopped online."""

from __future__ import annotations

from collections.abc import Callable

import click

from intake.cli.world import acting, database
from intake.models import Clearance
from intake.services import clearances


@click.group()
def clearance() -> None:
    """Clearances for the initiatives that are stopped online."""


@clearance.command()
@click.argument("owner")
@click.argument("initiative")
@click.option("--by", required=True, help="Account of the secretary who records it.")
@click.option("--reason", required=True, help="Why, and who examined it; kept with the clearance.")
def grant(owner: str, initiative: str, by: str, reason: str) -> None:
    """Let the account OWNER draft on INITIATIVE (for example sk03); granting it again changes nothing."""
    click.echo(recorded(clearances.grant, owner, initiative, by, reason))


@clearance.command()
@click.argument("owner")
@click.argument("initiative")
@click.option("--by", required=True, help="Account of the secretary who takes it back.")
@click.option("--reason", required=True, help="Why; kept with the clearance.")
def revoke(owner: str, initiative: str, by: str, reason: str) -> None:
    """Take back the clearance of the account OWNER on INITIATIVE."""
    click.echo(f"{recorded(clearances.revoke_of, owner, initiative, by, reason)} revoked")


def recorded(act: Callable[..., Clearance], owner: str, initiative: str, by: str, reason: str) -> str:
    """Do what the secretary decided; whose clearance it is, and on what."""
    with database().writing() as db:
        secretary = acting(db, by, "secretary")
        done = act(db, owner=owner, initiative=initiative, reason=reason, actor=secretary.actor)
        return f"{owner.strip().casefold()} {done.initiative}"


@clearance.command("list")
@click.option("--by", required=True, help="Account of a secretary.")
def list_all(by: str) -> None:
    """Every clearance: account, initiative, who recorded it and when, and when it was taken back."""
    with database().reading() as db:
        for one in clearances.listing(db, actor=acting(db, by, "secretary").actor):
            until = f" revoked {one.revoked_at.isoformat()}" if one.revoked_at else ""
            click.echo(f"{one.owner_email} {one.initiative} {one.granted_by} {one.granted_at.isoformat()}{until}")
