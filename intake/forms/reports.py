"""The report of a lead agency: a value or a note for each indicator, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import SelectField, StringField, TextAreaField

from intake.forms.desks import DeskForm, FormProblem, Options, Say, Words
from intake.i18n import N_
from intake.outline.typed import Unreadable, read_decimal

VALUES = "values"


class ValueForm(DeskForm):
    """One indicator."""

    labels: ClassVar[Words] = {"value": N_("Value now"), "note": N_("Note, or why there is no value yet")}
    value = StringField()
    note = StringField()


class ReportForm(DeskForm):
    """`codes` are the indicators in their order; numbers are read as the language writes them."""

    labels: ClassVar[Words] = {
        "period_on": N_("Report for"),
        "progress": N_("What was done since the last report"),
        "difficulties": N_("Difficulties, and what you ask for"),
    }
    period_on = SelectField(choices=[], validate_choice=False)
    progress = TextAreaField()
    difficulties = TextAreaField()

    def __init__(
        self, sent: Any = None, *, say: Say, periods: Options, codes: Sequence[str], language: str, **values: Any
    ) -> None:
        super().__init__(sent, say=say, **values)
        self.period_on.choices = list(periods)
        self.codes, self.language = list(codes), language
        self.rows = [ValueForm(sent, say=say, prefix=f"{VALUES}-{n}-") for n in range(len(self.codes))]

    @property
    def day(self) -> date | None:
        """The day chosen; one that is none is left to the rule."""
        try:
            return date.fromisoformat(self.period_on.data or "")
        except ValueError:
            return None

    def entries(self) -> list[tuple[str, float | None, str]]:
        """Code, value, note of each indicator; a number that cannot be read is noted as a problem of its box."""
        return [(code, self.read(row), row.note.data or "") for code, row in zip(self.codes, self.rows, strict=True)]

    def read(self, row: ValueForm) -> float | None:
        typed = (row.value.data or "").strip()
        if not typed:
            return None
        try:
            return float(read_decimal(typed, self.language))
        except Unreadable as error:
            text = self.say(error.message)
            row.value.errors = [text]
            self.problems.append(FormProblem(text, f"#{row.value.id}"))
            return None

    def field_at(self, path: str) -> Any:
        """`values.N.value`, `values.N.note`, or a field of the report itself."""
        parts = path.split(".")
        if parts[0] != VALUES:
            return super().field_at(path)
        place = int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else len(self.rows)
        return self.rows[place].field_at(parts[2]) if place < len(self.rows) else self.progress
