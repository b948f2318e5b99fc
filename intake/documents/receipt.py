"""The receipt: proof that a version arrived, with its fingerprint and the day by which it is answered."""

from __future__ import annotations

from typing import Any

from intake.clock import ZONE, local_date
from intake.documents.check_mark import check_mark
from intake.documents.facts import FileFacts, ReceiptFacts, head_of, to_data
from intake.documents.numbering import ILLUSTRATIVE
from intake.documents.wording import counted, file_size, moment, place_and_date
from intake.vietnamese import official_date

FORMAT = "intake-receipt/1"
# Keeps a receipt with an ordinary title and a handful of files on one page.
MEASURES = {"body_size": "13pt", "gap": "4pt", "sign_size": "13pt", "sign_space": "13mm"}
TYPE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
ABSTRACT = "Đề xuất Sáng kiến đột phá"
HASH_LABEL = "SHA-256 của phiên bản đã nộp"
HASH_SHOWN = 16
NOTE = (
    "Giấy này xác nhận hệ thống đã ghi nhận hồ sơ với nội dung có mã băm ghi dưới đây; không phải là kết quả đánh giá. "
    "Khi hồ sơ cần bổ sung, Cơ quan Thường trực gửi một văn bản nêu đầy đủ các nội dung cần bổ sung."
)


def file_row(place: int, file: FileFacts) -> dict[str, Any]:
    return {"place": place, "name": file.name, "size": file_size(file.size), "sha256": file.sha256[:HASH_SHOWN]}


def receipt_context(facts: ReceiptFacts) -> dict[str, Any]:
    """Everything the template prints, in words."""
    head = head_of(facts.issuer, facts.letterhead)
    arrived_on = local_date(facts.received_at)
    return {
        "profile": head.profile.with_settings(**MEASURES),
        "is_draft": False,
        "foot_left": "",
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"Giấy tiếp nhận hồ sơ {facts.code}",
            "author": head.author,
            "description": f"{ABSTRACT}, phiên bản {facts.version}",
            "created": facts.received_at.astimezone(ZONE).isoformat(timespec="seconds"),
        },
        "payload": {"format": FORMAT, **to_data(facts)},
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": f"{head.profile.number_prefix}{register_number(facts.register_number, facts.register_year)}",
            "place_date": place_and_date(head.place, arrived_on),
            "draft_tag": "",
            "type": TYPE,
            "abstract": ABSTRACT,
            "is_long": False,
            "lines": [{"name": name, "value": value} for name, value in lines(facts) if value],
            "files": [file_row(place, file) for place, file in enumerate(facts.files, start=1)],
            "note": NOTE,
            "signers": [
                {"capacity": ("NGƯỜI NỘP HỒ SƠ",), "name": facts.submitted_by},
                {"capacity": head.capacity, "name": facts.received_by},
            ],
            "check": check_mark(facts.doc, facts.check_url, facts.version_sha256, HASH_LABEL),
        },
    }


# How a file that was not handed in online reached the office.
CHANNELS = {
    "letter": "Gửi thư, do Cơ quan Thường trực nhập hộ",
    "word_file": "Gửi tệp Word, do Cơ quan Thường trực nhập hộ",
    "scan": "Gửi bản quét, do Cơ quan Thường trực nhập hộ",
    "in_person": "Nộp trực tiếp, do Cơ quan Thường trực nhập hộ",
}


def register_number(number: int, year: int) -> str:
    """The number under which a proposal was received: 000123/GTN-2026."""
    return f"{number:06d}/GTN-{year}"


def lines(facts: ReceiptFacts) -> list[tuple[str, str]]:
    days = counted(facts.answer_days)
    return [
        ("Mã hồ sơ", f"{facts.code} (phiên bản {facts.version})"),
        ("Tên đề xuất", facts.title),
        ("Đơn vị đề xuất", facts.proposer),
        ("Người liên hệ", facts.contact),
        ("Thư điện tử, điện thoại", facts.contact_details),
        ("Hệ thống chiến lược", facts.system),
        ("Hình thức nộp", "Trực tuyến" if facts.is_online else CHANNELS.get(facts.channel, "Hồ sơ giấy")),
        ("Ngày hồ sơ đến", official_date(facts.arrived_on) if facts.arrived_on else ""),
        ("Thời điểm nhận hồ sơ" if facts.is_online else "Thời điểm nhập vào hệ thống", moment(facts.received_at)),
        ("Hạn trả lời về tính hợp lệ", f"Hết {official_date(facts.answer_by)} ({days} ngày làm việc)"),
        ("Tra cứu tiến độ tại", facts.track_url),
        ("Khóa tra cứu", facts.key),
    ]
