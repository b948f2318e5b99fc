"""The money of section 11 ready to show: resources by phase with their sums, and how to mend what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from intake import forms
from intake.forms import Filled
from intake.forms.balances import PHASES, SOURCES, Balance, Gap, Repair
from intake.forms.row_choices import row_options
from intake.outline.model import Rows
from intake.outline.typed import write_money, write_month
from intake.outline.walk import look_up
from intake.web.filters import number, tr
from intake.web.languages import language

EXAMPLE_VND = 700_500_000_000
RESOURCES = SOURCES.partition(".")[0]


@dataclass(frozen=True)
class PhaseRow:
    """One phase: its boxes for money, its sum, its other boxes. `choice` is set where the phase has to be chosen."""

    item: Any
    label: str
    months: str
    key: Any
    is_known: bool
    money: list[Any]
    sum: str
    sum_id: str
    staff: Any
    others: list[Any]


@dataclass(frozen=True)
class FootCell:
    """A sum, or a difference with the words that say its direction."""

    text: str
    is_ok: bool = False
    is_wrong: bool = False


@dataclass(frozen=True)
class Mending:
    """One gap in words, and its buttons as (label, value)."""

    title: str
    text: str
    buttons: list[tuple[str, str]]


@dataclass(frozen=True)
class MoneyTables:
    """Everything the money tables show beside the boxes themselves. `live` names what is renewed after typing."""

    sources_path: str
    columns: list[str]
    staff_label: str
    other_labels: list[str]
    rows: list[PhaseRow]
    planned: list[FootCell]
    declared: list[FootCell]
    differences: list[FootCell]
    mendings: list[Mending]
    source_sum: str
    source_sum_vnd: str
    total_difference: FootCell
    total_button: tuple[str, str] | None
    live: str
    example: str


def money_tables(document: Mapping[str, Any], filled: Filled) -> MoneyTables:
    """The tables of the section as it stands in the boxes."""
    found = forms.balance(filled)
    rows = phase_rows(document, filled, found)
    plain = [item for item in filled.fields[PHASES].declared.item if item.kind not in ("money", "row_reference")]
    live = ["sum-sources", "sum-foot", "sum-gaps", *(row.sum_id for row in rows)]
    return MoneyTables(
        sources_path=SOURCES,
        columns=[*(tr(name) for name in found.names), _("Sum")],
        staff_label=tr(plain[0].label),
        other_labels=[tr(item.label) for item in plain[1:]],
        rows=rows,
        planned=[FootCell(written(vnd)) for vnd in found.planned],
        declared=[FootCell(written(vnd)) for vnd in found.declared],
        differences=[difference(vnd) for vnd in found.differences],
        mendings=[mending(gap, rows) for gap in found.gaps],
        source_sum=written(found.sources_vnd),
        source_sum_vnd=number(found.sources_vnd),
        total_difference=difference(found.total_difference),
        total_button=repair_button(found.total_repair),
        live=",".join(f"#{id}" for id in live),
        example=written(EXAMPLE_VND),
    )


def written(vnd: int) -> str:
    """An amount in tỷ đồng, as it would stand in a box."""
    return write_money(vnd, language())


def difference(vnd: int) -> FootCell:
    if not vnd:
        return FootCell("0", is_ok=True)
    amount = written(abs(vnd))
    words = _("%(amount)s too much", amount=amount) if vnd > 0 else _("short of %(amount)s", amount=amount)
    return FootCell(words, is_wrong=True)


def phase_rows(document: Mapping[str, Any], filled: Filled, found: Balance) -> list[PhaseRow]:
    rows = filled.fields[PHASES]
    declared: Rows = rows.declared
    labels = dict(row_options(document, declared.one_per))
    months = months_of(document, declared.one_per)
    shown: list[PhaseRow] = []
    for place, item in enumerate(rows):
        key = next(child for child in item.visible if child.declared.kind == "row_reference")
        plain = [child for child in item.visible if child.declared.kind not in ("money", "row_reference")]
        is_known = key.data in labels and all(key.data != row.key.data for row in shown)
        shown.append(
            PhaseRow(
                item=item,
                label=labels.get(key.data) or _("A phase that is gone"),
                months=months.get(key.data, ""),
                key=key,
                is_known=is_known,
                money=[child for child in item.visible if child.declared.kind == "money"],
                sum=written(found.row_sums[place]),
                sum_id=f"sum-row-{place}",
                staff=plain[0],
                others=plain[1:],
            )
        )
    return shown


def months_of(document: Mapping[str, Any], list_path: str) -> dict[str, str]:
    """From and until when each phase lasts."""
    spans = {}
    for row in look_up(document["sections"], list_path) or ():
        ends = [write_month(row[name], language()) for name in ("start", "end") if row.get(name)]
        spans[row["id"]] = " - ".join(ends)
    return spans


def mending(gap: Gap, rows: list[PhaseRow]) -> Mending:
    """The gap in words: how much is missing or too much, and where it can be put right."""
    amount = written(abs(gap.short_vnd))
    name = tr(gap.source)
    if gap.short_vnd > 0:
        title = _("%(source)s: the phases are short of %(amount)s billion VND.", source=name, amount=amount)
    else:
        title = _("%(source)s: the phases hold %(amount)s billion VND too much.", source=name, amount=amount)
    text = _(
        "The phases add up to %(planned)s, the source structure says %(declared)s.",
        planned=written(gap.planned_vnd),
        declared=written(gap.declared_vnd),
    )
    return Mending(title, text, [(repair_label(repair, rows), set_value(repair)) for repair in gap.repairs])


def repair_label(repair: Repair, rows: list[PhaseRow]) -> str:
    if repair.row is None:
        return _("Set the source to %(amount)s billion VND", amount=written(repair.vnd))
    code = rows[repair.row].label.partition(".")[0]
    return _("Set %(phase)s to %(amount)s billion VND", phase=code, amount=written(repair.vnd))


def repair_button(repair: Repair | None) -> tuple[str, str] | None:
    if repair is None:
        return None
    return _("Set the total to %(amount)s billion VND", amount=written(repair.vnd)), set_value(repair)


def set_value(repair: Repair) -> str:
    return f"set:{repair.path}={repair.vnd}"
