"""The scores that a decision prints, read from the certificate frozen at referral."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from intake.documents.facts import CriterionScore, ScoreFacts
from intake.scoring import certificate as certificates
from intake.scoring.schemes import Scheme
from intake.scoring.totals import NANO, in_nano, mean_of, root_in_nano, sample_variance


def score_facts(certificate: Mapping[str, Any], *, few_sheets_reason: str = "") -> ScoreFacts:
    """What a decision says about the score: nothing here is computed from anything but the certificate."""
    inputs, numbers = certificate["inputs"], certificate["numbers"]
    scheme = Scheme.from_declaration(inputs["scheme"])
    valid = {sheet["key"] for sheet in numbers["sheets"] if sheet["is_valid"]}
    sheets = [sheet["scores"] for sheet in inputs["sheets"] if sheet["key"] in valid]
    totals = [Fraction(sheet["total"]) for sheet in numbers["sheets"] if sheet["is_valid"]]
    names = {criterion.id: criterion.name.vi for criterion in scheme.criteria}
    bands = {band.id: band.label.vi for band in scheme.bands}
    return ScoreFacts(
        scheme=scheme.id,
        version=inputs["version"],
        lowest=scheme.lowest,
        highest=scheme.highest,
        min_sheets=scheme.min_sheets,
        criteria=tuple(
            criterion_score(
                criterion.name.vi,
                criterion.weight,
                [sheet[criterion.id] for sheet in sheets if sheet[criterion.id] is not None],
            )
            for criterion in scheme.criteria
        ),
        totals=tuple(points(in_nano(total)) for total in sorted(totals)),
        official=None if numbers["official"] is None else points(numbers["official"]),
        sd=None if numbers["sd"] is None else points(numbers["sd"]),
        band="" if numbers["band"] is None else bands[numbers["band"]],
        certificate_sha256=certificates.sha256(certificate),
        few_sheets_reason=few_sheets_reason,
        criterion_floor=points(in_nano(scheme.criterion_floor)),
        total_floor=scheme.total_floor,
        below_floor=tuple(names[found["id"]] for found in numbers["criteria"] if found["is_below_floor"]),
        is_total_below_floor=numbers["is_below_floor"],
    )


def criterion_score(name: str, weight: int, scores: list[int]) -> CriterionScore:
    """One criterion; sorted, so that nobody can follow one sheet from criterion to criterion."""
    mean, variance = mean_of(scores), sample_variance([Fraction(score) for score in scores])
    return CriterionScore(
        name=name,
        weight=weight,
        scores=tuple(sorted(scores)),
        mean=None if mean is None else points(in_nano(mean)),
        sd=None if variance is None else points(root_in_nano(variance)),
    )


def points(nano: int) -> Decimal:
    """A stored number of 10^-9 points, exactly."""
    return Decimal(nano) / NANO
