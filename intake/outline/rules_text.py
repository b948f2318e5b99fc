"""Rules R01 to R10 and R21: names, bodies, basis, objectives, products, alignment, phases."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from intake.i18n import N_, Message, Text
from intake.outline.model import TextField
from intake.outline.problems import Problem, broken
from intake.outline.walk import OUTLINE, is_blank, look_up

Document = Mapping[str, Any]

SMART = (
    ("specific", Text("S - Cụ thể", "S - Specific")),
    ("measurable", Text("M - Đo lường được", "M - Measurable")),
    ("achievable", Text("A - Khả thi", "A - Achievable")),
    ("relevant", Text("R - Liên quan", "R - Relevant")),
    ("time_bound", Text("T - Có thời hạn", "T - Time-bound")),
)
MEASURED_BY = ("indicator", "unit", "target")


def rows_at(document: Document, path: str) -> list[Mapping[str, Any]]:
    """Rows of a list, empty when there is none."""
    return look_up(document["sections"], path) or []


def value_at(document: Document, path: str) -> Any:
    """Value of a field outside rows, or None."""
    return look_up(document["sections"], path)


def row_detail(path: str, index: int) -> Message:
    """Says which row of a list is meant, by its shown code."""
    field = OUTLINE.lists[path]
    return N_("This is about %(code)s.", code=field.code(index) or f"{index + 1}")


def normal_name(name: str) -> str:
    """A name for comparing: NFKC, lower case, letters and digits only, one space between words."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.findall(r"\w+", folded))


def r01(document: Document) -> Iterator[Problem]:
    if is_blank(value_at(document, "name.name_vi")):
        yield broken("R01", "name.name_vi")


def r02(document: Document) -> Iterator[Problem]:
    field = OUTLINE.field("name.name_vi")
    limit = field.warn_length if isinstance(field, TextField) else None
    if limit and len(value_at(document, "name.name_vi") or "") >= limit:
        yield broken("R02", "name.name_vi")


def r03(document: Document) -> Iterator[Problem]:
    has_lead = not is_blank(value_at(document, "lead_unit.lead.name"))
    if not has_lead and not value_at(document, "lead_unit.lead_to_be_assigned"):
        yield broken("R03", "lead_unit.lead")


def r04(document: Document) -> Iterator[Problem]:
    if not any(not is_blank(row.get("document")) for row in rows_at(document, "rationale.legal_basis")):
        yield broken("R04", "rationale.legal_basis")


def r05(document: Document) -> Iterator[Problem]:
    if is_blank(value_at(document, "objectives.general")):
        yield broken("R05", "objectives.general")
    if is_blank(rows_at(document, "objectives.specific")):
        yield broken("R05", "objectives.specific")


def _lacks(row: Mapping[str, Any], part: str) -> bool:
    if part == "measurable":
        measured = row.get(part) or {}
        return any(is_blank(measured.get(name)) for name in MEASURED_BY)
    return is_blank(row.get(part))


def r06(document: Document) -> Iterator[Problem]:
    for index, row in enumerate(rows_at(document, "objectives.specific")):
        lacking = [label for part, label in SMART if _lacks(row, part)]
        if lacking:
            parts = Text("; ".join(label.vi for label in lacking), "; ".join(label.en for label in lacking))
            path = f"objectives.specific.{index}"
            yield broken("R06", path, row_detail("objectives.specific", index), parts=parts)


def r07(document: Document) -> Iterator[Problem]:
    phases = [phase for phase in rows_at(document, "plan.phases") if phase.get("start") and phase.get("end")]
    if not phases:
        return
    first = min(phase["start"] for phase in phases) + "-01"
    end = max(phase["end"] for phase in phases)
    last = f"{end}-{monthrange(int(end[:4]), int(end[5:]))[1]}"
    for index, row in enumerate(rows_at(document, "objectives.specific")):
        deadline = row.get("time_bound")
        if deadline and not first <= deadline <= last:
            path = f"objectives.specific.{index}.time_bound"
            yield broken("R07", path, row_detail("objectives.specific", index))


def r08(document: Document) -> Iterator[Problem]:
    rows = rows_at(document, "outputs")
    if is_blank(rows):
        yield broken("R08", "outputs")
    for index, row in enumerate(rows):
        for name in ("type", "name"):
            if is_blank(row.get(name)):
                yield broken("R08", f"outputs.{index}.{name}", row_detail("outputs", index))


def r09(document: Document) -> Iterator[Problem]:
    if is_blank(value_at(document, "alignment.primary_system")):
        yield broken("R09", "alignment.primary_system")
    if not any(row.get("target") for row in rows_at(document, "alignment.targets")):
        yield broken("R09", "alignment.targets")


def r10(document: Document) -> Iterator[Problem]:
    rows = rows_at(document, "plan.phases")
    if is_blank(rows):
        yield broken("R10", "plan.phases")
        return
    for index, row in enumerate(rows):
        for name in ("start", "end"):
            if not row.get(name):
                yield broken("R10", f"plan.phases.{index}.{name}", row_detail("plan.phases", index))
        if row.get("start") and row.get("end") and row["end"] < row["start"]:
            yield broken("R10", f"plan.phases.{index}.end", row_detail("plan.phases", index))


def r21(document: Document, own_names: Collection[str]) -> Iterator[Problem]:
    """Looks only at what the caller submitted, so that it reveals nothing of others."""
    name = value_at(document, "name.name_vi")
    if not is_blank(name) and normal_name(name) in {normal_name(own) for own in own_names}:
        yield broken("R21", "name.name_vi")


RULES = (r01, r02, r03, r04, r05, r06, r07, r08, r09, r10)
