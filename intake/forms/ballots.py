"""Votes, for oneself or recorded for a member, and stepping back from an item."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import BooleanField, FileField, RadioField, SelectField, StringField, TextAreaField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import N_

MERGE = "merge"
# What a secret ballot cannot carry: it would name another proposal.
ONLY_OPEN = frozenset({MERGE})
UNDERSTOOD = N_("Confirm that this is your final choice.")


class BallotForm(DeskForm):
    """One choice; a secret ballot has neither reason nor second thoughts."""

    labels: ClassVar[Words] = {
        "choice": N_("Your ballot"),
        "reason": N_("Conditions or reason"),
        "into": N_("Code of the proposal to merge into"),
        "is_final": N_("This is my choice. I know that a secret ballot cannot be changed."),
    }
    hints: ClassVar[Words] = {
        "reason": N_("Optional. The chair and the secretariat read it with the ballot."),
        "into": N_("Only when the choice is to merge."),
    }
    choice = RadioField(choices=[], validate_choice=False)
    reason = TextAreaField()
    into = StringField()
    is_final = BooleanField()

    def __init__(self, sent: Any = None, *, say: Say, choices: Options, is_secret: bool, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.is_secret = is_secret
        self.choice.choices = [pair for pair in choices if not (is_secret and pair[0] in ONLY_OPEN)]

    @property
    def paper(self) -> dict[str, Any]:
        """What is cast; Invalid while nothing is chosen, or a final choice is not confirmed."""
        if not self.choice.data:
            raise Invalid(errors=[("choice", N_("Choose one of the answers."))])
        if self.is_secret:
            self.ensure_final()
            return {"choice": self.choice.data}
        into = (self.into.data or "").strip().upper()
        return {"choice": self.choice.data, "reason": self.reason.data or "", "into": into or None}

    def ensure_final(self) -> None:
        if not self.is_final.data:
            raise Invalid(errors=[("is_final", UNDERSTOOD)])


class RecordedBallotForm(BallotForm):
    """The ballot of a member who cannot cast it, as the secretariat records it."""

    labels: ClassVar[Words] = {
        "choice": N_("Ballot of the member"),
        "member": N_("Member"),
        "scan": N_("Scan of the paper ballot"),
    }
    hints: ClassVar[Words] = {
        "scan": N_("Optional: PDF, JPEG or PNG, at most 10 MB. Recording the ballot again takes an earlier scan away."),
    }
    member = SelectField(choices=[])
    scan = FileField()

    def __init__(self, sent: Any = None, *, say: Say, members: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.member.choices = [("", say(N_("Choose a member"))), *members]

    @property
    def email(self) -> str:
        """The member chosen; Invalid when none was."""
        if not self.member.data:
            raise Invalid(errors=[("member", N_("Choose a member."))])
        return self.member.data

    def ask_for_scan_again(self) -> None:
        """A browser does not keep the file of a form that was refused."""
        self.refuse(Invalid(errors=[("scan", N_("Choose the scan again: it was not kept."))]))

    def field_at(self, path: str) -> Any:
        return super().field_at("member" if path == "on_behalf_of" else path)


class RecusalForm(DeskForm):
    """Why a member takes no part; the secretariat also says which member."""

    labels: ClassVar[Words] = {
        "member": N_("Member"),
        "reason": N_("Reason"),
    }
    hints: ClassVar[Words] = {
        "reason": N_("Written into the minutes."),
    }
    member = SelectField(choices=[])
    reason = TextAreaField()

    def __init__(self, sent: Any = None, *, say: Say, members: Options | None, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.is_for_another = members is not None
        self.member.choices = [("", say(N_("Choose a member"))), *(members or ())]

    @property
    def email(self) -> str | None:
        """The member chosen, None for oneself; Invalid when one has to be chosen and none was."""
        if not self.is_for_another:
            return None
        if not self.member.data:
            raise Invalid(errors=[("member", N_("Choose a member."))])
        return self.member.data

    def field_at(self, path: str) -> Any:
        return super().field_at("member" if path == "email" else path)
