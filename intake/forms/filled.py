"""One section as a bound form: from the stored text, from what was posted, or posted and only rearranged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wtforms import Field as FormItem
from wtforms import Form

from intake.forms.builder import form_class
from intake.forms.fields import One, Part, RowList
from intake.forms.one_per import completed, entered
from intake.forms.row_choices import row_options, with_codes, with_ids
from intake.forms.rows import RowAction, act, refuse_strangers
from intake.forms.texts import Texts
from intake.i18n import N_, Message, translate
from intake.outline import OUTLINE, new_row_id, read_form, write_form
from intake.outline.form_data import FormData
from intake.outline.model import RowReference

# What a browser or server puts in place of bytes that are no text.
UNREADABLE = "\ufffd"
NOT_TEXT = N_("This text contains characters that cannot be stored or printed.")


@dataclass
class Filled:
    """A form with its texts. `value` is what it says, ready for `outline.with_part` when there are no errors."""

    part: str
    language: str
    texts: Texts
    form: Form
    value: Any
    errors: list[tuple[str, Message]] = field(default_factory=list)

    @property
    def root(self) -> Any:
        """The bound field of the whole section: a group of fields, or a list of rows."""
        return self.form[self.part]

    @property
    def is_list(self) -> bool:
        """Whether the whole section is one list of rows."""
        return isinstance(self.root, RowList)

    @property
    def fields(self) -> dict[str, Any]:
        """Every bound field by its path, which is also its name."""
        return {item.name: item for item in every(self.root)}

    @property
    def lists(self) -> list[Any]:
        """Every list of rows, also those inside rows."""
        return [item for item in every(self.root) if isinstance(item, RowList)]

    def is_wrong(self, path: str) -> bool:
        """Whether something inside `path` could not be read or stored."""
        return any(place.startswith(f"{path}.") for place, _ in self.errors)

    def mark(self) -> None:
        """Write each error on its field, in the language of the page."""
        fields = self.fields
        for path, message in self.errors:
            item = nearest(fields, path)
            if item is not None and not isinstance(item, Part):
                item.errors = [*item.errors, translate(message, self.language)]

    def add_errors(self, found: list[tuple[str, Message]]) -> None:
        """Further errors, found by whoever uses the form."""
        self.errors, before = found, self.errors
        self.mark()
        self.errors = [*before, *found]


def stored(document: Mapping[str, Any], part: str, language: str) -> Filled:
    """The section as it stands in the document."""
    texts = completed(document, part, with_codes(document, write_form(document, part, language)))
    holder = document if part == "administrative" else document["sections"]
    return bound(document, part, language, texts, holder.get(part))


def posted(document: Mapping[str, Any], part: str, data: FormData, language: str) -> Filled:
    """The section as somebody sent it. Raises Invalid, before reading, for rows and names it cannot have."""
    refuse_strangers(part, data)
    parsed = read_form(document, part, with_ids(document, completed(document, part, data)), language)
    typed = {path: texts for path, texts in parsed.data.items() if path not in parsed.kept}
    errors = list(parsed.errors)
    errors += [(path, NOT_TEXT) for path, texts in typed.items() if any(UNREADABLE in text for text in texts)]
    holder = document if part == "administrative" else document["sections"]
    value = entered(OUTLINE.bodies[part], parsed.value, holder.get(part) or {})
    filled = bound(document, part, language, with_codes(document, parsed.data), value, errors)
    filled.mark()
    return filled


def reshaped(document: Mapping[str, Any], part: str, data: FormData, language: str, action: RowAction) -> Filled:
    """What was typed, unread and unsaved, after a row was added, removed or moved."""
    refuse_strangers(part, data)
    texts = completed(document, part, act(data, action, language))
    value = read_form(document, part, with_ids(document, texts), language).value
    return bound(document, part, language, texts, value)


def bound(
    document: Mapping[str, Any],
    part: str,
    language: str,
    texts: Texts,
    value: Any,
    errors: list[tuple[str, Message]] | None = None,
) -> Filled:
    form = form_class(part, language)(formdata=texts)
    filled = Filled(part, language, texts, form, value, errors or [])
    options: dict[str, list[tuple[str, str]]] = {}
    for item in filled.fields.values():
        if isinstance(item, RowList):
            give_ids(item)
        if not isinstance(item, One):
            continue
        if isinstance(item.declared, RowReference):
            to = item.declared.to
            options.setdefault(to, row_options(document, to))
            for id, label in options[to]:
                item.offer(id, label)
        if item.data:
            item.offer(item.data, item.data)
    return filled


def give_ids(rows: RowList) -> None:
    """A row that is shown for the first time gets its id: sent twice, it is still one row."""
    for row in rows:
        row["id"].data = row["id"].data or new_row_id()


def every(item: Any) -> Iterator[Any]:
    """A bound field, then everything inside it."""
    yield item
    if isinstance(item, RowList | Part):
        for inside in item:
            yield from every(inside)


def nearest(fields: Mapping[str, FormItem], path: str) -> Any:
    """The field at a path, or the one around it."""
    while path and path not in fields:
        path = path.rpartition(".")[0]
    return fields.get(path)
