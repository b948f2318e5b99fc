"""What the secretariat puts to a session: the synthesis of scores as a wide table, and the report (tờ trình)."""

from __future__ import annotations

from typing import Any

from intake.canonical import sha256_of
from intake.documents.annex import NONE, extent, shown
from intake.documents.check_mark import check_mark
from intake.documents.facts import head_of, to_data
from intake.documents.letterheads import LETTERHEADS, Letterhead
from intake.documents.numbering import (
    DRAFT,
    HASH_LABEL,
    ILLUSTRATIVE,
    NOT_IN_FORCE,
    capacity_of,
    cited_day,
    created_at,
    listed,
    number_line,
    place_line,
)
from intake.documents.plots import dot_plot
from intake.documents.session_facts import AgendaFacts, AgendaItemFacts
from intake.documents.wording import ROMAN, counted, joined, paragraphs, rounded, sentence

SYNTHESIS_FORMAT, REPORT_FORMAT = "intake-score-synthesis/1", "intake-committee-report/1"
CERTIFICATE_SHOWN = 16
METHOD = (
    "Điểm chung là trung bình cộng tổng điểm của các phiếu hợp lệ, thang 100; độ lệch là độ lệch chuẩn mẫu. Điểm số là "
    "căn cứ tham khảo, không thay thế quyết định. Thứ tự trong bảng là thứ tự trong chương trình phiên họp."
)


def synthesis_context(facts: AgendaFacts) -> dict[str, Any]:
    """One row for each proposal: means by criterion, total, spread, every sheet as a dot; then what bodies said."""
    criteria = [criterion.name for criterion in facts.items[0].score.criteria] if facts.items else []
    head = head_of(facts.issuer, facts.letterhead)
    d = {
        "type": "BÁO CÁO TỔNG HỢP",
        "abstract": f"kết quả đánh giá các đề xuất Sáng kiến đột phá trình Phiên {facts.number} của {body_name(facts)}",
        "is_long": False,
        "criteria": [f"{place}. {name}" for place, name in enumerate(criteria, start=1)],
        "columns": [str(place) for place in range(1, len(criteria) + 1)],
        "rows": [score_row(one) for one in facts.items],
        "note": f"Tiêu chí: {'; '.join(f'{p}. {name}' for p, name in enumerate(criteria, start=1))}. {METHOD}",
        "opinions": [opinion_row(one) for one in facts.items],
    }
    return context(facts, head, "score_synthesis", SYNTHESIS_FORMAT, "BC", d)


def report_context(facts: AgendaFacts) -> dict[str, Any]:
    """The report by which the secretariat asks the committee to decide."""
    head, name = head_of(facts.issuer, facts.letterhead), body_name(facts)
    day, count = cited_day(head, facts.held_on), counted(len(facts.items))
    d = {
        "type": "TỜ TRÌNH",
        "abstract": f"về {count} đề xuất Sáng kiến đột phá trình Phiên {facts.number} của {name}",
        "is_long": False,
        "addressee": f"Kính trình: {name}.",
        "opening": [
            "Thực hiện Kế hoạch số 01-KH/BCĐTW, ngày 02/6/2025 của Ban Chỉ đạo Trung ương, Cơ quan Thường trực "
            "Ban Chỉ đạo đã tiếp nhận, gửi các bộ, ngành và Tổng công trình sư đánh giá, tổng hợp và kính trình "
            f"{name} xem xét tại Phiên {facts.number}, ngày {day}, các đề xuất sau:"
        ],
        "rows": [score_row(one) for one in facts.items],
        "sections": [
            {"head": f"{numeral}- {title}", "entries": entries}
            for numeral, (title, entries) in zip(ROMAN, report_parts(facts, name), strict=False)
        ],
        "closing": f"Cơ quan Thường trực Ban Chỉ đạo kính trình {name} xem xét, quyết định.",
    }
    return context(facts, head, "committee_report", REPORT_FORMAT, "TTr", d)


def report_parts(facts: AgendaFacts, name: str) -> list[tuple[str, list[dict[str, Any]]]]:
    judged = [entry(f"{one.place}. {title_of(one)}", summary_points(one)) for one in facts.items]
    differing = [
        entry(f"{one.place}. {title_of(one)}", difference_points(one)) for one in facts.items if one.differences
    ]
    asked = entry(
        f"1. Kính đề nghị {name} thảo luận, biểu quyết từng đề xuất theo một trong các phương án: phê duyệt; phê duyệt "
        "có điều kiện; yêu cầu hoàn thiện; tạm hoãn; hợp nhất; không phê duyệt.",
        [],
    )
    after = entry(
        "2. Sau khi có kết luận, Cơ quan Thường trực Ban Chỉ đạo thông báo cho đơn vị đề xuất và các cơ quan liên "
        "quan, theo dõi việc thực hiện các điều kiện.",
        [],
    )
    parts = [("KẾT QUẢ ĐÁNH GIÁ", judged), ("NỘI DUNG CÒN Ý KIẾN KHÁC NHAU", differing), ("KIẾN NGHỊ", [asked, after])]
    return [(title, entries) for title, entries in parts if entries]


def entry(text: str, points: list[str]) -> dict[str, Any]:
    return {"text": text, "points": points}


def title_of(one: AgendaItemFacts) -> str:
    return f"Đề xuất “{one.title}”, mã hồ sơ {one.code}, do {one.proposer} trình; thuộc {one.system}."


def summary_points(one: AgendaItemFacts) -> list[str]:
    said = [f"- {sentence(line)}" for line in one.opinions]
    return [
        f"- {score_words(one)}",
        *(f"- {sentence(line.removeprefix('- '))}" for line in paragraphs(one.summary)),
        *said,
    ]


def difference_points(one: AgendaItemFacts) -> list[str]:
    return [
        f"- {joined(found.bodies) or 'Các cơ quan'}{f' ({found.criterion})' if found.criterion else ''}: "
        f"{sentence(found.text)}" + (f" Hướng xử lý: {sentence(found.resolution)}" if found.resolution else "")
        for found in one.differences
    ]


def score_words(one: AgendaItemFacts) -> str:
    if one.score.official is None:
        return "Không có phiếu chấm điểm hợp lệ."
    return f"Điểm chung {rounded(one.score.official, 2)}/100 trên {counted(len(one.score.totals))} phiếu hợp lệ."


def score_row(one: AgendaItemFacts) -> dict[str, Any]:
    score = one.score
    return {
        "place": one.place,
        "title": one.title,
        "about": f"{one.code} · {one.system} · {one.proposer}",
        "means": [shown(criterion.mean) for criterion in score.criteria],
        "total": shown(score.official),
        "sd": shown(score.sd),
        "sheets": counted(len(score.totals)),
        "range": extent(score.totals, 1),
        "plot": dot_plot(score.totals, 0, 100, score.official),
        "band": score.band or NONE,
        "certificate": score.certificate_sha256[:CERTIFICATE_SHOWN],
    }


def opinion_row(one: AgendaItemFacts) -> dict[str, Any]:
    return {
        "place": one.place,
        "name": f"{one.code}, phiên bản {one.version}",
        "opinions": list(one.opinions) or [NONE],
        "differences": [line.removeprefix("- ") for line in difference_points(one)] or [NONE],
    }


def body_name(facts: AgendaFacts) -> str:
    known = LETTERHEADS.get(facts.body)
    return (
        f"{known.short_name} Trung ương"
        if known and known.profile.is_party
        else known.full_name
        if known
        else facts.body
    )


def context(
    facts: AgendaFacts, head: Letterhead, template: str, form: str, symbol: str, d: dict[str, Any]
) -> dict[str, Any]:
    issue = facts.issue
    payload = {"format": form, **to_data(facts)}
    return {
        "template": template,
        "profile": head.profile,
        "is_draft": issue is None,
        "foot_left": "" if issue else NOT_IN_FORCE,
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"{d['type'].capitalize()} {d['abstract']}",
            "author": head.author,
            "description": f"Phiên {facts.number}, {counted(len(facts.items))} đề xuất",
            "created": created_at(issue, facts.written_at),
        },
        "payload": payload,
        "d": {
            "parent": head.parent,
            "own": head.own,
            "number": number_line(head, symbol, issue),
            "place_date": place_line(head, issue, facts.written_at),
            "draft_tag": "" if issue else DRAFT,
            "recipients": listed(["Như trên", *head.recipients_after], head.profile.separator),
            "capacity": capacity_of(head, issue),
            "name": issue.signer if issue else "",
            "check": check_mark(facts.doc, facts.check_url, sha256_of(payload), HASH_LABEL) if issue else None,
            **d,
        },
    }
