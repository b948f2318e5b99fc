"""Tallies once made: equal inputs give equal numbers, so a long ranking does not make them anew each time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from intake.scoring.schemes import Scheme
from intake.scoring.totals import Sheet, Tally, tally

Value = TypeVar("Value")
MOST = 4096


class Kept(Generic[Value]):
    """The newest `most` values of this process, each under a key that says everything it was made from."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, Value] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
            return self.values.get(key)

    def keep(self, key: Hashable, value: Value) -> Value:
        with self.lock:
            self.values[key] = value
            self.values.move_to_end(key)
            while len(self.values) > self.most:
                self.values.popitem(last=False)
        return value


LIVE: Kept[Tally] = Kept()


def tally_of(scheme: Scheme, sheets: tuple[Sheet, ...]) -> Tally:
    """The tally of these sheets; made at first asking."""
    key = (scheme_key(scheme), tuple(sheet_key(sheet) for sheet in sheets))
    return LIVE.get(key) or LIVE.keep(key, tally(scheme, sheets))


def scheme_key(scheme: Scheme) -> Hashable:
    """Everything of a scheme that a tally depends on."""
    weights = tuple(scheme.weights.items())
    floors = (scheme.criterion_floor, scheme.total_floor, scheme.min_sheets, scheme.least_coverage)
    return (scheme.id, weights, tuple(scheme.levels), floors)


def sheet_key(sheet: Sheet) -> Hashable:
    return (sheet.key, tuple(sheet.scores.items()), sheet.is_submitted, sheet.is_conflicted)
