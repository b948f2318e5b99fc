"""Sending mail: to a folder of .eml files, or to an SMTP server."""

from __future__ import annotations

import os
import re
import secrets
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from intake import clock

# Python 3.11 loses the space where it folds between two encoded words; mail servers take lines of up to 998 characters.
UNFOLDED = SMTP.clone(max_line_length=900)


@dataclass(frozen=True)
class Mail:
    """One message to one person; `message_id` is the same at every attempt, so that it arrives once."""

    to: str
    subject: str
    body: str
    message_id: str


class Mailer(Protocol):
    def send(self, mail: Mail) -> None: ...

    def probe(self) -> None:
        """Raise OSError or SMTPException when nothing could be sent now; sends nothing."""


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The message as it goes over the wire; header injection is refused by the email package."""
    message = EmailMessage(policy=UNFOLDED)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{mail.message_id}@intake>"
    message["Date"] = clock.now()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


class FolderMailer:
    """Writes each mail to `<message_id>.eml`; a repeated send changes nothing."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self.sender = folder, sender

    def send(self, mail: Mail) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9._-]", "_", mail.message_id)
        draft = self.folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        draft.write_bytes(bytes(compose(mail, self.sender)))
        try:
            os.link(draft, self.folder / f"{name}.eml")
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def probe(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".probe.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(exist_ok=False)
        draft.unlink()


class SmtpMailer:
    """Hands each mail to the server of `smtp://user:password@host:port` (`smtps://` for implicit TLS)."""

    def __init__(self, url: str, sender: str) -> None:
        self.parts, self.sender = urlsplit(url), sender

    def send(self, mail: Mail) -> None:
        with self.connected(30) as server:
            server.send_message(compose(mail, self.sender))

    def probe(self) -> None:
        with self.connected(5) as server:
            server.noop()

    @contextmanager
    def connected(self, timeout: int) -> Iterator[smtplib.SMTP]:
        """The server, signed in, encrypted when it can be."""
        secure = self.parts.scheme == "smtps"
        connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
        port = self.parts.port or (465 if secure else 25)
        with connect(self.parts.hostname or "localhost", port, timeout=timeout) as server:
            server.ehlo_or_helo_if_needed()
            if not secure and server.has_extn("starttls"):
                server.starttls()
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            yield server


def mailer(url: str, sender: str) -> Mailer:
    """The mailer that `url` asks for: `file:///folder`, `smtp://...` or `smtps://...`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderMailer(Path(unquote(parts.path)), sender)
    if parts.scheme in ("smtp", "smtps"):
        return SmtpMailer(url, sender)
    raise ValueError(f"INTAKE_MAIL_URL must start with file:, smtp: or smtps:, not {parts.scheme!r}")
