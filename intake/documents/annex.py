"""The annex of a conclusion notice: scores, differing opinions, the vote, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from intake.documents.facts import (
    ConditionFacts,
    DifferenceFacts,
    NoticeFacts,
    RecordedBallotFacts,
    ScoreFacts,
    VoteFacts,
)
from intake.documents.outcomes import ABSTAIN_LABEL, NOT_CAST_LABEL, OUTCOMES
from intake.documents.plots import dot_plot
from intake.documents.wording import ROMAN, counted, joined, party_date, rounded, share

ABSTRACT = "Kết quả đánh giá, biểu quyết và các điều kiện kèm theo"
NONE = "-"
# The program stands beside the software; the certificate itself would let a sheet be followed across the criteria.
REPLAY = (
    "Chứng thư điểm do Cơ quan Thường trực lưu giữ; chạy chương trình replay_certificate.py công bố kèm phần mềm trên "
    "chứng thư thì được đúng các con số trên."
)


def annex(facts: NoticeFacts, *, carry: list[str], of: str = "kết luận") -> dict[str, Any]:
    """Context of the annex; a part without content is left out and the others are numbered on."""
    parts = [
        ("score", "ĐIỂM THEO SÁU TIÊU CHÍ", score_table(facts.score)),
        ("differences", "Ý KIẾN KHÁC NHAU", differences(facts.differences)),
        ("vote", "KẾT QUẢ BIỂU QUYẾT", vote(facts.vote)),
        ("conditions", "ĐIỀU KIỆN KÈM THEO", conditions(facts.conditions)),
    ]
    present = [(kind, title, content) for kind, title, content in parts if content]
    return {
        "type": "PHỤ LỤC",
        "abstract": f"{ABSTRACT} {of}",
        "carry": carry,
        "parts": [
            {"kind": kind, "head": f"{numeral}- {title}", "content": content}
            for numeral, (kind, title, content) in zip(ROMAN, present, strict=False)
        ],
    }


def score_table(score: ScoreFacts) -> dict[str, Any]:
    rows = [
        {
            "place": place,
            "name": criterion.name,
            "weight": criterion.weight,
            "mean": shown(criterion.mean),
            "sd": shown(criterion.sd),
            "range": extent([Decimal(value) for value in criterion.scores], 0),
            "plot": dot_plot(criterion.scores, score.lowest, score.highest, criterion.mean),
        }
        for place, criterion in enumerate(score.criteria, start=1)
    ]
    total = {
        "weight": sum(criterion.weight for criterion in score.criteria),
        "mean": shown(score.official),
        "sd": shown(score.sd),
        "range": extent(score.totals, 1),
        "plot": dot_plot(score.totals, 0, 100, score.official),
    }
    return {
        "rows": rows,
        "total": total,
        "scale": f"{score.lowest}-{score.highest}",
        "notes": [
            method(score),
            *sheet_totals(score),
            *floors(score),
            f"{REPLAY} SHA-256 của chứng thư điểm: {score.certificate_sha256}",
        ],
    }


def sheet_totals(score: ScoreFacts) -> list[str]:
    """In order of size: whose sheet is whose is told nowhere."""
    if not score.totals:
        return []
    return [f"Điểm của từng phiếu hợp lệ, xếp tăng dần: {'; '.join(shown(total) for total in score.totals)}."]


def floors(score: ScoreFacts) -> list[str]:
    """What the scheme asks at least, and what stays below it."""
    if score.criterion_floor is None or score.official is None:
        return []
    below = [*score.below_floor, *(["điểm chung"] if score.is_total_below_floor else [])]
    found = f"Dưới mức này: {joined(below)}." if below else "Không điểm nào dưới mức này."
    least = rounded(score.criterion_floor, 1)
    return [f"Mức tối thiểu: trung bình mỗi tiêu chí {least}, điểm chung {score.total_floor}. {found}"]


def method(score: ScoreFacts) -> str:
    few = ""
    if len(score.totals) < score.min_sheets:
        few = f" Số phiếu ít hơn mức tối thiểu {score.min_sheets} phiếu"
        few += f"; lý do: {score.few_sheets_reason.strip().rstrip('.')}." if score.few_sheets_reason.strip() else "."
    band = f" Mức xếp loại: {score.band}." if score.band else ""
    return (
        f"Tính trên {counted(len(score.totals))} phiếu hợp lệ, thang điểm {score.scheme}, phiên bản đề xuất số "
        f"{score.version}. Điểm của một phiếu là tổng có trọng số quy về thang 100; điểm chung là trung bình cộng; độ "
        f"lệch là độ lệch chuẩn mẫu.{few}{band} Điểm số là căn cứ tham khảo, không thay thế quyết định."
    )


def differences(found: Sequence[DifferenceFacts]) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "bodies": joined(difference.bodies) or NONE,
            "text": f"{difference.criterion}: {difference.text}" if difference.criterion else difference.text,
            "resolution": difference.resolution or NONE,
        }
        for place, difference in enumerate(found, start=1)
    ]


def vote(found: VoteFacts) -> dict[str, Any]:
    attendance = [
        ("Thành viên có quyền biểu quyết", counted(found.entitled)),
        ("Có mặt (trực tiếp hoặc trực tuyến)", counted(found.base)),
        ("Tối thiểu phải có mặt", counted(found.quorum.needed)),
        ("Không tham gia do xung đột lợi ích", counted(len(found.recused))),
    ]
    return {
        "attendance": [{"name": name, "count": count} for name, count in attendance],
        "choices": choices(found),
        "notes": [*notes(found), *(recorded(ballot) for ballot in found.on_behalf)],
    }


def choices(found: VoteFacts) -> list[dict[str, Any]]:
    """How many backed each outcome, out of all who could have; nothing when the box stayed shut or nobody voted."""
    if found.counts is None:
        return []
    labels = {id: outcome.label for id, outcome in OUTCOMES.items()} | {"abstain": ABSTAIN_LABEL}
    rows = [(label, found.counts.get(id, 0), id == found.choice) for id, label in labels.items()]
    rows.append((NOT_CAST_LABEL, found.base - sum(found.counts.values()), False))
    return [
        {
            "name": name,
            "count": str(count),
            "share": share(count, found.base) if found.base else NONE,
            "is_decided": won,
        }
        for name, count, won in rows
    ]


def notes(found: VoteFacts) -> list[str]:
    if found.mode == "consensus":
        lines = ["Kết luận theo nguyên tắc nhất trí, không bỏ phiếu; thành viên có mặt được ghi như trên."]
    elif found.secret:
        lines = [f"Biểu quyết bằng phiếu kín; {counted(found.cast)} thành viên đã bỏ phiếu."]
    else:
        lines = [f"Biểu quyết công khai; {counted(found.cast)} thành viên đã bỏ phiếu."]
    if found.mode != "consensus":
        lines.append(decided(found))
    if found.recused:
        lines.append(f"Không tham gia biểu quyết: {joined([f'đồng chí {name}' for name in found.recused])}.")
    return lines


def decided(found: VoteFacts) -> str:
    if found.counts is None:
        return "Không mở hòm phiếu vì không bảo đảm bí mật của phiếu; không có kết quả biểu quyết."
    if found.choice is None:
        return "Không lựa chọn nào được quá nửa số thành viên có quyền biểu quyết và có mặt tán thành."
    backing = found.counts[found.choice]
    merged = f" vào hồ sơ {found.into}" if found.into else ""
    return (
        f"{OUTCOMES[found.choice].label}{merged}: {backing}/{found.base} thành viên ({share(backing, found.base)}), "
        "quá nửa số thành viên có quyền biểu quyết và có mặt; thành viên không có ý kiến hoặc không bỏ phiếu vẫn tính "
        "trong tổng số."
    )


def recorded(ballot: RecordedBallotFacts) -> str:
    return (
        f"Phiếu của đồng chí {ballot.member} được ghi thay; người ghi: {ballot.recorder}; "
        f"người xác nhận: {ballot.confirmed_by}."
    )


def conditions(found: Sequence[ConditionFacts]) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "text": condition.text,
            "owner": condition.owner,
            "due": party_date(condition.due_on),
        }
        for place, condition in enumerate(found, start=1)
    ]


def shown(value: Decimal | None) -> str:
    return NONE if value is None else rounded(value, 2)


def extent(values: Sequence[Decimal], places: int) -> str:
    return f"{rounded(min(values), places)} - {rounded(max(values), places)}" if values else NONE
