"""The finished files, read back with tools that know nothing of how they were made."""

from __future__ import annotations

import hashlib
import json
import os
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
from intake.documents.kinds import STAND_IN_NOTE, make_pdf
from intake.documents.outcomes import OUTCOMES
from intake.documents.receipt import receipt_context
from intake.documents.render import ACCESSIBLE, render
from intake.documents.typeface import UncoveredCharacters
from tests.documents import reading, samples
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
    work = [(kind, to_data(facts)) for kind, facts in (FACTS[name] for name in ("receipt", "draft", "final"))]
    here = [hashlib.sha256(make_pdf(kind, data)).hexdigest() for kind, data in work]
    assert here == [hashlib.sha256(pdf_of(name)).hexdigest() for name in ("receipt", "draft", "final")]
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
    formats = {"receipt": "intake-receipt/1", "decision": "intake-conclusion-notice/1"}
    content = canonical_json({"format": formats[kind], **to_data(facts)})
    printed = facts.version_sha256 if kind == "receipt" else hashlib.sha256(content).hexdigest()
    assert attached == {"du-lieu.json": content}
    assert (printed in reading.text(pdf_of(name)).replace(" ", "")) == (name != "draft")


def test_header_cells_have_a_scope(tmp_path):
    cells, scoped = reading.header_cells(pdf_of("final"), tmp_path)
    assert cells > 20
    assert scoped == cells


def signature_page(pdf: bytes) -> str:
    return next(page for page in reading.pages(pdf) if "Nơi nhận" in page)


@pytest.mark.parametrize("paragraphs", range(0, 16, 3))
def test_the_signature_never_stands_alone(paragraphs):
    """However long the text before it, the last paragraph goes with it."""
    text = "\n".join(f"Nội dung kết luận số {place} được thực hiện đúng tiến độ." for place in range(paragraphs))
    page = signature_page(make_pdf("decision", to_data(notice(text=text, issue=ISSUE))))
    before = page.split("Nơi nhận")[0]
    assert "thông báo để các đồng chí thành viên Ban Chỉ đạo" in before
    assert "Nguyễn Văn Anh" in page


def test_a_title_of_537_characters_and_30_conditions_are_printed_whole():
    text = reading.text(pdf_of("long"))
    assert len(LONG.proposal.title) == 537
    assert LONG.proposal.title[:200] in text
    assert [place for place in range(1, 31) if f"Điều kiện thứ {place} phải" not in text] == []
    assert "30 điều kiện" in text


def test_no_conditions_leave_no_table():
    text = reading.text(make_pdf("decision", to_data(notice(conditions=(), issue=ISSUE))))
    assert "ĐIỀU KIỆN KÈM THEO" not in text
    assert "III- KẾT QUẢ BIỂU QUYẾT" in text


def test_one_condition_stands_in_its_table():
    text = reading.text(make_pdf("decision", to_data(notice(conditions=CONDITIONS[:1], issue=ISSUE))))
    assert "IV- ĐIỀU KIỆN KÈM THEO" in text
    assert "Điều kiện thứ 1 phải hoàn thành" in text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_renders(outcome):
    text = reading.text(make_pdf("decision", to_data(notice_of(outcome, issue=ISSUE))))
    assert f"{OUTCOMES[outcome].label}: 6/7 thành viên (85,7%)" in text


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
