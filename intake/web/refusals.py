"""What a rule refused of a plain button, so that the page with the button is shown again."""

from __future__ import annotations

from intake.errors import Incomplete, Invalid
from intake.forms.desks import FormProblem, told
from intake.web.filters import tr

MAIN = "#main-content"


class Refusals:
    """Stands where a form would: `title` is the refusal in one sentence, `problems` its details."""

    def __init__(self, href: str = MAIN) -> None:
        self.href = href
        self.title = ""
        self.problems: list[FormProblem] = []

    def refuse(self, error: Invalid | Incomplete) -> None:
        self.title = tr(error.message)
        self.problems += [FormProblem(tr(message), self.href) for _path, message in told(error)]
