"""Flags: what about a score deserves a second look, in words. They advise; they change no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from intake.i18n import Text
from intake.scoring.schemes import Scheme
from intake.scoring.totals import NANO, CriterionTally, Tally, band, in_nano

FEW_SHEETS, TOTAL_RANGE, CRITERION_RANGE = "few_sheets", "total_range", "criterion_range"
ONE_SHEET_DECIDES, RANK_SHIFT = "one_sheet_decides", "rank_shift"
LABELS = {
    FEW_SHEETS: Text(vi="Ít phiếu", en="Few sheets"),
    TOTAL_RANGE: Text(vi="Điểm phân tán", en="Totals far apart"),
    CRITERION_RANGE: Text(vi="Bất đồng về tiêu chí", en="Disagreement on a criterion"),
    ONE_SHEET_DECIDES: Text(vi="Phụ thuộc một phiếu", en="One sheet decides"),
    RANK_SHIFT: Text(vi="Thứ hạng lệch", en="Rank shifts"),
}


@dataclass(frozen=True)
class Flag:
    """One reason to look twice: a short label, and a sentence with the numbers behind it."""

    id: str
    label: Text
    explanation: Text


@dataclass(frozen=True)
class Crossing:
    """What leaving out one sheet does to a band or a floor; `band` and `official` are those without it."""

    key: str
    official: int
    band: str


def flags(
    scheme: Scheme,
    tally: Tally,
    *,
    official_rank: int | None = None,
    adjusted_rank: int | None = None,
    ranked: int | None = None,
) -> tuple[Flag, ...]:
    """What stands out about one score; the shift of rank only where both ranks are known."""
    found = [few_sheets(scheme, tally), total_range(scheme, tally), criterion_range(scheme, tally)]
    found.append(one_sheet_decides(scheme, tally))
    if official_rank is not None and adjusted_rank is not None and ranked is not None:
        found.append(rank_shift(scheme, official_rank, adjusted_rank, ranked))
    return tuple(one for one in found if one is not None)


def flag(id: str, *, vi: str, en: str) -> Flag:
    """The flag with its label and what there is to say about it."""
    return Flag(id, LABELS[id], Text(vi=vi, en=en))


def few_sheets(scheme: Scheme, tally: Tally) -> Flag | None:
    if tally.n >= scheme.min_sheets:
        return None
    return flag(
        FEW_SHEETS,
        vi=f"Chỉ có {tally.n} phiếu hợp lệ, ít hơn mức tối thiểu {scheme.min_sheets} phiếu.",
        en=f"Only {tally.n} valid score sheets, fewer than the least number of {scheme.min_sheets}.",
    )


def total_range(scheme: Scheme, tally: Tally) -> Flag | None:
    limit = scheme.doubts.total_range
    if tally.range is None or tally.range <= limit:
        return None
    vi, en = in_words(tally.range)
    return flag(
        TOTAL_RANGE,
        vi=f"Phiếu cao nhất và phiếu thấp nhất cách nhau {vi} điểm, quá mức {limit} điểm.",
        en=f"The highest and the lowest sheet are {en} points apart, more than {limit}.",
    )


def criterion_range(scheme: Scheme, tally: Tally) -> Flag | None:
    limit = scheme.doubts.criterion_range
    apart = [criterion for criterion in tally.criteria if spread(criterion) >= limit]
    if not apart:
        return None
    names = [scheme.criterion(criterion.id).name for criterion in apart]
    return flag(
        CRITERION_RANGE,
        vi=f"Các phiếu chênh nhau từ {limit} mức trở lên về: {'; '.join(name.vi for name in names)}.",
        en=f"The sheets differ by {limit} levels or more on: {'; '.join(name.en for name in names)}.",
    )


def spread(criterion: CriterionTally) -> int:
    return 0 if criterion.highest is None or criterion.lowest is None else criterion.highest - criterion.lowest


def one_sheet_decides(scheme: Scheme, tally: Tally) -> Flag | None:
    crossed, floors = crossings(scheme, tally), floor_crossings(scheme, tally)
    if not crossed and not floors:
        return None
    vi, en = [], []
    if crossed:
        vi.append(f"bỏ đi {count_vi(crossed)} thì mức xếp loại thay đổi")
        en.append(f"without {count_en(crossed)} the band would be another one")
    if floors:
        names = [scheme.criterion(id).name for id in floors]
        vi.append(f"bỏ đi một phiếu thì kết quả so với điểm sàn thay đổi ở: {'; '.join(name.vi for name in names)}")
        en.append(f"leaving out one sheet crosses the floor on: {'; '.join(name.en for name in names)}")
    return flag(ONE_SHEET_DECIDES, vi=sentence(vi), en=sentence(en))


def crossings(scheme: Scheme, tally: Tally) -> list[Crossing]:
    """The valid sheets without which the total would fall into another band or to the other side of its floor."""
    totals = [(sheet.key, sheet.total) for sheet in tally.sheets if sheet.is_valid and sheet.total is not None]
    if tally.official is None or len(totals) < 2:
        return []
    together, now = sum(total for _, total in totals), (band(scheme, tally.official).id, tally.is_below_floor)
    found = []
    for key, total in totals:
        official = in_nano((together - total) / (len(totals) - 1))
        there = band(scheme, official).id
        if (there, official < scheme.total_floor * NANO) != now:
            found.append(Crossing(key, official, there))
    return found


def floor_crossings(scheme: Scheme, tally: Tally) -> list[str]:
    """The criteria whose mean one sheet keeps on its side of the floor: the highest above it, the lowest below it."""
    found = []
    for criterion in tally.criteria:
        if criterion.n < 2 or criterion.lowest is None or criterion.highest is None:
            continue
        gone = criterion.lowest if criterion.is_below_floor else criterion.highest
        is_below = Fraction(criterion.sum - gone, criterion.n - 1) < scheme.criterion_floor
        if is_below != criterion.is_below_floor:
            found.append(criterion.id)
    return found


def rank_shift(scheme: Scheme, official_rank: int, adjusted_rank: int, ranked: int) -> Flag | None:
    limits, shift = scheme.doubts, abs(official_rank - adjusted_rank)
    if shift * 100 <= max(limits.rank_places * 100, limits.rank_percent * ranked):
        return None
    return flag(
        RANK_SHIFT,
        vi=f"Xếp thứ {official_rank} theo điểm chính thức, nhưng thứ {adjusted_rank} trong {ranked} đề xuất khi "
        "tính đến người chấm chặt hay dễ.",
        en=f"Ranked {official_rank} by the official score, but {adjusted_rank} of {ranked} once harsh and lenient "
        "reviewers are allowed for.",
    )


def in_words(points: Fraction) -> tuple[str, str]:
    """A number of points in Vietnamese and English, to one decimal."""
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    english = str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return english.replace(".", ","), english


def count_vi(crossed: Sequence[Crossing]) -> str:
    return "một phiếu" if len(crossed) == 1 else f"bất kỳ một trong {len(crossed)} phiếu"


def count_en(crossed: Sequence[Crossing]) -> str:
    return "one sheet" if len(crossed) == 1 else f"any one of {len(crossed)} sheets"


def sentence(parts: Sequence[str]) -> str:
    joined = "; ".join(parts)
    return joined[:1].upper() + joined[1:] + "."
