"""The checklist of the reception: yes or no to each point, with a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import RadioField, TextAreaField

from intake.errors import Incomplete, Invalid
from intake.forms.desks import DeskForm, FormProblem, Say, Words, told
from intake.i18n import N_, Message

ANSWERS: dict[str, tuple[Message, bool | None]] = {
    "yes": (N_("Yes"), True),
    "no": (N_("No"), False),
    "open": (N_("Not looked at yet"), None),
}


class PointForm(DeskForm):
    """One point of the list."""

    labels: ClassVar[Words] = {"answer": N_("Answer"), "note": N_("Note on this point")}
    answer = RadioField(choices=[], validate_choice=False)
    note = TextAreaField()

    def __init__(self, sent: Any, point: str, question: Message, *, say: Say, **values: Any) -> None:
        super().__init__(sent, say=say, prefix=f"{point}-", **values)
        self.point = point
        self.answer.choices = [(value, say(label)) for value, (label, _) in ANSWERS.items()]
        self.answer.label.text = say(question)

    @property
    def given(self) -> tuple[bool | None, str]:
        """The answer and the note; Invalid for an answer that is none."""
        if self.answer.data not in ANSWERS:
            raise Invalid(errors=[(f"{self.point}.answer", N_("Answer yes or no."))])
        return ANSWERS[self.answer.data][1], self.note.data or ""


class ChecklistForm:
    """All points of one proposal."""

    def __init__(
        self,
        sent: Any,
        questions: Mapping[str, Message],
        answers: Mapping[str, tuple[bool | None, str]],
        *,
        say: Say,
    ) -> None:
        self.say, self.problems = say, list[FormProblem]()
        self.points = {
            point: PointForm(sent, point, question, say=say, **shown(*answers[point]))
            for point, question in questions.items()
        }

    @property
    def answers(self) -> dict[str, tuple[bool | None, str]]:
        return {point: form.given for point, form in self.points.items()}

    def refuse(self, error: Invalid | Incomplete) -> None:
        """Put each problem at its field."""
        for path, message in told(error):
            point, _, name = path.partition(".")
            field, text = self.points[point][name], self.say(message)
            field.errors = [*field.errors, text]
            self.problems.append(FormProblem(text, f"#{field.id}"))


def shown(is_met: bool | None, note: str) -> dict[str, Any]:
    """The values a form starts from."""
    chosen = next(value for value, (_, meant) in ANSWERS.items() if meant is is_met)
    return {"answer": chosen, "note": note}
