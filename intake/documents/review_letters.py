"""Letters of the review: the request to ministries, a ministry's opinion, the chief engineer's assessment (ours)."""

from __future__ import annotations

from typing import Any

from intake.clock import local_date
from intake.documents.facts import head_of
from intake.documents.letters import letter, received
from intake.documents.review_facts import AssessmentRequestFacts, OpinionFacts
from intake.documents.wording import joined, paragraphs, sentence
from intake.vietnamese import official_date

REQUEST_FORMAT, OPINION_FORMAT = "intake-assessment-request/1", "intake-opinion/1"
REQUEST_ABOUT = ("V/v lấy ý kiến, đánh giá", "đề xuất Sáng kiến đột phá")
OPINION_ABOUT = ("V/v ý kiến đối với", "đề xuất Sáng kiến đột phá")
ASSESSMENT_ABOUT = ("V/v đánh giá của Tổng công trình sư", "đối với đề xuất Sáng kiến đột phá")
ASKED_COLUMNS = ("Cơ quan", "Nội dung đề nghị")
CONDITION_COLUMNS = ("Kiến nghị", "Nội dung điều kiện")
SECRETARIAT_NAME = "Văn phòng Trung ương Đảng (Cơ quan Thường trực Ban Chỉ đạo)"
POSITIONS = {
    "agree": "Thống nhất với đề xuất.",
    "conditions": "Thống nhất với đề xuất, kèm theo các điều kiện nêu tại bảng dưới đây.",
    "disagree": "Không thống nhất với đề xuất.",
}
ASSESSMENT = "assessment"


def request_context(facts: AssessmentRequestFacts) -> dict[str, Any]:
    """Who is asked for what, until when, and where it is written down."""
    asked = [
        (facts.lead, "Chủ trì thẩm định; tổng hợp ý kiến của các cơ quan phối hợp; phân công người chấm điểm."),
        *(
            (body, "Phối hợp thẩm định; cho ý kiến chính thức và phân công người chấm điểm.")
            for body in facts.cooperating
        ),
    ]
    if facts.engineer:
        asked.append((facts.engineer, "Chấm điểm độc lập, đánh giá sau khi các bộ, ngành đã cho ý kiến."))
    due = official_date(facts.due_on)
    d = {
        "about": REQUEST_ABOUT,
        "opening": [
            f"{received(facts.proposal)} Đề xuất do {facts.proposal.proposer} trình, thuộc {facts.proposal.system}. "
            "Thực hiện Kế hoạch số 01-KH/BCĐTW, ngày 02/6/2025, Cơ quan Thường trực Ban Chỉ đạo đề nghị các cơ quan "
            "cho ý kiến và đánh giá theo sáu tiêu chí, cụ thể như sau:"
        ],
        "rows": [
            {"place": place, "section": body, "lines": [what]} for place, (body, what) in enumerate(asked, start=1)
        ],
        "following": [
            f"Ý kiến của các bộ, ngành gửi trước hết {due}. Quá thời hạn nêu trên mà chưa có ý kiến, hồ sơ được chuyển "
            "bước tiếp theo và ghi rõ cơ quan chưa cho ý kiến.",
            f"Hồ sơ, phiếu chấm điểm và mẫu ý kiến có tại địa chỉ {facts.answer_url}.",
        ],
        "closing": "Cơ quan Thường trực Ban Chỉ đạo trân trọng đề nghị các cơ quan quan tâm, phối hợp thực hiện.",
    }
    head = head_of(facts.issuer, facts.letterhead)
    return letter(
        facts,
        REQUEST_FORMAT,
        d,
        addressee=joined([name for name, _ in asked]),
        written_at=facts.written_at,
        capacity=head.capacity,
        columns=ASKED_COLUMNS,
    )


def opinion_context(facts: OpinionFacts) -> dict[str, Any]:
    """A position with its reasons and conditions, as it was signed in the system."""
    is_assessment = facts.kind == ASSESSMENT
    head = head_of(facts.issuer, facts.letterhead)
    proposal = facts.proposal
    what = "đánh giá" if is_assessment else "ý kiến"
    opening = [
        f"Trả lời đề nghị của Cơ quan Thường trực Ban Chỉ đạo về đề xuất Sáng kiến đột phá “{proposal.title}”, mã hồ "
        f"sơ {proposal.code}, phiên bản {facts.version}, do {proposal.proposer} trình, {head.full_name} có {what} như "
        "sau:",
        f"1. Quan điểm: {POSITIONS[facts.position]}",
        "2. Lý do và nội dung cụ thể:",
        *(sentence(line) for line in paragraphs(facts.text)),
    ]
    d = {
        "about": ASSESSMENT_ABOUT if is_assessment else OPINION_ABOUT,
        "opening": opening,
        "rows": [
            {"place": place, "section": f"Điều kiện {place}", "lines": paragraphs(condition)}
            for place, condition in enumerate(facts.conditions, start=1)
        ],
        "following": [
            f"Người ký trên hệ thống: {facts.author}, {official_date(local_date(facts.signed_at))}. Nội dung trên hệ "
            "thống là bản gốc; ý kiến mới thay thế ý kiến này."
        ],
        "closing": f"Trên đây là {what} của {head.full_name}, gửi Cơ quan Thường trực Ban Chỉ đạo tổng hợp.",
    }
    return letter(
        facts,
        OPINION_FORMAT,
        d,
        addressee=SECRETARIAT_NAME,
        written_at=facts.signed_at,
        capacity=head.capacity,
        columns=CONDITION_COLUMNS,
    )
