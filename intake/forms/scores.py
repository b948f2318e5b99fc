"""The score sheet as it comes from the page: six criteria at once, of which only those touched are passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from intake.errors import Incomplete, Invalid
from intake.forms.desks import FormProblem, Say, told
from intake.i18n import N_

CANNOT_JUDGE = "none"
UNCHOSEN = ""


class Known(Protocol):
    """A criterion as its author left it."""

    @property
    def score(self) -> int | None: ...
    @property
    def justification(self) -> str: ...
    @property
    def section(self) -> str | None: ...
    @property
    def is_reopened(self) -> bool: ...


@dataclass
class CriterionInput:
    """What stands in the fields of one criterion; `choice` is a level, CANNOT_JUDGE or UNCHOSEN."""

    id: str
    choice: str = UNCHOSEN
    justification: str = ""
    section: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return self.choice == UNCHOSEN and not self.justification.strip()

    def entry(self) -> dict[str, Any]:
        """As the service takes it; what is no number is passed on for the service to refuse."""
        score: Any = None if self.choice == CANNOT_JUDGE else self.choice
        if isinstance(score, str) and score.isascii() and score.isdigit() and len(score) < 4:
            score = int(score)
        return {"score": score, "justification": self.justification, "section": self.section or None}


def shown(id: str, known: Known | None) -> CriterionInput:
    """The fields of a criterion as it was saved."""
    if known is None:
        return CriterionInput(id)
    choice = CANNOT_JUDGE if known.score is None else str(known.score)
    return CriterionInput(id, choice, known.justification, known.section or "")


def sent(id: str, form: Mapping[str, str]) -> CriterionInput:
    """The fields of a criterion as they were typed."""
    return CriterionInput(
        id,
        form.get(f"{id}-score", UNCHOSEN),
        form.get(f"{id}-justification", ""),
        form.get(f"{id}-section", ""),
    )


class SheetForm:
    """The whole sheet: what to show, what to pass on, what was refused; `criteria` are ids with their names.

    `mark` makes the short mark of a criterion's fields; `seen` are those of what the page showed when it was opened.
    """

    def __init__(
        self,
        criteria: Mapping[str, str],
        known: Mapping[str, Known],
        form: Mapping[str, str] | None,
        *,
        say: Say,
        mark: Callable[[Any], str],
    ) -> None:
        self.criteria, self.known, self.say, self.mark = criteria, known, say, mark
        self.problems: list[FormProblem] = []
        self.reason = (form or {}).get("reason", "")
        self.reason_errors: list[str] = []
        self.inputs = {id: shown(id, known.get(id)) if form is None else sent(id, form) for id in criteria}
        marks = (form or {}).get("seen_text", "").split(".")
        self.seen = dict(zip(criteria, marks, strict=True)) if len(marks) == len(criteria) else {}

    @property
    def seen_text(self) -> str:
        """The marks of what is saved now, in the order of the criteria."""
        return ".".join(self.mark(fields(shown(id, self.known.get(id)))) for id in self.criteria)

    @property
    def overtaken(self) -> list[str]:
        """Criteria that were changed here, and meanwhile otherwise in another window."""
        return [
            one.id
            for one in self.inputs.values()
            if one.id in self.seen
            and self.is_touched(one)
            and self.mark(fields(shown(one.id, self.known.get(one.id)))) != self.seen[one.id]
        ]

    def entries(self) -> dict[str, dict[str, Any]]:
        """The criteria that were touched; Invalid for words without a choice.

        A criterion passed on counts as given on the present text, so one that was merely on the page is left out.
        """
        unchosen = [
            (f"scores.{one.id}", N_("Choose a level, or say that the text does not allow a judgement."))
            for one in self.inputs.values()
            if one.choice == UNCHOSEN and not one.is_blank
        ]
        if unchosen:
            raise Invalid(errors=unchosen)
        return {one.id: one.entry() for one in self.inputs.values() if not one.is_blank and self.is_touched(one)}

    def is_touched(self, one: CriterionInput) -> bool:
        """Whether it reads otherwise than what is saved, and than what the page showed when it was opened."""
        if fields(one) == fields(shown(one.id, self.known.get(one.id))):
            return False
        return one.id not in self.seen or self.mark(fields(one)) != self.seen[one.id]

    def refuse(self, error: Invalid | Incomplete) -> None:
        """Put each problem at its criterion, or at the reason."""
        for path, message in told(error):
            text, parts = self.say(message), path.split(".")
            if len(parts) > 1 and parts[1] in self.inputs:
                self.inputs[parts[1]].errors.append(text)
                self.problems.append(FormProblem(f"{self.criteria[parts[1]]}: {text}", f"#{parts[1]}-score"))
            elif path == "reason":
                self.reason_errors.append(text)
                self.problems.append(FormProblem(text, "#reason"))
            else:
                self.problems.append(FormProblem(text, "#main-content"))


def fields(one: CriterionInput) -> list[str]:
    """What a criterion says, for comparing."""
    return [one.choice, plain(one.justification), one.section]


def plain(text: str) -> str:
    """A browser sends other line ends than it was given."""
    return text.replace("\r\n", "\n").strip()
