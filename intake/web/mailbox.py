"""The mails of the demonstration, read from the folder they are written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from intake.errors import NotFound
from intake.mail import FolderMailer, Mailer

MOST_SHOWN = 200


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as a person reads it; `name` is its address under /demo/mail."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    body: str


def newest(mailer: Mailer) -> list[ReceivedMail]:
    """The last mails, newest first."""
    files = sorted(folder_of(mailer).glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [read(path) for path in files[:MOST_SHOWN]]


def one(mailer: Mailer, name: str) -> ReceivedMail:
    """The mail with this name; NotFound when there is none."""
    known = {path.stem: path for path in folder_of(mailer).glob("*.eml")}
    if name not in known:
        raise NotFound()
    return read(known[name])


def folder_of(mailer: Mailer) -> Path:
    if not isinstance(mailer, FolderMailer):
        raise NotFound()
    return mailer.folder


def read(path: Path) -> ReceivedMail:
    message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return ReceivedMail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        body=str(body.get_content()) if body else "",
    )
