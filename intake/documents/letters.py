"""Letters to the proposer: a request to supplement, and a notice that a proposal was not accepted (wording ours)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from intake.canonical import sha256_of
from intake.documents.check_mark import check_mark
from intake.documents.facts import IneligibilityFacts, ProposalFacts, SupplementRequestFacts, head_of, to_data
from intake.documents.numbering import (
    DRAFT,
    HASH_LABEL,
    ILLUSTRATIVE,
    NOT_IN_FORCE,
    created_at,
    listed,
    number_line,
    place_line,
)
from intake.documents.wording import counted, paragraphs, sentence
from intake.outline import OUTLINE
from intake.vietnamese import official_date

LETTER_SYMBOL = "CV"
SECTION_COLUMNS = ("Phần của Khung đề xuất", "Nội dung cần bổ sung, hoàn thiện")
CAPACITY = ("ĐẠI DIỆN CƠ QUAN THƯỜNG TRỰC",)
MEASURES = {"body_size": "13pt", "gap": "4pt", "sign_size": "13pt", "sign_space": "18mm"}
OFFICE = "Cơ quan Thường trực Ban Chỉ đạo"
SUPPLEMENT_FORMAT, INELIGIBILITY_FORMAT = "intake-supplement-request/1", "intake-ineligibility-notice/1"
SUPPLEMENT_ABOUT = ("V/v bổ sung, hoàn thiện hồ sơ", "đề xuất Sáng kiến đột phá")
INELIGIBILITY_ABOUT = ("V/v đề xuất Sáng kiến đột phá", "không đủ điều kiện tiếp nhận")


def supplement_context(facts: SupplementRequestFacts) -> dict[str, Any]:
    """What is missing, section by section; until when; how to answer."""
    wanted = f" Theo đề nghị của {facts.asked_by}," if facts.asked_by else " Qua xem xét,"
    opening = [
        f"{received(facts.proposal)}{wanted} {OFFICE} đề nghị {facts.addressee} bổ sung, hoàn thiện các nội dung nêu "
        "tại bảng dưới đây.",
        *(sentence(line) for line in paragraphs(facts.reason)),
    ]
    days = counted(facts.answer_days)
    if facts.is_online:
        how = (
            f"Cách thực hiện: đăng nhập hệ thống, mở hồ sơ tại địa chỉ {facts.answer_url}; các phần nêu trong bảng "
            "được mở để sửa, các phần khác giữ nguyên; hoàn thiện xong thì nộp lại. Hệ thống cấp giấy tiếp nhận cho "
            "phiên bản mới."
        )
    else:
        how = f"Cách thực hiện: gửi nội dung bổ sung bằng văn bản, ghi rõ mã hồ sơ, tới {OFFICE}."
    following = [
        f"Thời hạn: hết {official_date(facts.answer_by)} ({days} ngày làm việc). Quá thời hạn này mà chưa nhận được "
        "nội dung bổ sung, hồ sơ được kết thúc xử lý; đơn vị đề xuất có thể lập đề xuất mới từ nội dung cũ.",
        how,
    ]
    d = {"opening": opening, "rows": remark_rows(facts), "following": following, "about": SUPPLEMENT_ABOUT}
    d["closing"] = f"{OFFICE} thông báo để {facts.addressee} biết, thực hiện."
    copies = (facts.asked_by,) if facts.asked_by else ()
    return letter(facts, SUPPLEMENT_FORMAT, d, addressee=facts.addressee, written_at=facts.written_at, copies=copies)


def ineligibility_context(facts: IneligibilityFacts) -> dict[str, Any]:
    """Why it was not accepted, and what the proposer may do."""
    opening = [
        f"{received(facts.proposal)} Sau khi kiểm tra tính hợp lệ, {OFFICE} thông báo đề xuất không đủ điều kiện tiếp "
        "nhận vì lý do sau:",
        *(sentence(line) for line in paragraphs(facts.reason)),
    ]
    kept = f"; nội dung đã nộp được giữ tại {facts.answer_url}" if facts.is_online else ""
    following = [f"Đơn vị đề xuất có thể hoàn thiện và gửi đề xuất mới theo Khung đề xuất{kept}."]
    d = {"opening": opening, "rows": [], "following": following, "about": INELIGIBILITY_ABOUT}
    d["closing"] = f"{OFFICE} thông báo để {facts.addressee} biết."
    return letter(facts, INELIGIBILITY_FORMAT, d, addressee=facts.addressee, written_at=facts.written_at)


def received(proposal: ProposalFacts) -> str:
    number = f", số tiếp nhận {proposal.register_number}" if proposal.register_number else ""
    return (
        f"{OFFICE} đã nhận đề xuất Sáng kiến đột phá “{proposal.title}”, mã hồ sơ {proposal.code}{number}, phiên bản "
        f"{proposal.version}."
    )


def remark_rows(facts: SupplementRequestFacts) -> list[dict[str, Any]]:
    """One line for each remark, with the section as the template calls it."""
    return [
        {
            "place": place,
            "section": section_name(remark.section),
            "lines": paragraphs(remark.text),
        }
        for place, remark in enumerate(facts.remarks, start=1)
    ]


def section_name(part: str) -> str:
    """Number and words of a section; the administrative information has no number."""
    section = OUTLINE.by_id.get(part)
    return f"{section.number}. {section.title.vi}" if section else OUTLINE.bodies[part].label.vi


def letter(
    facts: Any,
    form: str,
    d: dict[str, Any],
    *,
    addressee: str,
    written_at: datetime,
    copies: tuple[str, ...] = (),
    capacity: tuple[str, ...] = CAPACITY,
    columns: tuple[str, str] = SECTION_COLUMNS,
) -> dict[str, Any]:
    """What letters share: head, signature, check mark; a draft until number, date, place and signer are there."""
    head, issue = head_of(facts.issuer, facts.letterhead), facts.issue
    payload = {"format": form, **to_data(facts)}
    about = " ".join(d["about"]).removeprefix("V/v ")
    return {
        "profile": head.profile.with_settings(**MEASURES),
        "is_draft": issue is None,
        "foot_left": "" if issue else NOT_IN_FORCE,
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"{about[0].upper()}{about[1:]}, mã hồ sơ {facts.proposal.code}",
            "author": head.author,
            "description": facts.proposal.title or facts.proposal.code,
            "created": created_at(issue, written_at),
        },
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": number_line(head, LETTER_SYMBOL if head.profile.is_party else "", issue),
            "place_date": place_line(head, issue, written_at),
            "draft_tag": "" if issue else DRAFT,
            **d,
            "columns": columns,
            "addressee": f"Kính gửi: {addressee}.",
            "recipients": listed(["Như trên", *copies, f"Lưu: {head.symbol}"], head.profile.separator),
            "capacity": issue.capacity if issue and issue.capacity else capacity,
            "name": issue.signer if issue else "",
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL) if issue else None,
        },
    }
