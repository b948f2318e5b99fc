"""Calling a sitting, choosing its agenda, and recording who is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from intake import clock
from intake.errors import Invalid
from intake.forms.days import WRITE_A_DAY, WRITE_A_TIME, day_of, time_of
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import N_, Message

STATUSES: dict[str, Message] = {
    "present": N_("Present"),
    "remote": N_("Remote"),
    "excused": N_("Excused"),
    "absent": N_("Absent"),
}
SEATS: dict[str, Message] = {
    "chair": N_("Chair"),
    "deputy": N_("Deputy"),
    "member": N_("Member"),
}
GUEST = N_("Guest, without a vote")
MODES: dict[str, Message] = {
    "ballot": N_("Ballots: more than half of those present decides"),
    "consensus": N_("Consensus: the outcome is recorded without ballots"),
}


class TickBoxes(SelectMultipleField):
    """Any number of a list, as boxes to tick; what is not in the list is refused by the service in our words."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AgendaForm(DeskForm):
    """The proposals of a sitting, in the order of the list."""

    labels: ClassVar[Words] = {
        "items": N_("Proposals on the agenda"),
    }
    items = TickBoxes(choices=[], validate_choice=False)

    def __init__(self, sent: Any = None, *, say: Say, proposals: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.items.choices = list(proposals)

    @property
    def codes(self) -> list[str]:
        return list(self.items.data or ())


class TimeAndPlaceForm(DeskForm):
    """When and where a sitting is held."""

    labels: ClassVar[Words] = {
        "day": N_("Day"),
        "time": N_("Time of day"),
        "place": N_("Place"),
    }
    hints: ClassVar[Words] = {
        "day": N_("Day/month/year, for example 31/12/2026"),
        "time": N_("Hanoi time, for example 14:30"),
    }
    day = StringField()
    time = StringField()
    place = StringField()

    @property
    def starts_at(self) -> datetime:
        """The instant meant by day and time in Hanoi; Invalid when one of them is none."""
        day, time = day_of(self.day.data), time_of(self.time.data)
        if day is None or time is None:
            wrong = (("day", day, WRITE_A_DAY), ("time", time, WRITE_A_TIME))
            raise Invalid(errors=[(name, message) for name, value, message in wrong if value is None])
        return datetime.combine(day, time, tzinfo=clock.ZONE).astimezone(UTC)

    def field_at(self, path: str) -> Any:
        return super().field_at("day" if path == "starts_at" else path)


class PostponementForm(TimeAndPlaceForm):
    """To when and where a sitting is put off, and why."""

    labels: ClassVar[Words] = {
        "reason": N_("Reason"),
    }
    reason = TextAreaField()


class CancellationForm(DeskForm):
    """Why a sitting is not held."""

    labels: ClassVar[Words] = {
        "reason": N_("Reason"),
    }
    reason = TextAreaField()


class MinutesForm(DeskForm):
    """What the minutes say in words besides what was recorded."""

    labels: ClassVar[Words] = {
        "notes": N_("Course of the session"),
    }
    hints: ClassVar[Words] = {
        "notes": N_("Optional. Printed before the items."),
    }
    notes = TextAreaField()


class SessionForm(TimeAndPlaceForm, AgendaForm):
    """Which body sits, when, where and how."""

    labels: ClassVar[Words] = {
        "body": N_("Body that sits"),
        "mode": N_("How it decides"),
        "invited": N_("Guests"),
    }
    hints: ClassVar[Words] = {
        "invited": N_("E-mail addresses of people with an account, one a line. They do not vote."),
    }
    body = SelectField(choices=[])
    mode = RadioField(choices=[])
    invited = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, bodies: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.body.choices = list(bodies)
        self.mode.choices = [(mode, say(label)) for mode, label in MODES.items()]

    @property
    def guests(self) -> list[str]:
        return [line.strip() for line in (self.invited.data or "").splitlines() if line.strip()]


class PersonAttendance(DeskForm):
    """One line of the list."""

    labels: ClassVar[Words] = {
        "status": N_("Attendance"),
    }
    status = RadioField(choices=[], validate_choice=False)


class AttendanceForm(DeskForm):
    """Everybody on the list with one choice each; who is not marked keeps what was recorded."""

    def __init__(self, sent: Any = None, *, say: Say, people: Sequence[Mapping[str, str]]) -> None:
        super().__init__(None, say=say)
        self.rows = [self.row(sent, number, person) for number, person in enumerate(people)]

    def row(self, sent: Any, number: int, person: Mapping[str, str]) -> tuple[Mapping[str, str], PersonAttendance]:
        known = {"status": person["status"]}
        form = PersonAttendance(sent, say=self.say, prefix=f"person-{number}-", data=known)
        form.status.choices = [(status, self.say(label)) for status, label in STATUSES.items()]
        form.status.label.text = person["name"]
        return person, form

    @property
    def statuses(self) -> dict[str, str]:
        """Address to status, for everybody who is marked."""
        return {person["email"]: form.status.data for person, form in self.rows if form.status.data in STATUSES}

    def field_at(self, path: str) -> Any:
        return next((form.status for person, form in self.rows if person["email"] == path), None)
