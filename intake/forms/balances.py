"""Does the money add up: sources against the total, phases against the sources, and the two ways to mend each gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.forms.filled import Filled
from intake.i18n import Text
from intake.outline.rules_figures import finance_sources
from intake.outline.typed import Unreadable, read_money

TOTAL = "resources.finance.total"
SOURCES = "resources.finance.sources"
PHASES = "resources.by_phase.rows"


@dataclass(frozen=True)
class Repair:
    """One way to remove a gap: the box at `path` gets the amount `vnd`; `row` is the place of its phase, if any."""

    path: str
    vnd: int
    row: int | None = None


@dataclass(frozen=True)
class Gap:
    """One source whose phases do not add up to what is declared: `short_vnd` is negative when there is too much."""

    source: Text
    declared_vnd: int
    planned_vnd: int
    repairs: tuple[Repair, ...]

    @property
    def short_vnd(self) -> int:
        return self.declared_vnd - self.planned_vnd


@dataclass(frozen=True)
class Balance:
    """Sums of the money tables, in đồng. The last of `declared`, `planned` and `differences` is that of all sources."""

    total_vnd: int | None
    sources_vnd: int
    names: tuple[Text, ...]
    row_sums: tuple[int, ...]
    declared: tuple[int, ...]
    planned: tuple[int, ...]
    gaps: tuple[Gap, ...]
    total_repair: Repair | None

    @property
    def differences(self) -> tuple[int, ...]:
        return tuple(planned - declared for planned, declared in zip(self.planned, self.declared, strict=True))

    @property
    def total_difference(self) -> int:
        return self.sources_vnd - (self.total_vnd or 0)


def balance(filled: Filled) -> Balance:
    """The sums of what stands in the boxes of the section `resources`; what cannot be read counts as nothing."""
    total = amount(filled, TOTAL)
    sources = [(row["source"].data, amount(filled, f"{row.name}.amount")) for row in filled.fields[SOURCES]]
    phases = [row.name for row in filled.fields[PHASES]]
    names = finance_sources()
    spent = {id: [amount(filled, f"{phase}.{id}") for phase in phases] for id, _ in names}
    given = {id: [vnd if source == id else None for source, vnd in sources] for id, _ in names}
    declared, planned = ([added(table[id]) for id, _ in names] for table in (given, spent))
    found = added(vnd for _, vnd in sources)
    return Balance(
        total_vnd=total,
        sources_vnd=found,
        names=tuple(label for _, label in names),
        row_sums=tuple(added(spent[id][place] for id, _ in names) for place in range(len(phases))),
        declared=(*declared, sum(declared)),
        planned=(*planned, sum(planned)),
        gaps=tuple(
            Gap(label, declared[place], planned[place], repairs(id, declared[place] - planned[place], given, spent))
            for place, (id, label) in enumerate(names)
            if phases and declared[place] != planned[place]
        ),
        total_repair=Repair(TOTAL, found) if sources and total != found else None,
    )


def amount(filled: Filled, path: str) -> int | None:
    """The đồng that a box says, or None."""
    text = filled.texts.first(path)
    try:
        return read_money(text, filled.language) if text.strip() else None
    except Unreadable:
        return None


def added(values: Iterable[int | None]) -> int:
    return sum(value or 0 for value in values)


Table = Mapping[str, Sequence[int | None]]


def repairs(source: str, short: int, given: Table, spent: Table) -> tuple[Repair, ...]:
    """Change the phase with the most of this source, or its largest row in the source structure."""
    found = []
    row = largest(spent[source])
    if row is not None and (vnd := (spent[source][row] or 0) + short) >= 0:
        found.append(Repair(f"{PHASES}.{row}.{source}", vnd, row))
    row = largest(given[source])
    if row is not None and (vnd := (given[source][row] or 0) - short) >= 0:
        found.append(Repair(f"{SOURCES}.{row}.amount", vnd))
    return tuple(found)


def largest(values: Sequence[int | None]) -> int | None:
    """Place of the largest amount; None when there is none at all."""
    known = [place for place, value in enumerate(values) if value is not None]
    return max(known, key=lambda place: values[place] or 0) if known else None
