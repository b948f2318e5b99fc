"""Sections 1 to 3: the name, who proposes and leads, who cooperates."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import ChoiceField, Field, Flag, Group, Party, Reference, RichText, Rows, Section, TextField

PARTY_FIELDS: tuple[Field, ...] = (
    TextField("name", Text("Tên đơn vị/cá nhân", "Name of the body or person"), required=True),
    ChoiceField("type", Text("Loại chủ thể", "Type"), choices.PROPOSER_TYPES),
    TextField(
        "registration_no",
        Text("Mã số thuế hoặc số đăng ký (nếu có)", "Tax or registration number (if any)"),
        max_length=100,
    ),
    TextField("address", Text("Địa chỉ", "Address")),
    TextField("email", Text("Thư điện tử", "E-mail"), max_length=254),
    TextField("phone", Text("Điện thoại", "Telephone"), max_length=50),
    TextField("contact_person", Text("Người liên hệ", "Contact person"), max_length=200),
    TextField("contact_position", Text("Chức vụ", "Position"), max_length=200),
)

NAME = Section(
    "name",
    1,
    Text("Tên Sáng kiến đột phá:", "Name of the breakthrough initiative"),
    Group(
        "name",
        Text("Tên Sáng kiến đột phá", "Name of the breakthrough initiative"),
        (
            TextField(
                "name_vi",
                Text("Tên Sáng kiến đột phá", "Name (Vietnamese)"),
                required=True,
                max_length=1000,
                warn_length=200,
                hint=Text(
                    "Nên dưới 200 ký tự. Tên này in trên mọi văn bản.",
                    "Best under 200 characters. This name is printed on every document.",
                ),
            ),
            TextField(
                "name_en",
                Text("Tên tiếng Anh (nếu có)", "Name (English, optional)"),
                max_length=1000,
            ),
            ChoiceField("kind", Text("Loại đề xuất", "Kind of proposal"), choices.KINDS, required=True),
            Reference(
                "initiative_ref",
                Text("Sáng kiến trong danh mục", "Initiative of the list"),
                "initiatives",
                required_if=("kind", "detail"),
                hint=Text(
                    "Bắt buộc khi đề xuất chi tiết hóa một sáng kiến trong danh mục.",
                    "Required when the proposal details an initiative of the list.",
                ),
            ),
        ),
    ),
    guidance=Text("(Ngắn gọn, thể hiện rõ bản chất).", "(Short, clearly showing its nature)."),
)

LEAD_UNIT = Section(
    "lead_unit",
    2,
    Text("Đơn vị đề xuất/chủ trì dự kiến:", "Proposing unit / intended lead unit"),
    Group(
        "lead_unit",
        Text("Đơn vị đề xuất/chủ trì dự kiến", "Proposing unit / intended lead unit"),
        (
            ChoiceField(
                "proposer_type",
                Text("Loại chủ thể đề xuất", "Type of proposer"),
                choices.PROPOSER_TYPES,
                required=True,
            ),
            Party(
                "proposer",
                Text("Đơn vị/cá nhân đề xuất", "Proposing unit or person"),
                PARTY_FIELDS,
                required=True,
            ),
            Party(
                "lead",
                Text("Đơn vị chủ trì dự kiến", "Intended lead unit"),
                PARTY_FIELDS,
                hint=Text(
                    "Có thể chính là đơn vị đề xuất. Cá nhân cần nêu một đơn vị, hoặc đề nghị chỉ định.",
                    "It may be the proposing unit itself. A person names a unit, or asks for one to be assigned.",
                ),
            ),
            Flag(
                "lead_to_be_assigned",
                Text(
                    "Đề nghị cơ quan có thẩm quyền chỉ định đơn vị chủ trì",
                    "Ask the competent body to name the lead unit",
                ),
            ),
            RichText(
                "lead_capacity",
                Text("Năng lực của đơn vị chủ trì", "Capacity of the lead unit"),
                recommended="advice",
                hint=Text(
                    "Tiêu chí khả thi hỏi đơn vị chủ trì có đủ năng lực triển khai và quản lý hay không.",
                    "The feasibility criterion asks whether the lead unit can carry out and manage the work.",
                ),
            ),
        ),
    ),
)

PARTNERS = Section(
    "partners",
    3,
    Text("Đơn vị phối hợp chính:", "Main cooperating units"),
    Rows(
        "partners",
        Text("Đơn vị phối hợp chính", "Main cooperating units"),
        (
            Party(
                "partner",
                Text("Đơn vị phối hợp", "Cooperating unit"),
                PARTY_FIELDS,
                required=True,
                accepts_name=True,
            ),
            TextField("partner_role", Text("Vai trò, nội dung phối hợp", "Role"), max_length=2000),
        ),
        item_label=Text("Đơn vị phối hợp", "Cooperating unit"),
        recommended="warning",
    ),
    required=False,
)

SECTIONS = (NAME, LEAD_UNIT, PARTNERS)
