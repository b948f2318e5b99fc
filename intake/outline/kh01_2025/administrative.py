"""What is asked beside the template (ours): attachments, confidentiality, consent, declarations; and file metadata."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.kh01_2025 import choices
from intake.outline.model import Choice, ChoiceField, Flag, Group, RichText, Rows, TextField

DECLARATIONS = Group(
    "declarations",
    Text("Cam kết của người đề xuất", "Declarations"),
    (
        Flag(
            "truthful",
            Text("Thông tin trong đề xuất là trung thực.", "The information in the proposal is truthful."),
            must_be_true=True,
        ),
        Flag(
            "no_ip_infringement",
            Text(
                "Đề xuất không xâm phạm quyền sở hữu trí tuệ của người khác.",
                "The proposal does not infringe anybody's intellectual property.",
            ),
            must_be_true=True,
        ),
        Flag(
            "not_duplicate",
            Text(
                "Đề xuất không trùng với hồ sơ đã nộp.",
                "The proposal does not duplicate one already submitted.",
            ),
            must_be_true=True,
        ),
        Flag(
            "data_processing",
            Text(
                "Đồng ý cho xử lý dữ liệu cá nhân để xem xét đề xuất.",
                "I agree to the processing of personal data for the examination of the proposal.",
            ),
            must_be_true=True,
        ),
    ),
    required=True,
)

ADMINISTRATIVE = Group(
    "administrative",
    Text("Thông tin hành chính", "Administrative information"),
    (
        Rows(
            "attachments",
            Text("Tài liệu kèm theo", "Attachments"),
            (
                TextField("name", Text("Tên tệp", "File name"), max_length=255, required=True),
                TextField("description", Text("Mô tả", "Description"), max_length=1000),
                TextField("sha256", Text("Mã băm SHA-256", "SHA-256"), max_length=64),
            ),
            item_label=Text("Tài liệu", "Attachment"),
        ),
        ChoiceField(
            "confidentiality",
            Text("Mức độ bảo mật", "Confidentiality"),
            choices.CONFIDENTIALITY,
            required=True,
            hint=Text(
                "Không đưa bí mật nhà nước vào hệ thống này: nội dung đó chỉ nhận theo đường công văn mật.",
                "Never enter state secrets here: such content is received only by classified mail.",
            ),
        ),
        Flag(
            "publish_consent",
            Text("Đồng ý công khai tóm tắt đề xuất", "Consent to publish a summary"),
            required=True,
        ),
        DECLARATIONS,
    ),
)

METADATA = Group(
    "meta",
    Text("Thông tin về tệp", "About the file"),
    (
        TextField("template", Text("Phiên bản khung", "Template version"), max_length=100),
        Flag("illustrative", Text("Dữ liệu minh họa", "Illustrative data")),
        RichText("illustrative_note", Text("Ghi chú minh họa", "Note on the illustration"), max_length=2000),
        ChoiceField(
            "language",
            Text("Ngôn ngữ", "Language"),
            (Choice("vi", Text("Tiếng Việt", "Vietnamese")), Choice("en", Text("Tiếng Anh", "English"))),
        ),
        TextField("expected_status", Text("Trạng thái dự kiến", "Expected status"), max_length=100),
        Group(
            "derived_from",
            Text("Trích từ", "Derived from"),
            (TextField("file", Text("Tệp", "File")), TextField("section", Text("Mục", "Section"))),
        ),
    ),
)
