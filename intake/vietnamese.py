"""How Vietnamese is searched, sorted and written: folding, sort keys, official dates, numbers and money."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from intake.i18n import Text

BILLION = 10**9
MILLION = 10**6

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền, hỏi, ngã, sắc, nặng
LETTER_MARKS = "\u0302\u0306\u031b"  # of â ê ô, of ă, of ơ ư: they make another letter, not a tone

_ORDER = {" ": "02", **{str(digit): f"{16 + digit:02x}" for digit in range(10)}}
_ORDER |= {letter: f"{32 + place:02x}" for place, letter in enumerate(ALPHABET)}


def fold(text: str) -> str:
    """`text` for searching: lower case, without any mark; đ is a letter of its own to Unicode, so it goes by hand."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def has_words(text: str, typed: str) -> bool:
    """Whether every word typed stands in `text`, whatever the case, the order and the marks."""
    folded = fold(text)
    return all(word in folded for word in fold(typed).split())


def sort_key(text: str) -> str:
    """A string that orders texts as a Vietnamese reader expects: by letter, then by tone.

    Only the characters 0-9a-f are used, so that byte order and every database collation agree.
    """
    places, tones = [], []
    for character in " ".join(unicodedata.normalize("NFC", text).casefold().split()):
        marks = unicodedata.normalize("NFD", character)
        tone = next((TONES[mark] for mark in marks if mark in TONES), "0")
        kept = "".join(mark for mark in marks if not unicodedata.combining(mark) or mark in LETTER_MARKS)
        places.append(_place(unicodedata.normalize("NFC", kept)))
        tones.append(tone)
    return "".join(places) + "00" + "".join(tones).rstrip("0")


def _place(letter: str) -> str:
    known = _ORDER.get(letter) or _ORDER.get(fold(letter))
    if known:
        return known
    return "".join(f"ff{ord(part):06x}" for part in letter) if letter.isalnum() else "01"


def official_date(day: date) -> str:
    """`day` as official documents write it: Nghị định 30/2020 pads days below 10 and the months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """`day` as screens and tables write it, in both languages: 02/06/2025."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def day_text(day: date) -> Text:
    """`day` inside a sentence of either language: 02/06/2025 or 2 Jun 2025."""
    return Text(short_date(day), f"{day.day} {day:%b %Y}")


def number(value: int | float | Decimal, language: str) -> str:
    """`value` with every digit it has, grouped: 2.400,5 in Vietnamese, 2,400.5 in English."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"{value} is not a number that can be shown")
    if isinstance(value, float) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    written = f"{exact:,f}"
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))


def money(vnd: int, language: str) -> str:
    """An amount of integer đồng in tỷ or triệu đồng with at most 3 decimals, in full đồng where that would lose any."""
    for scale, name in ((BILLION, ("tỷ đồng", "billion dong")), (MILLION, ("triệu đồng", "million dong"))):
        if abs(vnd) >= scale:
            if vnd % (scale // 1000):
                break
            return f"{number((Decimal(vnd) / scale).normalize(), language)} {name[language == 'en']}"
    return f"{number(vnd, language)} {'dong' if language == 'en' else 'đồng'}"
