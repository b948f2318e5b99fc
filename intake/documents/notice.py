"""The conclusion notice: how a decision of the committee reads, before and after it is signed."""

from __future__ import annotations

from typing import Any

from intake.canonical import sha256_of
from intake.documents.annex import annex
from intake.documents.check_mark import check_mark
from intake.documents.facts import NoticeFacts, head_of, to_data
from intake.documents.letterheads import Letterhead
from intake.documents.numbering import (
    DRAFT,
    HASH_LABEL,
    ILLUSTRATIVE,
    capacity_of,
    cited_date,
    cited_day,
    created_at,
    listed,
    number_of,
    place_line,
)
from intake.documents.outcomes import OUTCOMES
from intake.documents.wording import ROMAN, counted, letter, paragraphs, party_date, rounded, sentence

FORMAT = "intake-conclusion-notice/1"
TYPE = "THÔNG BÁO KẾT LUẬN"
KIND_SYMBOL = "TB"
PLAN = "Kế hoạch số 01-KH/BCĐTW, ngày 02/6/2025"
DECISION_TYPE = "QUYẾT ĐỊNH"
DECISION_SYMBOL = "QĐ"
LONG_ABSTRACT = 220
CLOSING = (
    "Văn phòng Trung ương Đảng - Cơ quan Thường trực Ban Chỉ đạo thông báo để các đồng chí thành viên Ban Chỉ đạo "
    "và các cơ quan liên quan biết, thực hiện."
)


def notice_context(facts: NoticeFacts) -> dict[str, Any]:
    """Everything the template prints, in words; the attached JSON is the facts themselves."""
    head = head_of(facts.body, facts.letterhead)
    if not head.profile.is_party:
        return decision_context(facts, head)
    return official_context(
        facts,
        head,
        template="notice",
        symbol=KIND_SYMBOL,
        title=f"Thông báo kết luận về đề xuất Sáng kiến đột phá “{facts.proposal.title}”",
        d={
            "type": TYPE,
            "abstract": f"của {head.short_name} Trung ương về đề xuất Sáng kiến đột phá “{facts.proposal.title}”",
            "opening": opening(facts, head),
            "sections": sections(facts, head),
            "closing": CLOSING,
        },
        names=copies(facts, head),
        annexed=("Thông báo", "kết luận"),
    )


def decision_context(facts: NoticeFacts, head: Letterhead) -> dict[str, Any]:
    """The same decision of a body of the State: grounds, articles, the day from which it is in force."""
    label = OUTCOMES[facts.outcome].label
    about = f"{label[0].lower()}{label[1:]} đề xuất Sáng kiến đột phá “{facts.proposal.title}”"
    return official_context(
        facts,
        head,
        template="decision",
        symbol=DECISION_SYMBOL,
        title=f"Quyết định {about}",
        d={
            "type": DECISION_TYPE,
            "abstract": f"Về việc {about}",
            "authority": head.authority or head.full_name.upper(),
            "grounds": grounds(facts, head),
            "articles": articles(facts, head),
        },
        names=["Như Điều 4", *copies(facts, head)],
        annexed=("Quyết định", "Quyết định"),
    )


def official_context(
    facts: NoticeFacts,
    head: Letterhead,
    *,
    template: str,
    symbol: str,
    title: str,
    d: dict[str, Any],
    names: list[str],
    annexed: tuple[str, str],
) -> dict[str, Any]:
    """What both families share: head, signature, annex, the check mark of what was issued."""
    payload = {"format": FORMAT, **to_data(facts)}
    issue, number = facts.issue, number_of(head, symbol, facts.issue)
    return {
        "template": template,
        "profile": head.profile,
        "is_draft": issue is None,
        "foot_left": "" if issue else f"{draft_label(facts).capitalize()}, chưa có giá trị ban hành",
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": title,
            "author": head.author,
            "description": f"{OUTCOMES[facts.outcome].label}; mã hồ sơ {facts.proposal.code}",
            "created": created_at(issue, facts.released_at),
        },
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": head.profile.number_prefix + number,
            "place_date": place_line(head, issue, facts.released_at),
            "draft_tag": "" if issue else draft_label(facts),
            "is_long": len(d["abstract"]) > LONG_ABSTRACT,
            "recipients": listed(names, head.profile.separator),
            "capacity": capacity_of(head, issue),
            "name": issue.signer if issue else "",
            "annex": annex(facts, carry=carry(facts, head, annexed[0], number), of=annexed[1]),
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL) if issue else None,
            **d,
        },
    }


def carry(facts: NoticeFacts, head: Letterhead, paper: str, number: str) -> list[str]:
    """The lines by which the annex names the paper it belongs to."""
    day = cited_date(head, facts.issue, facts.released_at)
    of_whom = "Ban Chỉ đạo Trung ương" if head.profile.is_party else head.full_name
    return [f"(Kèm theo {paper} số {number}, ngày {day}", f"của {of_whom})"]


def draft_label(facts: NoticeFacts) -> str:
    return f"{DRAFT} LẦN {facts.draft_round}" if facts.draft_round else DRAFT


def grounds(facts: NoticeFacts, head: Letterhead) -> list[str]:
    sitting = facts.sitting
    day = cited_day(head, sitting.held_on)
    lines = [
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị về đột phá phát triển khoa học, công "
        "nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "Căn cứ Kế hoạch số 01-KH/BCĐTW ngày 02 tháng 6 năm 2025 của Ban Chỉ đạo Trung ương về phát triển khoa học, "
        "công nghệ, đổi mới sáng tạo và chuyển đổi số",
        f"Căn cứ kết quả Phiên {sitting.number} ngày {day} của {head.full_name}: có mặt {sitting.present}/"
        f"{sitting.members} thành viên, đủ điều kiện tiến hành"
        if facts.vote.quorum.is_met
        else f"Căn cứ Phiên {sitting.number} ngày {day} của {head.full_name}",
        "Trên cơ sở tổng hợp của Cơ quan Thường trực, ý kiến của các bộ, ngành, đánh giá của Tổng công trình sư về hồ "
        f"sơ {facts.proposal.code}, phiên bản {facts.proposal.version}, do {facts.proposal.proposer} trình",
    ]
    return [f"{line};" for line in lines[:-1]] + [f"{lines[-1]}."]


def articles(facts: NoticeFacts, head: Letterhead) -> list[dict[str, Any]]:
    """Điều 1 what is decided, Điều 2 why, Điều 3 what has to be done, Điều 4 who carries it out."""
    outcome = OUTCOMES[facts.outcome]
    words = placeholders(facts, head)
    parts = [
        (outcome.conclusion.format_map(words), items_of(facts.text)),
        ("Đánh giá và lý do:", [*assessment(facts), *reasons(facts)]),
        ("Tổ chức thực hiện:", [item(task.format_map(words)) for task in outcome.tasks]),
        (
            "Quyết định này có hiệu lực kể từ ngày ký. Cơ quan Thường trực Ban Chỉ đạo, "
            f"{facts.proposal.proposer} và các cơ quan, tổ chức có liên quan chịu trách nhiệm thi hành Quyết định "
            "này./.",
            [],
        ),
    ]
    return [
        {"head": f"Điều {place}.", "text": text, "entries": numbered(entries)}
        for place, (text, entries) in enumerate(parts, start=1)
    ]


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
        {"head": f"{numeral}- {title}", "entries": numbered(entries)}
        for numeral, (title, entries) in zip(ROMAN, parts, strict=False)
    ]


def numbered(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**entry, "text": f"{place}. {entry['text']}"} for place, entry in enumerate(entries, start=1)]


def placeholders(facts: NoticeFacts, head: Letterhead) -> dict[str, str]:
    conditions = (
        f"; {counted(len(facts.conditions))} điều kiện, cơ quan chịu trách nhiệm và thời hạn hoàn thành nêu tại Phụ "
        f"lục kèm theo {'Thông báo' if head.profile.is_party else 'Quyết định'} này"
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
        "until": f" đến hết ngày {cited_day(head, limit)}" if limit else "",
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
    return [*items_of(facts.text), *reasons(facts)]


def reasons(facts: NoticeFacts) -> list[dict[str, Any]]:
    found = items_of(facts.reason)
    return [{**found[0], "text": f"Lý do: {found[0]['text']}"}, *found[1:]] if found else []


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


def copies(facts: NoticeFacts, head: Letterhead) -> list[str]:
    """Who gets a copy: those whom the body always sends it to, and around the proposal those whom it concerns."""
    fixed = (*head.recipients_before, *head.recipients_after)
    concerned = dict.fromkeys(copy for copy in facts.copies if copy not in fixed)
    return [*head.recipients_before, *concerned, *head.recipients_after]
