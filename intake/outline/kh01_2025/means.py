"""Sections 10 and 11: the roadmap and the resources it takes."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import (
    ChoiceField,
    DateField,
    DecimalField,
    Flag,
    Group,
    IntegerField,
    Money,
    MonthField,
    Reference,
    RichText,
    RowReference,
    Rows,
    Section,
    TextField,
)

PHASES = Rows(
    "phases",
    Text("Giai đoạn", "Phases"),
    (
        TextField("name", Text("Tên giai đoạn", "Name of the phase"), required=True),
        MonthField("start", Text("Bắt đầu (tháng)", "Start (month)")),
        MonthField("end", Text("Kết thúc (tháng)", "End (month)")),
        RichText("work", Text("Nội dung công việc", "Work")),
        Rows(
            "milestones",
            Text("Mốc chính", "Milestones"),
            (
                TextField("name", Text("Mốc", "Milestone"), required=True),
                DateField("date", Text("Ngày", "Date")),
            ),
            item_label=Text("Mốc", "Milestone"),
        ),
    ),
    item_label=Text("Giai đoạn", "Phase"),
    code_prefix="GD",
    required=True,
    min_items=1,
    max_items=20,
)

PLAN = Section(
    "plan",
    10,
    Text("Kế hoạch và lộ trình thực hiện:", "Plan and roadmap"),
    Group("plan", Text("Kế hoạch và lộ trình thực hiện", "Plan and roadmap"), (PHASES,)),
    guidance=Text(
        "(Các giai đoạn chính, thời gian dự kiến cho từng giai đoạn).",
        "(Main phases, expected time of each phase).",
    ),
)

PLAN_PHASES = (
    Text(
        "Giai đoạn 2025 - 2027: Xây dựng nền tảng, tạo đột phá ban đầu",
        "2025 - 2027: Build the foundation, create the first breakthroughs",
    ),
    Text(
        "Giai đoạn 2028 - 2030: Tăng tốc, mở rộng, đạt mục tiêu đến năm 2030",
        "2028 - 2030: Accelerate, expand, reach the 2030 objectives",
    ),
    Text(
        "Giai đoạn 2031 - 2045: Phát triển nhanh, bền vững, hội nhập sâu rộng",
        "2031 - 2045: Rapid, sustainable development and deep integration",
    ),
)

PHASE = RowReference("phase", Text("Giai đoạn", "Phase"), "plan.phases")

FINANCE = Group(
    "finance",
    Text("Tài chính:", "Finance"),
    (
        Money(
            "total",
            Text("Tổng kinh phí dự kiến", "Total expected budget"),
            required=True,
            hint=Text("Bằng tổng các nguồn bên dưới.", "Equals the sum of the sources below."),
        ),
        Rows(
            "sources",
            Text("Cơ cấu nguồn", "Source structure"),
            (
                ChoiceField("source", Text("Nguồn", "Source"), choices.FINANCE_SOURCES, required=True),
                TextField(
                    "detail",
                    Text("Chi tiết nguồn", "Detail"),
                    max_length=2000,
                    hint=Text(
                        "Trung ương, địa phương, doanh nghiệp, quỹ, ODA...",
                        "Central, local, enterprises, funds, ODA...",
                    ),
                ),
                Money("amount", Text("Số tiền", "Amount"), required=True),
                ChoiceField("commitment", Text("Mức cam kết", "Commitment"), choices.COMMITMENTS),
            ),
            item_label=Text("Nguồn", "Source"),
            required=True,
            min_items=1,
        ),
        RichText(
            "special_mechanism",
            Text("Đề xuất cơ chế tài chính (nếu cần đặc thù)", "Proposed special financial mechanism (if needed)"),
        ),
    ),
    number="11.1",
    guidance=Text(
        "Tổng kinh phí dự kiến, cơ cấu nguồn (ngân sách nhà nước, xã hội hoá, khác), đề xuất cơ chế tài chính "
        "(nếu cần đặc thù).",
        "Total expected budget, source structure (state budget, non-state (socialised) resources, other), "
        "proposed financial mechanism (if a special one is needed).",
    ),
    required=True,
)

HUMAN = Group(
    "human",
    Text("Nhân lực:", "Human resources"),
    (
        Rows(
            "key_staff",
            Text("Nhân lực chủ chốt", "Key personnel"),
            (
                TextField("role", Text("Vị trí", "Role"), required=True),
                IntegerField("count", Text("Số người", "Number of persons")),
                TextField("qualification", Text("Trình độ, kinh nghiệm", "Qualification"), max_length=2000),
                Flag("available", Text("Đã có", "Already available")),
                PHASE,
            ),
            item_label=Text("Vị trí", "Position"),
            required=True,
            min_items=1,
        ),
        Rows(
            "experts",
            Text("Chuyên gia cần thu hút", "Experts to be attracted"),
            (
                TextField("field", Text("Lĩnh vực", "Field")),
                IntegerField("count", Text("Số người", "Number of persons")),
                ChoiceField("origin", Text("Nguồn chuyên gia", "Origin"), choices.EXPERT_ORIGINS),
                PHASE,
            ),
            item_label=Text("Chuyên gia", "Expert"),
        ),
    ),
    number="11.2",
    guidance=Text(
        "Nhu cầu nhân lực chủ chốt, chuyên gia cần thu hút.",
        "Need for key personnel, experts to be attracted.",
    ),
    required=True,
)

INFRASTRUCTURE = Group(
    "infrastructure",
    Text("Hạ tầng, trang thiết bị:", "Infrastructure and equipment"),
    (
        Rows(
            "items",
            Text("Hạ tầng, trang thiết bị", "Infrastructure, equipment"),
            (
                TextField("name", Text("Tên", "Name"), required=True),
                DecimalField("quantity", Text("Số lượng", "Quantity")),
                Reference("unit", Text("Đơn vị tính", "Unit"), "units"),
                Money("estimated_cost", Text("Chi phí ước tính", "Estimated cost")),
                PHASE,
                Flag("existing_shareable", Text("Đã có, dùng chung", "Exists, can be shared")),
            ),
            item_label=Text("Hạng mục", "Item"),
        ),
    ),
    number="11.3",
    guidance=Text("Nhu cầu (nếu có).", "Needs (if any)."),
)

BY_PHASE = Group(
    "by_phase",
    Text("Nguồn lực theo từng giai đoạn", "Resources by phase"),
    (
        Rows(
            "rows",
            Text("Nguồn lực của giai đoạn", "Resources of the phase"),
            (
                PHASE,
                *(Money(choice.id, choice.label) for choice in choices.FINANCE_SOURCES),
                IntegerField("staff", Text("Nhân lực (người)", "Staff (persons)")),
                TextField("infrastructure", Text("Hạ tầng", "Infrastructure"), max_length=2000),
                TextField("note", Text("Ghi chú", "Note"), max_length=2000),
            ),
            item_label=Text("Giai đoạn", "Phase"),
            required=True,
            one_per="plan.phases",
        ),
    ),
    number="11.4",
    guidance=Text(
        "(cần đánh giá chi tiết về nguồn lực triển khai cho từng giai đoạn).",
        "(a detailed assessment of the implementation resources for each phase is needed).",
    ),
    required=True,
)

RESOURCES = Section(
    "resources",
    11,
    Text("Dự kiến nguồn lực:", "Expected resources"),
    Group(
        "resources",
        Text("Dự kiến nguồn lực", "Expected resources"),
        (FINANCE, HUMAN, INFRASTRUCTURE, BY_PHASE),
    ),
)

SECTIONS = (PLAN, RESOURCES)
