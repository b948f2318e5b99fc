"""The monthly report of a lead agency as a paper: what was done, what is in the way, indicators beside targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.canonical import sha256_of
from intake.clock import local_date
from intake.documents.check_mark import check_mark
from intake.documents.facts import Instant, IssueFacts, ProposalFacts, head_of, to_data
from intake.documents.letterheads import Letterhead
from intake.documents.numbering import (
    DRAFT,
    HASH_LABEL,
    ILLUSTRATIVE,
    NOT_IN_FORCE,
    capacity_of,
    created_at,
    listed,
    number_line,
    place_line,
)
from intake.documents.wording import paragraphs, sentence
from intake.vietnamese import number, official_date, short_date

FORMAT, SYMBOL = "intake-kpi-report/1", "BC"
NONE = "-"
ADDRESSEE = "Văn phòng Trung ương Đảng (Cơ quan Thường trực Ban Chỉ đạo)"


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator as approved, and what was reported; `value` None when the note says why there is none."""

    code: str
    name: str
    unit: str
    baseline: float | None
    target: float | None
    deadline_on: date | None
    value: float | None
    note: str


@dataclass(frozen=True)
class KpiReportFacts:
    """One report of a lead agency, in one edition."""

    doc: str
    check_url: str
    report: int
    proposal: ProposalFacts
    issuer: str
    decided: str
    period_on: date
    edition: int
    progress: str
    difficulties: str
    indicators: tuple[IndicatorFacts, ...]
    author: str
    sent_at: Instant
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


def kpi_report_context(facts: KpiReportFacts) -> dict[str, Any]:
    """The paper that the head of the lead agency signs."""
    head, issue, proposal = head_of(facts.issuer, facts.letterhead), facts.issue, facts.proposal
    payload = {"format": FORMAT, **to_data(facts)}
    return {
        "profile": head.profile,
        "is_draft": issue is None,
        "foot_left": "" if issue else NOT_IN_FORCE,
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"Báo cáo kỳ {short_date(facts.period_on)}, mã hồ sơ {proposal.code}",
            "author": head.author,
            "description": proposal.title or proposal.code,
            "created": created_at(issue, facts.sent_at),
        },
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": number_line(head, SYMBOL, issue),
            "place_date": place_line(head, issue, facts.sent_at),
            "draft_tag": "" if issue else DRAFT,
            "is_long": False,
            **told(facts, head),
            "recipients": listed(["Như trên", f"Lưu: {head.symbol}"], head.profile.separator),
            "capacity": capacity_of(head, issue),
            "name": issue.signer if issue else "",
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL) if issue else None,
        },
    }


def told(facts: KpiReportFacts, head: Letterhead) -> dict[str, Any]:
    """What the report says, between head and signature."""
    proposal, period = facts.proposal, official_date(facts.period_on)
    basis = f"Thực hiện {facts.decided} về" if facts.decided else "Thực hiện quyết định của Ban Chỉ đạo về"
    return {
        "type": "BÁO CÁO",
        "abstract": f"Tình hình thực hiện Sáng kiến đột phá, mã hồ sơ {proposal.code}, kỳ {period}",
        "addressee": f"Kính gửi: {ADDRESSEE}.",
        "opening": [
            f"{basis} Sáng kiến đột phá “{proposal.title}”, do {proposal.proposer} đề xuất, {head.full_name} báo cáo "
            f"tình hình thực hiện kỳ {period} như sau:"
        ],
        "progress": written(facts.progress),
        "difficulties": written(facts.difficulties) or ["Không có khó khăn, vướng mắc cần kiến nghị."],
        "rows": [indicator_row(place, one) for place, one in enumerate(facts.indicators, start=1)],
        "source": source(facts),
        "closing": f"Trên đây là báo cáo của {head.full_name}, gửi Cơ quan Thường trực Ban Chỉ đạo theo dõi, tổng hợp.",
    }


def written(text: str) -> list[str]:
    return [sentence(line) for line in paragraphs(text)]


def indicator_row(place: int, one: IndicatorFacts) -> dict[str, Any]:
    until = f", đến {short_date(one.deadline_on)}" if one.deadline_on else ""
    return {
        "place": place,
        "name": f"{one.code}. {one.name}",
        "unit": one.unit,
        "baseline": figure(one.baseline),
        "target": f"{figure(one.target)}{until}",
        "value": figure(one.value),
        "note": one.note,
    }


def figure(value: float | None) -> str:
    return NONE if value is None else number(value, "vi")


def source(facts: KpiReportFacts) -> str:
    """Who sent what in the system, and which edition this is."""
    sent = f"Người gửi trên hệ thống: {facts.author}, {official_date(local_date(facts.sent_at))}."
    if facts.edition == 1:
        return sent
    return f"{sent} Bản thứ {facts.edition}, thay thế các bản trước của kỳ này."
