"""Asking people of a ministry, or advisers, to act; and ending that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from wtforms import SelectField, StringField, TextAreaField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import N_

DAY = "%d/%m/%Y"


class PersonForm(DeskForm):
    """Who is asked; the choices are people whom the rules admit."""

    labels: ClassVar[Words] = {"person": N_("Person")}
    person = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, people: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.person.choices = [("", say(N_("Choose a person"))), *people]

    def field_at(self, path: str) -> Any:
        return super().field_at("person" if path in ("reviewer", "adviser") else path)

    @property
    def email(self) -> str:
        """The person chosen; Invalid when none was."""
        if not self.person.data:
            raise Invalid(errors=[("person", N_("Choose a person."))])
        return self.person.data


class ReviewerForm(PersonForm):
    """A reviewer of one's ministry, with a day of their own if wanted."""

    labels: ClassVar[Words] = {"due_on": N_("Due date")}
    hints: ClassVar[Words] = {"due_on": N_("Day/month/year. Left empty: the day the ministry was given.")}
    due_on = StringField()

    @property
    def day(self) -> date | None:
        """The due date given, None when left empty; Invalid when it is no date."""
        typed = (self.due_on.data or "").strip()
        if not typed:
            return None
        try:
            return datetime.strptime(typed, DAY).date()
        except ValueError:
            message = N_("Write the day as day/month/year, for example 31/12/2026.")
            raise Invalid(errors=[("due_on", message)]) from None


class EndForm(DeskForm):
    """Why a person is no longer asked, and who is asked instead, with the same due date."""

    labels: ClassVar[Words] = {
        "reason": N_("Why this person is no longer asked"),
        "instead": N_("Who is asked instead"),
    }
    reason = TextAreaField()
    instead = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, people: Options = (), **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.instead.choices = [("", say(N_("Nobody"))), *people]

    def field_at(self, path: str) -> Any:
        return super().field_at("instead" if path in ("reviewer", "adviser", "due_on") else path)
