"""What every form of a desk has: labels in the reader's language, and the refusals of a rule at their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import Field, Form

from intake.errors import Incomplete, Invalid
from intake.i18n import Message, Text

Say = Callable[[Message | Text | str], str]
Options = Sequence[tuple[str, str]]
Words = Mapping[str, Message]
SHARED_PREFIX = "data."
MOST_ROWS = 60


@dataclass(frozen=True)
class FormProblem:
    """One thing to put right, and where: `href` is a field on the page, or the page where it is done."""

    text: str
    href: str


class DeskForm(Form):
    """A form that checks shape only: rules are the services', and what they refuse comes back here by path."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}

    def __init__(self, sent: Any = None, *, say: Say, **values: Any) -> None:
        super().__init__(sent, **values)
        self.say = say
        self.problems: list[FormProblem] = []
        self.elsewhere: Callable[[str], str] = on_this_page
        for name, field in self._fields.items():
            field.label.text = say(inherited(type(self), "labels")[name])
            field.description = say(inherited(type(self), "hints").get(name, ""))

    def field_at(self, path: str) -> Field | None:
        """The field that a service calls `path`."""
        name = path.removeprefix(SHARED_PREFIX)
        return self._fields.get(name) or self._fields.get(name.split(".")[0])

    def refuse(self, error: Invalid | Incomplete) -> None:
        """Put each problem at its field, or in the summary alone."""
        for path, message in told(error):
            field, text = self.field_at(path), self.say(message)
            href = f"#{field.id}" if field is not None else self.elsewhere(path) or "#main-content"
            if field is not None:
                field.errors = [*field.errors, text]
            self.problems.append(FormProblem(text, href))


def inherited(form: type[Form], table: str) -> dict[str, Message]:
    """One table of words of a form, together with those of the forms it extends."""
    return {name: text for each in reversed(form.__mro__) for name, text in vars(each).get(table, {}).items()}


def on_this_page(_path: str) -> str:
    """Where something outside the form is put right, for forms whose rules look no further."""
    return ""


def told(error: Invalid | Incomplete) -> Iterator[tuple[str, Message]]:
    """Path and words of everything that was refused; the refusal itself when it names nothing."""
    if isinstance(error, Invalid):
        found = list(error.errors)
    else:
        found = [(problem["path"], problem["message"]) for problem in error.problems]
    yield from found or [("", error.message)]


def row_numbers(sent: Any, prefix: str) -> list[int]:
    """The numbers N of the fields `prefix-N-...` that came with a form, in order."""
    numbers = {
        int(number)
        for name in sent or ()
        if name.startswith(f"{prefix}-")
        for number in [name.removeprefix(f"{prefix}-").split("-")[0]]
        if number.isascii() and number.isdigit() and len(number) < 4
    }
    return sorted(numbers)[:MOST_ROWS]
