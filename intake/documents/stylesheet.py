"""The style sheet of one document: the common sheet, the measures of its profile, foot lines and the draft mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from urllib.parse import quote

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from intake.documents.profiles import Profile
from intake.documents.typeface import characters, faces
from intake.paths import TEMPLATES

SHEET = TEMPLATES / "documents" / "document.css"
DRAFT_MARK = "DỰ THẢO"
MARGIN_LINES = ("head-left", "head-right", "foot-left", "foot-right")
# Columns say their width in millimetres by class: w38.
WIDTHS = "".join(f".w{width}{{width:{width}mm}}" for width in range(10, 91))
HARMLESS = re.compile(r"[^\w .,;:()/\-]")


def stylesheet(profile: Profile, *, is_draft: bool, margins: Mapping[str, str]) -> str:
    """CSS of one document; `margins` are the lines of head and foot, no text of a proposal ever goes into it."""
    measures = {**profile.settings, **{name: css_string(margins.get(name, "")) for name in MARGIN_LINES}}
    root = "".join(f"--{name}:{value};" for name, value in measures.items())
    mark = f'@page{{background:url("{draft_mark()}") no-repeat center 48%;background-size:150mm}}' if is_draft else ""
    return f":root{{{root}}}\n{WIDTHS}\n{SHEET.read_text(encoding='utf-8')}\n{mark}"


def css_string(text: str) -> str:
    """A quoted CSS string that can end neither itself nor the rule around it."""
    return '"' + HARMLESS.sub(" ", text) + '"'


@cache
def draft_mark() -> str:
    """The draft mark as outlines in a picture: seen on the page, absent from its text."""
    font = TTFont(BytesIO(faces()["tinos-bold.ttf"]))
    glyphs, names = font.getGlyphSet(), characters(font)
    pen = SVGPathPen(glyphs, ntos=lambda value: str(round(value)))
    width = 0
    for letter in DRAFT_MARK:
        name = names[ord(letter)]
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, width, 0)))
        width += font["hmtx"][name][0]
    height = width * 62 // 100
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-height} {width} {height * 135 // 100}">'
        f'<path transform="rotate(-28 {width // 2} {-height // 3})" fill="#ececec" d="{pen.getCommands()}"/></svg>'
    )
    return "data:image/svg+xml," + quote(picture)
