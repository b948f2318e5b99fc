"""Where a fact of the catalogue comes from, and how its file is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from intake.i18n import Text

DATA = Path(__file__).parent / "data"


def read(name: str) -> list[dict[str, Any]]:
    """The entries of one data file, in official order."""
    return json.loads((DATA / f"{name}.json").read_bytes())


@dataclass(frozen=True)
class Document:
    """An official document the catalogue was taken from; `file` is the name of the text it was read from."""

    id: str
    file: str | None
    number: str | None
    issued_on: date | None
    title: Text
    url: str | None


def _document(entry: Mapping[str, Any]) -> Document:
    issued_on = entry["issued_on"] and date.fromisoformat(entry["issued_on"])
    return Document(**{**entry, "issued_on": issued_on, "title": Text(**entry["title"])})


DOCUMENTS: dict[str, Document] = {entry["id"]: _document(entry) for entry in read("documents")}


@dataclass(frozen=True)
class Source:
    """The place of a fact: document, section, and the sentence that carries it where one was kept."""

    document: Document
    section: str
    quote: str = ""

    @property
    def file(self) -> str | None:
        return self.document.file


def source(entry: Mapping[str, str]) -> Source:
    """A source from its data; a document that is not declared is an error at import."""
    return Source(DOCUMENTS[entry["document"]], entry["section"], entry.get("quote", ""))


def sources(entries: list[dict[str, str]]) -> tuple[Source, ...]:
    """Several sources, the main one first."""
    return tuple(source(entry) for entry in entries)
