"""The user guides: one file for each reader and language, read into blocks for a template.

A small part of Markdown: `#` and `##` headings, paragraphs, `1.` steps, `-` lists, `![words](picture)`,
`[words](address)`.
`[[Label]]` is a label of the interface by its English words, so that a guide says what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from intake.i18n import Message, translate

FOLDER = Path(__file__).parent
NAMES = ("applicant", "reviewer", "secretary", "committee")
INLINE = re.compile(r"\[\[(?P<label>[^\]]+)\]\]|\[(?P<words>[^\]]+)\]\((?P<url>[^)]+)\)")
PICTURE = re.compile(r"!\[(?P<words>[^\]]+)\]\((?P<name>[a-z-]+)\)")
STEP = re.compile(r"[0-9]+\. ")


@dataclass(frozen=True)
class Span:
    """Words of one kind: a label of the interface is strong, a link has an address."""

    text: str
    url: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, a list of steps or items, or a picture; `items` are lines of spans."""

    kind: str
    items: tuple[tuple[Span, ...], ...] = ()
    picture: str = ""
    text: str = ""


@dataclass(frozen=True)
class Chapter:
    """One task: its heading, where it is on the page, and what it says."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Guide:
    """Everything for one kind of reader."""

    name: str
    title: str
    chapters: tuple[Chapter, ...]


@cache
def guide(name: str, language: str) -> Guide:
    """The guide of one reader in one language; KeyError for a reader there is none for."""
    if name not in NAMES:
        raise KeyError(name)
    source = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    title, *chapters = re.split(r"^## ", source, flags=re.MULTILINE)
    return Guide(
        name,
        title.strip().removeprefix("# "),
        tuple(chapter(place, text, name, language) for place, text in enumerate(chapters, 1)),
    )


def chapter(place: int, text: str, name: str, language: str) -> Chapter:
    title, _, body = text.partition("\n")
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return Chapter(title.strip(), f"part-{place}", tuple(blocks(lines, name, language)))


def blocks(lines: list[str], name: str, language: str) -> Iterator[Block]:
    for kind, group in groupby(lines, key=kind_of):
        found = list(group)
        if kind in ("steps", "items"):
            bare = [line.partition(" ")[2] for line in found]
            yield Block(kind, tuple(tuple(spans(line, language)) for line in bare))
            continue
        for line in found:
            picture = PICTURE.fullmatch(line)
            if picture:
                yield Block("picture", picture=f"help/{name}-{picture['name']}-{language}.png", text=picture["words"])
            else:
                yield Block("paragraph", (tuple(spans(line, language)),))


def kind_of(line: str) -> str:
    return "steps" if STEP.match(line) else "items" if line.startswith("- ") else "other"


def spans(line: str, language: str) -> Iterator[Span]:
    at = 0
    for found in INLINE.finditer(line):
        if found.start() > at:
            yield Span(line[at : found.start()])
        if found["label"]:
            yield Span(translate(Message(found["label"]), language), is_strong=True)
        else:
            yield Span(found["words"], found["url"])
        at = found.end()
    if at < len(line):
        yield Span(line[at:])
