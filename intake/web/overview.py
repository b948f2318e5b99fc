"""What the page of one proposal shows: who holds it, the next step, what blocks, its sections, money and indicators."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from intake import outline
from intake.i18n import N_, Message
from intake.models import Proposal
from intake.outline import ERROR, OUTLINE, Problem
from intake.outline.displays import Entry
from intake.outline.references import name_of
from intake.outline.rules_figures import finance_sources
from intake.web.filters import money, number, tr
from intake.web.languages import language
from intake.web.problem_lists import listed, place_in, problem_text
from intake.web.section_editor import ADMINISTRATIVE, edit_url, numbered, text_url

BAR_WIDTH = 300
MOST_KPIS = 4
UNITS = "units"
GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (N_("General information"), ("name", "lead_unit", "partners")),
    (N_("Why, and what for"), ("rationale", "objectives", "novelty")),
    (N_("What is done, and when"), ("scope", "outputs", "alignment", "plan")),
    (N_("Resources, measures, risks"), ("resources", "kpis", "risks", "recommendations")),
    (N_("Before submitting"), (ADMINISTRATIVE,)),
)


@dataclass(frozen=True)
class SectionLine:
    """One section in the list: its link, what is in it, and how it stands."""

    id: str
    label: str
    url: str
    hint: str
    status: str = ""
    is_ok: bool = False
    is_wrong: bool = False
    tag_tone: str = ""


@dataclass(frozen=True)
class SectionGroup:
    """Sections under one heading."""

    title: str
    lines: list[SectionLine]


@dataclass(frozen=True)
class Finance:
    """The card of the money: the bar's parts on a field of 300, and the same numbers as text."""

    total: str
    label: str
    parts: list[dict[str, float]]
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class KpiLine:
    """One indicator: from where to where, until when."""

    name: str
    baseline: str
    target: str
    unit: str
    until: str


@dataclass(frozen=True)
class Blocker:
    """One section that blocks submission, with everything that is wrong in it."""

    label: str
    url: str
    problems: list[dict[str, str]] = field(default_factory=list)


def section_groups(
    proposal: Proposal, document: dict[str, Any], problems: Sequence[Problem], *, open_parts: Collection[str]
) -> list[SectionGroup]:
    """All parts in the groups of the page; links lead to the form where the person may write, else to the text."""
    progress = outline.progress(document, problems)
    views = {view.id: view for view in outline.display(document, language())}

    def line(part: str) -> SectionLine:
        is_open = part in open_parts
        url = edit_url(proposal.code, part) if is_open else text_url(proposal.code, part)
        found = [p for p in problems if p.section == part]
        errors = [p for p in found if p.severity == ERROR]
        note = hint(views[part].entries, errors if progress[part] == "started" else [])
        made = SectionLine(part, numbered(part), url, note)
        if is_open:
            return standing(made, progress[part], len(found) - len(errors))
        return replace(made, status=_("Nothing was asked")) if open_parts else made

    return [SectionGroup(tr(title), [line(part) for part in parts]) for title, parts in GROUPS]


def standing(line: SectionLine, progress: str, remarks: int) -> SectionLine:
    """The line with the words at its right, and their mark; `remarks` are warnings and advice."""
    if progress == "complete" and remarks:
        return replace(line, status=_("All there, remarks: %(count)s", count=remarks), is_ok=True)
    if progress == "complete":
        return replace(line, status=_("All there"), is_ok=True)
    if progress == "started":
        return replace(line, status=_("Needs correction"), is_wrong=True)
    is_required = OUTLINE.by_id[line.id].required if line.id in OUTLINE.by_id else True
    return replace(line, status=_("Not written yet") if is_required else _("Optional"))


def hint(entries: tuple[Entry, ...], problems: list[Problem]) -> str:
    """What is wrong first, else how many rows there are or the first words."""
    if problems:
        return problem_text(problems[0])
    counted = [entry for entry in every(entries) if entry.kind == "rows" and entry.children]
    if counted:
        return " · ".join(f"{entry.label}: {len(entry.children)}" for entry in counted[:2])
    return next((entry.text for entry in every(entries) if entry.text and entry.kind in ("text", "choice")), "")


def every(entries: tuple[Entry, ...]) -> list[Entry]:
    """Entries and the groups inside them, not the rows of lists."""
    found: list[Entry] = []
    for entry in entries:
        found.append(entry)
        if entry.kind not in ("rows", "row"):
            found += every(entry.children)
        elif entry.kind == "row":
            found += [child for child in entry.children if child.text][:1]
    return found


def blockers(proposal: Proposal, problems: Sequence[Problem]) -> list[Blocker]:
    """The sections that block submission, in outline order."""
    found: dict[str, Blocker] = {}
    for problem in problems:
        if problem.severity == ERROR:
            url = edit_url(proposal.code, problem.section)
            blocker = found.setdefault(problem.section, Blocker(numbered(problem.section), url))
            blocker.problems.append(listed(problem, place_in(proposal.code)))
    return list(found.values())


def finance(document: Mapping[str, Any]) -> Finance | None:
    """The money card; None while no amount is written."""
    summary = outline.summarise(document)
    amounts = (summary.state_budget_vnd, summary.social_vnd, summary.other_vnd)
    total = sum(amounts)
    if not total and not summary.total_vnd:
        return None
    names = [tr(name) for _id, name in finance_sources()]
    shares = [amount / total if total else 0 for amount in amounts]
    label = ", ".join(f"{name} {number(share * 100, 1)}%" for name, share in zip(names, shares, strict=True))
    return Finance(
        total=money(summary.total_vnd if summary.total_vnd is not None else total),
        label=label,
        parts=bar(shares),
        rows=[{"label": name, "amount": money(amount)} for name, amount in zip(names, amounts, strict=True)],
    )


def bar(shares: list[float]) -> list[dict[str, float]]:
    """Where each part of the bar starts and how wide it is."""
    parts, start = [], 0.0
    for share in shares:
        width = share * BAR_WIDTH
        parts.append({"x": round(start, 1), "width": round(max(width - 1, 0), 1)})
        start += width
    return parts


def main_kpis(document: Mapping[str, Any]) -> list[KpiLine]:
    """The first indicators, in short."""
    return [
        KpiLine(
            name=row.name,
            baseline=number(row.baseline),
            target=number(row.target),
            unit=tr(name_of(UNITS, row.unit)) if row.unit else "",
            until=f"{row.deadline_on[5:7]}/{row.deadline_on[:4]}" if row.deadline_on else "",
        )
        for row in outline.kpi_rows(document)[:MOST_KPIS]
    ]


def complete_count(document: dict[str, Any], problems: Sequence[Problem]) -> tuple[int, int]:
    """How many of the numbered sections are complete, and how many there are."""
    progress = outline.progress(document, problems)
    return sum(progress[id] == "complete" for id in OUTLINE.by_id), len(OUTLINE.sections)
