"""Forms of an administrator: organisations, periods, the calendar, the routing table, bodies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField, StringField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import N_, Message

DAY = "%d/%m/%Y"
LONGEST_NUMBER = 4
HOLIDAY, WORKED = "holiday", "working"


class NamesForm(DeskForm):
    """What an organisation is called."""

    labels: ClassVar[Words] = {
        "name_vi": N_("Name in Vietnamese"),
        "name_en": N_("Name in English"),
        "abbreviation": N_("Abbreviation"),
    }
    name_vi = StringField()
    name_en = StringField()
    abbreviation = StringField()


class OrganisationForm(NamesForm):
    """A new organisation."""

    labels: ClassVar[Words] = {"kind": N_("Kind")}
    kind = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, kinds: dict[str, Message], **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.kind.choices = [("", say(N_("Choose a kind"))), *((id, say(label)) for id, label in kinds.items())]


class MergeForm(DeskForm):
    """Into which organisation another one goes."""

    labels: ClassVar[Words] = {"into": N_("Merge into")}
    into = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, organisations: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.into.choices = [("", say(N_("Choose an organisation"))), *organisations]


class PeriodForm(DeskForm):
    """Working days of a stage from a day on."""

    labels: ClassVar[Words] = {
        "state": N_("Stage"),
        "days": N_("Working days"),
        "effective_from": N_("In force from"),
    }
    state = SelectField(choices=[])
    days = StringField()
    effective_from = StringField()

    def __init__(self, sent: Any = None, *, say: Say, states: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.state.choices = [("", say(N_("Choose a stage"))), *states]

    @property
    def number(self) -> int:
        return whole(self.days.data, "days")

    @property
    def day(self) -> date:
        return parsed(self.effective_from.data, "effective_from")


class CalendarForm(DeskForm):
    """A day that differs from its week."""

    labels: ClassVar[Words] = {"on": N_("Day"), "kind": N_("It is"), "name": N_("Name of the day")}
    on = StringField()
    kind = SelectField(choices=[])
    name = StringField()

    def __init__(self, sent: Any = None, *, say: Say, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.kind.choices = [(HOLIDAY, say(N_("A holiday"))), (WORKED, say(N_("A working day")))]

    @property
    def day(self) -> date:
        return parsed(self.on.data, "on")

    @property
    def is_working(self) -> bool:
        """Whether it is worked; Invalid when the form does not say."""
        if self.kind.data not in (HOLIDAY, WORKED):
            raise Invalid(errors=[("kind", N_("Say whether it is a holiday or a working day."))])
        return self.kind.data == WORKED


class RoutingForm(DeskForm):
    """Who is asked by default."""

    labels: ClassVar[Words] = {"lead": N_("Leads"), "cooperating": N_("Cooperate")}
    lead = SelectField(choices=[])
    cooperating = SelectMultipleField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, organisations: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.lead.choices = [("", say(N_("Choose an organisation"))), *organisations]
        self.cooperating.choices = list(organisations)


class SeatForm(DeskForm):
    """Somebody who is to sit in a body."""

    labels: ClassVar[Words] = {
        "email": N_("E-mail address"),
        "seat": N_("Seat"),
        "title": N_("Title as it stands in the minutes"),
    }
    email = StringField()
    seat = SelectField(choices=[])
    title = StringField()

    def __init__(self, sent: Any = None, *, say: Say, seats: dict[str, Message], **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.seat.choices = [(id, say(label)) for id, label in reversed(seats.items())]


class RulesForm(DeskForm):
    """Quorum and way of deciding of a body."""

    labels: ClassVar[Words] = {
        "quorum": N_("Quorum, as a part of those entitled"),
        "mode": N_("How the body decides"),
    }
    hints: ClassVar[Words] = {"quorum": N_("For example 2/3.")}
    quorum = StringField()
    mode = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, modes: dict[str, Message], **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.mode.choices = [(id, say(label)) for id, label in modes.items()]

    @property
    def part(self) -> tuple[int, int]:
        """Numerator and denominator; Invalid for anything else."""
        numerator, slash, denominator = (self.quorum.data or "").partition("/")
        if not slash:
            raise Invalid(errors=[("quorum", N_("Enter a part like 2/3: more than nothing, at most the whole."))])
        return whole(numerator, "quorum"), whole(denominator, "quorum")


def whole(typed: str | None, path: str) -> int:
    """A whole number of few digits; Invalid at `path` for anything else."""
    text = (typed or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise Invalid(errors=[(path, N_("Enter a whole number."))])
    return int(text)


def parsed(typed: str | None, path: str) -> date:
    """A day as people here write it; Invalid at `path` for anything else."""
    try:
        return datetime.strptime((typed or "").strip(), DAY).date()
    except ValueError:
        message = N_("Write the day as day/month/year, for example 31/12/2026.")
        raise Invalid(errors=[(path, message)]) from None
