"""WordprocessingML in pieces: lines, boxes to choose from and to tick, tables. Strings: a file has thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
GREY, SHADE = "595959", "E8EDF3"
SMALL = f'<w:rPr><w:i/><w:color w:val="{GREY}"/><w:sz w:val="18"/></w:rPr>'
STRONG = "<w:rPr><w:b/></w:rPr>"
PLACEHOLDER = f'<w:rPr><w:color w:val="{GREY}"/></w:rPr>'
LONGEST_TAG, LONGEST_VALUE = 64, 255
PAGE_WIDTH = 9638  # 17 cm in twentieths of a point

EMPTY_MARK = "_empty_"
EMPTY_WAYS = {"none": None, "text": "", "list": []}
"""Ways of being empty that a file keeps apart, as hidden bookmarks `_empty_<way>_<number>`."""


def run(text: str, properties: str = "") -> str:
    """Words of one kind; a tab and a line end inside them stay what they are."""
    lines = ("<w:tab/>".join(map(_words, line.split("\t"))) for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def paragraph(content: str = "", style: str = "", *, is_kept: bool = False) -> str:
    """One paragraph with ready-made content; a kept one stays on the page of the next."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    kept = "<w:keepNext/>" if is_kept else ""
    properties = f"<w:pPr>{named}{kept}</w:pPr>" if named or kept else ""
    return f"<w:p>{properties}{content}</w:p>"


def text(words: str, style: str = "") -> str:
    return paragraph(run(words), style)


def small(words: str) -> str:
    """A hint, in small grey letters."""
    return paragraph(run(words, SMALL))


def drop_down(tag: str, options: Iterable[str], chosen: str, placeholder: str) -> str:
    """A list to choose one answer from; without an answer it shows the placeholder."""
    known: list[str] = list(dict.fromkeys([*options, *([chosen] if chosen else [])]))
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(one)} w:value={quoteattr(one[:LONGEST_VALUE])}/>" for one in known
    )
    shown = "" if chosen else "<w:showingPlcHdr/>"
    content = run(chosen) if chosen else run(placeholder, PLACEHOLDER)
    return _control(tag, f"{shown}<w:dropDownList>{items}</w:dropDownList>", content)


def tick_box(tag: str, mark: str, *, is_ticked: bool) -> str:
    """A box that a click ticks."""
    return _control(tag, f'<w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/></w14:checkbox>', run(mark))


def _control(tag: str, kind: str, content: str) -> str:
    properties = f"<w:sdtPr><w:tag w:val={quoteattr(tag[-LONGEST_TAG:])}/>{kind}</w:sdtPr>"
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def empty_mark(way: str, number: int) -> str:
    """Notes in which way an answer is empty, where nobody sees it."""
    name = quoteattr(f"{EMPTY_MARK}{way}_{number}")
    return f'<w:bookmarkStart w:id="{number}" w:name={name}/><w:bookmarkEnd w:id="{number}"/>'


def way_of_being_empty(value: object) -> str:
    return next((way for way, empty in EMPTY_WAYS.items() if value == empty and type(value) is type(empty)), "")


def cell(content: str, width: int, *, span: int = 1, is_head: bool = False) -> str:
    """One box of a table; Word wants at least one paragraph in it, and one behind a table inside it."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if is_head else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shaded}</w:tcPr>'
    return f"<w:tc>{properties}{content or paragraph()}</w:tc>"


def head_cell(words: str, width: int, *, span: int = 1, mark: str = "") -> str:
    return cell(paragraph(mark + run(words, STRONG), is_kept=True), width, span=span, is_head=True)


def row(cells: Iterable[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int], title: str) -> str:
    """A table with the title that screen readers say, and by which it is known again."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val={quoteattr(title)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
