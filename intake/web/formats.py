"""How dates, money and numbers are written on screen, in either language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from intake import clock
from intake.i18n import N_, Message, translate
from intake.workflow.deadlines import WorkingCalendar, working_days_between

BILLION = 10**9
MOST_DIGITS = 9
# From here on, and when no digit is lost, money is written in billions (tỷ).
LEAST_IN_BILLIONS = 10**8
SMALLEST_PART_OF_BILLION = 10**6


@dataclass(frozen=True)
class DueView:
    """A due date as the macro `due` wants it."""

    date: str
    distance: str
    tone: str


def day(on: date | None, language: str) -> str:
    """A local day: 05/11/2026 or 5 Nov 2026."""
    if on is None:
        return ""
    return f"{on:%d/%m/%Y}" if language == "vi" else format_date(on, "d MMM y", locale="en")


def moment(at: datetime | None, language: str) -> str:
    """An instant in the legal zone, to the minute."""
    if at is None:
        return ""
    local = at.astimezone(clock.ZONE)
    return f"{day(local.date(), language)} {local:%H:%M}"


@lru_cache(maxsize=10_000)
def number(value: int | float | Decimal | Fraction | None, language: str, digits: int | None = None) -> str:
    """A number with the separators of the language; `digits` fixes the decimals, half rounded up."""
    if value is None:
        return ""
    places = MOST_DIGITS if digits is None else digits
    decimals = ("#" if digits is None else "0") * places
    pattern = f"#,##0.{decimals}" if places else "#,##0"
    return format_decimal(rounded(value, places), pattern, locale=language)


def rounded(value: int | float | Decimal | Fraction, digits: int) -> Decimal:
    """`value` to so many decimals, exactly, half away from zero."""
    scaled = Fraction(str(value) if isinstance(value, float) else value) * 10**digits
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-digits)


def money(vnd: int | None, language: str) -> str:
    """Integer đồng in words, exact: in billions (tỷ) when no digit is lost by it."""
    if vnd is None:
        return ""
    if abs(vnd) >= LEAST_IN_BILLIONS and vnd % SMALLEST_PART_OF_BILLION == 0:
        return translate(N_("%(amount)s billion VND", amount=number(Fraction(vnd, BILLION), language)), language)
    return translate(N_("%(amount)s VND", amount=number(vnd, language)), language)


def due(due_on: date | None, today: date, calendar: WorkingCalendar, language: str) -> DueView | None:
    """The due date, its distance in working days, and whether that is soon or late."""
    if due_on is None:
        return None
    distance, tone = distance_to(due_on, today, abs(working_days_between(today, due_on, calendar)))
    return DueView(day(due_on, language), translate(distance, language), tone)


def distance_to(due_on: date, today: date, count: int) -> tuple[Message, str]:
    """`count` working days in words, and the tone: late, soon or none."""
    if due_on < today:
        late = {0: N_("Overdue"), 1: N_("1 working day overdue")}
        return late.get(count, N_("%(count)s working days overdue", count=count)), "late"
    if due_on == today:
        return N_("Due today"), "soon"
    near = {0: N_("Before the next working day"), 1: N_("1 working day left")}
    return near.get(count, N_("%(count)s working days left", count=count)), "soon" if count in near else ""


def richtext(text: str | None) -> Markup:
    """Plain text as paragraphs; lines that start with `- ` become a list. The only way such text reaches a page."""
    blocks: list[Markup] = []
    items: list[Markup] = []
    for line in [*(text or "").splitlines(), ""]:
        if line.lstrip().startswith("- "):
            items.append(Markup("<li>{}</li>").format(escape(line.lstrip()[2:])))
            continue
        if items:
            blocks.append(Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(Markup("").join(items)))
            items = []
        if line.strip():
            blocks.append(Markup('<p class="govuk-body">{}</p>').format(escape(line)))
    return Markup("").join(blocks)
