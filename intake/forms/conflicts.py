"""Declaring whether one has a conflict of interest in a proposal."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import RadioField, TextAreaField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Say, Words
from intake.i18n import N_, Message

NONE = "none"
KINDS: dict[str, Message] = {
    NONE: N_("I have no conflict of interest in this proposal"),
    "same_organisation": N_("I work for an organisation that proposes it or takes part in it"),
    "family": N_("A member of my family proposes it or takes part in it"),
    "financial": N_("I have a financial interest in it"),
    "co_author": N_("I have written or published with its authors"),
    "supervisor": N_("I supervise an author of it, or an author supervises me"),
    "other": N_("Another conflict"),
}


class ConflictForm(DeskForm):
    """One choice; everything but the first keeps the person out of the proposal."""

    labels: ClassVar[Words] = {"kind": N_("Do you have a conflict of interest?"), "reason": N_("What the conflict is")}
    hints: ClassVar[Words] = {"reason": N_("Needed only for another conflict. Written into the file.")}
    kind = RadioField(choices=[])
    reason = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.kind.choices = [(kind, say(label)) for kind, label in KINDS.items()]

    @property
    def answer(self) -> str:
        """The kind that was chosen; Invalid when none was."""
        if self.kind.data not in KINDS:
            raise Invalid(errors=[("kind", N_("Choose one of the answers."))])
        return self.kind.data

    @property
    def is_conflicted(self) -> bool:
        return self.kind.data != NONE


class UndoForm(DeskForm):
    """Why somebody else's declaration of conflict is taken back."""

    labels: ClassVar[Words] = {"reason": N_("Why this declaration is taken back")}
    hints: ClassVar[Words] = {"reason": N_("Written into the file. The person then declares again.")}
    reason = TextAreaField()
