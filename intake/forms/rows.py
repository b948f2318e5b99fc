"""Rows in posted data: counted and refused before anything is read; added, removed and moved without reading them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.errors import Invalid
from intake.forms.texts import Texts
from intake.i18n import N_, Message
from intake.outline import OUTLINE
from intake.outline.form_data import FormData
from intake.outline.model import LARGEST_VND, Computed, Field, Money, Rows
from intake.outline.typed import write_money

NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")
PATH = re.compile(r"[a-z0-9_.]{1,200}")
AMOUNT = re.compile(r"[0-9]{1,16}")
BROKEN_FORM = N_("This form is incomplete. Reload the page and try again.")


@dataclass(frozen=True)
class RowAction:
    """A button inside the form: `add` a row to the list at `path`; `remove`, `up`, `down` the row at `path`; `set` the
    money at `path`; or only `show` the sums of what stands in the boxes."""

    verb: str
    path: str = ""
    vnd: int = 0


def row_action(value: str) -> RowAction | None:
    """What a button's value (`remove:objectives.specific.2`) asks for; None for an empty one, Invalid for nonsense."""
    if not value:
        return None
    verb, _, target = value.partition(":")
    path, _, amount = target.partition("=")
    if verb not in VERBS or (amount and not AMOUNT.fullmatch(amount)) or int(amount or 0) > LARGEST_VND:
        raise Invalid(BROKEN_FORM)
    if not (PATH.fullmatch(path) and isinstance(declared(path), Money) if verb == "set" else is_place(verb, path)):
        raise Invalid(BROKEN_FORM)
    return RowAction(verb, path, int(amount or 0))


def is_place(verb: str, path: str) -> bool:
    """Whether a list, or a row of a list, can stand at `path`."""
    if verb == "show":
        return not path
    if not PATH.fullmatch(path):
        return False
    if verb == "add":
        return isinstance(declared(path), Rows)
    list_path, _, number = path.rpartition(".")
    return NUMBER.fullmatch(number) is not None and isinstance(declared(list_path), Rows)


def declared(path: str) -> Field | None:
    """The field at a form path such as `kpis.kpis.0.unit`; None when the outline has none."""
    first, *rest = path.split(".")
    found: Field | None = OUTLINE.bodies.get(first)
    is_row = False
    for name in rest:
        if isinstance(found, Rows) and not is_row:
            if not NUMBER.fullmatch(name):
                return None
            is_row = True
            continue
        children = {child.id: child for child in found.children} if found else {}
        found, is_row = children.get(name), False
        if found is None or isinstance(found, Computed):
            return None
    return found


def refuse_strangers(part: str, posted: FormData) -> None:
    """Raise Invalid for names the section does not have and for more rows than a list takes, before reading any."""
    rows: dict[str, set[str]] = {}
    for name in posted:
        if name.split(".")[0] != part:
            continue
        field = declared(name.removesuffix(".id")) if name.endswith(".id") else declared(name)
        if field is None or len(name) > 200:
            raise Invalid(BROKEN_FORM)
        for list_path, number in numbers_in(name):
            rows.setdefault(list_path, set()).add(number)
    too_many = list(over_the_limit(rows))
    if too_many:
        raise Invalid(errors=too_many)


def over_the_limit(rows: Mapping[str, set[str]]) -> Iterator[tuple[str, Message]]:
    for path, numbers in rows.items():
        field = declared(path)
        if isinstance(field, Rows) and len(numbers) > field.max_items:
            yield (
                path,
                N_(
                    "%(label)s: at most %(limit)d rows fit here, and %(count)d were sent. Nothing was saved.",
                    label=field.label,
                    limit=field.max_items,
                    count=len(numbers),
                ),
            )


def numbers_in(name: str) -> Iterator[tuple[str, str]]:
    """Each list that a name goes through, with the number of the row."""
    parts = name.split(".")
    for place, part in enumerate(parts):
        if NUMBER.fullmatch(part):
            yield ".".join(parts[:place]), part


def row_numbers(texts: FormData, list_path: str) -> list[int]:
    return sorted({int(number) for name in texts for path, number in numbers_in(name) if path == list_path})


def act(texts: FormData, action: RowAction, language: str) -> Texts:
    """The data after a button was pressed; everything else stays as it was typed."""
    return VERBS[action.verb](texts, action, language)


def rearranged(texts: FormData, list_path: str, order: Sequence[int]) -> Texts:
    """The rows of one list in a new order: `order` says which old number comes first, second and so on."""
    place = {old: new for new, old in enumerate(order)}
    moved = Texts()
    prefix = f"{list_path}."
    for name, values in texts.items():
        number, _, rest = name.removeprefix(prefix).partition(".")
        if not name.startswith(prefix) or not NUMBER.fullmatch(number):
            moved[name] = list(values)
        elif int(number) in place:
            moved[f"{prefix}{place[int(number)]}.{rest}"] = list(values)
    return moved


def show(texts: FormData, action: RowAction, language: str) -> Texts:
    return Texts({name: list(values) for name, values in texts.items()})


def add(texts: FormData, action: RowAction, language: str) -> Texts:
    numbers = row_numbers(texts, action.path)
    changed = rearranged(texts, action.path, numbers)
    changed[f"{action.path}.{len(numbers)}.id"] = [""]
    return changed


def remove(texts: FormData, action: RowAction, language: str) -> Texts:
    list_path, _, number = action.path.rpartition(".")
    return rearranged(texts, list_path, [n for n in row_numbers(texts, list_path) if n != int(number)])


def step(texts: FormData, action: RowAction, language: str) -> Texts:
    list_path, _, number = action.path.rpartition(".")
    order = row_numbers(texts, list_path)
    if int(number) in order:
        here = order.index(int(number))
        there = min(max(here + (-1 if action.verb == "up" else 1), 0), len(order) - 1)
        order[here], order[there] = order[there], order[here]
    return rearranged(texts, list_path, order)


def set_money(texts: FormData, action: RowAction, language: str) -> Texts:
    return Texts({**show(texts, action, language), action.path: [write_money(action.vnd, language)]})


VERBS: dict[str, Callable[[FormData, RowAction, str], Texts]] = {
    "add": add,
    "remove": remove,
    "up": step,
    "down": step,
    "set": set_money,
    "show": show,
}
