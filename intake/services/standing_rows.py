"""Rows of a standing as JSON data and back; fractions are written out, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from intake.i18n import Text
from intake.scoring.flags import Crossing, Flag
from intake.scoring.standings import StandingRow
from intake.scoring.turning_points import BandStep, Swap, TurningPoints


def as_data(row: StandingRow) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "is_shared": row.is_shared,
        "interval": list(row.interval) if row.interval else None,
        "adjusted": row.adjusted,
        "adjusted_rank": row.adjusted_rank,
        "component": row.component,
        "flags": [
            {"id": flag.id, "label": text_data(flag.label), "explanation": text_data(flag.explanation)}
            for flag in row.flags
        ],
        "turning": {
            "sheets": [vars(crossing) for crossing in row.turning.sheets],
            "up": vars(row.turning.up) if row.turning.up else None,
            "down": vars(row.turning.down) if row.turning.down else None,
            "swaps": [swap_data(swap) for swap in row.turning.swaps],
        },
    }


def from_data(data: Mapping[str, Any]) -> StandingRow:
    turning, interval = data["turning"], data["interval"]
    return StandingRow(
        rank=data["rank"],
        is_shared=data["is_shared"],
        interval=(interval[0], interval[1]) if interval else None,
        adjusted=data["adjusted"],
        adjusted_rank=data["adjusted_rank"],
        component=data["component"],
        flags=tuple(Flag(flag["id"], Text(**flag["label"]), Text(**flag["explanation"])) for flag in data["flags"]),
        turning=TurningPoints(
            sheets=tuple(Crossing(**crossing) for crossing in turning["sheets"]),
            up=BandStep(**turning["up"]) if turning["up"] else None,
            down=BandStep(**turning["down"]) if turning["down"] else None,
            swaps=tuple(swap_from(swap) for swap in turning["swaps"]),
        ),
    )


def text_data(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def swap_data(swap: Swap) -> dict[str, Any]:
    weights = {id: str(weight) for id, weight in swap.weights.items()}
    return {"code": swap.code, "is_above": swap.is_above, "percent": str(swap.percent), "weights": weights}


@lru_cache(maxsize=20_000)
def fraction(text: str) -> Fraction:
    """Read once in a process: a long ranking has thousands."""
    return Fraction(text)


def swap_from(data: Mapping[str, Any]) -> Swap:
    weights = {id: fraction(weight) for id, weight in data["weights"].items()}
    return Swap(data["code"], data["is_above"], fraction(data["percent"]), weights)
