"""The zip of a Word file: looked at from outside before anything in it is unpacked, then its parts as XML."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from intake.errors import Invalid, TooLarge
from intake.i18n import N_, Message

LARGEST_FILE = 10_000_000
MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 80_000_000
LARGEST_PART = 40_000_000
HIGHEST_RATIO = 200
SMALL_PART = 100_000  # what is small packs as tightly as it likes

TYPES = "[Content_Types].xml"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
HYPERLINK = "/hyperlink"
ZIP = b"PK\x03\x04"
OLD_WORD = b"\xd0\xcf\x11\xe0"

NOT_WORD = N_(
    "This is not a Word file that can be read here. Save it in Word as “Word document (.docx)” and send that."
)
OLD = N_("This is a Word file of the old kind (.doc), or one with a password. Save it as .docx without a password.")
BOMB = N_("This Word file unpacks to far more than a text needs. Copy the text into a new file and send that.")
MACROS = N_("This Word file carries macros, which are not accepted. Save it as “Word document (.docx)” without macros.")


def is_word(raw: bytes) -> bool:
    """Whether the bytes begin like a Word file, of today or of the old kind."""
    return raw[:4] in (ZIP, OLD_WORD)


def open_word(raw: bytes) -> dict[str, Element]:
    """The parts of the file that hold words, by name; raises TooLarge or Invalid and never anything else."""
    if len(raw) > LARGEST_FILE:
        raise TooLarge(
            N_("A Word file may have at most %(size)s MB; this one is larger.", size=LARGEST_FILE // 1_000_000)
        )
    if raw[:4] == OLD_WORD:
        raise refused(OLD)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            check_directory(archive.infolist())
            return {entry.filename: parse(unpacked(archive, entry)) for entry in wanted(archive.infolist())}
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, OSError) as error:
        raise refused(NOT_WORD) from error
    except (RuntimeError, ValueError, LookupError) as error:  # packed or written in an odd way
        raise refused(NOT_WORD) from error


def refused(message: Message) -> Invalid:
    return Invalid(message, errors=[("", message)])


def check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory of the zip says, before anything is unpacked."""
    names = {entry.filename for entry in entries}
    if TYPES not in names or len(names) != len(entries):
        raise refused(NOT_WORD)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused(OLD)
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > LARGEST_UNPACKED or any(map(is_too_tight, entries)):
        raise refused(BOMB)
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise refused(MACROS)


def is_too_tight(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL_PART and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)


def wanted(entries: list[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """The parts with words or links; pictures, fonts and themes stay packed."""
    for entry in entries:
        name = entry.filename.lower()
        is_text = name.startswith("word/") and name.endswith(".xml") and "/theme/" not in name
        if is_text or name.endswith(".rels") or name in ("[content_types].xml", "docprops/core.xml"):
            yield entry


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one part: never more than its directory said."""
    with archive.open(entry) as part:
        data = part.read(min(entry.file_size, LARGEST_PART) + 1)
    if len(data) > min(entry.file_size, LARGEST_PART):
        raise refused(BOMB)
    return data


def parse(data: bytes) -> Element:
    """One part as XML. No part of a Word file declares a document type; what does may grow without bound."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise refused(NOT_WORD)
    return ElementTree.fromstring(data)


def check_links(parts: dict[str, Element]) -> None:
    """Refuse macros in disguise and everything that is taken from elsewhere; links to follow by hand may stand."""
    types = parts.get(TYPES)
    if types is not None and any("macroEnabled" in one.get("ContentType", "") for one in types):
        raise refused(MACROS)
    for name, part in parts.items():
        if not name.lower().endswith(".rels"):
            continue
        for link in part.iter(RELATIONSHIP):
            kind = link.get("Type", "")
            if kind.endswith("/vbaProject"):
                raise refused(MACROS)
            if link.get("TargetMode") == "External" and not kind.endswith(HYPERLINK):
                raise refused(linked(kind.rpartition("/")[2][:40] or "?"))


def linked(what: str) -> Message:
    """The file is not whole in itself."""
    return N_(
        "This Word file takes something from another place (%(what)s), which is not accepted. Remove the link, or copy "
        "the text into a blank outline, and send that.",
        what=what,
    )


def main_part(parts: dict[str, Element]) -> Element:
    """The part with the text itself, whatever it is called."""
    links = parts.get("_rels/.rels")
    for link in links.iter(RELATIONSHIP) if links is not None else ():
        found = parts.get(link.get("Target", "").lstrip("/"))
        if link.get("Type", "").endswith("/officeDocument") and found is not None:
            return found
    raise refused(NOT_WORD)
