"""The sections of a proposal as blocks, in the order and the words of the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from intake.documents.pictures import Picture
from intake.documents.proposal.cells import own_id
from intake.documents.proposal.grids import Block, Printer, list_blocks
from intake.documents.typeface import plain
from intake.documents.wording import paragraphs
from intake.i18n import Text
from intake.outline.displays import Entry, SectionView

KEPT_TOGETHER = 1200  # letters of short answers that are not worth two pages

NOT_STATED = Text("Không nêu", "Not stated")
NOT_WRITTEN = Text("Chưa có nội dung.", "Nothing has been written yet.")
NONE = Text("Không có.", "None.")
PARTICULAR = Text("Thông tin", "Particulars")
FIGURE = Text("Hình {number}. {caption}", "Figure {number}. {caption}")


def section_blocks(view: SectionView, printer: Printer) -> list[Block]:
    """Everything of one section but its heading and its picture."""
    if view.is_empty:
        return [{"kind": "empty", "text": printer.say(NOT_WRITTEN if view.is_required else NONE)}]
    only = view.entries[0] if len(view.entries) == 1 else None
    if only and only.kind == "rows":
        return list(list_blocks(only, printer))
    return list(blocks(view.entries, printer, level=3))


def blocks(entries: Sequence[Entry], printer: Printer, *, level: int) -> Iterator[Block]:
    """Short fields together as pairs, parties side by side, everything else under its own heading."""
    for kind, found in groupby(entries, key=layout_of):
        run = list(found)
        if kind == "pairs":
            yield pairs(run, printer)
        elif kind == "parties":
            yield parties(run, printer)
        else:
            for entry in run:
                yield from headed(entry, printer, level=level)


def layout_of(entry: Entry) -> str:
    if entry.kind == "party":
        return "parties"
    return "headed" if entry.kind in ("rows", "group", "richtext") else "pairs"


def headed(entry: Entry, printer: Printer, *, level: int) -> Iterator[Block]:
    """A long text, a list or a sub-item of the section, under its heading."""
    label = f"{entry.number}. {entry.label}" if entry.number else entry.label
    yield {"kind": "heading", "level": level, "text": label, "guidance": entry.guidance}
    if entry.kind == "rows":
        yield from list_blocks(entry, printer)
    elif entry.kind == "group":
        only = entry.children[0] if len(entry.children) == 1 else None
        # A sub-item that is one list is called by its own heading, not by two.
        yield from list_blocks(only, printer) if only else blocks(entry.children, printer, level=level + 1)
    else:
        yield prose(entry, printer)


def prose(entry: Entry, printer: Printer) -> Block:
    """Paragraphs; lines that start with a dash are items."""
    if entry.is_empty:
        return {"kind": "empty", "text": f"{printer.say(NOT_STATED)}."}
    lines = [{"text": part.removeprefix("- "), "is_item": part.startswith("- ")} for part in paragraphs(entry.text)]
    return {"kind": "prose", "lines": lines}


def pairs(entries: Sequence[Entry], printer: Printer) -> Block:
    rows = [{"label": entry.label, **answer(entry, printer)} for entry in entries]
    is_kept = sum(len(text) for row in rows for text in row["texts"]) <= KEPT_TOGETHER
    return {"kind": "pairs", "rows": rows, "is_kept": is_kept}


def answer(entry: Entry, printer: Printer) -> dict[str, Any]:
    """The words of a short field, or that nothing was stated."""
    if entry.is_empty:
        return {"texts": [printer.say(NOT_STATED)], "is_empty": True}
    return {"texts": list(entry.items) or paragraphs(entry.text), "is_empty": False}


def parties(entries: Sequence[Entry], printer: Printer) -> Block:
    """Persons and bodies side by side, so that one who proposes and leads is read at a glance."""
    labels = {own_id(child): child.label for entry in entries for child in entry.children}
    known = [{own_id(child): child for child in entry.children} for entry in entries]
    rows = [
        {"label": label, "cells": [answer(one[id], printer) for one in known if id in one]}
        for id, label in labels.items()
    ]
    return {
        "kind": "parties",
        "head": printer.say(PARTICULAR),
        "columns": [entry.label for entry in entries],
        "rows": rows,
    }


def figure(picture: Picture, number: int, language: str) -> Block:
    """A picture under its number; its words are written as documents write them."""
    drawn = asdict(picture) | {
        "title": plain(picture.title),
        "shapes": [spelled(asdict(shape)) for shape in picture.shapes],
    }
    caption = FIGURE.in_(language).format(number=number, caption=picture.caption)
    return {"kind": "figure", "picture": drawn, "caption": caption}


def spelled(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) if name == "text" else value for name, value in shape.items()}
