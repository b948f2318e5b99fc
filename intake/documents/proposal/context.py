"""Everything that the proposal in full prints, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake import outline
from intake.clock import ZONE
from intake.documents.check_mark import check_mark
from intake.documents.facts import ProposalTextFacts
from intake.documents.numbering import ILLUSTRATIVE
from intake.documents.pictures import pictures
from intake.documents.profiles import SHEET
from intake.documents.proposal.grids import Printer
from intake.documents.proposal.sections import figure, section_blocks
from intake.documents.receipt import register_number
from intake.documents.wording import moment
from intake.outline.displays import Entry, SectionView

TYPE = "ĐỀ XUẤT SÁNG KIẾN ĐỘT PHÁ"
NO_NAME = "(Chưa đặt tên)"
CARRY = (
    "(Theo Khung đề xuất tại Phụ lục I Kế hoạch số 01-KH/BCĐTW, ngày 02/6/2025",
    "của Ban Chỉ đạo Trung ương)",
)
DRAFT = "DỰ THẢO"
HASH_LABEL = "SHA-256 của phiên bản đã nộp"
SIGNER = ("ĐẠI DIỆN ĐƠN VỊ ĐỀ XUẤT",)
SIGN_HINT = "(Ký, ghi rõ họ tên, đóng dấu nếu có)"
DRAFT_FOOT = "Dự thảo chưa nộp, không có giá trị hồ sơ"
SHORT_HASH = 16


def proposal_context(facts: ProposalTextFacts) -> dict[str, Any]:
    """The proposal as the template prints it; the attached JSON is the proposal itself, ready to be imported."""
    is_draft = facts.version == 0
    standing = "dự thảo" if is_draft else f"phiên bản {facts.version}"
    views = outline.display(facts.document, "vi")
    title = title_of(facts.document)
    head = f"{facts.code}, {standing}"
    return {
        "profile": SHEET,
        "is_draft": is_draft,
        "head_left": head,
        "head_right": "" if is_draft else f"SHA-256 {facts.text_sha256[:SHORT_HASH]}",
        "foot_left": DRAFT_FOOT if is_draft else f"Đề xuất Sáng kiến đột phá {facts.code}",
        "foot_right": ILLUSTRATIVE if facts.is_illustrative else "",
        "meta": {
            "title": f"Đề xuất Sáng kiến đột phá: {title}",
            "author": facts.proposer or facts.submitted_by or facts.code,
            "description": f"Mã hồ sơ {head}",
            "created": facts.saved_at.astimezone(ZONE).isoformat(timespec="seconds"),
        },
        "payload": outline.export_proposal(facts.document, facts.code),
        "d": {
            "draft_tag": DRAFT if is_draft else "",
            "type": TYPE,
            "name": title,
            "carry": CARRY,
            "facts": [{"name": name, "value": value} for name, value in facts_box(facts) if value],
            "sections": sections(facts.document, views),
            "administrative": administrative(views[-1], printer_of(views)),
            "signer": {"capacity": SIGNER, "hint": SIGN_HINT, "name": "" if is_draft else facts.submitted_by},
            "check": None if is_draft else check_mark(facts.doc, facts.check_url, facts.text_sha256, HASH_LABEL),
        },
    }


def title_of(document: Mapping[str, Any]) -> str:
    return outline.summarise(document).title.strip() or NO_NAME


def facts_box(facts: ProposalTextFacts) -> list[tuple[str, str]]:
    """What the reader must know before the text: which proposal, which version, of when."""
    if facts.version == 0:
        return [
            ("Mã hồ sơ", facts.code),
            ("Phiên bản", f"Dự thảo, chưa nộp; nội dung lưu lúc {moment(facts.saved_at)}"),
        ]
    return [
        ("Mã hồ sơ", facts.code),
        ("Số tiếp nhận", register_number(facts.register_number, facts.register_year)),
        ("Phiên bản", f"{facts.version}, nộp lúc {moment(facts.saved_at)}"),
        ("Người nộp", facts.submitted_by),
        (HASH_LABEL, facts.text_sha256),
    ]


def printer_of(views: tuple[SectionView, ...]) -> Printer:
    """Phases are called by code and name wherever a table asks for them."""
    phases = next(entry for view in views if view.id == "plan" for entry in view.entries)
    return Printer("vi", {row.code: row.children[0].text for row in phases.children})


def sections(document: Mapping[str, Any], views: tuple[SectionView, ...]) -> list[dict[str, Any]]:
    """The 14 sections; a picture closes the section that it belongs to."""
    drawn, printer, found = pictures(document, "vi"), printer_of(views), []
    numbers = {section: number for number, section in enumerate(drawn, start=1)}
    for view in views[:-1]:
        blocks = section_blocks(view, printer)
        if view.id in drawn:
            blocks.append(figure(drawn[view.id], numbers[view.id], "vi"))
        found.append({"head": f"{view.number}. {view.title}", "guidance": view.guidance, "blocks": blocks})
    return found


def administrative(view: SectionView, printer: Printer) -> dict[str, Any]:
    """Attachments, confidentiality and consent, then the declarations with their boxes."""
    declared = next(entry for entry in view.entries if entry.path.endswith(".declarations"))
    others = [entry for entry in view.entries if entry is not declared]
    shown = SectionView(view.id, 0, view.title, "", True, False, tuple(others))
    return {
        "head": view.title,
        "blocks": section_blocks(shown, printer),
        "declarations": {"head": declared.label, "lines": [box(child) for child in declared.children]},
    }


def box(entry: Entry) -> str:
    return f"{'☑' if entry.value else '☐'} {entry.label}"
