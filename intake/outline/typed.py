"""What people type into a box, and how a stored value is written into one: numbers, tỷ đồng, days, months.

Digits are grouped strictly, so that `1.850` is never read as 1.85: each language has its own decimal sign.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from intake.i18n import N_, Message
from intake.vietnamese import BILLION, number, short_date

LONGEST = 40
SIGNS = {"vi": (".", ","), "en": (",", ".")}
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
MONTH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


class Unreadable(ValueError):
    """What was typed does not say one clear value."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def read_number(typed: str, language: str) -> Decimal:
    """A number as people of this language write it; raises Unreadable."""
    group, sign = (re.escape(mark) for mark in SIGNS["en" if language == "en" else "vi"])
    text = re.sub(r"[\s\u00a0\u202f]", "", typed)
    shape = rf"(-?)([0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{sign}([0-9]+))?"
    found = re.fullmatch(shape, text) if len(text) <= LONGEST else None
    if not found:
        raise Unreadable(N_("Enter a number, such as %(example)s.", example=number(1850.5, language)))
    whole = re.sub(r"[^0-9]", "", found[2])
    return Decimal(f"{found[1]}{whole}.{found[3] or 0}")


def read_integer(typed: str, language: str) -> int:
    """A whole number; raises Unreadable."""
    value = read_number(typed, language)
    if value != value.to_integral_value():
        raise Unreadable(N_("Enter a whole number."))
    return int(value)


def read_decimal(typed: str, language: str) -> int | float:
    """A number that JSON keeps exactly; raises Unreadable."""
    value = read_number(typed, language)
    if value == value.to_integral_value():
        return int(value)
    if Decimal(repr(float(value))) != value:
        raise Unreadable(N_("This number has too many digits."))
    return float(value)


def read_money(typed: str, language: str) -> int:
    """An amount typed in tỷ đồng, as integer đồng; raises Unreadable."""
    value = read_number(typed, language) * BILLION
    if value != value.to_integral_value():
        raise Unreadable(N_("An amount in tỷ đồng has at most 9 decimals."))
    return int(value)


def read_day(typed: str, language: str) -> str:
    """A day typed as 31/12/2028 (or 2028-12-31); raises Unreadable."""
    text = typed.strip()
    if found := ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Unreadable(N_("Enter a real date, such as 31/12/2028."))
    return f"{year}-{int(month):02d}-{int(day):02d}"


def read_month(typed: str, language: str) -> str:
    """A month typed as 12/2028 (or 2028-12); raises Unreadable."""
    text = typed.strip()
    if found := ISO_MONTH.fullmatch(text):
        year, month = found.groups()
    elif found := MONTH.fullmatch(text):
        month, year = found.groups()
    else:
        raise Unreadable(N_("Enter a month, such as 12/2028."))
    return f"{year}-{int(month):02d}"


def read_flag(typed: str, language: str) -> bool:
    """A box or a yes-no answer; raises Unreadable."""
    known = {"on": True, "true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if typed.strip().lower() not in known:
        raise Unreadable(N_("Answer yes or no."))
    return known[typed.strip().lower()]


def write_money(vnd: Any, language: str) -> str:
    """Integer đồng as the tỷ đồng that stand in the box."""
    return number((Decimal(vnd) / BILLION).normalize(), language)


def write_number(value: Any, language: str) -> str:
    """A number as it stands in the box."""
    return number(value, language)


def write_day(value: Any, language: str) -> str:
    """A day as it stands in the box."""
    return short_date(date.fromisoformat(value))


def write_month(value: Any, language: str) -> str:
    """A month as it stands in the box."""
    return f"{value[5:]}/{value[:4]}"


def write_flag(value: Any, language: str) -> str:
    """A yes or no as it is posted."""
    return "true" if value else "false"
