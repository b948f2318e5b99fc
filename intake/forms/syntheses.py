"""The synthesis: a summary, and where the opinions differ, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField, SelectMultipleField, TextAreaField

from intake.forms.desks import DeskForm, Options, Say, row_numbers
from intake.i18n import N_

DIFFERENCES = "differences"


class DifferenceForm(DeskForm):
    """One difference: about which criterion if any, between whom, in which words, how resolved."""

    criterion = SelectField(N_("Criterion"), choices=[])
    bodies = SelectMultipleField(N_("Bodies"), choices=[])
    text = TextAreaField(N_("What the opinions differ about"))
    resolution = TextAreaField(N_("How it was resolved, or what is left to decide"))

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

    summary = TextAreaField(
        N_("Summary"), description=N_("What is proposed, what the assessments say, what is left to decide.")
    )

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
        form = DifferenceForm(sent, say=self.say, prefix=f"{DIFFERENCES}-{number}-", data=dict(entry or {}))
        form.criterion.choices, form.bodies.choices = self.criteria, self.bodies
        return form

    def add_row(self) -> None:
        """One empty row at the end, under a number that is still free."""
        taken = [int(form.criterion.name.split("-")[1]) for form in self.rows]
        self.rows.append(self.row(None, max(taken, default=-1) + 1))

    def drop_row(self, number: str) -> None:
        """Take one row out; nothing is saved by that."""
        self.rows = [form for form in self.rows if form.criterion.name.split("-")[1] != number]

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
