"""One handler per kind of promised work. Each may run twice and must then change nothing the second time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.db import Database
from intake.files import Files
from intake.i18n import N_, Message, translate, unpacked
from intake.mail import Mail, Mailer
from intake.models import Outbox
from intake.services import letterhead_samples, outbox, papers

SIGN_OFF = N_("This message was sent automatically; replies are not read.")
OPEN_HERE = N_("Open it here: %(url)s")


@dataclass(frozen=True)
class Tools:
    """What handlers work with."""

    database: Database
    files: Files
    mailer: Mailer
    base_url: str


def send_mail(tools: Tools, row: Outbox) -> None:
    """Write the mail in the recipient's language and hand it over under its own message id."""
    payload: Mapping[str, Any] = row.payload
    language = payload["language"]

    def say(message: Message) -> str:
        return translate(message, language)

    lines = [say(unpacked(line)) for line in payload["body"]]
    lines += [say(Message(OPEN_HERE.id, {"url": tools.base_url.rstrip("/") + payload["path"]})), say(SIGN_OFF)]
    subject = " ".join(say(unpacked(payload["subject"])).split())
    tools.mailer.send(Mail(payload["to"], subject, "\n\n".join(lines) + "\n", message_id(row)))


def message_id(row: Outbox) -> str:
    """The same at every attempt; sorts by time in a folder."""
    return f"{row.created_at:%Y%m%dT%H%M%S}-{row.id:08d}"


def make_document(tools: Tools, row: Outbox) -> None:
    """A document, or the sample that an administrator wants to see."""
    if "sample" in row.payload:
        letterhead_samples.make(tools.files, row.payload)
        return
    papers.make(tools.database, tools.files, row.payload["document_id"], base_url=tools.base_url)


HANDLERS: dict[str, Callable[[Tools, Outbox], None]] = {outbox.MAIL: send_mail, outbox.DOCUMENT: make_document}


def deliver(tools: Tools, outbox_id: int) -> None:
    """Keep one promise, then note it. A promise already kept is left alone."""
    with tools.database.reading() as db:
        row = db.get_one(Outbox, outbox_id)
    if row.delivered_at is not None:
        return
    try:
        HANDLERS[row.kind](tools, row)
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
        tools.database.transact(lambda db: outbox.note_attempt(db, outbox_id, failure))
        raise
    tools.database.transact(lambda db: outbox.note_delivery(db, outbox_id))
