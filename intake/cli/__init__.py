"""The command line `intake`: exit 0 done, 1 the answer is no, 2 wrong usage or set-up; errors are one line."""

from __future__ import annotations

import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from intake.cli.audit import audit
from intake.cli.database import db
from intake.cli.decisions import decision
from intake.cli.demo import demo
from intake.cli.people import token, user
from intake.cli.proposals import proposal
from intake.cli.ranking import ranking
from intake.cli.serving import serve, worker
from intake.cli.world import NoAnswer
from intake.config import UnsafeSettings
from intake.errors import DomainError, Invalid
from intake.i18n import MissingCatalogue, translate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="intake")
def intake() -> None:
    """Intake of breakthrough initiatives under Plan 01-KH/BCĐTW."""


for command in (serve, worker, db, demo, user, token, proposal, ranking, decision, audit):
    intake.add_command(command)


def one_line(error: DomainError) -> str:
    """The error in English; the first place that is wrong comes with it."""
    text = translate(error.message, "en")
    if isinstance(error, Invalid) and error.errors:
        path, message = error.errors[0]
        text = f"{path}: {translate(message, 'en')}" if path else translate(message, "en")
    return text


def main() -> None:
    """Run the command; turn every expected failure into one line and an exit code."""
    try:
        intake.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(2)
    except NoAnswer as error:
        fail(str(error), 1)
    except DomainError as error:
        fail(one_line(error), 1)
    except (UnsafeSettings, MissingCatalogue) as error:
        fail(str(error), 2)
    except (OperationalError, ProgrammingError) as error:
        fail(f"the database does not answer or has no tables yet: {error.orig}; run: intake db upgrade", 2)


def fail(text: str, code: int) -> None:
    if text:
        click.echo(f"intake: {' '.join(text.split())}", err=True)
    sys.exit(code)
