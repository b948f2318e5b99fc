"""What changed between two versions of a document, section by section and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.outline.displays import Entry, display_section
from intake.outline.fingerprints import section_fingerprint
from intake.outline.walk import OUTLINE


@dataclass(frozen=True)
class Change:
    """One field that reads differently. `before` or `after` is empty when it was added or removed."""

    section: str
    key: str
    labels: tuple[str, ...]
    before: str
    after: str

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True)
class SectionChange:
    """A section that differs, with the fields that do; the list is empty when only the order of rows changed."""

    section: str
    changes: tuple[Change, ...]


def changed_sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the parts that read differently, in outline order."""
    return tuple(
        part for part in OUTLINE.bodies if section_fingerprint(before, part) != section_fingerprint(after, part)
    )


def diff(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> tuple[SectionChange, ...]:
    """Every part that differs, with its fields in the words of `language`. Rows are the same when their ids are."""
    return tuple(
        SectionChange(part, tuple(_changes(part, before, after, language))) for part in changed_sections(before, after)
    )


def _changes(part: str, before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> Iterator[Change]:
    old = dict(_lines(display_section(before, part, language).entries, ()))
    new = dict(_lines(display_section(after, part, language).entries, ()))
    for key in (*new, *(key for key in old if key not in new)):
        labels, written = new.get(key) or (old[key][0], "")
        previous = old[key][1] if key in old else ""
        if previous != written:
            yield Change(part, key, labels, previous, written)


def _lines(entries: tuple[Entry, ...], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[tuple[str, ...], str]]]:
    for entry in entries:
        labels = (*above, entry.code or entry.label)
        if entry.children or entry.kind in ("rows", "row"):
            yield from _lines(entry.children, labels)
        else:
            yield entry.key, (labels, "\n".join(entry.items) if entry.items else entry.text)
