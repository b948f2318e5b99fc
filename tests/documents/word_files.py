"""Word files changed the way people and programs change them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.table import Table

from intake import outline
from intake.documents.word.reading import Reading, read_word
from intake.documents.word.writing import blank_outline, write_word
from tests.outline.examples import example

MAIN = "word/document.xml"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def full(name: str = "full_sk06") -> bytes:
    return write_word(outline.import_proposal(example(name)), "vi")


def by_word(raw: bytes, change: Callable[[WordDocument], Any]) -> bytes:
    """The file after something was done to it with python-docx."""
    word = docx.Document(io.BytesIO(raw))
    change(word)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def by_part(raw: bytes, changes: Mapping[str, Callable[[str], str]], more: Mapping[str, str | bytes] = {}) -> bytes:
    """The file with the text of some parts changed and others added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            change = changes.get(entry.filename)
            new.writestr(entry, change(data.decode()).encode() if change else data)
        for name, data in more.items():
            new.writestr(name, data)
    return target.getvalue()


def by_xml(raw: bytes, change: Callable[[str], str]) -> bytes:
    return by_part(raw, {MAIN: change})


def table_of(word: WordDocument, *labels: str) -> Table:
    """The first table in whose boxes all these words stand."""
    for table in word.tables:
        said = {cell.text.split("\n")[0].rstrip(" *") for row in table.rows for cell in row.cells}
        if set(labels) <= said:
            return table
    raise LookupError(labels)


def answered(table: Table, label: str, text: str, nth: int = 0) -> None:
    """Write into the box beside a label, in place of what stands there."""
    rows = [row for row in table.rows if row.cells[0].text.split("\n")[0].rstrip(" *") == label]
    box = rows[nth].cells[1]
    for child in list(box._tc):
        if not child.tag.endswith("}tcPr"):
            box._tc.remove(child)
    for line in text.split("\n"):
        box.add_paragraph(line)


def filled_file(label: str, text: str, raw: bytes | None = None) -> bytes:
    """The blank outline, or another file, with one more answer."""
    return by_word(raw or blank_outline("vi"), lambda word: answered(table_of(word, label), label, text))


def filled(label: str, text: str) -> Reading:
    """The blank outline with one answer, read."""
    return read_word(filled_file(label, text))


def said(reading: Reading) -> list[tuple[str, str, str]]:
    """What found no place: where, what, why."""
    return [(one.place("vi"), one.text, one.reason.id) for one in reading.leftovers]


def without_small_print(xml: str) -> str:
    """Without guidance, hints and instructions, as people clear them away."""
    return re.sub(r"<w:p><w:r><w:rPr><w:i/>.*?</w:p>", "<w:p/>", xml)
