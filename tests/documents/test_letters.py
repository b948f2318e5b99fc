"""Letters to the proposer: drafts until they are signed, saying what is wanted, until when and how to answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake.canonical import canonical_json
from intake.documents.facts import (
    IneligibilityFacts,
    IssueFacts,
    RemarkFacts,
    SupplementRequestFacts,
    from_data,
    to_data,
)
from intake.documents.kinds import make_pdf
from intake.documents.letters import ineligibility_context, supplement_context
from tests.documents import reading
from tests.documents.samples import CHECK_URL, CODE, DOC, PROPOSAL, PROPOSER, TITLE

WRITTEN = datetime(2026, 9, 10, 3, 0, tzinfo=UTC)
URL = f"https://sangkien.example.vn/proposals/{CODE}"
ISSUE = IssueFacts(number="15", dated_on=date(2026, 9, 11), place="Hà Nội", signer="Lê Văn Bình")
REMARKS = (
    RemarkFacts("rationale", "Nêu rõ số liệu chứng minh vấn đề.\n- Nguồn số liệu\n- Năm của số liệu"),
    RemarkFacts("resources", "Làm rõ căn cứ xác định 700,5 tỷ đồng nguồn xã hội hóa."),
    RemarkFacts("kpis", "Bổ sung chỉ số về chi phí."),
)


def supplement(**changes: Any) -> SupplementRequestFacts:
    facts = SupplementRequestFacts(
        doc=DOC,
        check_url=CHECK_URL,
        proposal=PROPOSAL,
        addressee=PROPOSER,
        asked_by="Bộ Y tế",
        reason="Hồ sơ đầy đủ các phần nhưng còn nội dung chưa rõ.",
        remarks=REMARKS,
        written_at=WRITTEN,
        answer_by=date(2026, 10, 8),
        answer_days=20,
        answer_url=URL,
        is_illustrative=True,
    )
    return replace(facts, **changes)


def refusal(**changes: Any) -> IneligibilityFacts:
    facts = IneligibilityFacts(
        doc=DOC,
        check_url=CHECK_URL,
        proposal=PROPOSAL,
        addressee=PROPOSER,
        reason="Nội dung không thuộc phạm vi sáng kiến đột phá.\n- Không gắn với hệ thống chiến lược nào",
        written_at=WRITTEN,
        answer_url=URL,
    )
    return replace(facts, **changes)


@pytest.fixture(scope="module")
def draft() -> bytes:
    return make_pdf("supplement_request", to_data(supplement()))


@pytest.fixture(scope="module")
def final() -> bytes:
    return make_pdf("supplement_request", to_data(supplement(issue=ISSUE)))


def test_a_request_says_what_is_missing_in_the_order_of_the_remarks(draft):
    text = reading.text(draft)
    for expected in (TITLE, CODE, f"Kính gửi: {PROPOSER}.", "Theo đề nghị của Bộ Y tế", "Hồ sơ đầy đủ các phần"):
        assert expected in text
    order = [
        "4. Sự cần thiết và cơ sở đề xuất",
        "Nêu rõ số liệu chứng minh vấn đề.",
        "- Năm của số liệu",
        "11. Dự kiến nguồn lực",
        "700,5 tỷ đồng",
        "12. Các chỉ số đo lường kết quả chính (KPIs)",
        "Bổ sung chỉ số về chi phí.",
        "Thời hạn: hết ngày 08 tháng 10 năm 2026 (20 ngày làm việc)",
    ]
    found = reading.stream(draft)
    places = [found.index(reading.squeezed(words)) for words in order]
    assert places == sorted(places)
    assert reading.squeezed(URL) in found


def test_a_request_is_a_draft_until_it_is_signed(draft, final):
    first = reading.text(draft)
    assert first.count("DỰ THẢO") == 1 and "Dự thảo, chưa có giá trị ban hành" in first
    assert "Lê Văn Bình" not in first
    last = reading.text(final)
    assert "DỰ THẢO" not in last
    for expected in ("Số: 15/VPTW", "Hà Nội, ngày 11 tháng 9 năm 2026", "Lê Văn Bình", "V/v bổ sung, hoàn thiện hồ sơ"):
        assert expected in last


def test_a_dropped_remark_is_missed(draft):
    rows = supplement_context(supplement(remarks=REMARKS[:-1]))["d"]["rows"]
    assert [row["section"][:3] for row in rows] == ["4. ", "11."]
    assert "12. Các chỉ số" in reading.text(draft)


def test_who_has_no_account_answers_on_paper():
    context = supplement_context(supplement(is_online=False, asked_by=""))
    text = " ".join([*context["d"]["opening"], *context["d"]["following"]])
    assert URL not in text and "gửi nội dung bổ sung bằng văn bản" in text and "Qua xem xét" in text
    assert context["d"]["recipients"] == ["- Như trên;", "- Lưu: VPTW."]
    assert URL not in " ".join(ineligibility_context(refusal(is_online=False))["d"]["following"])


def test_a_refusal_gives_its_reason_and_what_can_be_done():
    text = reading.text(make_pdf("ineligibility_notice", to_data(refusal())))
    for expected in (
        "V/v đề xuất Sáng kiến đột phá không đủ điều kiện tiếp nhận",
        "Nội dung không thuộc phạm vi sáng kiến đột phá.",
        "- Không gắn với hệ thống chiến lược nào.",
        "có thể hoàn thiện và gửi đề xuất mới",
        URL,
        "DỰ THẢO",
    ):
        assert expected in text


def test_letters_keep_the_rules_of_every_paper(final, tmp_path):
    assert reading.problems(final, tmp_path) == (0, "")
    assert reading.declared(final) == {"pdfua:part": ["1"]}
    cells, scoped = reading.header_cells(final, tmp_path)
    assert cells == scoped == 3 + len(REMARKS)
    content = canonical_json({"format": "intake-supplement-request/1", **to_data(supplement(issue=ISSUE))})
    assert reading.attachments(final) == {"du-lieu.json": content}


def test_facts_survive_the_way_through_json():
    assert from_data(SupplementRequestFacts, to_data(supplement(issue=ISSUE))) == supplement(issue=ISSUE)
    assert from_data(IneligibilityFacts, to_data(refusal())) == refusal()
