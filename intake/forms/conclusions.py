"""The conclusion of an item: text and conditions around the outcome that the vote has fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import RadioField, StringField, TextAreaField

from intake.forms.days import day_of, shown
from intake.forms.desks import DeskForm, Options, Say, Words, row_numbers
from intake.forms.moves import REMARKS, RemarkForm
from intake.i18n import N_

CONDITIONS = "conditions"
CONDITIONAL = "approve_with_conditions"
REVISED = "request_revision"
DAY_HINT = N_("Day/month/year, for example 31/12/2026")


class ConditionForm(DeskForm):
    """What has to be done, by whom, until when."""

    labels: ClassVar[Words] = {
        "text": N_("Condition"),
        "owner": N_("Who is responsible"),
        "due_on": N_("To be met by"),
    }
    hints: ClassVar[Words] = {
        "due_on": DAY_HINT,
    }
    text = TextAreaField()
    owner = StringField()
    due_on = StringField()

    @property
    def number(self) -> int:
        """Its place among the rows that were sent."""
        return int(self.text.name.split("-")[1])

    @property
    def is_blank(self) -> bool:
        return not any((field.data or "").strip() for field in self)

    def entry(self) -> dict[str, Any]:
        return {"text": self.text.data or "", "owner": self.owner.data or "", "due_on": day_of(self.due_on.data)}


class ConclusionForm(DeskForm):
    """The outcomes offered are those the tally leaves open; blank condition rows are left out."""

    labels: ClassVar[Words] = {
        "outcome": N_("Outcome"),
        "text": N_("Text of the conclusion"),
        "reason": N_("Reasons"),
        "defer_until": N_("Deferred until"),
        "into": N_("Merged into"),
    }
    hints: ClassVar[Words] = {
        "reason": N_("The proposer reads them after release."),
        "defer_until": N_("Only when deferred. Left empty: the usual period."),
        "into": N_("Code of the other proposal, only when merged."),
    }
    outcome = RadioField(choices=[], validate_choice=False)
    text = TextAreaField()
    reason = TextAreaField()
    defer_until = StringField()
    into = StringField()

    def __init__(
        self,
        sent: Any = None,
        *,
        say: Say,
        outcomes: Options,
        conditions: Sequence[Mapping[str, str]] = (),
        remarks: Sequence[Mapping[str, str]] = (),
        sections: Options = (),
        **values: Any,
    ) -> None:
        super().__init__(sent, say=say, **values)
        self.outcome.choices = list(outcomes)
        self.rows = (
            [self.row(None, number, as_typed(entry)) for number, entry in enumerate(conditions)]
            if sent is None
            else [self.row(sent, number) for number in row_numbers(sent, CONDITIONS)]
        )
        if sent is None and not self.rows and self.offers(CONDITIONAL):
            self.add_row()
        self.sections = sections
        numbers = range(len(remarks)) if sent is None else row_numbers(sent, REMARKS)
        typed = dict(enumerate(remarks)) if sent is None else {}
        self.remarks = [self.remark(sent, number, typed.get(number)) for number in numbers]
        if sent is None and not self.remarks and self.offers(REVISED):
            self.add_remark()

    def offers(self, outcome: str) -> bool:
        """Whether this outcome is one of those left open."""
        choices: Any = self.outcome.choices
        return any(value == outcome for value, _label in choices)

    def row(self, sent: Any, number: int, entry: Mapping[str, str] | None = None) -> ConditionForm:
        return ConditionForm(sent, say=self.say, prefix=f"{CONDITIONS}-{number}-", data=dict(entry or {}))

    def remark(self, sent: Any, number: int, entry: Mapping[str, str] | None = None) -> RemarkForm:
        form = RemarkForm(sent, say=self.say, prefix=f"{REMARKS}-{number}-", data=dict(entry or {}))
        form.section.choices = [("", self.say(N_("Choose a section"))), *self.sections]
        return form

    def add_remark(self) -> None:
        self.remarks.append(self.remark(None, len(self.remarks)))

    @property
    def filled_remarks(self) -> list[RemarkForm]:
        return [form for form in self.remarks if (form.text.data or "").strip() or form.section.data]

    def add_row(self) -> None:
        """One empty row at the end, under a number that is still free."""
        taken = [form.number for form in self.rows]
        self.rows.append(self.row(None, max(taken, default=-1) + 1))

    def drop_row(self, number: str) -> None:
        """Take one row out; nothing is saved by that."""
        self.rows = [form for form in self.rows if str(form.number) != number]

    @property
    def filled(self) -> list[ConditionForm]:
        return [form for form in self.rows if not form.is_blank]

    @property
    def conclusion(self) -> dict[str, Any]:
        """What `conclusions.prepare` takes; a day that is none is passed on, to be refused there."""
        typed = (self.defer_until.data or "").strip()
        return {
            "outcome": self.outcome.data or "",
            "text": self.text.data or "",
            "reason": self.reason.data or "",
            "conditions": [form.entry() for form in self.filled],
            "remarks": [{"section": row.section.data, "text": row.text.data or ""} for row in self.filled_remarks],
            "defer_until": day_of(typed) or typed,
            "into": (self.into.data or "").strip().upper() or None,
        }

    def field_at(self, path: str) -> Any:
        """`conditions.N.text`, counted among the rows that are not blank."""
        parts = path.split(".")
        if parts[0] == REMARKS and self.remarks:
            place = int(parts[1]) if len(parts) > 2 and parts[1].isdigit() else 0
            return (self.filled_remarks or self.remarks)[place].field_at(parts[-1] if len(parts) > 2 else "text")
        if parts[0] != CONDITIONS:
            return super().field_at(path)
        if len(parts) > 2 and parts[1].isdigit() and int(parts[1]) < len(self.filled):
            return self.filled[int(parts[1])].field_at(parts[2])
        return self.rows[0].text if self.rows else None


def as_typed(entry: Mapping[str, str]) -> dict[str, str]:
    return {**entry, "due_on": shown(date.fromisoformat(entry["due_on"]))}
