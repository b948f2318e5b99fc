"""The conclusion notice: how a decision of the committee reads, before and after it is signed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from intake.canonical import sha256_of
from intake.clock import ZONE, local_date
from intake.documents.annex import annex
from intake.documents.check_mark import check_mark
from intake.documents.facts import IssueFacts, NoticeFacts, to_data
from intake.documents.letterheads import LETTERHEADS, Letterhead
from intake.documents.outcomes import OUTCOMES
from intake.documents.wording import (
    OPEN,
    ROMAN,
    counted,
    letter,
    open_place_and_date,
    paragraphs,
    party_date,
    place_and_date,
    rounded,
    sentence,
)

FORMAT = "intake-conclusion-notice/1"
TYPE = "THÔNG BÁO KẾT LUẬN"
KIND_SYMBOL = "TB"
PLAN = "Kế hoạch số 01-KH/BCĐTW, ngày 02/6/2025"
LONG_ABSTRACT = 220
HASH_LABEL = "SHA-256 của dữ liệu đính kèm"
ILLUSTRATIVE = "Dữ liệu minh họa, không có giá trị pháp lý"
CLOSING = (
    "Văn phòng Trung ương Đảng - Cơ quan Thường trực Ban Chỉ đạo thông báo để các đồng chí thành viên Ban Chỉ đạo "
    "và các cơ quan liên quan biết, thực hiện."
)


def notice_context(facts: NoticeFacts) -> dict[str, Any]:
    """Everything the template prints, in words; the attached JSON is the facts themselves."""
    head = LETTERHEADS[facts.body]
    payload = {"format": FORMAT, **to_data(facts)}
    abstract = f"của {head.short_name} Trung ương về đề xuất Sáng kiến đột phá “{facts.proposal.title}”"
    number = number_of(head, facts.issue)
    return {
        "profile": head.profile,
        "is_draft": facts.issue is None,
        "foot_left": "" if facts.issue else f"{draft_label(facts).capitalize()}, chưa có giá trị ban hành",
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": meta(facts, head),
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": head.profile.number_prefix + number,
            "place_date": place_line(facts, head),
            "draft_tag": "" if facts.issue else draft_label(facts),
            "type": TYPE,
            "abstract": abstract,
            "is_long": len(abstract) > LONG_ABSTRACT,
            "opening": opening(facts, head),
            "sections": sections(facts, head),
            "closing": CLOSING,
            "recipients": recipients(facts, head),
            "capacity": facts.issue.capacity if facts.issue and facts.issue.capacity else head.capacity,
            "name": facts.issue.signer if facts.issue else "",
            "annex": annex(facts, carry=carry(facts, number)),
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL),
        },
    }


def meta(facts: NoticeFacts, head: Letterhead) -> dict[str, str]:
    """Properties of the file; the day of signing counts from its first second, so that the bytes are fixed."""
    signed = facts.issue and datetime.combine(facts.issue.dated_on, time.min, ZONE)
    return {
        "title": f"Thông báo kết luận về đề xuất Sáng kiến đột phá “{facts.proposal.title}”",
        "author": head.author,
        "description": f"{OUTCOMES[facts.outcome].label}; mã hồ sơ {facts.proposal.code}",
        "created": (signed or facts.released_at.astimezone(ZONE)).isoformat(timespec="seconds"),
    }


def draft_label(facts: NoticeFacts) -> str:
    return f"DỰ THẢO LẦN {facts.draft_round}" if facts.draft_round else "DỰ THẢO"


def number_of(head: Letterhead, issue: IssueFacts | None) -> str:
    """12-TB/BCĐTW, or the place left for it; a number given in full is printed as given."""
    if issue and not issue.number.strip().isdigit():
        return issue.number.strip()
    running = counted(int(issue.number)) if issue else OPEN
    return f"{running}-{KIND_SYMBOL}/{head.symbol}"


def place_line(facts: NoticeFacts, head: Letterhead) -> str:
    if facts.issue:
        return place_and_date(facts.issue.place, facts.issue.dated_on)
    return open_place_and_date(head.place, local_date(facts.released_at).year)


def carry(facts: NoticeFacts, number: str) -> list[str]:
    """The lines by which the annex names the notice it belongs to."""
    year = local_date(facts.released_at).year
    day = party_date(facts.issue.dated_on) if facts.issue else f"{OPEN}/{OPEN}/{year}"
    return [f"(Kèm theo Thông báo số {number}, ngày {day}", "của Ban Chỉ đạo Trung ương)"]


def opening(facts: NoticeFacts, head: Letterhead) -> list[str]:
    sitting, proposal, quorum = facts.sitting, facts.proposal, facts.vote.quorum
    remote = f", trong đó {sitting.remote} thành viên dự trực tuyến" if sitting.remote else ""
    presided = f"do đồng chí {sitting.chair} chủ trì; " if sitting.chair else ""
    enough = (
        f"; đủ điều kiện tiến hành: {facts.vote.present}/{facts.vote.entitled} thành viên có quyền biểu quyết có mặt "
        f"(tối thiểu {quorum.needed}) và có người chủ trì"
        if quorum.is_met
        else ""
    )
    return [
        f"Ngày {party_date(sitting.held_on)}, tại {sitting.place}, {head.full_name} (sau đây gọi tắt là "
        f"{head.short_name}) đã họp Phiên {sitting.number} để xem xét các đề xuất Sáng kiến đột phá theo {PLAN}. "
        f"Phiên họp {presided}có mặt {sitting.present}/{sitting.members} thành viên{remote}{enough}.",
        f"Trên cơ sở tổng hợp của Cơ quan Thường trực Ban Chỉ đạo, ý kiến của các bộ, ngành, đánh giá của Tổng công "
        f"trình sư và ý kiến của các đồng chí dự họp về đề xuất “{proposal.title}” do {proposal.proposer} trình "
        f"(mã hồ sơ {proposal.code}{registered(proposal.register_number)}, phiên bản {proposal.version}), "
        f"{head.short_name} kết luận như sau:",
    ]


def registered(number: str) -> str:
    return f", số tiếp nhận {number}" if number else ""


def sections(facts: NoticeFacts, head: Letterhead) -> list[dict[str, Any]]:
    """I- assessment, II- conclusion, III- what has to be done."""
    outcome = OUTCOMES[facts.outcome]
    words = placeholders(facts, head)
    parts = (
        ("ĐÁNH GIÁ CHUNG", assessment(facts)),
        ("KẾT LUẬN", [item(outcome.conclusion.format_map(words)), *conclusion(facts)]),
        ("TỔ CHỨC THỰC HIỆN", [item(task.format_map(words)) for task in outcome.tasks]),
    )
    return [
        {
            "head": f"{numeral}- {title}",
            "entries": [{**entry, "text": f"{place}. {entry['text']}"} for place, entry in enumerate(entries, start=1)],
        }
        for numeral, (title, entries) in zip(ROMAN, parts, strict=False)
    ]


def placeholders(facts: NoticeFacts, head: Letterhead) -> dict[str, str]:
    conditions = (
        f"; {counted(len(facts.conditions))} điều kiện, cơ quan chịu trách nhiệm và thời hạn hoàn thành nêu tại Phụ "
        "lục kèm theo Thông báo này"
        if facts.conditions
        else ""
    )
    limit = facts.defer_until if facts.outcome == "defer" else facts.revise_by
    return {
        "title": facts.proposal.title,
        "code": facts.proposal.code,
        "proposer": facts.proposal.proposer,
        "body": head.short_name,
        "conditions": conditions,
        "until": f" đến hết ngày {party_date(limit)}" if limit else "",
        "into": f"đề xuất “{facts.into.title}”, mã hồ sơ {facts.into.code}" if facts.into else "đề xuất khác",
    }


def item(text: str, points: list[str] | None = None) -> dict[str, Any]:
    return {"text": text, "points": points or []}


def assessment(facts: NoticeFacts) -> list[dict[str, Any]]:
    proposal = facts.proposal
    led = f"; đơn vị chủ trì đề xuất: {proposal.lead}" if proposal.lead != proposal.proposer else ""
    entries = [item(f"Đề xuất do {proposal.proposer} trình{led}; thuộc {proposal.system}.")]
    entries += items_of(facts.summary)
    entries.append(item(f"{score_sentence(facts)} {difference_sentence(facts)}".strip()))
    return entries


def difference_sentence(facts: NoticeFacts) -> str:
    count = len(facts.differences)
    return f"Còn {counted(count)} nội dung có ý kiến khác nhau, nêu cùng hướng xử lý tại Phụ lục." if count else ""


def score_sentence(facts: NoticeFacts) -> str:
    score = facts.score
    if score.official is None:
        return "Không có phiếu chấm điểm hợp lệ nên không có điểm đánh giá chung."
    spread = f", độ lệch chuẩn {rounded(score.sd, 2)}" if score.sd is not None else ""
    return (
        f"Điểm đánh giá chung đạt {rounded(score.official, 2)}/100 trên {counted(len(score.totals))} phiếu hợp "
        f"lệ{spread}; điểm từng tiêu chí nêu tại Phụ lục."
    )


def conclusion(facts: NoticeFacts) -> list[dict[str, Any]]:
    entries = items_of(facts.text)
    reasons = items_of(facts.reason)
    if reasons:
        first, *rest = reasons
        entries += [{**first, "text": f"Lý do: {first['text']}"}, *rest]
    return entries


def items_of(text: str) -> list[dict[str, Any]]:
    """A plain text as numbered items: each paragraph is one, the lines of a list become its points a), b), c)."""
    entries: list[dict[str, Any]] = []
    for line in paragraphs(text):
        if line.startswith("- ") and entries:
            points = entries[-1]["points"]
            points.append(f"{letter(len(points))}) {sentence(line.removeprefix('- '))}")
        else:
            entries.append(item(line.removeprefix("- ")))
    for entry in entries:
        entry["text"] = entry["text"] if entry["points"] else sentence(entry["text"])
    return entries


def recipients(facts: NoticeFacts, head: Letterhead) -> list[str]:
    """Who gets a copy, with the sign that the family puts after each."""
    fixed = (*head.recipients_before, *head.recipients_after)
    copies = dict.fromkeys(copy for copy in facts.copies if copy not in fixed)
    names = [*head.recipients_before, *copies, *head.recipients_after]
    return [f"- {name}{head.profile.separator}" for name in names[:-1]] + [f"- {names[-1]}."]
