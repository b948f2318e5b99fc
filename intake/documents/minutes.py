"""The minutes of a session: who was there, what was dealt with, how it was voted, what the chair concluded."""

from __future__ import annotations

from typing import Any

from intake.canonical import sha256_of
from intake.documents.annex import vote
from intake.documents.check_mark import check_mark
from intake.documents.facts import QuorumFacts, head_of, to_data
from intake.documents.numbering import (
    DRAFT,
    HASH_LABEL,
    ILLUSTRATIVE,
    NOT_IN_FORCE,
    cited_day,
    created_at,
    listed,
    number_line,
    place_line,
)
from intake.documents.outcomes import ABSTAIN_LABEL, OUTCOMES
from intake.documents.session_facts import BallotFacts, MemberFacts, MinutesFacts, MinutesItemFacts
from intake.documents.wording import ROMAN, counted, moment, paragraphs, party_date, sentence

FORMAT = "intake-minutes/1"
SYMBOL = "BB"
SEATS = {"chair": "Trưởng Ban", "deputy": "Phó Trưởng Ban", "member": "Ủy viên", "": "Khách mời"}
STATUSES = {
    "present": "Có mặt",
    "remote": "Dự trực tuyến",
    "excused": "Vắng mặt có lý do",
    "absent": "Vắng mặt",
    "expected": "Không ghi nhận",
}
PARTS = (
    ("people", "THÀNH PHẦN"),
    ("items", "NỘI DUNG VÀ BIỂU QUYẾT"),
    ("notes", "DIỄN BIẾN, Ý KIẾN PHÁT BIỂU"),
)
CHANGES = {"arrived": "đến", "left": "rời phiên"}
MODES = {
    "ballot": "biểu quyết từng đề xuất; kết quả là lựa chọn được quá nửa số thành viên có quyền biểu quyết và có mặt",
    "consensus": "kết luận theo nguyên tắc nhất trí, không bỏ phiếu",
}


def minutes_context(facts: MinutesFacts) -> dict[str, Any]:
    """Everything the template prints, in words; the attached JSON is the facts themselves."""
    head, issue = head_of(facts.body, facts.letterhead), facts.issue
    payload = {"format": FORMAT, **to_data(facts)}
    day = cited_day(head, facts.sitting.held_on)
    abstract = f"Phiên {facts.sitting.number}, ngày {day}, của {head.full_name}"
    return {
        "profile": head.profile,
        "is_draft": issue is None,
        "foot_left": "" if issue else NOT_IN_FORCE,
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"Biên bản {abstract}",
            "author": head.author,
            "description": f"{counted(len(facts.items))} nội dung",
            "created": created_at(issue, facts.written_at),
        },
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": number_line(head, SYMBOL, issue),
            "place_date": place_line(head, issue, facts.written_at),
            "draft_tag": "" if issue else DRAFT,
            "type": "BIÊN BẢN",
            "abstract": abstract,
            "is_long": False,
            "opening": opening(facts),
            "heads": {kind: f"{ROMAN[place]}- {title}" for place, (kind, title) in enumerate(PARTS)},
            "people": [person(place, one) for place, one in enumerate(facts.people, start=1)],
            "quorum": quorum_words(facts.quorum, facts),
            "items": [item(one) for one in facts.items],
            "notes": [sentence(line) for line in paragraphs(facts.notes)],
            "closing": closing(facts),
            "recipients": listed(["Các thành viên dự họp", *head.recipients_after], head.profile.separator),
            "signers": [
                {"capacity": ("THƯ KÝ",), "name": facts.secretary if issue else ""},
                {"capacity": ("CHỦ TRÌ PHIÊN HỌP",), "name": issue.signer if issue else ""},
            ],
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL) if issue else None,
        },
    }


def opening(facts: MinutesFacts) -> list[str]:
    sitting = facts.sitting
    begun = f"Khai mạc lúc {moment(facts.opened_at)}" if facts.opened_at else "Phiên họp chưa khai mạc"
    lines = [
        f"{begun}, tại {sitting.place}.",
        f"Chủ trì: đồng chí {sitting.chair}." if sitting.chair else "Chưa ghi nhận người chủ trì.",
        f"Thư ký: {facts.secretary}.",
        f"Cách thức kết luận: {MODES.get(facts.mode, facts.mode)}.",
    ]
    if facts.postponed_from:
        reason = f"; lý do: {facts.change_reason.strip().rstrip('.')}" if facts.change_reason.strip() else ""
        lines.append(f"Phiên họp được dời từ {moment(facts.postponed_from)}{reason}.")
    return lines


def person(place: int, one: MemberFacts) -> dict[str, Any]:
    moved = [f"{CHANGES[kind]} lúc {moment(at)}" for kind, at in one.changes if kind in CHANGES]
    return {
        "place": place,
        "name": one.name,
        "seat": SEATS.get(one.seat, one.seat),
        "presence": "; ".join([STATUSES.get(one.status, one.status), *moved]),
    }


def quorum_words(quorum: QuorumFacts | None, facts: MinutesFacts) -> str:
    sitting = facts.sitting
    remote = f", trong đó {counted(sitting.remote)} dự trực tuyến" if sitting.remote else ""
    there = f"Có mặt {counted(sitting.present)}/{counted(sitting.members)} thành viên{remote}"
    if quorum is None:
        return f"{there}."
    result = "Đủ điều kiện tiến hành" if quorum.is_met else "Không đủ điều kiện tiến hành"
    return f"{there}; tối thiểu {counted(quorum.needed)} thành viên và có người chủ trì. {result}."


def item(one: MinutesItemFacts) -> dict[str, Any]:
    """One item: the vote with its table, ballots of an open vote, the conclusion with its conditions."""
    voted = vote(one.vote) if one.vote else None
    return {
        "head": f"{one.place}. Đề xuất “{one.title}”",
        "lines": [
            f"Mã hồ sơ {one.code}, do {one.proposer} trình.",
            *(f"Đồng chí {found.name} không tham gia: {sentence(found.reason)}" for found in one.recusals),
            *([f"Nội dung này đã biểu quyết {counted(one.earlier_votes)} lần trước đó."] if one.earlier_votes else []),
        ],
        "vote": voted,
        "ballots": [ballot(place, found) for place, found in enumerate(one.ballots, start=1)],
        "conclusion": conclusion(one),
        "conditions": [
            {"place": place, "text": found.text, "owner": found.owner, "due": party_date(found.due_on)}
            for place, found in enumerate(one.conditions, start=1)
        ],
    }


def ballot(place: int, one: BallotFacts) -> dict[str, Any]:
    label = OUTCOMES[one.choice].label if one.choice in OUTCOMES else ABSTAIN_LABEL
    scanned = "; có bản quét phiếu giấy" if one.has_scan else ""
    recorded = f"Ghi thay: {one.recorder}; xác nhận: {one.confirmed_by or 'chưa có'}{scanned}." if one.recorder else ""
    remarks = [f"Vào hồ sơ {one.into}." if one.into else "", sentence(one.reason), recorded]
    return {"place": place, "name": one.member, "choice": label, "remarks": " ".join(part for part in remarks if part)}


def conclusion(one: MinutesItemFacts) -> list[str]:
    """What was concluded; an item without an outcome says so."""
    if not one.outcome:
        return ["Chưa có kết luận."]
    label = OUTCOMES[one.outcome].label
    until = f" đến hết ngày {party_date(one.defer_until)}" if one.defer_until else ""
    into = f" vào đề xuất “{one.into.title}”, mã hồ sơ {one.into.code}" if one.into else ""
    lines = [f"{label}{until}{into}.", *(sentence(line) for line in paragraphs(one.text))]
    if one.reason.strip():
        lines.append(f"Lý do: {sentence(' '.join(paragraphs(one.reason)))}")
    if one.number and one.dated_on:
        lines.append(f"Văn bản: số {one.number}, ngày {party_date(one.dated_on)}.")
    return lines


def closing(facts: MinutesFacts) -> str:
    ended = f"Phiên họp kết thúc lúc {moment(facts.closed_at)}. " if facts.closed_at else ""
    return f"{ended}Biên bản được lập, thông qua chủ trì và thư ký cùng ký."
