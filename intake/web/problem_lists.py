"""What a check found, ready for a page: errors, warnings and advice apart, each with a link to its very field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intake.i18n import N_, Message
from intake.outline import ADVICE, ERROR, WARNING, Problem
from intake.web.filters import tr

KINDS: tuple[tuple[str, Message, str], ...] = (
    (ERROR, N_("Still needed before submitting"), "red"),
    (WARNING, N_("To check: does not block submission"), "amber"),
    (ADVICE, N_("Advice: does not block submission"), ""),
)


@dataclass(frozen=True)
class ProblemGroup:
    """Problems of one severity under their heading; each is {text, href}."""

    severity: str
    title: str
    tone: str
    problems: list[dict[str, str]]


def problem_groups(problems: Iterable[Problem], href: Callable[[str], str]) -> list[ProblemGroup]:
    """The problems by severity, errors first; `href` gives the link to the field at a path."""
    found = list(problems)
    groups = [
        ProblemGroup(severity, tr(title), tone, [listed(p, href) for p in found if p.severity == severity])
        for severity, title, tone in KINDS
    ]
    return [group for group in groups if group.problems]


def listed(problem: Problem, href: Callable[[str], str]) -> dict[str, str]:
    return {"text": problem_text(problem), "href": href(problem.path)}


def problem_text(problem: Problem) -> str:
    """The words of the rule, then which row or amounts are meant."""
    return f"{tr(problem.message)} {tr(problem.detail)}" if problem.detail else tr(problem.message)


def place_here(path: str) -> str:
    """Link to a field of the same page."""
    return f"#{path}"


def place_in(code: str) -> Callable[[str], str]:
    """Links to fields from another page: `at` opens the row of the field, also without JavaScript."""

    def href(path: str) -> str:
        return f"/proposals/{code}/edit/{path.partition('.')[0]}?at={path}#{path}"

    return href
