"""Sections 7 to 9: what is done, what comes out of it, which system and targets it serves."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import (
    ChoiceField,
    DateOrRow,
    DecimalField,
    Group,
    MultiChoice,
    Reference,
    References,
    RichText,
    RowReference,
    Rows,
    Section,
    TextField,
    TextList,
)

COMPONENTS = Rows(
    "components",
    Text("Hợp phần", "Components"),
    (
        TextField("name", Text("Tên hợp phần", "Name of the component"), required=True),
        RichText("description", Text("Mô tả", "Description")),
        TextList(
            "activities",
            Text("Hoạt động cốt lõi", "Core activities"),
            hint=Text("Mỗi dòng một hoạt động.", "One activity on each line."),
        ),
        TextField("responsible", Text("Đơn vị chịu trách nhiệm", "Responsible")),
    ),
    item_label=Text("Hợp phần", "Component"),
    code_prefix="HP",
    required=True,
    min_items=1,
)

SCOPE = Section(
    "scope",
    7,
    Text("Phạm vi và nội dung thực hiện chính:", "Scope and main content of implementation"),
    Group(
        "scope",
        Text("Phạm vi và nội dung thực hiện chính", "Scope and main content of implementation"),
        (
            MultiChoice("geographic_scope", Text("Phạm vi địa bàn", "Geographic scope"), choices.GEOGRAPHIC_SCOPES),
            TextField("beneficiaries", Text("Đối tượng thụ hưởng", "Beneficiaries"), max_length=2000),
            COMPONENTS,
        ),
    ),
    guidance=Text(
        "(Mô tả các hợp phần, hoạt động cốt lõi).",
        "(Describe the components and core activities).",
    ),
)

OUTPUTS = Section(
    "outputs",
    8,
    Text("Sản phẩm/kết quả đầu ra dự kiến:", "Expected products / outputs"),
    Rows(
        "outputs",
        Text("Sản phẩm/kết quả", "Products / outputs"),
        (
            ChoiceField("type", Text("Loại sản phẩm", "Type"), choices.OUTPUT_TYPES, required=True),
            TextField("name", Text("Tên sản phẩm", "Name"), required=True),
            RichText("description", Text("Mô tả", "Description")),
            DecimalField("quantity", Text("Số lượng", "Quantity")),
            Reference("unit", Text("Đơn vị tính", "Unit"), "units"),
            DateOrRow(
                "due",
                Text("Thời hạn", "Due"),
                "plan.phases",
                hint=Text("Một ngày, hoặc một giai đoạn của lộ trình.", "A day, or a phase of the roadmap."),
            ),
            TextField("acceptance", Text("Tiêu chí nghiệm thu", "Acceptance criterion"), max_length=2000),
            RowReference("component", Text("Thuộc hợp phần", "Component"), "scope.components"),
        ),
        item_label=Text("Sản phẩm", "Product"),
        code_prefix="SP",
        required=True,
        min_items=1,
    ),
    guidance=Text(
        "(Các sản phẩm cụ thể: Công nghệ, quy trình, mô hình, chính sách, cơ sở dữ liệu, ứng dụng, "
        "sản phẩm thương mại hoá...).",
        "(Concrete products: technology, process, model, policy, database, application, commercialised product...).",
    ),
)

TARGETS = Rows(
    "targets",
    Text("Chỉ tiêu của Nghị quyết số 57-NQ/TW", "Targets of Resolution 57-NQ/TW"),
    (
        Reference("target", Text("Chỉ tiêu", "Target"), "targets", required=True),
        RichText("contribution", Text("Đóng góp", "Contribution")),
        TextField("quantified", Text("Định lượng (nếu có)", "Quantified (if possible)")),
    ),
    item_label=Text("Chỉ tiêu", "Target"),
    required=True,
    min_items=1,
)

ALIGNMENT = Section(
    "alignment",
    9,
    Text(
        "Đóng góp vào hệ thống chiến lược và mục tiêu Nghị quyết số 57-NQ/TW:",
        "Contribution to the strategic systems and the objectives of Resolution 57-NQ/TW",
    ),
    Group(
        "alignment",
        Text(
            "Đóng góp vào hệ thống chiến lược và mục tiêu Nghị quyết số 57-NQ/TW",
            "Contribution to the strategic systems and the objectives of Resolution 57-NQ/TW",
        ),
        (
            Reference(
                "primary_system", Text("Hệ thống chiến lược chính", "Main strategic system"), "systems", required=True
            ),
            References("other_systems", Text("Hệ thống khác có đóng góp", "Other systems contributed to"), "systems"),
            TARGETS,
            References(
                "related_initiatives", Text("Sáng kiến đột phá liên quan", "Related initiatives"), "initiatives"
            ),
        ),
    ),
    guidance=Text(
        "(Ánh xạ rõ Sáng kiến/Dự án đóng góp vào Hệ thống nào và các Mục tiêu/Chỉ tiêu cụ thể nào của "
        "Nghị quyết số 57-NQ/TW).",
        "(Map clearly which System the Initiative/Project contributes to and which concrete Objectives/Targets "
        "of Resolution 57-NQ/TW).",
    ),
)

SECTIONS = (SCOPE, OUTPUTS, ALIGNMENT)
