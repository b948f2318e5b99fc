"""Whether one value has the shape its field declares: type, length, range, characters, known references."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.i18n import N_, Message
from intake.outline import references
from intake.outline.model import (
    DECIMAL_PLACES,
    FIRST_YEAR,
    LARGEST_NUMBER,
    LARGEST_VND,
    LAST_YEAR,
)

Error = tuple[str, Message]

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
# Control characters, halves of surrogate pairs, non-characters, and marks that turn the reading direction round.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)

MUST_BE_TEXT = N_("This must be text.")
NOT_LISTED = N_("Choose one of the listed answers.")
NOT_A_LIST = N_("This must be a list.")
NO_SUCH_ROW = N_("The row this points to does not exist.")
TWICE = N_("This is in the list twice.")


@dataclass
class Known:
    """What rows can be called: their ids by list, the pattern of their codes by list, and the ids met so far.

    `misleading` are codes of a file that belong to no row there and would come to mean another one.
    """

    rows: Mapping[str, frozenset[str]]
    codes: Mapping[str, re.Pattern[str]]
    is_interchange: bool
    seen_ids: set[str] = field(default_factory=set)
    misleading: Mapping[str, frozenset[str]] = field(default_factory=dict)


def too_many(limit: int) -> Message:
    """A list is longer than the outline allows."""
    return N_("At most %(limit)d entries fit here.", limit=limit)


def text_problem(value: Any, max_length: int, *, is_one_line: bool) -> Message | None:
    """What is wrong with a text, or None."""
    if not isinstance(value, str):
        return MUST_BE_TEXT
    # A decomposed text is longer than the same text in NFC, but never by more than this.
    if len(value) > 4 * max_length or len(unicodedata.normalize("NFC", value)) > max_length:
        return N_("Write at most %(limit)d characters.", limit=max_length)
    if FORBIDDEN.search(value):
        return N_("This text contains characters that cannot be stored or printed.")
    if is_one_line and ("\n" in value or "\r" in value):
        return N_("Write this on one line.")
    return None


def is_day(value: Any) -> bool:
    """Whether the value is a real day, YYYY-MM-DD, of the years the outline allows."""
    if not (isinstance(value, str) and DATE.fullmatch(value)):
        return False
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_month(value: Any) -> bool:
    """Whether the value is a month, YYYY-MM, of the years the outline allows."""
    return isinstance(value, str) and MONTH.fullmatch(value) is not None and FIRST_YEAR <= int(value[:4]) <= LAST_YEAR


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(field: Any, value: Any, known: Known) -> Message | None:
    return text_problem(value, field.max_length, is_one_line=True)


def _richtext(field: Any, value: Any, known: Known) -> Message | None:
    return text_problem(value, field.max_length, is_one_line=False)


def _choice(field: Any, value: Any, known: Known) -> Message | None:
    listed = isinstance(value, str) and any(choice.id == value for choice in field.choices)
    return None if listed else NOT_LISTED


def _bool(field: Any, value: Any, known: Known) -> Message | None:
    return None if isinstance(value, bool) else N_("Answer yes or no.")


def _integer(field: Any, value: Any, known: Known) -> Message | None:
    if _is_whole(value) and field.minimum <= value <= field.maximum:
        return None
    return N_("Enter a whole number from %(low)d to %(high)d.", low=field.minimum, high=field.maximum)


def _decimal(field: Any, value: Any, known: Known) -> Message | None:
    if not _is_number(value) or (isinstance(value, float) and not math.isfinite(value)):
        return N_("Enter a number.")
    if abs(value) > LARGEST_NUMBER:
        return N_("This number is too large.")
    if round(value, DECIMAL_PLACES) != value:
        return N_("Use at most %(places)d decimals.", places=DECIMAL_PLACES)
    return None


def _money(field: Any, value: Any, known: Known) -> Message | None:
    if not _is_whole(value):
        return N_("Enter an amount in whole đồng.")
    if value < 0:
        return N_("An amount cannot be negative.")
    return N_("This amount is too large.") if value > LARGEST_VND else None


def _date(field: Any, value: Any, known: Known) -> Message | None:
    return None if is_day(value) else N_("Enter a real date, such as 31/12/2028.")


def _month(field: Any, value: Any, known: Known) -> Message | None:
    return None if is_month(value) else N_("Enter a month, such as 12/2028.")


def _reference(field: Any, value: Any, known: Known) -> Message | None:
    return None if references.is_known(field.to, value) else N_("This is not in the catalogue.")


def _row_reference(field: Any, value: Any, known: Known) -> Message | None:
    """A code that no row has is kept as it was sent: the check of the document reports it, nothing is lost."""
    if not isinstance(value, str):
        return MUST_BE_TEXT
    if value in known.misleading.get(field.to, ()):
        return NO_SUCH_ROW
    if known.codes[field.to].fullmatch(value) or (not known.is_interchange and value in known.rows[field.to]):
        return None
    return NO_SUCH_ROW


def _date_or_row(field: Any, value: Any, known: Known) -> Message | None:
    return None if is_day(value) else _row_reference(field, value, known)


ValueCheck = Callable[[Any, Any, Known], Message | None]

ONE: dict[str, ValueCheck] = {
    "text": _text,
    "richtext": _richtext,
    "choice": _choice,
    "bool": _bool,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "month": _month,
    "reference": _reference,
    "row_reference": _row_reference,
    "date_or_row": _date_or_row,
}

# Lists of plain values: what each entry must be, and whether it may stand there once only.
MANY: dict[str, tuple[ValueCheck, bool]] = {
    "multichoice": (_choice, True),
    "references": (_reference, True),
    "text_list": (_text, False),
}


def check_value(field: Any, value: Any, path: str, known: Known) -> Iterator[Error]:
    """What is wrong with the value of a field that has no fields inside."""
    if field.kind in ONE:
        problem = ONE[field.kind](field, value, known)
        if problem:
            yield path, problem
        return
    check, is_unique = MANY[field.kind]
    if not isinstance(value, list):
        yield path, NOT_A_LIST
        return
    limit = len(field.choices) if field.kind == "multichoice" else field.max_items
    if len(value) > limit:
        yield path, too_many(limit)
        return
    for index, item in enumerate(value):
        problem = check(field, item, known)
        if problem is None and is_unique and item in value[:index]:
            problem = TWICE
        if problem:
            yield f"{path}.{index}", problem
