"""How official documents write dates, numbers, sizes and lists, and where a line must not break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup, escape

from intake.clock import ZONE
from intake.documents.typeface import plain
from intake.vietnamese import number, official_date

OPEN = "     "
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# The official alphabet of lists: đ after d, and no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"

# Each is short: what cannot be broken must fit into a line.
NEVER_BROKEN = re.compile(
    r"\d[\w.]{0,12}[-/][A-ZĐ][\wĐ]{0,12}(?:[-/][\wĐ]{1,12}){0,3}"  # 57-NQ/TW
    r"|\d[\d.,]{0,30} (?:tỷ đồng|triệu đồng|đồng|%)"
    r"|[≥≤=<>] -?\d[\d.,]{0,20}%?"
    r"|\((?:tỷ đồng|triệu đồng|người)\)"
    r"|\d{2}/\d{1,2}/\d{4}"
    r"|ngày \d{2} tháng \d{1,2} năm \d{4}"
    r"|SK-\d{4}-[0-9A-Z]{8}"
    r"|(?:Điều|Phụ lục|khoản|Phiên) (?:\d+|[IVX]+)\b"
    r"|\d{4} - \d{4}"
    r"|https?://\S{1,60}(?!\S)"
)


def official(text: object) -> Markup:
    """`text` for a template: plain, escaped, with numbers of documents, amounts and dates kept on one line."""
    source, parts, at = plain(str(text)), [], 0
    for found in NEVER_BROKEN.finditer(source):
        parts += [escape(source[at : found.start()]), Markup('<span class="nb">%s</span>') % found.group()]
        at = found.end()
    return Markup("").join([*parts, escape(source[at:])])


def party_date(day: date) -> str:
    """`day` as Party documents cite it: 02/6/2025, with a zero only before days below 10 and the months 1 and 2."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"


def place_and_date(place: str, day: date) -> str:
    return f"{place}, {official_date(day)}"


def open_place_and_date(place: str, year: int) -> str:
    """The line of a draft: day and month are written in when it is signed."""
    return f"{place}, ngày{OPEN}tháng{OPEN}năm {year}"


def moment(at: datetime) -> str:
    """A point in time in the legal time zone: 14 giờ 05 phút, ngày 04 tháng 9 năm 2026."""
    local = at.astimezone(ZONE)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {official_date(local.date())}"


def rounded(value: Decimal, places: int) -> str:
    """`value` with exactly `places` decimals, halves rounded up: 82,89."""
    return number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "vi")


def share(part: int, whole: int) -> str:
    """A part of a whole in percent, at most one decimal: 66,7%."""
    percent = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(percent.normalize() if percent % 1 else percent.quantize(Decimal(1)), 'vi')}%"


def counted(count: int) -> str:
    """A number of things as official texts write it: 05, 12."""
    return f"{count:02d}"


def file_size(size: int) -> str:
    """A size for people: 912 B, 38 KB, 2,6 MB."""
    for unit, step in (("MB", 10**6), ("KB", 10**3)):
        if size >= step:
            scaled = Decimal(size) / step
            places = 1 if unit == "MB" else 0
            return f"{rounded(scaled, places).removesuffix(',0')} {unit}"
    return f"{size} B"


def joined(names: Sequence[str]) -> str:
    """Names as one phrase: A, B và C."""
    return " và ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def letter(place: int) -> str:
    """The sign of a list item, from 0; after the last letter the alphabet goes on in pairs."""
    rounds, within = divmod(place, len(LETTERS))
    return LETTERS[within] if not rounds else letter(rounds - 1) + LETTERS[within]


def sentence(text: str) -> str:
    """`text` closed with a full stop unless it closes itself."""
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in ".!?;:…" else stripped + "."


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text; a line that starts with "- " keeps its dash and stands alone."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
