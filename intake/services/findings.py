"""What a check of this installation found, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.i18n import Message


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it stands, and the remedy unless all is well."""

    subject: str
    level: Level
    text: Message
    remedy: Message | None = None


def ok(subject: str, text: Message) -> Finding:
    return Finding(subject, Level.OK, text)


def warn(subject: str, text: Message, remedy: Message) -> Finding:
    return Finding(subject, Level.WARN, text, remedy)


def fail(subject: str, text: Message, remedy: Message) -> Finding:
    return Finding(subject, Level.FAIL, text, remedy)


def reason(error: BaseException) -> str:
    """The first line of what a library says."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
