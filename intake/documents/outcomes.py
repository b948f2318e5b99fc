"""What a conclusion notice says for each outcome: wording as data (ours, after the notices of the committee)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Outcome:
    """Placeholders: {title}, {code}, {proposer}, {body}, {conditions}, {until}, {into}."""

    id: str
    label: str
    conclusion: str
    tasks: tuple[str, ...]


ASSIGNMENT = (
    "Giao Cơ quan Thường trực Ban Chỉ đạo tham mưu, trình Thường trực Ban Chỉ đạo phân công thành viên Ban Chỉ đạo "
    "chỉ đạo, giám sát và cơ quan chủ trì thực hiện."
)
REPORTING = (
    "Cơ quan chủ trì hoàn thiện kế hoạch thực hiện; định kỳ trước ngày 25 hằng tháng cập nhật tiến độ và kết quả từng "
    "chỉ số trên hệ thống."
)
NOTIFICATION = "Giao Cơ quan Thường trực Ban Chỉ đạo thông báo kết quả và lý do cho {proposer}."

OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        outcome.id: outcome
        for outcome in (
            Outcome(
                "approve",
                "Phê duyệt",
                "Phê duyệt đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}.",
                (ASSIGNMENT, REPORTING),
            ),
            Outcome(
                "approve_with_conditions",
                "Phê duyệt có điều kiện",
                "Phê duyệt có điều kiện đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}{conditions}.",
                (
                    ASSIGNMENT,
                    "Các cơ quan được giao trách nhiệm hoàn thành từng điều kiện đúng thời hạn, gửi tài liệu xác nhận "
                    "về Cơ quan Thường trực Ban Chỉ đạo.",
                    REPORTING,
                ),
            ),
            Outcome(
                "reject",
                "Không phê duyệt",
                "Không phê duyệt đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}.",
                (
                    NOTIFICATION,
                    "Đơn vị đề xuất có thể hoàn thiện nội dung và gửi đề xuất mới theo quy định.",
                ),
            ),
            Outcome(
                "defer",
                "Tạm hoãn",
                "Chưa quyết định, tạm hoãn xem xét{until} đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}.",
                (
                    NOTIFICATION,
                    "Cơ quan Thường trực Ban Chỉ đạo đưa đề xuất trở lại chương trình phiên họp khi đến hạn.",
                ),
            ),
            Outcome(
                "request_revision",
                "Yêu cầu hoàn thiện",
                "Yêu cầu hoàn thiện đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}, trước khi quyết định.",
                (
                    "Giao {proposer} hoàn thiện, nộp lại đề xuất{until}.",
                    "Cơ quan Thường trực Ban Chỉ đạo tổng hợp nội dung đã thay đổi, trình lại {body}.",
                ),
            ),
            Outcome(
                "merge",
                "Hợp nhất",
                "Hợp nhất đề xuất Sáng kiến đột phá “{title}”, mã hồ sơ {code}, vào {into}.",
                (
                    NOTIFICATION,
                    "Nội dung của đề xuất được xem xét trong hồ sơ hợp nhất; {proposer} được theo dõi hồ sơ này.",
                ),
            ),
        )
    }
)
ABSTAIN_LABEL = "Không có ý kiến"
NOT_CAST_LABEL = "Không bỏ phiếu"
