"""What a check of a document says: one problem with its rule, place and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.i18n import Message, Text, translate
from intake.outline.walk import OUTLINE

ERROR, WARNING, ADVICE = "error", "warning", "advice"
SEVERITIES = (ERROR, WARNING, ADVICE)


@dataclass(frozen=True)
class Problem:
    """One finding at the field `path`. `detail` names the rows or amounts where the words of the rule do not."""

    rule: str
    severity: str
    section: str
    path: str
    message: Text | Message
    detail: Message | None = None

    def as_dict(self, language: str) -> dict[str, Any]:
        """The problem with its words in `language`, as API and command line show it."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "section": self.section,
            "path": self.path,
            "message": translate(self.message, language),
            "detail": translate(self.detail, language) if self.detail else None,
        }


def broken(rule: str, path: str, detail: Message | None = None, **parts: Text) -> Problem:
    """A problem in the words of one of the template's rules, at a path."""
    declared = OUTLINE.rule[rule]
    message = declared.message
    if parts:
        message = Text(
            message.vi.format(**{name: part.vi for name, part in parts.items()}),
            message.en.format(**{name: part.en for name, part in parts.items()}),
        )
    return Problem(rule, declared.severity, path.split(".")[0], path, message, detail)


def is_submittable(problems: Iterable[Problem]) -> bool:
    """Whether nothing found blocks submission: warnings and advice do not."""
    return not any(problem.severity == ERROR for problem in problems)
