"""What a person gives with a move: a reason, and the data that the procedure asks for; one form class per move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField

from intake.forms.desks import DeskForm, Options, Say, Words, row_numbers
from intake.i18n import N_

REMARKS = "remarks"
FIRST_ROWS = 2


class MoveForm(DeskForm):
    """A move that needs a reason at most. `options` are the choices of every kind that a move may ask for."""

    labels: ClassVar[Words] = {"reason": N_("Reason")}
    reason = TextAreaField()

    def __init__(
        self, sent: Any = None, *, say: Say, options: Mapping[str, Options] | None = None, **values: Any
    ) -> None:
        super().__init__(sent, say=say, **values)
        self.options = options or {}

    def add_rows(self) -> None:
        """More room; only for forms with rows."""

    def move_data(self) -> dict[str, Any]:
        """The data of the move, as every channel gives it."""
        return {}


class AcceptForm(MoveForm):
    """Which ministries review, and whose chief engineer assesses."""

    labels: ClassVar[Words] = {
        "lead": N_("Lead ministry"),
        "cooperating": N_("Cooperating ministries"),
        "assessing_system": N_("Chief engineer who assesses"),
    }
    hints: ClassVar[Words] = {
        "assessing_system": N_(
            "Normally the one of the main system. Choose another one for system 6, or when that engineer is conflicted."
        )
    }
    lead = SelectField(choices=[])
    cooperating = SelectMultipleField(choices=[])
    assessing_system = SelectField(choices=[])

    def __init__(
        self, sent: Any = None, *, say: Say, options: Mapping[str, Options] | None = None, **values: Any
    ) -> None:
        super().__init__(sent, say=say, options=options, **values)
        self.lead.choices = [("", say(N_("Choose a ministry"))), *self.options.get("lead", ())]
        self.cooperating.choices = list(self.options.get("cooperating", ()))
        self.assessing_system.choices = [
            ("", say(N_("The one of the main system"))),
            *self.options.get("assessing_system", ()),
        ]

    def move_data(self) -> dict[str, Any]:
        return {
            "lead": self.lead.data or "",
            "cooperating": [id for id in self.cooperating.data or () if id != self.lead.data],
            "assessing_system": self.assessing_system.data or None,
        }


class RemarkForm(DeskForm):
    """What is missing in one section."""

    labels: ClassVar[Words] = {"section": N_("Section"), "text": N_("What has to be supplemented")}
    section = SelectField(choices=[])
    text = TextAreaField()


class SupplementForm(MoveForm):
    """Remarks, section by section; rows without words are left out."""

    def __init__(
        self, sent: Any = None, *, say: Say, options: Mapping[str, Options] | None = None, **values: Any
    ) -> None:
        super().__init__(sent, say=say, options=options, **values)
        numbers = range(FIRST_ROWS) if sent is None else row_numbers(sent, REMARKS)
        self.rows = [self.row(sent, number) for number in numbers]

    def row(self, sent: Any, number: int) -> RemarkForm:
        form = RemarkForm(sent, say=self.say, prefix=f"{REMARKS}-{number}-")
        form.section.choices = [("", self.say(N_("Choose a section"))), *self.options.get("section", ())]
        return form

    def add_rows(self) -> None:
        self.rows.append(self.row(None, len(self.rows)))

    @property
    def filled(self) -> list[RemarkForm]:
        return [form for form in self.rows if (form.text.data or "").strip() or form.section.data]

    def move_data(self) -> dict[str, Any]:
        return {"remarks": [{"section": row.section.data, "text": row.text.data or ""} for row in self.filled]}

    def field_at(self, path: str) -> Any:
        """`data.remarks.N.text`, counted among the filled rows; `data.remarks` is the first row."""
        parts = path.removeprefix("data.").split(".")
        if parts[0] != REMARKS or not self.rows:
            return super().field_at(path)
        if len(parts) == 3 and parts[1].isdigit() and int(parts[1]) < len(self.filled):
            return self.filled[int(parts[1])].field_at(parts[2])
        return self.rows[0].section


class MergeForm(MoveForm):
    """Which other proposal goes on for both."""

    labels: ClassVar[Words] = {"into": N_("Code of the proposal it is merged into")}
    hints: ClassVar[Words] = {"into": N_("For example SK-2026-0A1B2C3D.")}
    into = StringField()

    def move_data(self) -> dict[str, Any]:
        return {"into": (self.into.data or "").strip().upper()}


class AssignForm(MoveForm):
    """Who supervises for the Standing Board, and which agency leads the work."""

    labels: ClassVar[Words] = {"supervisor": N_("Supervising member"), "lead_agency": N_("Lead agency")}
    supervisor = SelectField(choices=[])
    lead_agency = SelectField(choices=[])

    def __init__(
        self, sent: Any = None, *, say: Say, options: Mapping[str, Options] | None = None, **values: Any
    ) -> None:
        super().__init__(sent, say=say, options=options, **values)
        self.supervisor.choices = [("", say(N_("Choose a member"))), *self.options.get("supervisor", ())]
        self.lead_agency.choices = [("", say(N_("Choose an organisation"))), *self.options.get("lead_agency", ())]

    def move_data(self) -> dict[str, Any]:
        return {"supervisor": self.supervisor.data or "", "lead_agency": self.lead_agency.data or ""}


FORMS: dict[str, type[MoveForm]] = {
    "accept": AcceptForm,
    "request_supplement": SupplementForm,
    "merge": MergeForm,
    "assign": AssignForm,
}
