"""The four bundled fonts of issued documents, pinned by hash, and the characters they can write."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
MANIFEST = "SHA256SUMS"
FAMILY = "Tinos"
STAND_IN = "□"
LINE_SIGNS = frozenset("\n\r\t")

# Look-alikes and invisible signs that would make the text of a PDF impossible to search.
PLAIN = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
    | dict.fromkeys(("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"), "")
)


class FontsDamaged(RuntimeError):
    """A bundled font is missing or is not the one that was tested."""


class UncoveredCharacters(ValueError):
    """Characters that no bundled font can write; with a system font the bytes would depend on the machine."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        listed = ", ".join(f"U+{ord(character):04X}" for character in characters)
        super().__init__(f"the document fonts have no {listed}")


def load(folder: Path) -> dict[str, bytes]:
    """The fonts of a folder by file name; raises FontsDamaged when one differs from the manifest."""
    loaded = {}
    for line in (folder / MANIFEST).read_text().splitlines():
        expected, name = line.split()
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != expected:
            raise FontsDamaged(f"{path} is missing or damaged; install the program again")
        loaded[name] = content
    return loaded


@cache
def faces() -> MappingProxyType[str, bytes]:
    """The bundled fonts by file name, read and checked once."""
    return MappingProxyType(load(FONTS))


@cache
def covered() -> frozenset[int]:
    """The code points that all four styles can write."""
    return frozenset.intersection(*(frozenset(characters(TTFont(BytesIO(face)))) for face in faces().values()))


def characters(font: TTFont) -> dict[int, str]:
    """The glyph of each code point of a font."""
    return font.getBestCmap() or {}


def plain(text: str) -> str:
    """`text` as documents carry it: NFC, ordinary spaces and hyphens, nothing invisible."""
    return unicodedata.normalize("NFC", text).translate(PLAIN)


def is_covered(character: str) -> bool:
    return ord(character) in covered() or character in LINE_SIGNS


def uncovered(text: str) -> list[str]:
    """The characters of `text` that the document fonts lack, each once, by code point."""
    return sorted({character for character in plain(text) if not is_covered(character)})


def printable(text: str) -> str:
    """`text` with a visible stand-in for every character the fonts lack."""
    return "".join(character if is_covered(character) else STAND_IN for character in plain(text))
