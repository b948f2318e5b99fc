"""The check of a document: the 21 rules of the template, then what is required beyond them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from intake.outline import rules_figures, rules_text
from intake.outline.completeness import lacking
from intake.outline.problems import ERROR, Problem
from intake.outline.walk import OUTLINE, is_blank

ORDER = {part: place for place, part in enumerate(OUTLINE.bodies)}


def check(document: Mapping[str, Any], own_names: Collection[str] = ()) -> list[Problem]:
    """Every problem of a stored document, in outline order.

    `own_names` are the names of what the same person or organisation has already submitted (R21).
    """
    found = [problem for rule in (*rules_text.RULES, *rules_figures.RULES) for problem in rule(document)]
    found += rules_text.r21(document, own_names)
    told = {problem.path for problem in found if problem.severity == ERROR}
    found += [problem for problem in lacking(document) if problem.path not in told]
    return sorted(found, key=lambda problem: ORDER[problem.section])


def progress(document: Mapping[str, Any], problems: Sequence[Problem]) -> dict[str, str]:
    """For each part: `empty`, `started` (something blocks submission) or `complete`."""
    blocked = {problem.section for problem in problems if problem.severity == ERROR}
    states = {}
    for part in OUTLINE.bodies:
        holder = document if part == "administrative" else document["sections"]
        states[part] = "empty" if is_blank(holder.get(part)) else "started" if part in blocked else "complete"
    return states
