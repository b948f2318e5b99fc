"""The scoring scheme as versioned data: criteria with weights and anchors, scale, floors and bands.

Plan 01-KH/BCĐTW, annex I.I gives the six criteria and their definitions; weights, scale, anchors, floors and bands are
ours, editable, and printed with every score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from intake.catalogue import CRITERIA
from intake.i18n import Text
from intake.scoring.anchors import ANCHORS


@dataclass(frozen=True)
class Criterion:
    """One of the official criteria with what this scheme adds: its weight, and what some levels mean."""

    id: str
    weight: int
    anchors: Mapping[int, Text]

    @property
    def number(self) -> int:
        return CRITERIA[self.id].number

    @property
    def name(self) -> Text:
        return CRITERIA[self.id].name

    @property
    def definition(self) -> Text:
        return CRITERIA[self.id].definition

    @property
    def evidence_sections(self) -> tuple[str, ...]:
        return CRITERIA[self.id].evidence_sections


@dataclass(frozen=True)
class Band:
    """What totals from `least` points on suggest; the committee decides."""

    id: str
    least: int
    label: Text


@dataclass(frozen=True)
class Doubts:
    """From where on a score is flagged, and by how many percent weights are moved to try a rank. All ours.

    A range of totals is flagged above its limit, the range of a criterion from it on, a shift of rank above both the
    places and the percent of the ranking.
    """

    total_range: int = 25
    criterion_range: int = 3
    rank_places: int = 3
    rank_percent: int = 10
    weight_percent: int = 10


@dataclass(frozen=True)
class Scheme:
    """A version of how proposals are scored; a sheet and a certificate name the one they were made with."""

    id: str
    criteria: tuple[Criterion, ...]
    levels: Mapping[int, Text]
    criterion_floor: Fraction
    total_floor: int
    bands: tuple[Band, ...]
    min_sheets: int
    least_coverage: Fraction
    tie_criteria: tuple[str, ...]
    doubts: Doubts = Doubts()

    @property
    def lowest(self) -> int:
        return min(self.levels)

    @property
    def highest(self) -> int:
        return max(self.levels)

    @property
    def weights(self) -> dict[str, int]:
        return {criterion.id: criterion.weight for criterion in self.criteria}

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id; KeyError when this scheme has none."""
        return {criterion.id: criterion for criterion in self.criteria}[id]

    def declaration(self) -> dict[str, Any]:
        """This scheme as JSON data: what a database row keeps and an administrator edits."""
        return {
            "id": self.id,
            "criteria": [
                {"id": c.id, "weight": c.weight, "anchors": {str(s): as_data(t) for s, t in c.anchors.items()}}
                for c in self.criteria
            ],
            "levels": {str(score): as_data(label) for score, label in self.levels.items()},
            "criterion_floor": str(self.criterion_floor),
            "total_floor": self.total_floor,
            "bands": [{"id": b.id, "least": b.least, "label": as_data(b.label)} for b in self.bands],
            "min_sheets": self.min_sheets,
            "least_coverage": str(self.least_coverage),
            "tie_criteria": list(self.tie_criteria),
            "doubts": asdict(self.doubts),
        }

    @classmethod
    def from_declaration(cls, data: Mapping[str, Any]) -> Scheme:
        """The scheme that `declaration` wrote, also before there were doubts in it."""
        return cls(
            id=data["id"],
            criteria=tuple(Criterion(c["id"], c["weight"], labels(c["anchors"])) for c in data["criteria"]),
            levels=labels(data["levels"]),
            criterion_floor=Fraction(data["criterion_floor"]),
            total_floor=data["total_floor"],
            bands=tuple(Band(b["id"], b["least"], Text(**b["label"])) for b in data["bands"]),
            min_sheets=data["min_sheets"],
            least_coverage=Fraction(data["least_coverage"]),
            tie_criteria=tuple(data["tie_criteria"]),
            doubts=Doubts(**data.get("doubts", {})),
        )


def as_data(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def labels(data: Mapping[str, Mapping[str, str]]) -> dict[int, Text]:
    return {int(score): Text(**text) for score, text in data.items()}


WEIGHTS = {
    "strategic_fit": 20,
    "breakthrough": 20,
    "impact": 20,
    "feasibility": 20,
    "urgency": 10,
    "social_resources": 10,
}

KH01_2025 = Scheme(
    id="kh01-2025/1",
    criteria=tuple(Criterion(id, weight, ANCHORS[id]) for id, weight in WEIGHTS.items()),
    levels={
        1: Text("Không đạt", "Fails"),
        2: Text("Yếu", "Weak"),
        3: Text("Trung bình", "Fair"),
        4: Text("Khá", "Good"),
        5: Text("Tốt", "Very good"),
    },
    criterion_floor=Fraction(2),
    total_floor=50,
    bands=(
        Band("recommended", 80, Text("Đề nghị phê duyệt", "Recommended for approval")),
        Band("to_discuss", 65, Text("Cần thảo luận", "To be discussed")),
        Band("to_strengthen", 50, Text("Cần làm rõ, bổ sung", "To be clarified and strengthened")),
        Band("below_floor", 0, Text("Dưới mức sàn", "Below the floor")),
    ),
    min_sheets=3,
    least_coverage=Fraction(4, 5),
    tie_criteria=("strategic_fit", "urgency", "feasibility"),
)

SCHEMES = {KH01_2025.id: KH01_2025}
