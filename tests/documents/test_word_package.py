"""What is looked at before a Word file is unpacked, and files that are no Word files."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from intake.documents.word import package
from intake.documents.word.reading import read_word
from intake.documents.word.writing import blank_outline
from intake.errors import DomainError, Invalid, TooLarge
from tests.documents.word_files import MAIN, by_part, by_xml

RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"


def linked(kind: str, mode: str = "External"):
    link = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="https://example.vn/x" TargetMode="{mode}"/>'
    return by_part(blank_outline("vi"), {RELS: lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>")})


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def with_password() -> bytes:
    """Every entry says that it is encrypted, in the directory and before its bytes."""
    raw = bytearray(blank_outline("vi"))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(sign, at + 4)
    return bytes(raw)


NEW = '<Default Extension="xyz" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'
REFUSED = {
    "a PDF": (b"%PDF-1.7", package.NOT_WORD.id),
    "half a file": (blank_outline("vi")[:20_000], package.NOT_WORD.id),
    "a zip of something else": (zipped(readme=b"x"), package.NOT_WORD.id),
    "no text in it": (
        by_part(blank_outline("vi"), {"_rels/.rels": lambda xml: xml.replace(MAIN, "x")}),
        package.NOT_WORD.id,
    ),
    "no XML": (by_xml(blank_outline("vi"), lambda xml: xml[:-9]), package.NOT_WORD.id),
    "a document type": (
        by_xml(blank_outline("vi"), lambda xml: xml.replace("<w:document", BOMB + "<w:document")),
        package.NOT_WORD.id,
    ),
    "the old kind": (b"\xd0\xcf\x11\xe0" + bytes(600), package.OLD.id),
    "a password": (with_password(), package.OLD.id),
    "a bomb": (by_part(blank_outline("vi"), {}, {"word/more.xml": bytes(30_000_000)}), package.BOMB.id),
    "too many entries": (
        by_part(blank_outline("vi"), {}, {f"word/{n}.xml": b"<a/>" for n in range(2_001)}),
        package.BOMB.id,
    ),
    "macros": (by_part(blank_outline("vi"), {}, {"word/vbaProject.bin": b"x"}), package.MACROS.id),
    "macros by type": (
        by_part(blank_outline("vi"), {TYPES: lambda xml: xml.replace("</Types>", NEW)}),
        package.MACROS.id,
    ),
    "a template from elsewhere": (linked("attachedTemplate"), package.linked("attachedTemplate").id),
    "a picture from elsewhere": (linked("image"), package.linked("image").id),
    "an object from elsewhere": (linked("oleObject"), package.linked("oleObject").id),
}


@pytest.mark.parametrize(("raw", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_plain_word_file_is_refused_with_what_to_do(raw, message):
    with pytest.raises(Invalid) as refused:
        read_word(raw)
    assert refused.value.message.id == message


def test_a_file_that_is_too_large_is_not_opened():
    with pytest.raises(TooLarge):
        read_word(bytes(package.LARGEST_FILE + 1))


def test_a_link_to_follow_by_hand_may_stand():
    assert read_word(linked("hyperlink")).leftovers == []


def test_the_directory_does_not_lie():
    """An entry that unpacks to more than its directory says is not read on."""
    raw = bytearray(by_part(blank_outline("vi"), {}, {"word/more.xml": bytes(90_000)}))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    with pytest.raises(Invalid) as refused:
        read_word(bytes(raw))
    assert refused.value.message.id in (package.BOMB.id, package.NOT_WORD.id)


def test_the_main_part_may_have_another_name():
    def moved(xml: str) -> str:
        return xml.replace("word/document.xml", "word/document2.xml")

    old = by_part(blank_outline("vi"), {"_rels/.rels": moved, TYPES: moved})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            after.writestr(moved(entry.filename), before.read(entry))
    assert read_word(target.getvalue()).leftovers == []


def test_broken_bytes_are_read_or_refused_and_nothing_else():
    raw = blank_outline("vi")
    for seed in range(12):
        dice, broken = random.Random(seed), bytearray(raw)
        for _ in range(dice.choice((1, 20))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            read_word(bytes(broken))
        except DomainError:
            continue


def test_a_file_of_many_levels_is_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 2_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2_000
    with pytest.raises(Invalid) as refused:
        read_word(by_xml(blank_outline("vi"), lambda xml: xml.replace("<w:body>", f"<w:body>{deep}", 1)))
    assert refused.value.message.id == package.NOT_WORD.id
