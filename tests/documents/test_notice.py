from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intake.canonical import sha256_of
from intake.documents.annex import annex, method, vote
from intake.documents.facts import IssueFacts, NoticeFacts, from_data, to_data
from intake.documents.notice import items_of, notice_context
from intake.documents.outcomes import OUTCOMES
from intake.documents.score_table import score_facts
from intake.models.sessions import OUTCOMES as DECIDED_OUTCOMES
from tests.documents import samples
from tests.documents.samples import CODE, ISSUE, PROPOSER, TITLE, notice, notice_of


def texts_of(context: dict[str, Any], section: int) -> list[str]:
    return [entry["text"] for entry in context["d"]["sections"][section]["entries"]]


def parts_of(facts: NoticeFacts) -> dict[str, Any]:
    return {part["kind"]: part for part in annex(facts, carry=[])["parts"]}


def test_every_outcome_of_a_session_has_its_wording():
    assert tuple(OUTCOMES) == DECIDED_OUTCOMES


CONCLUSIONS = {
    "approve": f"1. Phê duyệt đề xuất Sáng kiến đột phá “{TITLE}”, mã hồ sơ {CODE}.",
    "approve_with_conditions": f"1. Phê duyệt có điều kiện đề xuất Sáng kiến đột phá “{TITLE}”, mã hồ sơ {CODE}; "
    "03 điều kiện, cơ quan chịu trách nhiệm và thời hạn hoàn thành nêu tại Phụ lục kèm theo Thông báo này.",
    "reject": f"1. Không phê duyệt đề xuất Sáng kiến đột phá “{TITLE}”, mã hồ sơ {CODE}.",
    "defer": "1. Chưa quyết định, tạm hoãn xem xét đến hết ngày 05/02/2027 đề xuất Sáng kiến đột phá "
    f"“{TITLE}”, mã hồ sơ {CODE}.",
    "request_revision": f"1. Yêu cầu hoàn thiện đề xuất Sáng kiến đột phá “{TITLE}”, mã hồ sơ {CODE}, trước khi quyết "
    "định.",
    "merge": f"1. Hợp nhất đề xuất Sáng kiến đột phá “{TITLE}”, mã hồ sơ {CODE}, vào đề xuất “Nền tảng dữ liệu y tế "
    "quốc gia”, mã hồ sơ SK-2026-1A2B3C4D.",
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_conclusion_says_the_outcome(outcome):
    context = notice_context(notice_of(outcome))
    assert texts_of(context, 1) == [
        CONCLUSIONS[outcome],
        "2. Tổng kinh phí dự kiến 2.400,5 tỷ đồng, thực hiện trong giai đoạn 2026 - 2030.",
        "3. Lý do: Đề xuất có tác động rộng và cấp thiết; tính khả thi còn phụ thuộc hạ tầng và cam kết về nguồn lực.",
    ]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_has_to_be_done_leaves_no_placeholder(outcome):
    tasks = texts_of(notice_context(notice_of(outcome)), 2)
    assert tasks
    assert not [task for task in tasks if "{" in task]


def test_revision_names_who_and_until_when():
    assert texts_of(notice_context(notice_of("request_revision")), 2)[0] == (
        f"1. Giao {PROPOSER} hoàn thiện, nộp lại đề xuất đến hết ngày 16/12/2026."
    )


def test_braces_in_a_title_are_just_text():
    facts = notice(proposal=replace(samples.PROPOSAL, title="{code} {0} %s"))
    assert "“{code} {0} %s”" in texts_of(notice_context(facts), 1)[0]


def test_draft_leaves_number_date_and_name_open():
    context = notice_context(notice())
    d = context["d"]
    assert (d["number"], d["place_date"], d["name"], d["draft_tag"]) == (
        "Số      -TB/BCĐTW",
        "Hà Nội, ngày     tháng     năm 2026",
        "",
        "DỰ THẢO",
    )
    assert (context["is_draft"], context["foot_left"]) == (True, "Dự thảo, chưa có giá trị ban hành")


def test_draft_round_is_shown():
    context = notice_context(notice(draft_round=2))
    assert (context["d"]["draft_tag"], context["foot_left"]) == (
        "DỰ THẢO LẦN 2",
        "Dự thảo lần 2, chưa có giá trị ban hành",
    )


def test_final_carries_what_was_issued():
    context = notice_context(notice(issue=ISSUE))
    d = context["d"]
    assert (d["number"], d["place_date"], d["name"], d["draft_tag"], d["annex"]["carry"]) == (
        "Số 12-TB/BCĐTW",
        "Hà Nội, ngày 20 tháng 11 năm 2026",
        "Nguyễn Văn Anh",
        "",
        ["(Kèm theo Thông báo số 12-TB/BCĐTW, ngày 20/11/2026", "của Ban Chỉ đạo Trung ương)"],
    )
    assert (context["is_draft"], context["foot_left"]) == (False, "")
    assert context["meta"]["created"] == "2026-11-20T00:00:00+07:00"


@pytest.mark.parametrize(("given", "printed"), [("7", "Số 07-TB/BCĐTW"), (" 12-TB/BCĐTW ", "Số 12-TB/BCĐTW")])
def test_number_may_be_given_alone_or_in_full(given, printed):
    issue = replace(ISSUE, number=given)
    assert notice_context(notice(issue=issue))["d"]["number"] == printed


def test_signer_may_sign_in_another_capacity():
    issue = IssueFacts("12", date(2026, 11, 20), "Hà Nội", "Lê Văn Bình", ("CHÁNH VĂN PHÒNG", "kiêm", "PHÓ TRƯỞNG BAN"))
    assert notice_context(notice(issue=issue))["d"]["capacity"] == issue.capacity


def test_recipients_end_with_the_archive_and_a_full_stop():
    assert notice_context(notice())["d"]["recipients"] == [
        "- Bộ Chính trị, Ban Bí thư (để báo cáo),",
        "- Các thành viên Ban Chỉ đạo (để thực hiện),",
        f"- {PROPOSER},",
        "- Bộ Khoa học và Công nghệ,",
        "- Bộ Y tế,",
        "- Tổng công trình sư Hệ thống 3,",
        "- Lãnh đạo Văn phòng Trung ương Đảng,",
        "- Cục Chuyển đổi số - Cơ yếu,",
        "- Lưu Ban Chỉ đạo Trung ương.",
    ]


def test_plain_text_becomes_numbered_items_with_points():
    assert items_of("Một\n\nHai:\n- thứ nhất\n- thứ hai.\nBa?") == [
        {"text": "Một.", "points": []},
        {"text": "Hai:", "points": ["a) thứ nhất.", "b) thứ hai."]},
        {"text": "Ba?", "points": []},
    ]


def test_printed_hash_is_that_of_the_attached_facts():
    context = notice_context(notice(issue=ISSUE))
    assert context["payload"] == {"format": "intake-conclusion-notice/1", **to_data(notice(issue=ISSUE))}
    assert context["d"]["check"]["hash"] == sha256_of(context["payload"])


def test_facts_survive_the_way_through_json():
    facts = notice(issue=ISSUE)
    assert from_data(NoticeFacts, to_data(facts)) == facts


def test_parts_without_content_are_left_out_and_the_rest_numbered_on():
    heads = [part["head"] for part in annex(notice(differences=(), conditions=()), carry=[])["parts"]]
    assert heads == ["I- ĐIỂM THEO SÁU TIÊU CHÍ", "II- KẾT QUẢ BIỂU QUYẾT"]


def test_vote_counts_everybody_who_could_have_voted():
    found = vote(samples.vote(cast=6, counts={"approve_with_conditions": 5, "abstain": 1}))
    assert [(row["name"], row["count"], row["share"], row["is_decided"]) for row in found["choices"]] == [
        ("Phê duyệt", "0", "0%", False),
        ("Phê duyệt có điều kiện", "5", "71,4%", True),
        ("Không phê duyệt", "0", "0%", False),
        ("Tạm hoãn", "0", "0%", False),
        ("Yêu cầu hoàn thiện", "0", "0%", False),
        ("Hợp nhất", "0", "0%", False),
        ("Không có ý kiến", "1", "14,3%", False),
        ("Không bỏ phiếu", "1", "14,3%", False),
    ]


def test_notes_of_an_open_vote_name_recused_and_recorder():
    assert vote(samples.vote())["notes"] == [
        "Biểu quyết công khai; 07 thành viên đã bỏ phiếu.",
        "Phê duyệt có điều kiện: 5/7 thành viên (71,4%), quá nửa số thành viên có quyền biểu quyết và có mặt; thành "
        "viên không có ý kiến hoặc không bỏ phiếu vẫn tính trong tổng số.",
        "Không tham gia biểu quyết: đồng chí Đặng Văn Hậu.",
        "Phiếu của đồng chí Hoàng Văn Đức được ghi thay; người ghi: Ngô Thị Mai; người xác nhận: Bùi Văn Ích.",
    ]


@pytest.mark.parametrize(
    ("changes", "choices", "notes"),
    [
        (
            {"secret": True, "counts": None, "choice": None, "cast": 2},
            0,
            [
                "Biểu quyết bằng phiếu kín; 02 thành viên đã bỏ phiếu.",
                "Không mở hòm phiếu vì không bảo đảm bí mật của phiếu; không có kết quả biểu quyết.",
            ],
        ),
        (
            {"mode": "consensus", "counts": None, "choice": None, "cast": 0},
            0,
            ["Kết luận theo nguyên tắc nhất trí, không bỏ phiếu; thành viên có mặt được ghi như trên."],
        ),
        (
            {"counts": {"approve": 3, "reject": 3, "abstain": 1}, "choice": None},
            8,
            [
                "Biểu quyết công khai; 07 thành viên đã bỏ phiếu.",
                "Không lựa chọn nào được quá nửa số thành viên có quyền biểu quyết và có mặt tán thành.",
            ],
        ),
    ],
    ids=["secret box stays shut", "consensus", "no majority"],
)
def test_notes_of_the_other_modes(changes, choices, notes):
    found = vote(samples.vote(recused=(), on_behalf=(), **changes))
    assert (len(found["choices"]), found["notes"]) == (choices, notes)


def test_few_sheets_are_said_with_their_reason():
    score = score_facts(samples.certificate_of(2), few_sheets_reason="Bộ Y tế không chấm vì là đơn vị đề xuất.")
    assert (
        "Số phiếu ít hơn mức tối thiểu 3 phiếu; lý do: Bộ Y tế không chấm vì là đơn vị đề xuất. Mức xếp loại"
        in method(score)
    )


def test_one_sheet_has_no_deviation():
    table = parts_of(notice(score=score_facts(samples.certificate_of(1))))["score"]["content"]
    assert (table["total"]["mean"], table["total"]["sd"], table["total"]["range"]) == ("90,00", "-", "90,0 - 90,0")


def test_ht6_is_decided_by_the_wider_committee():
    assert notice_context(notice(body="bcdtw"))["d"]["abstract"] == (
        f"của Ban Chỉ đạo Trung ương về đề xuất Sáng kiến đột phá “{TITLE}”"
    )
