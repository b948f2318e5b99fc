"""The synthesis: a summary, and where the opinions differ, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField, TextAreaField

from intake.forms.desks import DeskForm, Options, Say, Words, row_numbers
from intake.i18n import N_

DIFFERENCES = "differences"


class DifferenceForm(DeskForm):
    """One difference: about which criterion if any, between whom, in which words, how resolved."""

    labels: ClassVar[Words] = {
        "criterion": N_("Criterion"),
        "bodies": N_("Bodies"),
        "text": N_("What the opinions differ about"),
        "resolution": N_("How it was resolved, or what is left to decide"),
    }
    criterion = SelectField(choices=[])
    bodies = SelectMultipleField(choices=[])
    text = TextAreaField()
    resolution = TextAreaField()

    def __init__(self, sent: Any, number: int, *, say: Say, criteria: Options, bodies: Options, **values: Any) -> None:
        super().__init__(sent, say=say, prefix=f"{DIFFERENCES}-{number}-", **values)
        self.number = number
        self.criterion.choices, self.bodies.choices = list(criteria), list(bodies)

    @property
    def is_blank(self) -> bool:
        return not ((self.text.data or "").strip() or (self.resolution.data or "").strip() or self.bodies.data)

    def entry(self) -> dict[str, Any]:
        return {
            "criterion": self.criterion.data or None,
            "bodies": list(self.bodies.data or ()),
            "text": self.text.data or "",
            "resolution": self.resolution.data or "",
        }


class SynthesisForm(DeskForm):
    """Blank rows are left out; `add` and `drop` change the rows without saving."""

    labels: ClassVar[Words] = {"summary": N_("Summary")}
    hints: ClassVar[Words] = {"summary": N_("What is proposed, what the assessments say, what is left to decide.")}
    summary = TextAreaField()

    def __init__(
        self,
        sent: Any = None,
        *,
        say: Say,
        criteria: Options,
        bodies: Options,
        differences: Sequence[Mapping[str, Any]] = (),
        **values: Any,
    ) -> None:
        super().__init__(sent, say=say, **values)
        self.criteria = [("", say(N_("The proposal as a whole"))), *criteria]
        self.bodies = list(bodies)
        if sent is None:
            self.rows = [self.row(None, number, entry) for number, entry in enumerate(differences)]
        else:
            self.rows = [self.row(sent, number) for number in row_numbers(sent, DIFFERENCES)]

    def row(self, sent: Any, number: int, entry: Mapping[str, Any] | None = None) -> DifferenceForm:
        values = {name: (entry or {}).get(name) for name in ("criterion", "bodies", "text", "resolution")}
        return DifferenceForm(sent, number, say=self.say, criteria=self.criteria, bodies=self.bodies, data=values)

    def add_row(self) -> None:
        """One empty row at the end, under a number that is still free."""
        self.rows.append(self.row(None, max((row.number for row in self.rows), default=-1) + 1))

    def drop_row(self, number: str) -> None:
        """Take one row out; nothing is saved by that."""
        self.rows = [row for row in self.rows if str(row.number) != number]

    @property
    def filled(self) -> list[DifferenceForm]:
        return [form for form in self.rows if not form.is_blank]

    @property
    def differences(self) -> list[dict[str, Any]]:
        return [form.entry() for form in self.filled]

    def field_at(self, path: str) -> Any:
        """`differences.N.text`, counted among the rows that are not blank."""
        parts = path.split(".")
        if parts[0] != DIFFERENCES:
            return super().field_at(path)
        if len(parts) > 2 and parts[1].isdigit() and int(parts[1]) < len(self.filled):
            return self.filled[int(parts[1])].field_at(parts[2])
        return None
