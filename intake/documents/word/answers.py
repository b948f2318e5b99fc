"""One answer as it stands in a Word file, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from intake.documents.word.labels import both, choice_of, plain
from intake.i18n import N_, Text
from intake.outline import references, typed
from intake.outline.displays import NO, YES
from intake.outline.model import ChoiceField, Field
from intake.outline.shape_values import DATE
from intake.outline.typed import Unreadable
from intake.vietnamese import fold

TICKED, UNTICKED = "☒", "☐"
TICK = re.compile(r"^\s*(?:[☒☑✓✔✗✘■]|\[[xX]\]|[xX](?=\s))\s*")
BOX = re.compile(r"^\s*(?:[☐□]|\[\s*\])\s*")
BULLET = re.compile(r"^\s*(?:[-–•*+]|[0-9]{1,2}[.)])\s+")
CODE = re.compile(r"([A-Za-z]{2,3}[0-9]{1,6})\b[.:\s–-]*(.*)", re.DOTALL)
OFFICIAL_DAY = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}) nam ([0-9]{4})")
AMOUNT = re.compile(r"(.*[0-9])\s*(ty|trieu|billion|million)?\s*(dong|vnd|d)?", re.DOTALL)
SCALES = {"ty": Decimal(1), "billion": Decimal(1), "trieu": Decimal(1) / 1000, "million": Decimal(1) / 1000}


def write_answer(field: Field, value: Any, language: str) -> list[str]:
    """The lines of an answer; nothing for what is empty."""
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [line for item in value for line in write_answer(field, item, language)]
    write = WRITE.get(field.kind)
    return write(field, value, language) if write else str(value).split("\n")


def _write_choice(field: Any, value: Any, language: str) -> list[str]:
    return [field.label_of(value).in_(language)]


def _write_reference(field: Any, value: Any, language: str) -> list[str]:
    return [option_words(field.to, value, language)]


def option_words(kind: str, id: str, language: str) -> str:
    """An entry of the catalogue as it is written: what is called alike carries its id."""
    name = references.name_of(kind, id).in_(language)
    return f"{name} [{id}]" if kind == "targets" else name


def _write_day(field: Any, value: Any, language: str) -> list[str]:
    return [typed.write_day(value, language) if DATE.fullmatch(value) else value]


WRITE: dict[str, Callable[[Any, Any, str], list[str]]] = {
    "choice": _write_choice,
    "multichoice": _write_choice,
    "reference": _write_reference,
    "references": _write_reference,
    "bool": lambda field, value, language: [(YES if value else NO).in_(language)],
    "integer": lambda field, value, language: [typed.write_number(value, language)],
    "decimal": lambda field, value, language: [typed.write_number(value, language)],
    "money": lambda field, value, language: [typed.write_money(value, language)],
    "date": _write_day,
    "date_or_row": _write_day,
    "month": lambda field, value, language: [typed.write_month(value, language)],
}


def read_answer(field: Field, lines: list[str], language: str) -> Any:
    """The value that the lines say; raises Unreadable. Lines that are blank altogether say nothing: None."""
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not lines:
        return None
    return READ.get(field.kind, _read_text)(field, lines, language)


def _read_text(field: Any, lines: list[str], language: str) -> str:
    """One line of text; what Word broke into several is one."""
    filled = [line for line in lines if line.strip()]
    return filled[0] if len(filled) == 1 else " ".join(line.strip() for line in filled)


def _read_richtext(field: Any, lines: list[str], language: str) -> str:
    return "\n".join(lines)


def _read_list(field: Any, lines: list[str], language: str) -> list[str]:
    return [BULLET.sub("", line) for line in lines if line.strip()]


def _read_choice(field: Any, lines: list[str], language: str) -> str:
    has_boxes = any(BOX.match(line) or TICK.match(line) for line in lines)
    chosen = _ticked(field, lines, language) if has_boxes else [" ".join(lines)]
    found = choice_of(field, plain(chosen[0])) if len(chosen) == 1 else None
    if found is None:
        raise Unreadable(not_listed(field, language))
    return found


def not_listed(field: ChoiceField, language: str) -> Any:
    """What may be answered."""
    answers = [f"“{choice.label.in_(language)}”" for choice in field.choices]
    return N_("Choose one of the listed answers: %(answers)s.", answers=", ".join(answers))


def _read_choices(field: Any, lines: list[str], language: str) -> list[str] | None:
    """Ticked lines; where nobody left a box, every line."""
    has_boxes = any(BOX.match(line) or TICK.match(line) for line in lines)
    chosen = _ticked(field, lines, language) if has_boxes else [BULLET.sub("", word) for word in _items(lines)]
    return [_read_choice(field, [word], language) for word in chosen] or None


def _ticked(field: Any, lines: list[str], language: str) -> list[str]:
    """The ticked ones of a list of boxes; every line must be an answer of the outline, ticked or not."""
    for line in lines:
        words = TICK.sub("", BOX.sub("", line)).strip()
        is_known = (BOX.match(line) or TICK.match(line)) and choice_of(field, plain(words))
        if line.strip() and not is_known:
            raise Unreadable(not_listed(field, language))
    return [TICK.sub("", line) for line in lines if TICK.match(line)]


def _items(lines: list[str]) -> list[str]:
    return [word.strip() for line in lines for word in line.split(";") if word.strip()]


def _read_flag(field: Any, lines: list[str], language: str) -> bool:
    whole = " ".join(lines)
    if plain(whole) in both(YES) or TICK.fullmatch(f"{whole} "):
        return True
    if plain(whole) in both(NO) or BOX.fullmatch(whole):
        return False
    return typed.read_flag(whole, language)


def _read_reference(field: Any, lines: list[str], language: str) -> str:
    words = " ".join(line.strip() for line in lines)
    found = entry_of(field.to, BULLET.sub("", words))
    if found is None:
        raise Unreadable(N_("This is not in the catalogue. Write its code or its full name as the catalogue has it."))
    return found


def _read_references(field: Any, lines: list[str], language: str) -> list[str]:
    """One on each line; a name that holds a semicolon is read whole first."""
    found = []
    for line in lines:
        if not line.strip():
            continue
        whole = entry_of(field.to, BULLET.sub("", line))
        found += [whole] if whole else [_read_reference(field, [word], language) for word in _items([line])]
    return found


def entry_of(kind: str, words: str) -> str | None:
    """The entry of the catalogue that the words name: by its id, by its name, or by both, in full or in part."""
    entries, text = references.ENTRIES[kind], words.strip()
    bracket = re.fullmatch(r"(.*?)\s*\[([a-z0-9_]{1,60})\]", text, re.DOTALL)
    code = re.fullmatch(r"((?:SK|HT)[0-9]{1,2})\b[.:\s–-]*(.*)", text, re.DOTALL | re.IGNORECASE)
    id, rest = (bracket[2], bracket[1]) if bracket else (code[1].lower(), code[2]) if code else (text.lower(), "")
    if id in entries:
        known = both(references.name_of(kind, id))
        return id if any(plain(rest) in name for name in known) else None
    exact = [id for id, name in references.options(kind) if text in (name.vi, name.en)]
    named = [id for id, name in references.options(kind) if plain(text) in (*both(name), *both(_bare(name)))]
    found = exact if len(exact) == 1 else named
    return found[0] if len(found) == 1 else None


def _bare(name: Text) -> Text:
    """A name without the code in front of it."""
    return Text(re.sub(r"^(?:SK|HT)[0-9]+\. ", "", name.vi), re.sub(r"^(?:SK|HT)[0-9]+\. ", "", name.en))


def _read_row(field: Any, lines: list[str], language: str) -> str:
    """What names a row, as it is written: whoever knows all rows finds it."""
    return " ".join(line.strip() for line in lines if line.strip())


def _read_day_or_row(field: Any, lines: list[str], language: str) -> str:
    words = _read_row(field, lines, language)
    try:
        return _read_day(field, lines, language)
    except Unreadable:
        return words


def _read_day(field: Any, lines: list[str], language: str) -> str:
    words = " ".join(lines).strip()
    official = OFFICIAL_DAY.fullmatch(" ".join(fold(words).split()))
    return typed.read_day("/".join(official.groups()) if official else words, language)


def _read_month(field: Any, lines: list[str], language: str) -> str:
    words = re.sub(r"^thang\s+", "", fold(" ".join(lines)).strip()).replace(" nam ", "/")
    return typed.read_month(words, language)


def _read_money(field: Any, lines: list[str], language: str) -> int:
    """An amount in tỷ đồng; triệu or đồng where the words behind it say so."""
    words = " ".join(lines).strip()
    found = AMOUNT.fullmatch(fold(words))
    if not found or not (found[2] or found[3]):
        return typed.read_money(words, language)
    scale = SCALES[found[2]] if found[2] else Decimal(1) / 10**9
    amount = typed.read_number(found[1], language) * scale
    return typed.read_money(typed.write_number(amount.normalize(), language), language)


READ: dict[str, Callable[[Any, list[str], str], Any]] = {
    "richtext": _read_richtext,
    "text_list": _read_list,
    "choice": _read_choice,
    "multichoice": _read_choices,
    "bool": _read_flag,
    "integer": lambda field, lines, language: typed.read_integer(" ".join(lines), language),
    "decimal": lambda field, lines, language: typed.read_decimal(" ".join(lines), language),
    "money": _read_money,
    "date": _read_day,
    "month": _read_month,
    "reference": _read_reference,
    "references": _read_references,
    "row_reference": _read_row,
    "date_or_row": _read_day_or_row,
}
