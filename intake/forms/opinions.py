"""Positions that are signed, by a ministry, an adviser or the chief engineer; and going on without one."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import RadioField, TextAreaField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Say, Words, row_numbers
from intake.i18n import N_, Message

POSITIONS: dict[str, Message] = {
    "agree": N_("Agree"),
    "conditions": N_("Agree with conditions"),
    "disagree": N_("Do not agree"),
}
CONDITIONS = "conditions"
SPARE_ROWS = 2


class ConditionForm(DeskForm):
    """One condition of a position that agrees with conditions."""

    labels: ClassVar[Words] = {"text": N_("Condition")}
    text = TextAreaField()


class OpinionForm(DeskForm):
    """Position, reasons, and conditions one by one; empty conditions are left out."""

    labels: ClassVar[Words] = {"position": N_("Position"), "text": N_("Reasons")}
    position = RadioField(choices=[])
    text = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, conditions: tuple[str, ...] = (), **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.position.choices = [(position, say(label)) for position, label in POSITIONS.items()]
        numbers = row_numbers(sent, CONDITIONS)
        if sent is None:
            self.rows = [row(None, number, say, text) for number, text in enumerate(conditions)]
        else:
            self.rows = [row(sent, number, say) for number in numbers]
        self.add_rows(SPARE_ROWS if sent is None else 0)

    def add_rows(self, count: int) -> None:
        """Empty rows at the end."""
        for _ in range(count):
            self.rows.append(row(None, len(self.rows), self.say))

    @property
    def chosen(self) -> str:
        """The position; Invalid when none was chosen."""
        if self.position.data not in POSITIONS:
            raise Invalid(errors=[("position", N_("Choose a position."))])
        return self.position.data

    @property
    def filled(self) -> list[ConditionForm]:
        return [row for row in self.rows if (row.text.data or "").strip()]

    @property
    def conditions(self) -> list[str]:
        return [row.text.data or "" for row in self.filled]

    def field_at(self, path: str) -> Any:
        """A condition is counted among those that are not empty."""
        name, _, number = path.partition(".")
        if name != CONDITIONS:
            return super().field_at(path)
        if number.isdigit() and int(number) < len(self.filled):
            return self.filled[int(number)].text
        return self.rows[0].text if self.rows else None


def row(sent: Any, number: int, say: Say, text: str = "") -> ConditionForm:
    form = ConditionForm(sent, say=say, prefix=f"{CONDITIONS}-{number}-", data={"text": text})
    form.text.label.text = say(N_("Condition %(number)s", number=number + 1))
    return form


class NoOpinionForm(DeskForm):
    """Why a review goes on without the opinion of a body."""

    labels: ClassVar[Words] = {"reason": N_("Why the review goes on without this opinion")}
    reason = TextAreaField()
