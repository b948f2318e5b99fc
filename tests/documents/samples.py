"""Facts of documents as the services would fill them: proposal full_sk10, invented people, numbers and dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from intake import outline
from intake.canonical import sha256_of
from intake.catalogue import SYSTEMS
from intake.documents.facts import (
    ConditionFacts,
    DifferenceFacts,
    FileFacts,
    IssueFacts,
    MergeFacts,
    NoticeFacts,
    ProposalFacts,
    ProposalTextFacts,
    QuorumFacts,
    ReceiptFacts,
    RecordedBallotFacts,
    SittingFacts,
    VoteFacts,
    to_data,
)
from intake.documents.kinds import make_pdf
from intake.documents.score_table import score_facts
from intake.scoring import certificate
from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import Sheet

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
CODE = "SK-2026-7K3M9QXB"
DOC = "4F7R-2MKD-9Q"
TITLE = "Y tế thông minh: liên thông dữ liệu bệnh viện - bảo hiểm - y học dự phòng hỗ trợ chẩn đoán, điều trị"
LONG_TITLE = (TITLE + "; ") * 5 + "mở rộng tới tuyến xã, phường"
PROPOSER = "Trường Đại học Y tế Thông minh (giả định)"
SYSTEM = f"{SYSTEMS['ht3'].name.vi} ({SYSTEMS['ht3'].code})"
VERSION_SHA256 = sha256_of({"proposal": "full_sk10"})
CHECK_URL = f"https://sangkien.example.vn/verify/{DOC}"

SCORES = {
    "strategic_fit": (5, 4, 5, 5, 4, 5, 4, 5, 5),
    "breakthrough": (4, 4, 3, 4, 4, 5, 3, 4, 4),
    "impact": (5, 5, 4, 5, 4, 5, 4, 5, 4),
    "feasibility": (4, 3, 4, 3, 4, 4, 2, 4, 3),
    "urgency": (5, 5, 4, 5, 5, 5, 5, 4, 5),
    "social_resources": (4, 4, 3, 4, 3, 4, 3, 4, 3),
}


def certificate_of(sheet_count: int = 9) -> dict[str, Any]:
    """A certificate over the first so many sheets."""
    sheets = [
        Sheet(f"sheet-{place}", {criterion: scores[place] for criterion, scores in SCORES.items()})
        for place in range(sheet_count)
    ]
    return certificate.issue(KH01_2025, sheets, proposal=CODE, version=2)


def receipt(**changes: Any) -> ReceiptFacts:
    facts = ReceiptFacts(
        doc=DOC,
        check_url=CHECK_URL,
        register_number=123,
        register_year=2026,
        code=CODE,
        version=1,
        version_sha256=VERSION_SHA256,
        title=TITLE,
        proposer=PROPOSER,
        contact="Nguyễn Thị Ước, Chánh Văn phòng",
        contact_details="lienhe.sk10@example.vn; 024 0000 0010",
        system=SYSTEM,
        received_at=datetime(2026, 9, 4, 7, 5, tzinfo=UTC),
        answer_by=date(2026, 9, 11),
        answer_days=5,
        track_url="https://sangkien.example.vn/track",
        key="7QX4MD",
        files=(
            FileFacts("Đề xuất theo Khung (14 mục, dữ liệu có cấu trúc)", 38_214, VERSION_SHA256),
            FileFacts("Báo cáo kết quả thí điểm tại bệnh viện tuyến cuối.pdf", 2_612_480, sha256_of("report")),
        ),
        submitted_by="Nguyễn Thị Ước",
    )
    return replace(facts, **changes)


def vote(**changes: Any) -> VoteFacts:
    facts = VoteFacts(
        mode="ballot",
        secret=False,
        entitled=8,
        present=7,
        base=7,
        quorum=QuorumFacts(needed=6, is_presided=True, is_met=True),
        cast=7,
        counts={
            "approve": 1,
            "approve_with_conditions": 5,
            "reject": 0,
            "defer": 0,
            "request_revision": 0,
            "merge": 0,
            "abstain": 1,
        },
        choice="approve_with_conditions",
        recused=("Đặng Văn Hậu",),
        on_behalf=(RecordedBallotFacts("Hoàng Văn Đức", "Ngô Thị Mai", "Bùi Văn Ích"),),
    )
    return replace(facts, **changes)


PROPOSAL = ProposalFacts(
    code=CODE,
    title=TITLE,
    version=2,
    version_sha256=VERSION_SHA256,
    proposer=PROPOSER,
    lead=PROPOSER,
    system=SYSTEM,
    register_number="000123/GTN-2026",
)

DIFFERENCES = (
    DifferenceFacts(
        ("Bộ Khoa học và Công nghệ",),
        "Đề nghị làm rõ căn cứ xác định 700,5 tỷ đồng nguồn xã hội hóa; mới ở mức dự kiến, chưa có "
        "cam kết bằng văn bản.",
        "Tiếp thu. Đưa thành điều kiện số 1.",
        criterion="Khả năng huy động nguồn lực xã hội hóa",
    ),
    DifferenceFacts(
        ("Bộ Y tế", "Bộ Công an"),
        "Thống nhất chủ trương; yêu cầu đánh giá tác động xử lý dữ liệu cá nhân trước khi kết nối "
        "dữ liệu sức khỏe với VNeID.",
        "Tiếp thu. Đưa thành điều kiện số 2.",
    ),
    DifferenceFacts(
        ("Tổng công trình sư Hệ thống 3",),
        "Kiến trúc phù hợp; lo ngại bệnh viện tuyến dưới thiếu hạ tầng, đề nghị thuê dịch vụ đám "
        "mây thay cho đầu tư phân tán.",
        "Tiếp thu. Đưa thành điều kiện số 3.",
        criterion="Tính khả thi",
    ),
)

CONDITIONS = (
    ConditionFacts(
        "Có cam kết bằng văn bản của các doanh nghiệp, bệnh viện tư nhân đối với ít nhất 50% nguồn xã hội hóa "
        "(350,25 tỷ đồng) trước khi giải ngân giai đoạn 2.",
        "Bộ Y tế, Bộ Tài chính",
        date(2027, 3, 31),
    ),
    ConditionFacts(
        "Hoàn thành đánh giá tác động xử lý dữ liệu cá nhân và phương án bảo đảm an ninh mạng của "
        "nền tảng y tế số quốc gia.",
        "Bộ Y tế, Bộ Công an",
        date(2027, 1, 31),
    ),
    ConditionFacts(
        "Ban hành phương án thuê dịch vụ điện toán đám mây dùng chung cho bệnh viện tuyến dưới.",
        "Bộ Y tế",
        date(2027, 6, 30),
    ),
)

ISSUE = IssueFacts(number="12", dated_on=date(2026, 11, 20), place="Hà Nội", signer="Nguyễn Văn Anh")


def notice(**changes: Any) -> NoticeFacts:
    facts = NoticeFacts(
        doc=DOC,
        check_url=CHECK_URL,
        body="tt_bcdtw",
        outcome="approve_with_conditions",
        proposal=PROPOSAL,
        sitting=SittingFacts(
            number=9,
            held_on=date(2026, 11, 18),
            place="trụ sở Văn phòng Trung ương Đảng",
            chair="Nguyễn Văn Anh",
            members=9,
            present=8,
            remote=1,
        ),
        vote=vote(),
        score=score_facts(certificate_of()),
        summary="Đề xuất bám sát Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị; giải "
        "quyết điểm nghẽn dữ liệu "
        "khám, chữa bệnh chưa liên thông giữa bệnh viện, bảo hiểm và y học dự phòng.\n"
        "Những điểm cần tiếp tục làm rõ:\n"
        "- Hạ tầng của bệnh viện tuyến dưới và nguồn lực xã hội hóa mới ở mức dự kiến\n"
        "- Việc bảo vệ dữ liệu sức khỏe cá nhân cần được thẩm định trước khi kết nối",
        text="Tổng kinh phí dự kiến 2.400,5 tỷ đồng, thực hiện trong giai đoạn 2026 - 2030.",
        reason="Đề xuất có tác động rộng và cấp thiết; tính khả thi còn phụ thuộc hạ tầng và cam kết về nguồn lực.",
        conditions=CONDITIONS,
        differences=DIFFERENCES,
        released_at=datetime(2026, 11, 18, 10, 30, tzinfo=UTC),
        copies=(PROPOSER, "Bộ Khoa học và Công nghệ", "Bộ Y tế", "Tổng công trình sư Hệ thống 3"),
    )
    return replace(facts, **changes)


OUTCOME_CHANGES: dict[str, dict[str, Any]] = {
    "approve": {"conditions": ()},
    "approve_with_conditions": {},
    "reject": {"conditions": ()},
    "defer": {"conditions": (), "defer_until": date(2027, 2, 5)},
    "request_revision": {"conditions": (), "revise_by": date(2026, 12, 16)},
    "merge": {"conditions": (), "into": MergeFacts("SK-2026-1A2B3C4D", "Nền tảng dữ liệu y tế quốc gia")},
}


def notice_of(outcome: str, **changes: Any) -> NoticeFacts:
    """A notice of that outcome, with what the outcome needs."""
    voted = vote(counts={**dict.fromkeys(OUTCOME_CHANGES, 0), outcome: 6, "abstain": 1}, choice=outcome)
    return notice(outcome=outcome, vote=voted, **{**OUTCOME_CHANGES[outcome], **changes})


@cache
def example(name: str) -> outline.Document:
    """One of the example files, as it is stored; not to be changed."""
    return outline.import_proposal(json.loads((EXAMPLES / f"{name}.json").read_text()))


def proposal_text(document: outline.Document, **changes: Any) -> ProposalTextFacts:
    """A text as the second version that was handed in; `version=0` for a draft."""
    facts = ProposalTextFacts(
        doc=DOC,
        check_url=CHECK_URL,
        code=CODE,
        version=2,
        text_sha256=outline.fingerprint(document),
        document=document,
        saved_at=datetime(2026, 9, 4, 7, 5, tzinfo=UTC),
        submitted_by="Nguyễn Thị Ước",
        proposer=PROPOSER,
        register_number=123,
        register_year=2026,
        is_illustrative=True,
    )
    return replace(facts, **changes)


@cache
def printed(name: str, version: int = 2) -> bytes:
    """An example as PDF, laid out once for all tests."""
    return make_pdf("proposal", to_data(proposal_text(example(name), version=version)))
