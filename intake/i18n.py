"""Texts in two languages: interface messages to translate later, and official texts carried as data."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"
TRANSLATIONS = Path(__file__).parent / "translations"


@dataclass(frozen=True)
class Message:
    """An interface text that is not translated yet: an English msgid and the values for its placeholders."""

    id: str
    args: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.id % self.args if self.args else self.id


def N_(msgid: str, **args: Any) -> Message:
    """Mark a text for translation where it is written; whoever answers a person translates it."""
    return Message(msgid, args)


@dataclass(frozen=True)
class Text:
    """An official text, exact in Vietnamese, with our English translation."""

    vi: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.vi


class MissingCatalogue(RuntimeError):
    """The compiled messages of a language are not there: the product must not start half translated."""


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Compiled messages of `language`; raises MissingCatalogue with the command that makes them."""
    try:
        found = gettext.translation("messages", TRANSLATIONS, languages=[language])
    except FileNotFoundError as error:
        raise MissingCatalogue(
            f"messages of '{language}' are not compiled; run: pybabel compile -d {TRANSLATIONS}"
        ) from error
    assert isinstance(found, gettext.GNUTranslations)
    return found


def translate(message: Message | Text | str, language: str) -> str:
    """`message` in `language`, with its placeholders filled; nested messages are translated too."""
    if isinstance(message, Text):
        return message.in_(language)
    if isinstance(message, str):
        return message
    text = catalogue(language).gettext(message.id)
    if not message.args:
        return text
    nested = (Message, Text)
    return text % {k: translate(v, language) if isinstance(v, nested) else v for k, v in message.args.items()}


def packed(value: Any) -> Any:
    """A text as JSON; `unpacked` gives it back."""
    if isinstance(value, Message):
        return {"msgid": value.id, "args": {name: packed(arg) for name, arg in value.args.items()}}
    if isinstance(value, Text):
        return {"vi": value.vi, "en": value.en}
    return value


def unpacked(value: Any) -> Any:
    """The text that `packed` put away."""
    if isinstance(value, dict) and "msgid" in value:
        return Message(value["msgid"], {name: unpacked(arg) for name, arg in value["args"].items()})
    if isinstance(value, dict) and set(value) == {"vi", "en"}:
        return Text(vi=value["vi"], en=value["en"])
    return value
