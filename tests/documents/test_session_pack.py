"""The briefing pack: the agenda, then one page on each proposal with everything a member needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf
from intake.documents.session_pack import AskedFacts, BriefFacts, PackFacts, cost, span
from tests.documents import reading
from tests.documents.session_samples import ITEM, UNSCORED

BRIEF = BriefFacts(
    about=ITEM,
    due="ngày 21 tháng 12 năm 2026",
    starts_month="2026-07",
    ends_month="2030-12",
    total_vnd=2_400_500_000_000,
    state_vnd=1_600_000_000_000,
    social_vnd=800_500_000_000,
    other_vnd=0,
    kpis=("Tỉ lệ dân số có hồ sơ sức khỏe điện tử 32 → 95%",),
    asked=(AskedFacts("Bộ Y tế", "Thẩm định an toàn dữ liệu trước khi kết nối"),),
)
BARE = BriefFacts(UNSCORED, "", None, None, None, 0, 0, 0, (), ())
PACK = PackFacts(
    body="tt_bcdtw",
    number=9,
    starts_at=datetime(2026, 11, 18, 7, 0, tzinfo=UTC),
    place="Hà Nội",
    mode="ballot",
    members=("Trịnh Xuân Thủy", "Lý Thị Hồng Ngọc"),
    briefs=(BRIEF, BARE),
    made_at=datetime(2026, 11, 16, 1, 0, tzinfo=UTC),
)


def test_pack_is_an_agenda_and_one_page_for_each_proposal(tmp_path) -> None:
    pdf = make_pdf("session_pack", to_data(PACK))
    agenda, first, second = reading.pages(pdf)
    assert "14 giờ 00 phút, ngày 18 tháng 11 năm 2026" in agenda
    assert all(name in agenda for name in (*PACK.members, ITEM.code, UNSCORED.code))
    for words in (
        ITEM.code,
        "07/2026 - 12/2030",
        "2.400,5 tỷ đồng (ngân sách nhà nước 1.600 tỷ đồng; xã hội 800,5 tỷ đồng)",
        "điện tử 32 → 95%",
        "Tổng công trình sư Hệ thống 3: thống nhất, có điều kiện",
        "Nội dung còn khác nhau",
        "Thẩm định an toàn dữ liệu trước khi kết nối (Bộ Y tế)",
    ):
        assert words in first
    assert "Không có phiếu chấm điểm hợp lệ." in second
    assert "Chưa có ý kiến nào được ký." in second
    assert "Điều kiện các cơ quan đề nghị" not in second
    assert reading.problems(pdf, tmp_path)[0] == 0
    assert pdf == make_pdf("session_pack", to_data(PACK))


def test_what_is_not_known_is_a_dash() -> None:
    assert (span(BARE), cost(BARE)) == ("-", "-")
    assert span(replace(BARE, ends_month="2027-03")) == "03/2027"
    assert cost(replace(BARE, total_vnd=0)) == "0 đồng"
