"""What the secretariat notes of something that came on paper; the claim of its author; a clearance."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import RadioField, SelectField, StringField, TextAreaField

from intake.forms.days import WRITE_A_DAY, day_of
from intake.forms.desks import DeskForm, FormProblem, Options, Say, Words
from intake.i18n import N_


class ArrivalForm(DeskForm):
    """How it came, when, and from whom."""

    labels: ClassVar[Words] = {
        "channel": N_("How it arrived"),
        "arrived_on": N_("Day of arrival"),
        "reference": N_("Number among the incoming mail (if it has one)"),
        "person_name": N_("Name of the person who sent it"),
        "contact": N_("How to reach that person"),
    }
    hints: ClassVar[Words] = {
        "arrived_on": N_(
            "Day/month/year, as on the arrival stamp, for example 31/12/2026. It is printed on the receipt."
        ),
        "contact": N_("Postal address, telephone, e-mail: whatever the letter gives. Only the secretariat sees it."),
    }
    channel = RadioField(choices=[], validate_choice=False)
    arrived_on = StringField()
    reference = StringField()
    person_name = StringField()
    contact = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, channels: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.channel.choices = list(channels)

    def ensure_a_day(self) -> None:
        """Note what is wrong with the day, which only its form can read."""
        if day_of(self.arrived_on.data) is None:
            text = self.say(WRITE_A_DAY)
            self.arrived_on.errors = [text]
            self.problems.append(FormProblem(text, f"#{self.arrived_on.id}"))


class ClaimForm(DeskForm):
    """What the receipt says."""

    labels: ClassVar[Words] = {"code": N_("Code of the file"), "key": N_("Key")}
    hints: ClassVar[Words] = {
        "code": N_("On the receipt, for example SK-2026-8K2M4QWX"),
        "key": N_("The 6 characters printed below the code."),
    }
    code = StringField()
    key = StringField()

    def refuse_key(self, text: str) -> None:
        """Code and key are wrong together: which of the two is told to nobody."""
        self.key.errors = [text]
        self.problems.append(FormProblem(text, f"#{self.key.id}"))


class ClearanceForm(DeskForm):
    """Who may write on which initiative, and why."""

    labels: ClassVar[Words] = {
        "owner": N_("E-mail address of the account"),
        "initiative": N_("Initiative"),
        "reason": N_("Reason, and who examined it"),
    }
    hints: ClassVar[Words] = {"reason": N_("It is kept with your name. Name no content of the proposal.")}
    owner = StringField()
    initiative = SelectField(choices=[], validate_choice=False)
    reason = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, initiatives: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.initiative.choices = [("", say(N_("Choose the initiative"))), *initiatives]


class RevokeForm(DeskForm):
    """Why a clearance is taken back."""

    labels: ClassVar[Words] = {"reason": N_("Reason for taking it back")}
    hints: ClassVar[Words] = {"reason": N_("It is kept with your name. Name no content of the proposal.")}
    reason = TextAreaField()
