"""Sections 4 to 6: why it is needed, what it aims at, what is new about it."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import (
    ChoiceField,
    DateField,
    DecimalField,
    Group,
    Reference,
    References,
    RichText,
    Rows,
    Section,
    TextField,
)

LEGAL_BASIS = Rows(
    "legal_basis",
    Text("Căn cứ pháp lý/chủ trương", "Legal / policy basis"),
    (
        TextField("document", Text("Tên văn bản", "Document"), max_length=1000, required=True),
        TextField("number", Text("Số, ký hiệu", "Number"), max_length=100),
        DateField("date", Text("Ngày ban hành", "Date of issue")),
        TextField("issuer", Text("Cơ quan ban hành", "Issuing body")),
        TextField("note", Text("Ghi chú", "Note"), max_length=2000),
    ),
    item_label=Text("Căn cứ", "Basis"),
    required=True,
    min_items=1,
)

RATIONALE = Section(
    "rationale",
    4,
    Text("Sự cần thiết và cơ sở đề xuất:", "Necessity and basis of the proposal"),
    Group(
        "rationale",
        Text("Sự cần thiết và cơ sở đề xuất", "Necessity and basis of the proposal"),
        (
            RichText("context", Text("Bối cảnh", "Context"), required=True, min_length=100),
            RichText("problem", Text("Vấn đề cần giải quyết", "Problem to be solved"), required=True, min_length=100),
            LEGAL_BASIS,
        ),
    ),
    guidance=Text(
        "(Phân tích bối cảnh, vấn đề cần giải quyết, căn cứ pháp lý/chủ trương).",
        "(Analyse the context, the problem to be solved, the legal/policy basis).",
    ),
)

MEASURABLE = Group(
    "measurable",
    Text("M - Đo lường được", "M - Measurable"),
    (
        TextField("indicator", Text("Chỉ số", "Indicator")),
        Reference("unit", Text("Đơn vị tính", "Unit"), "units"),
        DecimalField("baseline", Text("Giá trị gốc", "Baseline")),
        DateField("baseline_date", Text("Ngày của giá trị gốc", "Date of the baseline")),
        DecimalField("target", Text("Giá trị mục tiêu", "Target")),
        ChoiceField("comparator", Text("So sánh", "Comparison"), choices.COMPARATORS),
    ),
)

RELEVANT = Group(
    "relevant",
    Text("R - Liên quan", "R - Relevant"),
    (
        References("targets", Text("Chỉ tiêu của Nghị quyết", "Targets of the Resolution"), "targets"),
        References("systems", Text("Hệ thống chiến lược", "Strategic systems"), "systems"),
        TextField("text", Text("Liên quan như thế nào", "How it relates"), max_length=2000),
    ),
)

SPECIFIC = Rows(
    "specific",
    Text("Mục tiêu cụ thể (SMART)", "Specific objectives (SMART)"),
    (
        RichText(
            "specific",
            Text("S - Cụ thể", "S - Specific"),
            hint=Text("Điều gì sẽ đạt được, ở đâu, cho ai.", "What will be achieved, where, for whom."),
        ),
        MEASURABLE,
        RichText(
            "achievable",
            Text("A - Khả thi", "A - Achievable"),
            hint=Text(
                "Vì sao đạt được: nguồn lực, năng lực, tiền lệ.",
                "Why it can be reached: resources, capacity, precedents.",
            ),
        ),
        RELEVANT,
        DateField("time_bound", Text("T - Có thời hạn", "T - Time-bound")),
    ),
    item_label=Text("Mục tiêu", "Objective"),
    code_prefix="MT",
    required=True,
    min_items=1,
    max_items=20,
)

OBJECTIVES = Section(
    "objectives",
    5,
    Text("Mục tiêu:", "Objectives"),
    Group(
        "objectives",
        Text("Mục tiêu", "Objectives"),
        (
            RichText("general", Text("Mục tiêu tổng quát", "General objective"), required=True, min_length=30),
            SPECIFIC,
        ),
    ),
    guidance=Text(
        "(Nêu rõ mục tiêu tổng quát và các mục tiêu cụ thể theo tiêu chí SMART: Specific - Cụ thể, "
        "Measurable - Đo lường được, Achievable - Khả thi, Relevant - Liên quan, Time-bound - Có thời hạn).",
        "(State clearly the general objective and the specific objectives by the SMART criteria: Specific, "
        "Measurable, Achievable, Relevant, Time-bound).",
    ),
)

NEW_ELEMENTS = Rows(
    "new_elements",
    Text("Yếu tố mới, khác biệt", "New, different elements"),
    (
        ChoiceField("aspect", Text("Khía cạnh", "Aspect"), choices.ASPECTS, required=True),
        RichText("description", Text("Mô tả", "Description"), required=True),
        TextField("compared_with", Text("So với", "Compared with"), max_length=2000),
    ),
    item_label=Text("Yếu tố mới", "New element"),
    required=True,
    min_items=1,
)

NOVELTY = Section(
    "novelty",
    6,
    Text("Tính đột phá và sáng tạo:", "Breakthrough and creativity"),
    Group(
        "novelty",
        Text("Tính đột phá và sáng tạo", "Breakthrough and creativity"),
        (RichText("current_state", Text("Hiện trạng", "Present state"), required=True), NEW_ELEMENTS),
    ),
    guidance=Text(
        "(Làm rõ yếu tố mới, khác biệt về công nghệ, mô hình, giải pháp so với hiện tại).",
        "(Make clear the new element and the difference in technology, model, solution compared with the present).",
    ),
)

SECTIONS = (RATIONALE, OBJECTIVES, NOVELTY)
