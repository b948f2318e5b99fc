"""Checks of what surrounds the program: settings, secrets, disk, files, mail, fonts, PDF libraries, time zone."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException

from obstore.exceptions import BaseError

from intake import clock
from intake.config import SHORTEST_SECRET, Environment, Settings
from intake.documents.probe import CannotMakePapers, make_page_elsewhere
from intake.documents.typeface import FONTS, FontsDamaged, load
from intake.files import StoredFiles
from intake.i18n import N_
from intake.mail import mailer
from intake.services.findings import Finding, fail, ok, reason, warn

LITTLE_DISK, NO_DISK = 2**30, 100 * 2**20
MEBIBYTE = 2**20
# Vietnam has kept this distance from UTC since 1975.
LEGAL_OFFSET = timedelta(hours=7)
SECRET_FILES = ("secret.key", "demo-password")


def settings_used(settings: Settings, unsafe: list[str]) -> Iterator[Finding]:
    """Which environment this is; in production every unsafe value, each with what it must be."""
    for problem in unsafe:
        remedy = N_("Correct it in the environment or in .env; production does not start before.")
        yield fail("settings", N_("Unsafe for production: %(problem)s.", problem=problem), remedy)
    if unsafe:
        return
    if settings.env is Environment.PRODUCTION:
        yield ok("settings", N_("The values are safe for production."))
    else:
        text = N_("INTAKE_ENV is %(name)s: for work at home and demonstrations.", name=settings.env.value)
        remedy = N_("Set INTAKE_ENV=production before real proposals are received.")
        yield warn("settings", text, remedy)


def secrets_kept(settings: Settings, env_file: Path) -> Iterator[Finding]:
    """Whether secrets are long enough and nobody else on this machine can read them."""
    given = settings.secret_key.get_secret_value()
    if 0 < len(given) < SHORTEST_SECRET:
        text = N_("INTAKE_SECRET_KEY has %(count)s characters.", count=len(given))
        yield warn("secrets", text, N_("Use a random text of at least %(count)s characters.", count=SHORTEST_SECRET))
        return
    open_files = [str(path) for path in secret_files(settings, env_file) if is_open_to_others(path)]
    if open_files:
        text = N_("Other users of this machine can read %(files)s.", files=", ".join(open_files))
        yield fail("secrets", text, N_("Run: chmod 600 %(files)s", files=" ".join(open_files)))
    elif given:
        yield ok("secrets", N_("INTAKE_SECRET_KEY is long enough, and no file shows a secret to others."))
    else:
        text = N_("The signing key is kept in %(path)s, for its owner only.", path=settings.data_dir / "secret.key")
        yield ok("secrets", text)


def secret_files(settings: Settings, env_file: Path) -> Iterator[Path]:
    for path in (env_file, *(settings.data_dir / name for name in SECRET_FILES)):
        if path.is_file():
            yield path


def is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def disk(settings: Settings) -> Iterator[Finding]:
    """Room in the data folder."""
    folder = next(path for path in (settings.data_dir, *settings.data_dir.parents) if path.is_dir())
    free = shutil.disk_usage(folder).free
    text = N_("%(size)s MiB are free in %(folder)s.", size=free // MEBIBYTE, folder=folder)
    remedy = N_("Make room, or move INTAKE_DATA_DIR to a larger disk.")
    if free < NO_DISK:
        yield fail("disk", text, remedy)
    elif free < LITTLE_DISK:
        yield warn("disk", text, remedy)
    else:
        yield ok("disk", text)


def file_store(settings: Settings) -> Iterator[Finding]:
    """Whether bytes can be written, read and removed."""
    try:
        StoredFiles(settings.files_url).probe()
    except (OSError, ValueError, BaseError) as error:
        text = N_("Nothing can be stored in %(url)s: %(reason)s", url=settings.files_url, reason=reason(error))
        yield fail("files", text, N_("Give this user the right to write there, or correct INTAKE_FILES_URL."))
    else:
        yield ok("files", N_("Files can be written and read in %(url)s.", url=settings.files_url))


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether a mail could be handed over now."""
    where = settings.mail_url.rsplit("@", 1)[-1]  # without the password
    try:
        mailer(settings.mail_url, settings.mail_from).probe()
    except (OSError, ValueError, SMTPException) as error:
        text = N_("No mail can be sent through %(url)s: %(reason)s", url=where, reason=reason(error))
        yield fail("mail", text, N_("Check INTAKE_MAIL_URL, its user and password, and that the server is running."))
        return
    if settings.mail_url.startswith("file:"):
        text = N_("Mails are only written into %(url)s.", url=where)
        yield warn("mail", text, N_("Set INTAKE_MAIL_URL=smtp://user:password@host:587 to send them."))
    else:
        yield ok("mail", N_("The mail server %(url)s answers.", url=where))


def fonts(settings: Settings, *, folder: Path = FONTS) -> Iterator[Finding]:
    """Whether the bundled fonts are the tested ones."""
    try:
        count = len(load(folder))
    except FontsDamaged as error:
        yield fail("fonts", N_("A font is damaged: %(reason)s", reason=reason(error)), N_("Install intake again."))
    else:
        yield ok("fonts", N_("All %(count)s document fonts are the tested ones.", count=count))


def pdf(settings: Settings) -> Iterator[Finding]:
    """Whether a page can be made."""
    remedy = N_("Install the libraries: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    try:
        size = make_page_elsewhere()
    except CannotMakePapers as error:
        yield fail("pdf", N_("No PDF can be made: %(reason)s", reason=reason(error)), remedy)
    else:
        yield ok("pdf", N_("A page was made (%(size)s bytes).", size=size))


def time_zone(settings: Settings) -> Iterator[Finding]:
    """Whether legal days begin when they begin in Vietnam."""
    instants = [datetime(year, month, 1, tzinfo=UTC) for year in (2025, clock.today().year) for month in (1, 7)]
    if all(at.astimezone(clock.ZONE).utcoffset() == LEGAL_OFFSET for at in instants):
        yield ok(
            "clock", N_("It is %(at)s in Vietnam.", at=clock.now().astimezone(clock.ZONE).strftime("%H:%M %d/%m/%Y"))
        )
    else:
        text = N_("The zone data of this machine are wrong for Asia/Ho_Chi_Minh.")
        yield fail("clock", text, N_("Install the package tzdata again."))
