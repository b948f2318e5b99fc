"""The command line `intake`: exit 0 done, 1 the answer is no, 2 wrong usage or set-up; errors are one line."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from intake.errors import DomainError, Invalid
from intake.i18n import MissingCatalogue, translate

# Loaded only when it runs: a command that needs no web server or PDF engine must not wait for one.
COMMANDS = {
    "serve": "intake.cli.serving",
    "worker": "intake.cli.working",
    "db": "intake.cli.database",
    "demo": "intake.cli.demo",
    "user": "intake.cli.people",
    "token": "intake.cli.people",
    "proposal": "intake.cli.proposals",
    "clearance": "intake.cli.clearances",
    "ranking": "intake.cli.ranking",
    "decision": "intake.cli.decisions",
    "session": "intake.cli.session_packs",
    "dossier": "intake.cli.dossiers",
    "audit": "intake.cli.audit",
    "backup": "intake.cli.backups",
    "restore": "intake.cli.backups",
    "doctor": "intake.cli.doctor",
}


class Commands(click.Group):
    """The commands by name, each in its module under the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        return getattr(import_module(module), cmd_name) if module else None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="intake")
def intake() -> None:
    """Intake of breakthrough initiatives under Plan 01-KH/BCĐTW."""


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
        intake.main(prog_name="intake", standalone_mode=False)
    except click.ClickException as error:
        fail(with_way_out(error), 2)
    except click.Abort:
        sys.exit(2)
    except DomainError as error:
        fail(one_line(error), 1)
    except Exception as error:
        explain(error)


def with_way_out(error: click.ClickException) -> str:
    """What was wrong with the words typed, and where the right ones are told."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "intake"
    return f"{error.format_message().rstrip('.')}; see: {path} --help"


def explain(error: Exception) -> None:
    """Answer what an operator can mend in one line; anything else is a fault of ours and keeps its traceback."""
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from intake.cli.world import NoAnswer
    from intake.config import UnsafeSettings

    if isinstance(error, NoAnswer):
        fail(str(error), 1)
    if isinstance(error, (UnsafeSettings, MissingCatalogue)):
        fail(str(error), 2)
    if isinstance(error, ValidationError) and error.title == "Settings":
        names = ", ".join(f"INTAKE_{'_'.join(map(str, one['loc'])).upper()}" for one in error.errors())
        fail(f"these settings cannot be read: {names}; run: intake doctor", 2)
    if isinstance(error, (OperationalError, ProgrammingError)):
        fail(f"the database does not answer or has no tables yet: {error.orig}; run: intake db upgrade", 2)
    raise error


def fail(text: str, code: int) -> NoReturn:
    click.echo(f"intake: {' '.join(text.split())}", err=True)
    sys.exit(code)
