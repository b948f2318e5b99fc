"""The certificate of an official score: inputs, scheme and every intermediate number; anybody can recompute it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from intake.canonical import sha256_of
from intake.scoring.schemes import Scheme
from intake.scoring.totals import CriterionTally, Sheet, SheetTally, Tally, band, tally

FORMAT = "intake-score-certificate/1"


def issue(scheme: Scheme, sheets: Iterable[Sheet], *, proposal: str, version: int) -> dict[str, Any]:
    """The certificate as JSON data: exact numbers are integers or fractions written as text."""
    ordered = sorted(sheets, key=lambda sheet: sheet.key)
    inputs = {
        "proposal": proposal,
        "version": version,
        "scheme": scheme.declaration(),
        "sheets": [sheet_as_data(scheme, sheet) for sheet in ordered],
    }
    return certified(scheme, ordered, inputs)


def certified(scheme: Scheme, sheets: Iterable[Sheet], inputs: Mapping[str, Any]) -> dict[str, Any]:
    numbers = numbers_of(scheme, tally(scheme, sheets))
    return {"format": FORMAT, "inputs": inputs, "inputs_sha256": sha256_of(inputs), "numbers": numbers}


def sha256(certificate: Mapping[str, Any]) -> str:
    """What identifies a certificate in a decision and in the audit chain."""
    return sha256_of(certificate)


def replay(certificate: Mapping[str, Any]) -> bool:
    """Whether the inputs in the certificate give every number in it, to the last digit."""
    try:
        inputs = certificate["inputs"]
        sheets = [sheet_from_data(sheet) for sheet in inputs["sheets"]]
        scheme = Scheme.from_declaration(inputs["scheme"])
        # The inputs as they were written: a scheme declared by an older version of this program has fewer keys.
        again = certified(scheme, sheets, inputs)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return sha256(again) == sha256(certificate)


def sheet_as_data(scheme: Scheme, sheet: Sheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "scores": {criterion.id: sheet.scores.get(criterion.id) for criterion in scheme.criteria},
        "is_submitted": sheet.is_submitted,
        "is_conflicted": sheet.is_conflicted,
    }


def sheet_from_data(data: Mapping[str, Any]) -> Sheet:
    return Sheet(data["key"], data["scores"], is_submitted=data["is_submitted"], is_conflicted=data["is_conflicted"])


def numbers_of(scheme: Scheme, result: Tally) -> dict[str, Any]:
    """Every number of the tally in the order of the computation."""
    return {
        "sheets": [sheet_numbers(sheet) for sheet in result.sheets],
        "criteria": [criterion_numbers(criterion) for criterion in result.criteria],
        "n": result.n,
        "mean": exact(result.mean),
        "official": result.official,
        "variance": exact(result.variance),
        "sd": result.sd,
        "lowest": exact(result.lowest),
        "highest": exact(result.highest),
        "range": exact(result.range),
        "has_enough_sheets": result.has_enough_sheets,
        "is_below_floor": result.is_below_floor,
        "band": None if result.official is None else band(scheme, result.official).id,
    }


def sheet_numbers(sheet: SheetTally) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "weighted_sum": sheet.weighted_sum,
        "answered_weight": sheet.answered_weight,
        "total": exact(sheet.total),
        "coverage": exact(sheet.coverage),
        "is_valid": sheet.is_valid,
    }


def criterion_numbers(criterion: CriterionTally) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "n": criterion.n,
        "sum": criterion.sum,
        "mean": exact(criterion.mean),
        "lowest": criterion.lowest,
        "highest": criterion.highest,
        "is_below_floor": criterion.is_below_floor,
    }


def exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
