"""`intake doctor`: what is wrong with this installation, and how to put it right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import ValidationError

from intake.cli.world import NoAnswer
from intake.config import Environment, Settings, UnsafeSettings
from intake.db import Database
from intake.i18n import DEFAULT_LANGUAGE, LANGUAGES, N_, translate
from intake.services import database_checks, host_checks
from intake.services.findings import Finding, Level, fail

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
NO_LANGUAGE = ("", "C", "POSIX")


def spoken() -> str:
    """The language of the terminal; English where it speaks none of ours, Vietnamese where it says nothing."""
    named = next((os.environ[name] for name in LOCALE_VARIABLES if os.environ.get(name)), "")
    language = named.split(".")[0].split("_")[0]
    if language in NO_LANGUAGE:
        return DEFAULT_LANGUAGE
    return language if language in LANGUAGES else "en"


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the answers; by default that of LANG.")
def doctor(lang: str | None) -> None:
    """Check settings, database, fonts, PDF libraries, mail, worker and clock; say how to fix each."""
    language = lang or spoken()
    worst = []
    for finding in findings():
        worst.append(finding.level)
        click.echo(line(finding, language))
    if failed := worst.count(Level.FAIL):
        raise NoAnswer(translate(N_("%(count)s checks failed.", count=failed), language))


def line(finding: Finding, language: str) -> str:
    """`level  subject  how it stands`, and after a dash what to do about it."""
    text = f"{finding.level:<5} {finding.subject:<10} {translate(finding.text, language)}"
    return f"{text} - {translate(finding.remedy, language)}" if finding.remedy else text


def findings() -> Iterator[Finding]:
    """Every check in order; what cannot be asked before something else is mended is left out."""
    try:
        settings, unsafe = usable_settings()
    except ValidationError as error:
        yield from unreadable(error)
        return
    yield from host_checks.settings_used(settings, unsafe)
    yield from host_checks.secrets_kept(settings, Path(".env"))
    yield from database(settings)
    for check in (host_checks.time_zone, host_checks.fonts, host_checks.pdf, host_checks.mail):
        yield from check(settings)
    yield from host_checks.file_store(settings)
    yield from host_checks.disk(settings)


def usable_settings() -> tuple[Settings, list[str]]:
    """The settings, and what production would refuse; the other checks go on all the same."""
    try:
        return Settings(), []
    except UnsafeSettings as refused:
        return Settings(env=Environment.DEVELOPMENT), refused.problems


def unreadable(error: ValidationError) -> Iterator[Finding]:
    """A line for each setting that is no value of its kind; its value may be a secret and stays unsaid."""
    for problem in error.errors():
        name = f"INTAKE_{'_'.join(map(str, problem['loc'])).upper()}"
        text = N_("%(name)s cannot be read: %(reason)s", name=name, reason=problem["msg"])
        yield fail("settings", text, N_("Correct it in the environment or in .env."))


def database(settings: Settings) -> Iterator[Finding]:
    try:
        target = Database(settings.database_url)
    except Exception as error:  # the library raises what it likes for an address that it cannot read
        text = N_("INTAKE_DATABASE_URL cannot be read: %(reason)s", reason=type(error).__name__)
        yield fail("database", text, N_("Write it as postgresql://user:password@host/name."))
        return
    yield from database_checks.database(target)
    target.dispose()
