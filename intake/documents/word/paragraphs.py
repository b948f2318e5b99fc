"""The words of a Word file as people see them: paragraphs with their bullets and numbers, tables with merged boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from intake.documents.word.markup import EMPTY_MARK
from intake.documents.word.package import NOT_WORD, refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DEEPEST = 60

# What was struck out with changes tracked, the old shape of a drawing, and what a field computes from.
UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{MC}Fallback", f"{W}sdtPr", f"{W}pPr", f"{W}rPr"}
SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}ptab": "\t",
}
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
TEXT_BOX = f"{W}txbxContent"


@dataclass
class Paragraph:
    """One paragraph: its text with the bullet or number in front, and whether its style makes it a heading."""

    text: str
    is_heading: bool = False
    boxes: list[str] = field(default_factory=list)
    has_picture: bool = False
    marks: tuple[str, ...] = ()


@dataclass
class Cell:
    """One box of a table: from which column it reaches how far, and what stands in it."""

    column: int
    span: int
    goes_on: bool
    blocks: list[Paragraph | Table]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [one for one in self.blocks if isinstance(one, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        return [one for one in self.blocks if isinstance(one, Table)]

    @property
    def lines(self) -> list[str]:
        """What stands in the box outside the tables in it."""
        return [line for one in self.paragraphs for line in one.text.split("\n")]

    @property
    def all_lines(self) -> list[str]:
        """The same with the tables, a line for each of their rows."""
        return [
            line for one in self.blocks for line in (one.text.split("\n") if isinstance(one, Paragraph) else one.lines)
        ]

    @property
    def text(self) -> str:
        return "\n".join(self.all_lines).strip()

    @property
    def marks(self) -> tuple[str, ...]:
        """The hidden notes in which way this box is empty."""
        return tuple(mark for one in self.paragraphs for mark in one.marks)


@dataclass
class Table:
    """A table by rows; a box that goes on from the row above holds the same there, with `goes_on` set."""

    title: str
    rows: list[list[Cell]]

    @property
    def lines(self) -> list[str]:
        return [" | ".join(" ".join(cell.text.split("\n")) for cell in row) for row in self.rows]


Block = Paragraph | Table


def value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


class Reader:
    """Reads the blocks of one file; styles and numbering say which paragraph is an item of a list."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self.parts = parts
        self.counts: dict[tuple[str, int], int] = {}

    @cached_property
    def styles(self) -> dict[str, Element]:
        part = self.parts.get("word/styles.xml")
        return {one.get(f"{W}styleId", ""): one for one in part.iter(f"{W}style")} if part is not None else {}

    @cached_property
    def formats(self) -> dict[str, dict[int, str]]:
        """Format of each level (`bullet`, `decimal`, ...) by the number of a list."""
        part = self.parts.get("word/numbering.xml")
        if part is None:
            return {}
        abstract = {
            one.get(f"{W}abstractNumId", ""): {
                int(level.get(f"{W}ilvl", "0")): value(level.find(f"{W}numFmt")) for level in one.iter(f"{W}lvl")
            }
            for one in part.iter(f"{W}abstractNum")
        }
        return {
            one.get(f"{W}numId", ""): abstract.get(value(one.find(f"{W}abstractNumId")), {})
            for one in part.iter(f"{W}num")
        }

    def blocks(self, container: Element, depth: int = 0) -> Iterator[Block]:
        """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
        if depth > DEEPEST:
            raise refused(NOT_WORD)
        for child in container:
            if child.tag == f"{W}p":
                if not is_struck_out(child):
                    yield self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child, depth + 1)
            elif child.tag == f"{W}sdt":
                if not is_placeholder(child):
                    yield from self.blocks(child, depth + 1)
            elif child.tag not in UNSEEN:
                yield from self.blocks(child, depth + 1)

    def paragraph(self, element: Element) -> Paragraph:
        words, boxes, pictures = [], [], []
        for kind, text in seen(element):
            {"words": words, "box": boxes, "picture": pictures}[kind].append(text)
        text, properties = "".join(words), element.find(f"{W}pPr")
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        marks = tuple(
            found.get(f"{W}name", "").removeprefix(EMPTY_MARK).partition("_")[0]
            for found in element.iter(f"{W}bookmarkStart")
            if found.get(f"{W}name", "").startswith(EMPTY_MARK)
        )
        bullet = self.bullet(properties, style) if text.strip() else ""
        is_heading = self.is_heading(properties, style)
        return Paragraph(text if is_heading else bullet + text, is_heading, boxes, bool(pictures), marks)

    def is_heading(self, properties: Element | None, style: str) -> bool:
        if properties is not None and properties.find(f"{W}outlineLvl") is not None:
            return True
        return any(
            one.find(f"{W}pPr/{W}outlineLvl") is not None or value(one.find(f"{W}name")).lower() == "title"
            for one in self.chain(style)
        )

    def chain(self, style: str) -> Iterator[Element]:
        """A style and those it is based on."""
        met: set[str] = set()
        while style in self.styles and style not in met:
            met.add(style)
            yield self.styles[style]
            style = value(self.styles[style].find(f"{W}basedOn"))

    def bullet(self, properties: Element | None, style: str) -> str:
        """What Word prints in front of the paragraph: a dash for every kind of bullet, or the number in a list."""
        given = [properties] if properties is not None else []
        for holder in (*given, *(one.find(f"{W}pPr") for one in self.chain(style))):
            numbering = holder.find(f"{W}numPr") if holder is not None else None
            if numbering is None:
                continue
            list_id, level = value(numbering.find(f"{W}numId")), number(value(numbering.find(f"{W}ilvl")))
            kind = self.formats.get(list_id, {}).get(level, "")
            if list_id in ("", "0") or kind in ("", "none"):
                return ""
            if kind == "bullet":
                return "- "
            self.counts[list_id, level] = self.counts.get((list_id, level), 0) + 1
            return f"{self.counts[list_id, level]}. "
        return ""

    def table(self, element: Element, depth: int) -> Table:
        rows: list[list[Cell]] = []
        above: dict[int, Cell] = {}
        for row in rows_of(element):
            cells = list(self.row(row, above, depth))
            above = {cell.column: cell for cell in cells}
            rows.append(cells)
        return Table(value(element.find(f"{W}tblPr/{W}tblCaption")), rows)

    def row(self, element: Element, above: dict[int, Cell], depth: int) -> Iterator[Cell]:
        column = number(value(element.find(f"{W}trPr/{W}gridBefore")))
        for box in cells_of(element):
            properties = box.find(f"{W}tcPr")
            span = max(number(value(properties.find(f"{W}gridSpan"))) if properties is not None else 1, 1)
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merge is not None and value(merge) != "restart" and column in above
            if goes_on:
                from_above = above[column]
                yield Cell(column, span, True, from_above.blocks)
            else:
                yield Cell(column, span, False, list(self.blocks(box, depth)))
            column += span


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def is_placeholder(control: Element) -> bool:
    """Whether a content control still shows its hint."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def is_struck_out(paragraph: Element) -> bool:
    """Whether the whole paragraph was deleted or moved away with changes tracked."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    is_marked = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
    return is_marked and not any(kind != "words" or text.strip() for kind, text in seen(paragraph))


def rows_of(table: Element, depth: int = 0) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in UNSEEN and child.tag != f"{W}tblPr" and depth < DEEPEST:
            yield from rows_of(child, depth + 1)


def cells_of(row: Element, depth: int = 0) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in UNSEEN and child.tag != f"{W}trPr" and depth < DEEPEST:
            yield from cells_of(child, depth + 1)


def seen(element: Element, depth: int = 0) -> Iterator[tuple[str, str]]:
    """What a person sees of a paragraph: ("words", ...), text boxes as ("box", ...), pictures as ("picture", "")."""
    for child in element:
        if child.tag in UNSEEN or depth > DEEPEST:
            continue
        if child.tag == f"{W}t":
            yield "words", child.text or ""
        elif child.tag == f"{W}sym":
            yield "words", symbol(child.get(f"{W}char", ""))
        elif child.tag in SIGNS:
            is_page_end = child.get(f"{W}type", "") in ("page", "column")
            yield "words", "" if is_page_end else SIGNS[child.tag]
        elif child.tag == TEXT_BOX:
            yield "box", "\n".join(words_in(child))
        elif child.tag == f"{W}sdt" and is_placeholder(child):
            continue
        elif child.tag in PICTURES:
            inside = list(seen(child, depth + 1))
            yield from inside or [("picture", "")]
        else:
            yield from seen(child, depth + 1)


def symbol(code: str) -> str:
    """A sign of a symbol font: the boxes that people tick by hand, otherwise a bullet."""
    return {"F0FE": "☒", "F0FD": "☒", "F0FC": "☒", "F052": "☒", "F0A8": "☐", "F06F": "☐", "F0A3": "☐"}.get(
        code.upper(), "•"
    )


def words_in(element: Element) -> Iterator[str]:
    """The text of every paragraph inside, however deep, one after the other."""
    for paragraph in element.iter(f"{W}p"):
        text = "".join(words for kind, words in seen(paragraph) if kind == "words")
        if text.strip():
            yield text.strip()


def all_words(part: Element) -> Iterator[str]:
    """Every line of a part, also what was struck out or is not shown: whatever a reader of the file could find."""
    for paragraph in part.iter(f"{W}p"):
        yield "".join(
            SIGNS.get(one.tag, "") or (one.text or "" if one.tag in (f"{W}t", f"{W}delText", f"{W}instrText") else "")
            for one in paragraph.iter()
        )
