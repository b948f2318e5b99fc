"""The template of Plan 01-KH/BCĐTW, Appendix I part II, as one declaration.

Labels, guidance and rules are the words of the source. Its numbers 1 to 14, the fields, types and limits are ours.
"""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices, content, means, parties, purpose, results
from intake.outline.kh01_2025.administrative import ADMINISTRATIVE, METADATA
from intake.outline.kh01_2025.rules import RULES
from intake.outline.model import Outline

KH01_2025 = Outline(
    id="kh01-2025",
    aliases=("template.yaml version 1",),
    title=Text("KHUNG ĐỀ XUẤT SÁNG KIẾN ĐỘT PHÁ", "Framework for proposing a breakthrough initiative"),
    heading=Text(
        "KHUNG (TEMPLATE) ĐỀ XUẤT SÁNG KIẾN ĐỘT PHÁ",
        "Framework (template) for proposing a breakthrough initiative",
    ),
    intro=Text(
        "Để bảo đảm tính thống nhất, đầy đủ thông tin và thuận lợi cho việc xem xét, thẩm định, các đề xuất Sáng kiến "
        "đột phá mới hoặc các đề xuất chi tiết hóa Sáng kiến đột phá trong danh mục ban đầu cần tuân thủ Khung cấu "
        "trúc sau:",
        "To ensure uniformity and complete information and to facilitate consideration and appraisal, proposals for "
        "new breakthrough initiatives, or proposals detailing breakthrough initiatives of the initial list, need to "
        "follow the following structure:",
    ),
    source="001, Phụ lục I, mục II",
    sections=(
        *parties.SECTIONS,
        *purpose.SECTIONS,
        *content.SECTIONS,
        *means.SECTIONS,
        *results.SECTIONS,
    ),
    administrative=ADMINISTRATIVE,
    metadata=METADATA,
    rules=RULES,
    risk_bands=choices.RISK_BANDS,
    plan_phases=means.PLAN_PHASES,
)
