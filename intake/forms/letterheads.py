"""How the papers of a body look."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from wtforms import SelectField, StringField, TextAreaField

from intake.forms.administration import parsed
from intake.forms.desks import DeskForm, Say, Words
from intake.i18n import N_, Message


class LetterheadForm(DeskForm):
    """Each box of lines is printed line by line, as it is broken here."""

    labels: ClassVar[Words] = {
        "profile_id": N_("Family"),
        "parent": N_("Body above, line by line"),
        "own": N_("Own name, line by line"),
        "symbol": N_("Abbreviation in numbers"),
        "number_pattern": N_("Pattern of numbers"),
        "place": N_("Place"),
        "capacity": N_("Capacity of who signs, line by line"),
        "signer": N_("Usual signer"),
        "authority": N_("Who decides, above a decision of the State"),
        "recipients_before": N_("Recipients named first, line by line"),
        "recipients_after": N_("Recipients named last, line by line"),
        "effective_from": N_("In force from"),
    }
    hints: ClassVar[Words] = {
        "number_pattern": N_("Empty for the pattern of the family; {number}, {kind} and {symbol} are filled in."),
        "signer": N_("Proposed when a document is issued; it can be changed there."),
        "effective_from": N_("Documents that were issued before keep what they have."),
    }
    profile_id = SelectField(choices=[])
    parent = TextAreaField()
    own = TextAreaField()
    symbol = StringField()
    number_pattern = StringField()
    place = StringField()
    capacity = TextAreaField()
    signer = StringField()
    authority = StringField()
    recipients_before = TextAreaField()
    recipients_after = TextAreaField()
    effective_from = StringField()

    def __init__(self, sent: Any = None, *, say: Say, families: dict[str, Message], **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.profile_id.choices = [(id, say(label)) for id, label in families.items()]

    @property
    def entries(self) -> dict[str, str]:
        """What `letterheads.declared` takes."""
        return {name: field.data or "" for name, field in self._fields.items() if name != "effective_from"}

    @property
    def day(self) -> date:
        return parsed(self.effective_from.data, "effective_from")
