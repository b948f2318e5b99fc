"""The terms of a scheme as flat words that a person can write: read, checked against their bounds, and written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from intake.i18n import LANGUAGES, N_, Message, Text
from intake.scoring.schemes import Criterion, Doubts, Scheme

ANCHORED = (1, 3, 5)
LONGEST_ANCHOR = 1000
MOST_DIGITS = 4
Terms = Mapping[str, str]
Faults = list[tuple[str, Message]]


@dataclass(frozen=True)
class Figure:
    """One whole number of a scheme, with what it is called and its bounds."""

    name: str
    label: Message
    least: int
    most: int


BANDS = ("recommended", "to_discuss", "to_strengthen")
FIGURES = (
    Figure("band_recommended", N_("Recommended for approval from"), 21, 100),
    Figure("band_to_discuss", N_("To be discussed from"), 21, 100),
    Figure("band_to_strengthen", N_("Floor of the total: to be clarified and strengthened from"), 20, 100),
    Figure("min_sheets", N_("Fewest valid sheets"), 1, 20),
    Figure("least_coverage", N_("Least part of the weights that a valid sheet answers, in percent"), 50, 100),
    Figure("total_range", N_("Totals are far apart above, in points"), 1, 80),
    Figure("criterion_range", N_("Levels on a criterion are far apart from"), 1, 4),
    Figure("rank_places", N_("Ranks differ by more than, in places"), 0, 1000),
    Figure("rank_percent", N_("and by more than, in percent of the ranking"), 0, 100),
    Figure("weight_percent", N_("Weights are moved for the rank interval by at most, in percent"), 1, 50),
)
WEIGHT = (1, 1000)


def weight_name(criterion: str) -> str:
    return f"weight_{criterion}"


def anchor_name(criterion: str, level: int, language: str) -> str:
    return f"anchor_{criterion}_{level}_{language}"


def terms_of(scheme: Scheme) -> dict[str, str]:
    """What somebody would have written for this scheme."""
    terms = {weight_name(one.id): str(one.weight) for one in scheme.criteria}
    for one in scheme.criteria:
        for level in ANCHORED:
            for language in LANGUAGES:
                text = one.anchors.get(level, Text("", ""))
                terms[anchor_name(one.id, level, language)] = text.in_(language)
    least = {band.id: band.least for band in scheme.bands}
    terms |= {f"band_{id}": str(least[id]) for id in BANDS}
    terms |= {"min_sheets": str(scheme.min_sheets), "least_coverage": str(int(100 * scheme.least_coverage))}
    terms |= {name: str(value) for name, value in vars(scheme.doubts).items()}
    return terms | {"criterion_floor": str(float(scheme.criterion_floor)).removesuffix(".0").replace(".", ",")}


def faults(terms: Terms) -> Faults:
    """Everything that is wrong with the terms, by name."""
    return [*number_faults(terms), *floor_faults(terms), *order_faults(terms), *anchor_faults(terms)]


def number_faults(terms: Terms) -> Faults:
    bounds = [(figure.name, figure.least, figure.most) for figure in FIGURES]
    bounds += [(name, *WEIGHT) for name in terms if name.startswith("weight_") and name != "weight_percent"]
    found = []
    for name, least, most in bounds:
        value = whole(terms.get(name, ""))
        if value is None or not least <= value <= most:
            message = N_("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)
            found.append((name, message))
    return found


def floor_faults(terms: Terms) -> Faults:
    value = level_of(terms.get("criterion_floor", ""))
    if value is None or not 1 <= value <= 5:
        return [("criterion_floor", N_("Enter a level from 1 to 5, with one decimal at most, for example 2,5."))]
    return []


def order_faults(terms: Terms) -> Faults:
    """Each band begins above the one below it."""
    least = [whole(terms.get(f"band_{id}", "")) for id in BANDS]
    return [
        (f"band_{BANDS[place]}", N_("This must be more than where the next band begins."))
        for place in range(len(BANDS) - 1)
        for higher, lower in [(least[place], least[place + 1])]
        if higher is not None and lower is not None and higher <= lower
    ]


def anchor_faults(terms: Terms) -> Faults:
    found = []
    for name, text in terms.items():
        if name.startswith("anchor_"):
            if not text.strip():
                found.append((name, N_("Say what this level means.")))
            elif len(text) > LONGEST_ANCHOR or "\x00" in text:
                found.append((name, N_("Use at most %(count)s characters.", count=LONGEST_ANCHOR)))
    return found


def with_terms(scheme: Scheme, id: str, terms: Terms) -> Scheme:
    """The scheme with these faultless terms in place of its own, under a new id."""
    return replace(
        scheme,
        id=id,
        criteria=tuple(
            Criterion(one.id, int(terms[weight_name(one.id)]), anchors(one, terms)) for one in scheme.criteria
        ),
        criterion_floor=level_of(terms["criterion_floor"]) or scheme.criterion_floor,
        total_floor=int(terms["band_to_strengthen"]),
        bands=tuple(
            replace(one, least=int(terms[f"band_{one.id}"])) if one.id in BANDS else one for one in scheme.bands
        ),
        min_sheets=int(terms["min_sheets"]),
        least_coverage=Fraction(int(terms["least_coverage"]), 100),
        doubts=Doubts(**{name: int(terms[name]) for name in vars(scheme.doubts)}),
    )


def anchors(criterion: Criterion, terms: Terms) -> dict[int, Text]:
    return {
        level: Text(*(terms[anchor_name(criterion.id, level, language)].strip() for language in LANGUAGES))
        for level in ANCHORED
    }


def whole(typed: str) -> int | None:
    """A whole number of few digits; None for anything else."""
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def level_of(typed: str) -> Fraction | None:
    """A level with one decimal at most, after a comma or a point; None for anything else."""
    unit, _, tenth = typed.strip().replace(",", ".").partition(".")
    if whole(unit) is None or len(tenth) > 1 or (tenth and whole(tenth) is None):
        return None
    return Fraction(int(unit) * 10 + int(tenth or 0), 10)
