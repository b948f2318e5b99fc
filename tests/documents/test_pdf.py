"""The finished files, read back with tools that know nothing of how they were made."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake.canonical import canonical_json
from intake.documents.facts import ConditionFacts, to_data
from intake.documents.kinds import STAND_IN_NOTE, legible, make_pdf
from intake.documents.notice import notice_context
from intake.documents.outcomes import OUTCOMES
from intake.documents.receipt import receipt_context
from intake.documents.render import ACCESSIBLE, page, render
from intake.documents.typeface import UncoveredCharacters
from tests.documents import reading, samples, session_samples
from tests.documents.samples import CODE, DOC, ISSUE, TITLE, VERSION_SHA256, notice, notice_of, receipt

CONDITIONS = tuple(
    ConditionFacts(f"Điều kiện thứ {place} phải hoàn thành đúng thời hạn.", "Bộ Y tế", ISSUE.dated_on)
    for place in range(1, 31)
)
LONG = notice(
    proposal=replace(samples.PROPOSAL, title=(samples.LONG_TITLE + "x" * 537)[:537]),
    conditions=CONDITIONS,
    issue=ISSUE,
)
FACTS: dict[str, tuple[str, Any]] = {
    "receipt": ("receipt", receipt()),
    "draft": ("decision", notice()),
    "final": ("decision", notice(issue=ISSUE)),
    "long": ("decision", LONG),
    "state": ("decision", notice(body="byt", issue=ISSUE)),
    "minutes": ("minutes", session_samples.minutes(issue=ISSUE)),
    "synthesis": ("score_synthesis", session_samples.agenda(issue=ISSUE)),
    "report": ("committee_report", session_samples.agenda()),
    "request": ("assessment_request", session_samples.request(issue=ISSUE)),
    "opinion": ("ministry_opinion", session_samples.opinion(issue=ISSUE)),
    "kpi-report": ("kpi_report", session_samples.kpi_report(issue=ISSUE)),
    "proposal": ("proposal", samples.proposal_text(samples.example("full_sk10"))),
}
ELSEWHERE = """
import hashlib, json, sys
from intake.documents.kinds import make_pdf
for kind, data in json.load(sys.stdin):
    print(hashlib.sha256(make_pdf(kind, data)).hexdigest())
"""


@cache
def pdf_of(name: str) -> bytes:
    kind, facts = FACTS[name]
    return samples.printed("full_sk10") if name == "proposal" else make_pdf(kind, to_data(facts))


def test_same_facts_give_the_same_bytes_here_and_in_another_process(tmp_path):
    work = [(kind, to_data(facts)) for kind, facts in (FACTS[name] for name in ("receipt", "final"))]
    here = [hashlib.sha256(pdf_of(name)).hexdigest() for name in ("receipt", "final")]
    root = Path(__file__).resolve().parents[2]
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=json.dumps(work),
        env={**os.environ, "PYTHONHASHSEED": "17", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONPATH": str(root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


def test_another_time_zone_of_the_same_instant_changes_nothing():
    data = to_data(receipt())
    moved = {**data, "received_at": "2026-09-04T14:05:00+07:00"}
    assert make_pdf("receipt", moved) == pdf_of("receipt")


@pytest.mark.parametrize("name", FACTS)
def test_text_reads_back_in_composed_form(name):
    text = reading.text(pdf_of(name))
    assert unicodedata.is_normalized("NFC", text)
    assert not set("\ufffd\u00a0\u2011\u00ad") & set(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("receipt", (CODE, TITLE, "Số: 000123/GTN-2026", "Nguyễn Thị Ước", "7QX4MD", DOC, VERSION_SHA256)),
        ("draft", (CODE, TITLE, "DỰ THẢO", "2.400,5 tỷ đồng", "57-NQ/TW", "chưa có giá trị ban hành")),
        (
            "final",
            (
                "ĐẢNG CỘNG SẢN VIỆT NAM",
                "Số 12-TB/BCĐTW",
                "Hà Nội, ngày 20 tháng 11 năm 2026",
                "THÔNG BÁO KẾT LUẬN",
                "82,89/100",
                "2026 - 2030",
                "Nguyễn Văn Anh",
                "Nơi nhận:",
                "Đặng Văn Hậu",
                "người ghi: Ngô Thị Mai",
                "31/01/2027",
                DOC,
            ),
        ),
        (
            "state",
            (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Số: 12/QĐ-BYT",
                "BỘ TRƯỞNG BỘ Y TẾ",
                "Điều 1. Phê duyệt có điều kiện",
                "này./.",
                "(Kèm theo Quyết định số 12/QĐ-BYT, ngày 20 tháng 11 năm 2026",
                DOC,
            ),
        ),
        (
            "minutes",
            (
                "BIÊN BẢN",
                "Số 12-BB/BCĐTW",
                "đến lúc 15 giờ 05 phút",
                "Đồng chí Đặng Văn Hậu không tham gia",
                "Ghi thay: Ngô Thị Mai; xác nhận: Bùi Văn Ích; có bản quét phiếu giấy.",
                "Biểu quyết bằng phiếu kín",
                "Tạm hoãn đến hết ngày 05/02/2027",
                "THƯ KÝ",
                DOC,
            ),
        ),
        ("synthesis", ("Số 12-BC/VPTW", "82,89", "Bộ Y tế: thống nhất", "Hướng xử lý: Tiếp thu", DOC)),
        ("report", ("TỜ TRÌNH", "-TTr/VPTW", "DỰ THẢO", "Kính trình: Thường trực Ban Chỉ đạo Trung ương.")),
        ("request", ("Số 12-CV/VPTW", "Kính gửi: Bộ Y tế, Bộ Khoa học và Công nghệ", "ngày 02 tháng 10 năm 2026", DOC)),
        ("opinion", ("Số: 12/BYT", "kèm theo các điều kiện", "ngày 01 tháng 10 năm 2026", "Phạm Thị Lan", DOC)),
    ],
)
def test_names_numbers_and_amounts_are_found_in_the_text(name, expected):
    text = reading.text(pdf_of(name))
    assert [part for part in expected if part not in text] == []


def test_only_the_draft_says_that_it_is_one():
    assert "DỰ THẢO" not in reading.text(pdf_of("final"))
    assert reading.text(pdf_of("draft")).count("DỰ THẢO") == 1
    assert "Nguyễn Văn Anh" not in reading.pages(pdf_of("draft"))[1]


def test_the_draft_mark_is_drawn_on_every_page(tmp_path):
    """The grey of the mark fills the middle of a draft's pages and of no other."""
    assert [is_marked for is_marked in marked_pages(pdf_of("draft"), tmp_path)] == [True] * len(
        reading.pages(pdf_of("draft"))
    )
    assert not any(marked_pages(pdf_of("final"), tmp_path))


def marked_pages(pdf: bytes, folder: Path) -> list[bool]:
    for old in folder.glob("*.pgm"):
        old.unlink()
    subprocess.run(["pdftoppm", "-gray", "-r", "20", "-", str(folder / "page")], input=pdf, check=True)
    grey = 0xEC
    return [path.read_bytes().count(bytes([grey])) > 200 for path in sorted(folder.glob("*.pgm"))]


@pytest.mark.parametrize("name", FACTS)
def test_only_the_bundled_fonts_are_used_and_embedded(name, tmp_path):
    used = reading.fonts(pdf_of(name), tmp_path)
    assert used
    assert used <= {(font, "yes", "yes") for font in ("Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic")}


@pytest.mark.parametrize("name", FACTS)
def test_structure_is_sound(name, tmp_path):
    assert reading.problems(pdf_of(name), tmp_path) == (0, "")


@pytest.mark.parametrize("name", FACTS)
def test_variant_is_declared(name):
    archival = {"pdfa:part": ["3"], "pdfa:conformance": ["A"]} if FACTS[name][0] == "decision" else {}
    assert reading.declared(pdf_of(name)) == {"pdfua:part": ["1"], **archival}


@pytest.mark.parametrize("name", sorted(FACTS.keys() - {"proposal"}))
def test_facts_are_attached_and_their_hash_is_printed_once_issued(name):
    kind, facts = FACTS[name]
    attached = reading.attachments(pdf_of(name))
    formats = {
        "receipt": "intake-receipt/1",
        "decision": "intake-conclusion-notice/1",
        "minutes": "intake-minutes/1",
        "score_synthesis": "intake-score-synthesis/1",
        "committee_report": "intake-committee-report/1",
        "assessment_request": "intake-assessment-request/1",
        "ministry_opinion": "intake-opinion/1",
        "kpi_report": "intake-kpi-report/1",
    }
    content = canonical_json({"format": formats[kind], **to_data(facts)})
    printed = facts.version_sha256 if kind == "receipt" else hashlib.sha256(content).hexdigest()
    assert attached == {"du-lieu.json": content}
    assert (printed in reading.text(pdf_of(name)).replace(" ", "")) == (name not in ("draft", "report"))


def test_header_cells_have_a_scope(tmp_path):
    cells, scoped = reading.header_cells(pdf_of("final"), tmp_path)
    assert cells > 20
    assert scoped == cells


# How many paragraphs just fit before the signature, and one more, which takes the whole closing to the next page.
BOUNDARIES = [("tt_bcdtw", 3), ("tt_bcdtw", 4), ("byt", 9), ("byt", 10)]


def lines_before_signature(pdf: bytes) -> tuple[int, int]:
    """On which page the recipients stand, and how many lines of text there are above them on that page."""
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    for number, shown in enumerate(out.decode().split(reading.PAGE_BREAK), start=1):
        if "Nơi nhận" in shown:
            above = [line.strip() for line in shown.split("Nơi nhận")[0].splitlines()]
            return number, len([line for line in above if line and line != str(number)])
    raise AssertionError("nobody gets a copy")


@pytest.mark.parametrize("body", ["tt_bcdtw", "byt"])
def test_the_signature_never_stands_alone(body):
    """Where the text just fits and where it does not: the last paragraph goes with the signature."""
    found = {}
    for paragraphs in [count for of, count in BOUNDARIES if of == body]:
        text = "\n".join(f"Nội dung kết luận số {place} được thực hiện đúng tiến độ." for place in range(paragraphs))
        facts = notice(body=body, text=text, issue=ISSUE, conditions=(), differences=())
        found[paragraphs] = lines_before_signature(make_pdf("decision", to_data(facts)))
    (fits, many), (moved, few) = found.values()
    assert (fits, moved) == (2, 3)
    assert many > 10
    assert few >= 2


def test_a_title_of_537_characters_and_30_conditions_are_printed_whole():
    text = reading.text(pdf_of("long"))
    assert len(LONG.proposal.title) == 537
    assert LONG.proposal.title[:200] in text
    assert [place for place in range(1, 31) if f"Điều kiện thứ {place} phải" not in text] == []
    assert "30 điều kiện" in text


def html_of(facts: Any) -> str:
    """The page before it is laid out, blanks joined: what it says needs no rendering."""
    context = legible(notice_context(facts))
    return " ".join(re.sub(r"<[^>]+>", "", page(context["template"], context)).split())


@pytest.mark.parametrize("body", ["tt_bcdtw", "byt"])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_said_in_both_families(outcome, body):
    facts = notice_of(outcome, body=body, issue=ISSUE)
    text = html_of(facts)
    assert f"{OUTCOMES[outcome].label}: 6/7 thành viên (85,7%)" in text
    assert ("QUYẾT ĐỊNH:" in text, "THÔNG BÁO KẾT LUẬN" in text) == (body == "byt", body != "byt")
    has_conditions = bool(facts.conditions)
    assert ("IV- ĐIỀU KIỆN KÈM THEO" in text, "III- KẾT QUẢ BIỂU QUYẾT" in text) == (has_conditions, True)


def test_one_condition_stands_in_its_table():
    text = html_of(notice(conditions=CONDITIONS[:1], issue=ISSUE))
    assert "IV- ĐIỀU KIỆN KÈM THEO" in text
    assert "Điều kiện thứ 1 phải hoàn thành" in text


def test_a_character_without_a_glyph_is_refused_before_rendering():
    context = receipt_context(receipt(title="Y tế 中 thông minh 😀"))
    with pytest.raises(UncoveredCharacters) as refused:
        render("receipt", context, ACCESSIBLE)
    assert refused.value.characters == ["中", "😀"]


def test_a_receipt_comes_all_the_same_and_says_what_it_replaced(tmp_path):
    facts = receipt(title="Y tế 中 thông minh 😀\x0b")
    pdf = make_pdf("receipt", to_data(facts))
    text = reading.text(pdf)
    assert ("Y tế □ thông minh □□" in text, STAND_IN_NOTE in text) == (True, True)
    assert json.loads(reading.attachments(pdf)["du-lieu.json"])["title"] == facts.title
    assert {font for font, _, _ in reading.fonts(pdf, tmp_path)} <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
