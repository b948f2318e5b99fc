"""Sections 12 to 14: how results are measured, what may go wrong, what is asked of the authorities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import (
    ChoiceField,
    Computed,
    DateField,
    DecimalField,
    Group,
    IntegerField,
    MonthField,
    Reference,
    RichText,
    RowReference,
    Rows,
    Section,
    TextField,
)

MILESTONES = Rows(
    "milestones",
    Text("Giá trị theo mốc", "Milestone values"),
    (
        MonthField("period", Text("Đến tháng", "By month"), required=True),
        DecimalField("target", Text("Giá trị", "Value"), required=True),
    ),
    item_label=Text("Mốc", "Milestone"),
)

KPI_ROWS = Rows(
    "kpis",
    Text("Chỉ số", "Indicators"),
    (
        TextField("name", Text("Tên chỉ số", "Name of the indicator")),
        RichText("definition", Text("Định nghĩa, cách tính", "Definition, how it is calculated")),
        ChoiceField("level", Text("Cấp chỉ số", "Level"), choices.KPI_LEVELS),
        ChoiceField("measures", Text("Đo lường", "Measures"), choices.KPI_MEASURES),
        Reference("unit", Text("Đơn vị tính", "Unit"), "units"),
        ChoiceField("direction", Text("Chiều hướng", "Direction"), choices.DIRECTIONS),
        DecimalField("baseline", Text("Giá trị gốc", "Baseline")),
        DateField("baseline_date", Text("Ngày của giá trị gốc", "Date of the baseline")),
        DecimalField("target", Text("Giá trị mục tiêu", "Target")),
        DateField("deadline", Text("Thời hạn", "Deadline")),
        MILESTONES,
        ChoiceField("frequency", Text("Tần suất báo cáo", "Reporting frequency"), choices.FREQUENCIES),
        TextField("data_source", Text("Nguồn dữ liệu", "Data source")),
        TextField("responsible", Text("Đơn vị chịu trách nhiệm", "Responsible")),
        RowReference("objective", Text("Mục tiêu liên quan", "Linked objective"), "objectives.specific"),
        Reference(
            "target_ref", Text("Chỉ tiêu của Nghị quyết (nếu có)", "Target of the Resolution (if any)"), "targets"
        ),
    ),
    item_label=Text("Chỉ số", "Indicator"),
    code_prefix="KPI",
    required=True,
    min_items=1,
    max_items=50,
)

KPIS = Section(
    "kpis",
    12,
    Text("Các chỉ số đo lường kết quả chính (KPIs):", "Key performance indicators (KPIs)"),
    Group("kpis", Text("Các chỉ số đo lường kết quả chính (KPIs)", "Key performance indicators (KPIs)"), (KPI_ROWS,)),
    guidance=Text(
        "(Các chỉ số cụ thể để đo lường tiến độ và kết quả đạt được so với mục tiêu).",
        "(Concrete indicators to measure progress and results achieved against the objectives).",
    ),
)


def risk_level(row: Mapping[str, Any]) -> int | None:
    """Probability times impact, once both are given."""
    probability, impact = row.get("probability"), row.get("impact")
    return probability * impact if probability and impact else None


RISK_ROWS = Rows(
    "risks",
    Text("Rủi ro", "Risks"),
    (
        ChoiceField("category", Text("Nhóm rủi ro", "Category"), choices.RISK_CATEGORIES),
        RichText("description", Text("Mô tả", "Description")),
        IntegerField("probability", Text("Xác suất (1-5)", "Probability (1-5)"), minimum=1, maximum=5),
        IntegerField("impact", Text("Tác động (1-5)", "Impact (1-5)"), minimum=1, maximum=5),
        Computed(
            "level",
            Text("Mức độ rủi ro (xác suất x tác động)", "Risk level (probability x impact)"),
            risk_level,
        ),
        RichText("prevention", Text("Biện pháp phòng ngừa", "Prevention")),
        RichText("response", Text("Biện pháp ứng phó", "Response")),
        TextField("owner", Text("Người, đơn vị chịu trách nhiệm", "Owner")),
    ),
    item_label=Text("Rủi ro", "Risk"),
    code_prefix="RR",
    required=True,
    min_items=1,
)

RISKS = Section(
    "risks",
    13,
    Text("Rủi ro chính và giải pháp quản lý:", "Main risks and management measures"),
    Group("risks", Text("Rủi ro chính và giải pháp quản lý", "Main risks and management measures"), (RISK_ROWS,)),
    guidance=Text(
        "(Nhận diện các rủi ro tiềm ẩn và đề xuất biện pháp phòng ngừa, ứng phó).",
        "(Identify potential risks and propose preventive and response measures).",
    ),
)

RECOMMENDATIONS = Section(
    "recommendations",
    14,
    Text("Kiến nghị cụ thể (nếu có):", "Specific recommendations (if any)"),
    Group(
        "recommendations",
        Text("Kiến nghị cụ thể (nếu có)", "Specific recommendations (if any)"),
        (
            Rows(
                "items",
                Text("Kiến nghị", "Recommendations"),
                (
                    ChoiceField("type", Text("Loại kiến nghị", "Type"), choices.RECOMMENDATION_TYPES),
                    Reference("addressee", Text("Cơ quan được kiến nghị", "Addressee"), "organisations"),
                    RichText("content", Text("Nội dung kiến nghị", "Content"), required=True),
                    TextField(
                        "legal_document",
                        Text("Văn bản cần sửa đổi, bổ sung", "Legal document to be amended"),
                        max_length=2000,
                    ),
                ),
                item_label=Text("Kiến nghị", "Recommendation"),
            ),
        ),
    ),
    guidance=Text(
        "Về cơ chế, chính sách đặc thù... nhằm đảm bảo cho tính khả thi của việc triển khai sáng kiến.",
        "On special mechanisms and policies... to ensure the feasibility of carrying out the initiative.",
    ),
    required=False,
)

SECTIONS = (KPIS, RISKS, RECOMMENDATIONS)
