"""What turns a draft into an issued document."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import StringField

from intake.forms.days import day_of
from intake.forms.desks import DeskForm, Words
from intake.i18n import N_


class IssueForm(DeskForm):
    """Number, date, signer and place, as they stand on the paper."""

    labels: ClassVar[Words] = {
        "number": N_("Number"),
        "date": N_("Date"),
        "signer": N_("Signer"),
        "place": N_("Place"),
    }
    hints: ClassVar[Words] = {
        "number": N_("For example 05-TB/BCĐTW"),
        "date": N_("Day/month/year, for example 31/12/2026"),
        "signer": N_("Name as it stands under the signature"),
    }
    number = StringField()
    date = StringField()
    signer = StringField()
    place = StringField()

    @property
    def entries(self) -> dict[str, Any]:
        """What `papers.issue` takes; a date that is none is passed on, to be refused there."""
        return {
            "number": self.number.data or "",
            "date": day_of(self.date.data) or "",
            "signer": self.signer.data or "",
            "place": self.place.data or "",
        }
