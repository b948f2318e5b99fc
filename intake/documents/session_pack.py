"""The briefing pack of a session: the agenda, then one page on each proposal. For the members; no issued paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.clock import ZONE
from intake.documents.agenda import score_row
from intake.documents.annex import NONE, differences, score_table
from intake.documents.facts import Instant, to_data
from intake.documents.letterheads import LETTERHEADS
from intake.documents.numbering import ILLUSTRATIVE
from intake.documents.profiles import SHEET
from intake.documents.session_facts import AgendaItemFacts
from intake.documents.wording import counted, moment, paragraphs
from intake.vietnamese import money, official_date

FORMAT = "intake-session-pack/1"
TYPE = "TÀI LIỆU PHIÊN HỌP"
NOT_PUBLIC = "Tài liệu phục vụ phiên họp, không phổ biến"
MODES = {"ballot": "biểu quyết bằng phiếu", "consensus": "thống nhất ý kiến"}
# A proposal has to fit on its page.
PROFILE = SHEET.with_settings(
    body_size="11pt",
    line="1.15",
    gap="1pt",
    table_size="10pt",
    margin_left="20mm",
    margin_top="16mm",
    margin_bottom="14mm",
)


@dataclass(frozen=True)
class AskedFacts:
    """A condition that a body would attach to an approval."""

    body: str
    text: str


@dataclass(frozen=True)
class BriefFacts:
    """One proposal on its page: what it costs and when it runs, and the conditions that bodies propose."""

    about: AgendaItemFacts
    due: str
    starts_month: str | None
    ends_month: str | None
    total_vnd: int | None
    state_vnd: int
    social_vnd: int
    other_vnd: int
    kpis: tuple[str, ...]
    asked: tuple[AskedFacts, ...]


@dataclass(frozen=True)
class PackFacts:
    """A session that is to be held, and what stands on its agenda."""

    body: str
    number: int
    starts_at: Instant
    place: str
    mode: str
    members: tuple[str, ...]
    briefs: tuple[BriefFacts, ...]
    made_at: Instant
    is_illustrative: bool = False


def pack_context(facts: PackFacts) -> dict[str, Any]:
    """Everything the template prints, in words."""
    known = LETTERHEADS.get(facts.body)
    body = known.full_name if known else facts.body
    return {
        "profile": PROFILE,
        "is_draft": False,
        "foot_left": NOT_PUBLIC,
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"Tài liệu Phiên {facts.number} của {body}",
            "author": known.author if known else body,
            "description": f"{counted(len(facts.briefs))} đề xuất",
            "created": facts.made_at.astimezone(ZONE).isoformat(timespec="seconds"),
        },
        "payload": {"format": FORMAT, **to_data(facts)},
        "d": {
            "type": TYPE,
            "abstract": f"Phiên {facts.number} của {body}",
            "facts": [
                {"name": "Thời gian", "value": moment(facts.starts_at)},
                {"name": "Địa điểm", "value": facts.place},
                {"name": "Cách quyết định", "value": MODES.get(facts.mode, facts.mode)},
                {"name": "Thành viên", "value": "; ".join(facts.members) or NONE},
                {"name": "Tài liệu lập", "value": official_date(facts.made_at.astimezone(ZONE).date())},
            ],
            "rows": [score_row(brief.about) for brief in facts.briefs],
            "briefs": [page(brief) for brief in facts.briefs],
        },
    }


def page(brief: BriefFacts) -> dict[str, Any]:
    """One proposal: who, how much, until when; its scores; what bodies said, differ about and ask for."""
    about = brief.about
    return {
        "title": f"{about.place}. {about.title}",
        "lines": [
            {"name": "Mã hồ sơ", "value": f"{about.code}, phiên bản {about.version}; {about.system}"},
            {"name": "Đơn vị đề xuất", "value": about.proposer},
            {"name": "Đơn vị chủ trì dự kiến", "value": about.lead or NONE},
            {"name": "Thời gian thực hiện", "value": span(brief)},
            {"name": "Kinh phí", "value": cost(brief)},
            {"name": "Chỉ tiêu chính", "value": "; ".join(brief.kpis) or NONE},
            {"name": "Hạn quyết định", "value": brief.due or NONE},
        ],
        "summary": paragraphs(about.summary),
        "score": score_table(about.score) if about.score.official is not None else None,
        "opinions": list(about.opinions),
        "differences": differences(about.differences),
        "asked": [{"body": asked.body, "text": asked.text} for asked in brief.asked],
    }


def span(brief: BriefFacts) -> str:
    months = [month for month in (brief.starts_month, brief.ends_month) if month]
    return " - ".join("/".join(reversed(month.split("-"))) for month in months) or NONE


def cost(brief: BriefFacts) -> str:
    if brief.total_vnd is None:
        return NONE
    parts = {"ngân sách nhà nước": brief.state_vnd, "xã hội": brief.social_vnd, "khác": brief.other_vnd}
    split = [f"{name} {money(amount, 'vi')}" for name, amount in parts.items() if amount]
    return money(brief.total_vnd, "vi") + (f" ({'; '.join(split)})" if split else "")
