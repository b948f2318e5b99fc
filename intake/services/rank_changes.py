"""What would change the outcome of a proposal: one sheet less, a few points more or less, other weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from intake.i18n import Text
from intake.scoring.flags import floor_crossings
from intake.scoring.ranking import places
from intake.scoring.schemes import Band, Scheme
from intake.scoring.totals import NANO, SheetTally, band, in_nano
from intake.scoring.turning_points import Swap, band_steps
from intake.services.certificates import Scored
from intake.services.rankings import Board, RankRow

POINTS = 100


@dataclass(frozen=True)
class WithoutSheet:
    """The outcome when one valid sheet, known by its total alone, did not count."""

    total: int
    official: int
    band: Band
    number: int
    is_other_band: bool
    is_other_rank: bool


@dataclass(frozen=True)
class Step:
    """The nearest band above or below: how many points it is away, and how many if one sheet alone moved.

    `on_one_sheet` is None where the scale leaves no sheet the room for it.
    """

    label: Text
    is_up: bool
    points: int
    on_one_sheet: int | None


@dataclass(frozen=True)
class Rival:
    """A neighbour of the ranking whose place small changes of the weights would take, or lose to."""

    row: RankRow
    swap: Swap


@dataclass(frozen=True)
class Changes:
    """What would change the outcome of one proposal; `rivals` is None while the worker has not computed them."""

    row: RankRow
    scheme: Scheme
    without: tuple[WithoutSheet, ...]
    steps: tuple[Step, ...]
    rivals: tuple[Rival, ...] | None
    floors: tuple[str, ...]


def of(board: Board, code: str) -> Changes | None:
    """What would change the outcome of that proposal; None when it is not in the ranking."""
    row = next((row for row in board.rows if row.code == code), None)
    if row is None:
        return None
    scored = board.scores[code]
    return Changes(
        row=row,
        scheme=scored.scheme,
        without=without_each(board, row, scored),
        steps=steps(scored),
        rivals=rivals(board, code),
        floors=tuple(floor_crossings(scored.scheme, scored.tally)),
    )


def without_each(board: Board, row: RankRow, scored: Scored) -> tuple[WithoutSheet, ...]:
    """The outcome without each valid sheet in turn, the highest first; nothing can be left out of a single one."""
    valid = sorted((sheet for sheet in scored.tally.sheets if sheet.is_valid), key=lambda one: (-nano(one), one.key))
    if len(valid) < 2 or row.official is None or row.place is None:
        return ()
    others = [other.official for other in board.rows if other.code != row.code]
    together, now = sum((total_of(sheet) for sheet in valid), Fraction(0)), band(scored.scheme, row.official)
    found = []
    for sheet in valid:
        official = in_nano((together - total_of(sheet)) / (len(valid) - 1))
        there, number = band(scored.scheme, official), number_among(official, others)
        is_other_band, is_other_rank = there.id != now.id, number != row.place.number
        found.append(WithoutSheet(nano(sheet), official, there, number, is_other_band, is_other_rank))
    return tuple(found)


def total_of(sheet: SheetTally) -> Fraction:
    return sheet.total or Fraction(0)


def nano(sheet: SheetTally) -> int:
    return in_nano(total_of(sheet))


def number_among(official: int, others: Sequence[int | None]) -> int:
    """The rank of that score among the others, as scores are shown."""
    place = places([official, *others])[0]
    return place.number if place else 1


def steps(scored: Scored) -> tuple[Step, ...]:
    """The way to the band above and to the band below."""
    labels = {one.id: one.label for one in scored.scheme.bands}
    up, down = band_steps(scored.scheme, scored.tally.official)
    found = []
    for step in (up, down):
        if step is not None:
            alone = step.points * scored.tally.n
            room = room_of_one_sheet(scored, is_up=step is up)
            found.append(Step(labels[step.band], step is up, step.points, alone if alone <= room else None))
    return tuple(found)


def room_of_one_sheet(scored: Scored, *, is_up: bool) -> int:
    """How far one valid sheet can move at most on the scale, in 10^-9 points."""
    scheme, totals = scored.scheme, [nano(sheet) for sheet in scored.tally.sheets if sheet.is_valid]
    least = POINTS * NANO * scheme.lowest // scheme.highest
    return POINTS * NANO - min(totals) if is_up else max(totals) - least


def rivals(board: Board, code: str) -> tuple[Rival, ...] | None:
    """Neighbours with whom a change of weights within the tolerance swaps places; only those still in the ranking."""
    standing = board.standing.rows.get(code)
    if standing is None:
        return None
    by_code = {row.code: row for row in board.rows}
    return tuple(Rival(by_code[swap.code], swap) for swap in standing.turning.swaps if swap.code in by_code)
