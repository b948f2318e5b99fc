from __future__ import annotations

from datetime import datetime

import pytest
from pydantic import ValidationError

from intake.clock import ZONE
from intake.documents.facts import ReceiptFacts, from_data, to_data
from intake.documents.receipt import receipt_context
from tests.documents.samples import CODE, PROPOSER, TITLE, VERSION_SHA256, receipt


def test_receipt_says_what_arrived_when_and_until_when_it_is_answered():
    d = receipt_context(receipt())["d"]
    assert [(line["name"], line["value"]) for line in d["lines"]] == [
        ("Mã hồ sơ", f"{CODE} (phiên bản 1)"),
        ("Tên đề xuất", TITLE),
        ("Đơn vị đề xuất", PROPOSER),
        ("Người liên hệ", "Nguyễn Thị Ước, Chánh Văn phòng"),
        ("Thư điện tử, điện thoại", "lienhe.sk10@example.vn; 024 0000 0010"),
        ("Hệ thống chiến lược", "Hệ thống an sinh và phúc lợi (HT3)"),
        ("Hình thức nộp", "Trực tuyến"),
        ("Thời điểm nhận hồ sơ", "14 giờ 05 phút, ngày 04 tháng 9 năm 2026"),
        ("Hạn trả lời về tính hợp lệ", "Hết ngày 11 tháng 9 năm 2026 (05 ngày làm việc)"),
        ("Tra cứu tiến độ tại", "https://sangkien.example.vn/track"),
        ("Khóa tra cứu", "7QX4MD"),
    ]
    assert (d["number"], d["place_date"]) == ("Số: 000123/GTN-2026", "Hà Nội, ngày 04 tháng 9 năm 2026")


def test_receipt_is_final_at_once():
    context = receipt_context(receipt())
    assert (context["is_draft"], context["d"]["draft_tag"], context["foot_left"]) == (False, "", "")


def test_printed_hash_is_that_of_the_submitted_version():
    mark = receipt_context(receipt())["d"]["check"]
    assert (mark["hash"], mark["hash_label"]) == (VERSION_SHA256, "SHA-256 của phiên bản đã nộp")


def test_lines_without_content_are_left_out():
    d = receipt_context(receipt(contact="", contact_details=""))["d"]
    assert [line["name"] for line in d["lines"]][2:4] == ["Đơn vị đề xuất", "Hệ thống chiến lược"]


def test_illustrative_data_are_marked():
    assert receipt_context(receipt(is_illustrative=True))["foot_right"] == "Dữ liệu minh họa, không có giá trị pháp lý"


def test_facts_survive_the_way_through_json():
    assert from_data(ReceiptFacts, to_data(receipt())) == receipt()


def test_an_instant_is_kept_in_utc_whoever_tells_it():
    local = receipt(received_at=datetime(2026, 9, 4, 14, 5, tzinfo=ZONE))
    assert to_data(local) == to_data(receipt())


def test_a_time_without_a_zone_is_refused_at_once():
    with pytest.raises(ValidationError):
        to_data(receipt(received_at=datetime(2026, 9, 4, 14, 5)))
