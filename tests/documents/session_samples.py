"""Facts of papers of a session and of the review, as the services would fill them: invented people and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from intake.documents.facts import QuorumFacts, SittingFacts
from intake.documents.kpi_report import IndicatorFacts, KpiReportFacts
from intake.documents.review_facts import AssessmentRequestFacts, OpinionFacts
from intake.documents.score_table import score_facts
from intake.documents.session_facts import (
    AgendaFacts,
    AgendaItemFacts,
    BallotFacts,
    MemberFacts,
    MinutesFacts,
    MinutesItemFacts,
    RecusalFacts,
)
from tests.documents.samples import (
    CHECK_URL,
    CODE,
    CONDITIONS,
    DIFFERENCES,
    DOC,
    PROPOSAL,
    PROPOSER,
    SYSTEM,
    TITLE,
    certificate_of,
    vote,
)

OPENED = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
LATE = datetime(2026, 11, 18, 8, 5, tzinfo=UTC)
CLOSED = datetime(2026, 11, 18, 10, 15, tzinfo=UTC)
SITTING = SittingFacts(9, date(2026, 11, 18), "trụ sở Văn phòng Trung ương Đảng", "Nguyễn Văn Anh", 9, 8, 1)
OTHER_TITLE = "Nền tảng dữ liệu y tế quốc gia dùng chung"
URL = "https://sangkien.example.vn/proposals/SK-2026-7K3M9QXB"

PEOPLE = (
    MemberFacts("Trần Văn Bách", "chair", "excused"),
    MemberFacts("Nguyễn Văn Anh", "deputy", "present"),
    MemberFacts("Lê Thị Cúc", "member", "remote"),
    MemberFacts("Hoàng Văn Đức", "member", "present", (("arrived", LATE),)),
    MemberFacts("Đặng Văn Hậu", "member", "present"),
    MemberFacts("Vũ Thị Kim", "", "present"),
)
BALLOTS = (
    BallotFacts("Nguyễn Văn Anh", "approve_with_conditions", "Tác động rộng, cần cam kết nguồn lực"),
    BallotFacts("Lê Thị Cúc", "approve"),
    BallotFacts("Hoàng Văn Đức", "abstain", recorder="Ngô Thị Mai", confirmed_by="Bùi Văn Ích", has_scan=True),
)
VOTED = MinutesItemFacts(
    place=1,
    code=CODE,
    title=TITLE,
    proposer=PROPOSER,
    vote=vote(on_behalf=()),
    recusals=(RecusalFacts("Đặng Văn Hậu", "Từng tư vấn cho đơn vị đề xuất"),),
    ballots=BALLOTS,
    outcome="approve_with_conditions",
    text="Tổng kinh phí dự kiến 2.400,5 tỷ đồng.",
    reason="Đề xuất có tác động rộng và cấp thiết.",
    conditions=CONDITIONS,
    number="12-TB/BCĐTW",
    dated_on=date(2026, 11, 20),
)
SECRET = MinutesItemFacts(
    place=2,
    code="SK-2026-1A2B3C4D",
    title=OTHER_TITLE,
    proposer="Bộ Y tế",
    vote=vote(secret=True, choice=None, counts={"approve": 3, "reject": 3, "abstain": 1}, on_behalf=(), recused=()),
    outcome="defer",
    defer_until=date(2027, 2, 5),
    text="Chuẩn bị thêm phương án tài chính.",
    earlier_votes=1,
)


def minutes(**changes: Any) -> MinutesFacts:
    facts = MinutesFacts(
        doc=DOC,
        check_url=CHECK_URL,
        body="tt_bcdtw",
        mode="ballot",
        sitting=SITTING,
        people=PEOPLE,
        items=(VOTED, SECRET),
        secretary="Ngô Thị Mai",
        written_at=CLOSED,
        opened_at=OPENED,
        closed_at=CLOSED,
        quorum=QuorumFacts(needed=6, is_presided=True, is_met=True),
        notes="Các đại biểu thảo luận về nguồn lực xã hội hóa.\n- Đề nghị có cam kết bằng văn bản",
    )
    return replace(facts, **changes)


ITEM = AgendaItemFacts(
    place=1,
    code=CODE,
    title=TITLE,
    proposer=PROPOSER,
    lead="Bộ Y tế",
    system=SYSTEM,
    version=2,
    score=score_facts(certificate_of()),
    summary="Đề xuất giải quyết điểm nghẽn dữ liệu khám, chữa bệnh.\n- Hạ tầng tuyến dưới còn thiếu",
    opinions=("Bộ Y tế: thống nhất", "Tổng công trình sư Hệ thống 3: thống nhất, có điều kiện"),
    differences=DIFFERENCES,
)
UNSCORED = AgendaItemFacts(
    place=2,
    code="SK-2026-1A2B3C4D",
    title=OTHER_TITLE,
    proposer="Bộ Y tế",
    lead="Bộ Y tế",
    system=SYSTEM,
    version=1,
    score=score_facts(certificate_of(0)),
)


def agenda(**changes: Any) -> AgendaFacts:
    facts = AgendaFacts(
        doc=DOC,
        check_url=CHECK_URL,
        body="tt_bcdtw",
        number=9,
        held_on=date(2026, 11, 18),
        place=SITTING.place,
        items=(ITEM, UNSCORED),
        written_at=datetime(2026, 11, 13, 3, 0, tzinfo=UTC),
    )
    return replace(facts, **changes)


def request(**changes: Any) -> AssessmentRequestFacts:
    facts = AssessmentRequestFacts(
        doc=DOC,
        check_url=CHECK_URL,
        proposal=PROPOSAL,
        lead="Bộ Y tế",
        cooperating=("Bộ Khoa học và Công nghệ", "Bộ Tài chính"),
        engineer="Tổng công trình sư Hệ thống an sinh và phúc lợi",
        due_on=date(2026, 10, 2),
        written_at=datetime(2026, 9, 11, 3, 0, tzinfo=UTC),
        answer_url=URL,
    )
    return replace(facts, **changes)


def opinion(**changes: Any) -> OpinionFacts:
    facts = OpinionFacts(
        doc=DOC,
        check_url=CHECK_URL,
        opinion=7,
        proposal=PROPOSAL,
        issuer="byt",
        kind="ministry",
        author="Phạm Thị Lan",
        position="conditions",
        text="Đề xuất phù hợp chiến lược ngành.\n- Cần thẩm định an toàn dữ liệu",
        conditions=("Có cam kết nguồn lực bằng văn bản.", "Đánh giá tác động xử lý dữ liệu cá nhân."),
        version=2,
        signed_at=datetime(2026, 9, 30, 20, 0, tzinfo=UTC),
    )
    return replace(facts, **changes)


def kpi_report(**changes: Any) -> KpiReportFacts:
    facts = KpiReportFacts(
        doc=DOC,
        check_url=CHECK_URL,
        report=3,
        proposal=PROPOSAL,
        issuer="byt",
        decided="văn bản số 12-TB/BCĐTW, ngày 05 tháng 10 năm 2026,",
        period_on=date(2026, 11, 25),
        edition=2,
        progress="Đã ký hợp đồng với ba bệnh viện tuyến tỉnh.\n- Kết nối thử 12 trạm y tế xã",
        difficulties="",
        indicators=(
            IndicatorFacts("KPI1", "Tỷ lệ trạm y tế xã kết nối", "%", 0, 80, date(2027, 12, 31), 12.5, ""),
            IndicatorFacts("KPI2", "Số lượt tư vấn từ xa", "lượt", None, 250_000, None, None, "Đo từ quý I/2027"),
        ),
        author="Trần Văn Bình",
        sent_at=datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
    )
    return replace(facts, **changes)
