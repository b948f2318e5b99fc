"""Make the fonts of issued documents: Tinos in four styles, each merged from its subsets into one file.

Usage: npm install @fontsource/tinos@5.3.0, then
       python scripts/make_document_fonts.py node_modules/@fontsource/tinos
Separate subsets garble Vietnamese in WeasyPrint without a word, hence one file per style. The same package gives the
same bytes; the outputs are committed with their hashes.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parent.parent / "intake" / "documents" / "fonts"
SUBSETS = ("latin", "latin-ext", "vietnamese", "greek")
STYLES = {
    "tinos-regular.ttf": (400, "normal", "Regular"),
    "tinos-bold.ttf": (700, "normal", "Bold"),
    "tinos-italic.ttf": (400, "italic", "Italic"),
    "tinos-bolditalic.ttf": (700, "italic", "Bold Italic"),
}
FIXED_TIME = 3_800_000_000  # seconds since 1904: any constant will do, the time of the run would change the bytes
WINDOWS_ENGLISH = (3, 1, 0x409)
SQUARE_WIDTH = 1160
CIRCLE = 0.4142  # where the control points of an eighth of a circle lie

Point = tuple[float, float]


class Drawing:
    """Draws the signs that proposals use and the subsets lack; the licence allows it and reserves no name."""

    def __init__(self, font: Any) -> None:
        self.glyphs = font.getGlyphSet()
        self.names = font.getBestCmap()
        self.pen = TTGlyphPen(None)
        self.sign_width: int = font["hmtx"][self.names[ord("+")]][0]

    def polygon(self, *points: Point) -> None:
        self.pen.moveTo(points[0])
        for point in points[1:]:
            self.pen.lineTo(point)
        self.pen.closePath()

    def box(self, left: float, bottom: float, right: float, top: float, *, is_hole: bool = False) -> None:
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        self.polygon(*(reversed(corners) if is_hole else corners))

    def disc(self, x: float, y: float, radius: float, *, is_hole: bool = False) -> None:
        k = radius * CIRCLE
        corners = [(0, radius), (k, radius), (radius, k), (radius, 0), (radius, -k), (k, -radius), (0, -radius)]
        outline = [*corners, *((-dx, -dy) for dx, dy in corners[1:])]
        points = [(x + dx, y + dy) for dx, dy in (reversed(outline) if is_hole else outline)]
        self.pen.moveTo(points[0])
        for place in range(1, len(points), 3):
            self.pen.qCurveTo(*points[place : place + 3])
        self.pen.closePath()

    def copy(self, sign: str, *, up: float) -> None:
        self.glyphs[self.names[ord(sign)]].draw(TransformPen(self.pen, (1, 0, 0, 1, 0, up)))


def underlined(sign: str) -> Callable[[Drawing], None]:
    def draw(on: Drawing) -> None:
        on.copy(sign, up=170)
        on.box(60, 0, on.sign_width - 60, 92)

    return draw


def not_equal(on: Drawing) -> None:
    on.copy("=", up=0)
    on.polygon((360, 150), (700, 1150), (800, 1150), (460, 150))


def almost_equal(on: Drawing) -> None:
    on.copy("~", up=190)
    on.copy("~", up=-190)


def arrow_right(on: Drawing) -> None:
    right = on.sign_width - 60
    on.box(60, 590, right - 200, 682)
    on.polygon((right - 330, 380), (right - 330, 892), (right + 40, 636))


def arrow_left(on: Drawing) -> None:
    on.box(260, 590, on.sign_width - 60, 682)
    on.polygon((390, 892), (390, 380), (20, 636))


def empty_square(on: Drawing) -> None:
    on.box(80, 0, 1080, 1000)
    on.box(160, 80, 1000, 920, is_hole=True)


def ticked_square(on: Drawing) -> None:
    empty_square(on)
    on.polygon((270, 520), (350, 590), (520, 380), (820, 810), (900, 750), (530, 210))


def full_square(on: Drawing) -> None:
    on.box(80, 0, 1080, 1000)


def full_circle(on: Drawing) -> None:
    on.disc(560, 500, 380)


def empty_circle(on: Drawing) -> None:
    on.disc(560, 500, 380)
    on.disc(560, 500, 300, is_hole=True)


SIGNS: dict[str, Callable[[Drawing], None]] = {
    "≥": underlined(">"),
    "≤": underlined("<"),
    "≠": not_equal,
    "≈": almost_equal,
    "→": arrow_right,
    "←": arrow_left,
    "□": empty_square,
    "☐": empty_square,
    "☑": ticked_square,
    "■": full_square,
    "●": full_circle,
    "○": empty_circle,
}
NARROW = "≥≤≠≈→←"


def add_signs(font: Any) -> None:
    for sign, draw in SIGNS.items():
        if ord(sign) in font.getBestCmap():
            continue
        drawing = Drawing(font)
        draw(drawing)
        width = drawing.sign_width if sign in NARROW else SQUARE_WIDTH
        add_glyph(font, sign, drawing.pen.glyph(), width)


def add_glyph(font: Any, sign: str, glyph: Any, width: int) -> None:
    name = f"uni{ord(sign):04X}"
    outlines = font["glyf"]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    outlines.glyphOrder = font.getGlyphOrder()
    outlines.glyphs[name] = glyph
    glyph.recalcBounds(outlines)
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(sign)] = name


def merged(package: Path, weight: int, slant: str) -> Any:
    """One font with the characters of all subsets."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in SUBSETS:
            part = TTFont(package / "files" / f"tinos-{subset}-{weight}-{slant}.woff2", recalcTimestamp=False)
            part.flavor = None
            if "DSIG" in part:
                del part["DSIG"]
            parts.append(str(Path(folder, f"{subset}.ttf")))
            part.save(parts[-1])
        whole = str(Path(folder, "merged.ttf"))
        Merger().merge(parts).save(whole)
        return TTFont(whole, lazy=False, recalcTimestamp=False)


def set_names(font: Any, style: str) -> None:
    names = {1: "Tinos", 2: style, 4: f"Tinos {style}", 6: "Tinos-" + style.replace(" ", ""), 16: "Tinos", 17: style}
    for name_id, text in names.items():
        if name_id <= 6 or any(record.nameID == name_id for record in font["name"].names):
            font["name"].setName(text, name_id, *WINDOWS_ENGLISH)


def main(package: Path) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    sums = []
    for file, (weight, slant, style) in STYLES.items():
        font = merged(package, weight, slant)
        add_signs(font)
        set_names(font, style)
        font["head"].created = font["head"].modified = FIXED_TIME
        font.save(OUTPUT / file)
        content = (OUTPUT / file).read_bytes()
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {file}\n")
        print(f"{file}: {len(content)} bytes, {len(font.getBestCmap())} characters")
    (OUTPUT / "SHA256SUMS").write_text("".join(sums))
    shutil.copyfile(package / "LICENSE", OUTPUT / "LICENSE")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
