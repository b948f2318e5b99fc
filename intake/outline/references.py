"""What a reference of the outline can point to in the catalogue, and how it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from intake import catalogue
from intake.i18n import Text


def _coded(id: str, name: Text) -> Text:
    return Text(f"{id.upper()}. {name.vi}", f"{id.upper()}. {name.en}")


ENTRIES: dict[str, Mapping[str, Any]] = {
    "systems": catalogue.SYSTEMS,
    "initiatives": catalogue.INITIATIVES,
    "targets": catalogue.TARGETS,
    "organisations": catalogue.ORGANISATIONS,
    "units": catalogue.UNITS,
}

NAMES: dict[str, Callable[[Any], Text]] = {
    "systems": lambda entry: _coded(entry.id, entry.name),
    "initiatives": lambda entry: _coded(entry.id, entry.title),
    "targets": lambda entry: entry.text,
    "organisations": lambda entry: entry.name,
    "units": lambda entry: entry.name,
}


def is_known(kind: str, id: Any) -> bool:
    """Whether the catalogue has this entry; anything that is no text is not known."""
    return isinstance(id, str) and id in ENTRIES[kind]


def name_of(kind: str, id: str) -> Text:
    """How an entry is shown; an id the catalogue no longer has stands for itself."""
    entry = ENTRIES[kind].get(id)
    return NAMES[kind](entry) if entry is not None else Text(id, id)


def options(kind: str) -> tuple[tuple[str, Text], ...]:
    """Every entry as (id, name), in official order: what a form offers."""
    return tuple((id, NAMES[kind](entry)) for id, entry in ENTRIES[kind].items())
