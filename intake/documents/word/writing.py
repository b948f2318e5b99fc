"""The outline as a Word file, blank or filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt

from intake import outline
from intake.documents.word import markup, wording
from intake.documents.word.answers import TICKED, UNTICKED, option_words, write_answer
from intake.documents.word.labels import caption, heading_of, numbered, section_of
from intake.documents.word.markup import PAGE_WIDTH, cell, head_cell, paragraph, row, run, small, table
from intake.documents.word.shapes import (
    CHOSEN_FROM_A_BOX,
    PARTS,
    Form,
    Head,
    Line,
    Listing,
    card_lines,
    columns,
    pieces,
)
from intake.i18n import Text
from intake.outline import OUTLINE, references
from intake.outline.displays import NO, YES
from intake.outline.model import Field, Rows

FONT = "Times New Roman"
LABELS, ANSWERS = 3400, PAGE_WIDTH - 3400
MARGIN = 220
BLANK_ROWS, BLANK_CARDS, BLANK_INSIDE = 3, 2, 2
# Longer lists are looked up in the annex: nobody scrolls through them in a box.
MOST_OPTIONS = 40
NARROW = 800


@cache
def blank_outline(language: str) -> bytes:
    """The outline to fill in."""
    return write_word(outline.empty_document(language), language)


def write_word(document: Mapping[str, Any], language: str, *, code: str = "") -> bytes:
    """A proposal as a Word file on the outline; what is empty can be filled in."""
    exported = outline.export_proposal(document)
    content = {
        **exported["sections"],
        "administrative": exported.get("administrative"),
        "meta": {field.id: exported[field.id] for field in OUTLINE.metadata.fields if field.id in exported},
    }
    body = "".join(_Writer(language).body(content, code))
    word = docx.Document()
    set_up(word, OUTLINE.title.in_(language), language)
    target = BytesIO()
    element = word.element.body
    for made in reversed(parse_xml(f"<w:body {markup.NAMESPACES}>{body}</w:body>")):
        element.insert(0, made)
    word.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language
        self.marks = 0

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def body(self, content: Mapping[str, Any], code: str) -> Iterator[str]:
        yield markup.text(self.say(OUTLINE.heading), "Title")
        if code:
            yield markup.text(f"{self.say(wording.PROPOSAL_CODE)}: {code}")
        yield markup.text(self.say(OUTLINE.intro))
        yield from (small(self.say(text)) for text in wording.HOW_TO)
        for part in PARTS:
            yield from self.part(part, content.get(part))
        yield from self.annex()

    def part(self, part: str, value: Any) -> Iterator[str]:
        section = section_of(part)
        yield markup.text(self.say(heading_of(part)), "Heading1")
        if section and section.guidance:
            yield small(self.say(section.guidance))
        for piece in pieces(part):
            if isinstance(piece, Head):
                yield from self.head(piece)
            elif isinstance(piece, Form):
                title = self.say(caption(part, None))
                yield table(self.lines(piece.lines, value, skip=1, width=PAGE_WIDTH), (LABELS, ANSWERS), title)
                yield paragraph()
            else:
                yield from self.listing(part, piece, value_at(value, piece.path[1:]))

    def head(self, head: Head) -> Iterator[str]:
        yield markup.text(self.say(numbered(head)), "Heading2")
        yield from (small(self.say(text)) for text in (head.guidance, head.field.hint) if text)

    def listing(self, part: str, listing: Listing, value: Any) -> Iterator[str]:
        title, field = self.say(caption(part, listing)), listing.field
        if listing.is_grid:
            yield small(self.say(wording.MORE_ROWS))
            yield self.grid(field, value, title, PAGE_WIDTH, BLANK_ROWS)
            yield paragraph()
            return
        yield small(self.say(wording.MORE_CARDS))
        for place, item in enumerate(value or [None] * BLANK_CARDS):
            yield self.card(field, item, title, mark=self.mark(value) if place == 0 and value == [] else "")
            yield paragraph()

    def card(self, field: Rows, item: Mapping[str, Any] | None, title: str, *, mark: str) -> str:
        words = f"{self.say(field.item_label)} {(item or {}).get('code', '')}".strip()
        head = row([head_cell(words, PAGE_WIDTH, span=2, mark=mark)])
        return table(
            [head, *self.lines(card_lines(field), item or {}, skip=0, width=PAGE_WIDTH)], (LABELS, ANSWERS), title
        )

    def lines(self, found: Sequence[Line], value: Any, *, skip: int, width: int) -> Iterator[str]:
        for line in found:
            path = line.path[skip:]
            if line.is_head:
                yield row([head_cell(self.say(line.field.label).rstrip(":"), width, span=2)])
                continue
            holder = value_at(value, path[:-1])
            if isinstance(holder, str):  # a party that is known by its name alone
                holder = {"name": holder}
            yield row([cell(self.label(line.field), LABELS), cell(self.answer(line.field, holder, ANSWERS), ANSWERS)])

    def label(self, field: Field) -> str:
        is_needed = field.required or getattr(field, "must_be_true", False)
        words = self.say(field.label).rstrip(":") + (" *" if is_needed else "")
        return paragraph(run(words, markup.STRONG)) + "".join(map(small, self.hints(field)))

    def hints(self, field: Field) -> Iterator[str]:
        """What kind of answer is asked for, in a few words."""
        kind, to = wording.KIND_HINTS.get(field.kind), getattr(field, "to", "")
        if kind:
            yield self.say(kind)
        if to in wording.LIST_HINTS and field.kind in ("reference", "references"):
            yield self.say(wording.LIST_HINTS[to])
        if field.kind in ("row_reference", "date_or_row"):
            yield self.say(wording.row_hint(OUTLINE.lists[to].code(0)))
        if field.hint:
            yield self.say(field.hint)

    def grid(self, field: Rows, value: Any, title: str, width: int, blank: int) -> str:
        """A table with a column for each field of a row, and for its code where rows have one."""
        shown, codes = columns(field), [NARROW] if field.code_prefix else []
        each = (width - sum(codes)) // len(shown)
        heads = [self.say(wording.CODE)] * len(codes) + [self.column_head(child) for child in shown]
        widths = [*codes, *[each] * len(shown)]
        first = head_cell(heads[0], widths[0], mark=self.mark(value) if value == [] else "")
        rows = [row([first, *map(head_cell, heads[1:], widths[1:])], is_head=True)]
        for item in value or [None] * blank:
            code = [cell(markup.text((item or {}).get("code", "")), NARROW)] * len(codes)
            rows.append(row([*code, *(cell(self.answer(child, item, each), each) for child in shown)]))
        return table(rows, widths, title)

    def column_head(self, field: Field) -> str:
        kind = wording.KIND_HINTS.get(field.kind) if field.kind in ("money", "date", "month") else None
        label = self.say(field.label).rstrip(":")
        return f"{label} ({self.say(kind)})" if kind else label

    def answer(self, field: Field, holder: Any, width: int) -> str:
        """The paragraphs of one answer in its box."""
        value = holder.get(field.id) if isinstance(holder, Mapping) else None
        if isinstance(field, Rows):
            inside = self.grid(field, value, self.say(field.label), width - MARGIN, BLANK_INSIDE)
            return inside + paragraph()
        is_there = isinstance(holder, Mapping) and field.id in holder
        mark = self.mark(value) if is_there and markup.way_of_being_empty(value) else ""
        lines = write_answer(field, value, self.language)
        if field.kind == "multichoice":
            return self.tick_boxes(field, value or [], mark)
        if field.kind in CHOSEN_FROM_A_BOX and len(options := self.options(field)) <= MOST_OPTIONS:
            placeholder = self.say(wording.CHOOSE)
            return paragraph(mark + markup.drop_down(field.id, options, lines[0] if lines else "", placeholder))
        return paragraph(mark) if mark else "".join(self.text(field, lines))

    def options(self, field: Any) -> list[str]:
        if field.kind == "bool":
            return [self.say(YES), self.say(NO)]
        if field.kind == "choice":
            return [self.say(choice.label) for choice in field.choices]
        return [option_words(field.to, id, self.language) for id, _name in references.options(field.to)]

    def tick_boxes(self, field: Any, chosen: Sequence[str], mark: str) -> str:
        """What is ticked comes first, in its own order."""
        others = [choice.id for choice in field.choices if choice.id not in chosen]
        found = []
        for place, id in enumerate([*chosen, *others]):
            is_ticked = id in chosen
            box = markup.tick_box(field.id, TICKED if is_ticked else UNTICKED, is_ticked=is_ticked)
            words = run(f" {self.say(field.label_of(id))}")
            found.append(paragraph((mark if place == 0 else "") + box + words))
        return "".join(found)

    def text(self, field: Field, lines: Sequence[str]) -> Iterator[str]:
        """Lines as paragraphs; items of a list as Word writes them."""
        for line in lines:
            if field.kind == "text_list":
                yield markup.text(line, "ListBullet")
            elif field.kind == "richtext" and line.startswith("- "):
                yield markup.text(line[2:], "ListBullet")
            else:
                yield markup.text(line)

    def mark(self, value: Any) -> str:
        self.marks += 1
        return markup.empty_mark(markup.way_of_being_empty(value), self.marks)

    def annex(self) -> Iterator[str]:
        """The long lists of the catalogue, to look up what answers may name."""
        yield paragraph('<w:r><w:br w:type="page"/></w:r>')
        yield markup.text(self.say(wording.ANNEX), "Heading1")
        yield small(self.say(wording.ANNEX_NOTE))
        for kind, title in wording.TITLES.items():
            yield markup.text(self.say(title), "Heading2")
            rows = [
                row([cell(small(id), LABELS), cell(small(self.say(name)), ANSWERS)])
                for id, name in references.options(kind)
            ]
            yield table(rows, (LABELS, ANSWERS), self.say(title))
            yield paragraph()


def value_at(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path of names; a text where one was expected ends the way."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def set_up(word: WordDocument, title: str, language: str) -> None:
    """Paper, letters and what the file says about itself."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 12), ("Title", 16), ("Heading 1", 13), ("Heading 2", 12)):
        style: Any = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute in ("hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{attribute}"), FONT)
    about = word.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.language = "en" if language == "en" else "vi-VN"
