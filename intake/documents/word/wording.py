"""What a Word file says beside the words of the outline (ours)."""

from __future__ import annotations

from collections.abc import Mapping

from intake.i18n import Text
from intake.outline.model import Rows

HOW_TO = (
    Text(
        "Điền câu trả lời vào ô bên phải của mỗi dòng. Không cần sửa tên các mục: hệ thống đọc tệp theo tên mục.",
        "Write each answer into the box on the right. Leave the names of the items as they are: the file is read by "
        "them.",
    ),
    Text(
        "Dấu * là mục bắt buộc khi nộp. Có thể để trống và điền tiếp sau khi tải tệp lên.",
        "A star marks what is required for submission. You may leave it empty and go on after uploading the file.",
    ),
    Text(
        "Không đưa bí mật nhà nước vào tệp này: nội dung đó chỉ nhận theo đường công văn mật.",
        "Never put state secrets into this file: such content is received only by classified mail.",
    ),
)

CODE = Text("Mã", "Code")
PROPOSAL_CODE = Text("Mã đề xuất", "Code of the proposal")
CHOOSE = Text("Chọn một câu trả lời", "Choose an answer")
ANNEX = Text("Phụ lục: danh mục để tra mã", "Annex: lists for looking up codes")
ANNEX_NOTE = Text(
    "Phần này chỉ để tra cứu, không cần điền.",
    "This part is for looking things up only: nothing is to be filled in.",
)
TARGETS = Text("Chỉ tiêu của Nghị quyết số 57-NQ/TW", "Targets of Resolution 57-NQ/TW")
ORGANISATIONS = Text("Cơ quan, tổ chức trong danh mục", "Bodies of the catalogue")

TITLES = {"targets": TARGETS, "organisations": ORGANISATIONS}

MORE_ROWS = Text(
    "Thêm dòng khi cần; dòng trống không được tính.",
    "Add rows as needed; empty rows do not count.",
)
MORE_CARDS = Text(
    "Cần thêm thì sao chép cả bảng và dán xuống dưới; bảng trống không được tính.",
    "For more, copy the whole table and paste it below; empty tables do not count.",
)

KIND_HINTS: Mapping[str, Text] = {
    "money": Text("tỷ đồng", "billion dong"),
    "date": Text("ngày/tháng/năm", "day/month/year"),
    "month": Text("tháng/năm", "month/year"),
    "references": Text("mỗi dòng một mục, có thể chỉ ghi mã", "one on each line, its code is enough"),
    "multichoice": Text("bấm vào ô để đánh dấu", "click a box to tick it"),
}

LIST_HINTS: Mapping[str, Text] = {
    "targets": Text("ghi mã hoặc nguyên văn, xem phụ lục", "its code or its words, see the annex"),
    "organisations": Text("ghi mã hoặc tên đầy đủ, xem phụ lục", "its code or full name, see the annex"),
}

TEXTS = (
    *HOW_TO,
    CODE,
    PROPOSAL_CODE,
    CHOOSE,
    ANNEX,
    ANNEX_NOTE,
    TARGETS,
    ORGANISATIONS,
    MORE_ROWS,
    MORE_CARDS,
    *KIND_HINTS.values(),
    *LIST_HINTS.values(),
)


def add_more(field: Rows) -> Text:
    """How to add a row to this list; rows are told apart by codes where the list has them."""
    return Text(
        f"{field.item_label.vi} {field.code_prefix}".strip(), f"{field.item_label.en} {field.code_prefix}".strip()
    )


def row_hint(code: str) -> Text:
    """How a row of another list is named."""
    return Text(f"ghi mã, ví dụ {code}", f"its code, such as {code}")
