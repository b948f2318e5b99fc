"""Rules R11 to R20: gaps between phases, money that must add up, indicators, risks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from intake.i18n import N_, Message, Text
from intake.outline.model import ChoiceField, Computed
from intake.outline.problems import Problem, broken
from intake.outline.rules_text import Document, row_detail, rows_at, value_at
from intake.outline.walk import OUTLINE, is_blank
from intake.vietnamese import money

KPI_NEEDS = ("name", "unit", "baseline", "target", "deadline", "data_source", "objective")
RISK_NEEDS = ("probability", "impact", "prevention", "response")


def money_text(vnd: int) -> Text:
    """An amount as it is read, in both languages."""
    return Text(money(vnd, "vi"), money(vnd, "en"))


def finance_sources() -> tuple[tuple[str, Text], ...]:
    """The sources money comes from, as the template lists them."""
    field = OUTLINE.field("resources.finance.sources.source")
    return tuple((choice.id, choice.label) for choice in field.choices) if isinstance(field, ChoiceField) else ()


def totals_by_source(document: Document) -> dict[str, int]:
    """Sum of the amounts of each source, in đồng."""
    totals = {source: 0 for source, _ in finance_sources()}
    for row in rows_at(document, "resources.finance.sources"):
        if row.get("source"):
            totals[row["source"]] += row.get("amount") or 0
    return totals


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def r11(document: Document) -> Iterator[Problem]:
    spans = sorted(
        (_month_number(row["start"]), _month_number(row["end"]), index)
        for index, row in enumerate(rows_at(document, "plan.phases"))
        if row.get("start") and row.get("end") and row["start"] <= row["end"]
    )
    ended = None
    for start, end, index in spans:
        if ended is not None and start != ended + 1:
            yield broken("R11", f"plan.phases.{index}.start", row_detail("plan.phases", index))
        ended = end if ended is None else max(end, ended)


def r12(document: Document) -> Iterator[Problem]:
    total = value_at(document, "resources.finance.total")
    found = sum(row.get("amount") or 0 for row in rows_at(document, "resources.finance.sources"))
    if total is not None and total != found:
        yield broken("R12", "resources.finance.total", _two_amounts(total, found))


def _two_amounts(stated: int, found: int) -> Message:
    return N_("Stated: %(stated)s; sum: %(found)s.", stated=money_text(stated), found=money_text(found))


def r13(document: Document) -> Iterator[Problem]:
    phases = rows_at(document, "plan.phases")
    rows = rows_at(document, "resources.by_phase.rows")
    if not phases and not rows:
        return
    path = "resources.by_phase.rows"
    count = Counter(row.get("phase") for row in rows)
    for index, phase in enumerate(phases):
        if count[phase["id"]] != 1:
            code = OUTLINE.lists["plan.phases"].code(index)
            yield broken("R13", path, N_("Rows for %(code)s: %(count)d.", code=code, count=count[phase["id"]]))
    for index, row in enumerate(rows):
        if not row.get("phase"):
            yield broken("R13", f"{path}.{index}.phase", row_detail(path, index))
    for source, total in totals_by_source(document).items():
        found = sum(row.get(source) or 0 for row in rows)
        if found != total:
            label = dict(finance_sources())[source]
            yield broken(
                "R13",
                path,
                N_(
                    "%(source)s: %(stated)s in the source structure, %(found)s over the phases.",
                    source=label,
                    stated=money_text(total),
                    found=money_text(found),
                ),
            )


def r14(document: Document) -> Iterator[Problem]:
    if rows_at(document, "resources.finance.sources") and not totals_by_source(document)["social"]:
        yield broken("R14", "resources.finance.sources")


def r15(document: Document) -> Iterator[Problem]:
    if is_blank(rows_at(document, "kpis.kpis")):
        yield broken("R15", "kpis.kpis")


def _each_needs(rule: str, document: Document, path: str, names: tuple[str, ...]) -> Iterator[Problem]:
    for index, row in enumerate(rows_at(document, path)):
        for name in names:
            if is_blank(row.get(name)):
                yield broken(rule, f"{path}.{index}.{name}", row_detail(path, index))


def r16(document: Document) -> Iterator[Problem]:
    yield from _each_needs("R16", document, "kpis.kpis", KPI_NEEDS)


def r17(document: Document) -> Iterator[Problem]:
    measured = {row.get("objective") for row in rows_at(document, "kpis.kpis")}
    for index, objective in enumerate(rows_at(document, "objectives.specific")):
        if objective["id"] not in measured:
            yield broken("R17", "kpis.kpis", row_detail("objectives.specific", index))


def r18(document: Document) -> Iterator[Problem]:
    for index, row in enumerate(rows_at(document, "kpis.kpis")):
        if row.get("level") == "input":
            yield broken("R18", f"kpis.kpis.{index}.level", row_detail("kpis.kpis", index))


def r19(document: Document) -> Iterator[Problem]:
    if is_blank(rows_at(document, "risks.risks")):
        yield broken("R19", "risks.risks")
    yield from _each_needs("R19", document, "risks.risks", RISK_NEEDS)


def _is_high(row: Mapping[str, Any]) -> bool:
    field = OUTLINE.field("risks.risks.level")
    level = field.compute(row) if isinstance(field, Computed) else None
    return level is not None and OUTLINE.band(level).id in ("high", "very_high")


def r20(document: Document) -> Iterator[Problem]:
    for index, row in enumerate(rows_at(document, "risks.risks")):
        if _is_high(row) and is_blank(row.get("owner")):
            yield broken("R20", f"risks.risks.{index}.owner", row_detail("risks.risks", index))


RULES = (r11, r12, r13, r14, r15, r16, r17, r18, r19, r20)
