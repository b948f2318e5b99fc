"""`intake proposal validate | import | export` of Word files."""

from __future__ import annotations

import json

import pytest

from intake import outline
from intake.documents.word.reading import read_word
from intake.documents.word.writing import write_word
from tests.documents.word_files import by_word, filled_file
from tests.outline.examples import example

OWNER = ("--owner", "organisation@demo.vn")


@pytest.fixture
def word(tmp_path):
    """Writes an example, or ready bytes, as a Word file."""

    def write(name: str, content: bytes | None = None):
        file = tmp_path / f"{name}.docx"
        file.write_bytes(content or write_word(outline.import_proposal(example(name)), "vi"))
        return file

    return write


def test_import_and_export_as_word_give_back_the_same_text(intake, word, tmp_path):
    taken = intake("proposal", "import", word("full_sk06"), *OWNER)
    assert (taken.code, taken.err) == (0, "")
    code, state, _file = taken.out.split(" ", 2)
    assert state == "draft"
    target, again = tmp_path / "out.json", tmp_path / "out.docx"
    assert intake("proposal", "export", code, "-o", target).code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == example("full_sk06") | {"code": code}
    assert intake("proposal", "export", code, "--format", "docx", "-o", again).code == 0
    reading = read_word(again.read_bytes())
    assert outline.export_proposal(outline.import_proposal(reading.data)) == example("full_sk06")


def test_a_complete_word_file_has_no_problems(intake, word):
    result = intake("proposal", "validate", word("full_sk10"))
    assert (result.code, result.out, result.err) == (0, "", "")


def test_what_has_no_place_is_told_with_its_place_in_word_and_not_taken_in(intake, word):
    raw = filled_file("Tổng kinh phí dự kiến", "chưa rõ")
    file = word("lost", by_word(raw, lambda one: one.paragraphs[8].insert_paragraph_before("Lời nói đầu.")))
    lost = "1. Tên Sáng kiến đột phá: could not be placed: This stands outside the boxes for answers. “Lời nói đầu.”"
    sum_ = (
        "11. Dự kiến nguồn lực › Tổng kinh phí dự kiến: could not be placed: Enter a number, such as 1.850,5. “chưa rõ”"
    )
    checked = intake("proposal", "validate", file)
    assert (checked.code, checked.out.splitlines()[:2]) == (
        1,
        [f"unplaced error name {lost}", f"unplaced error resources {sum_}"],
    )
    taken = intake("proposal", "import", file, *OWNER)
    assert (taken.code, taken.out) == (1, "")
    assert taken.err.startswith("lost.docx: Some of this Word file has no place in the outline")
    assert "“Lời nói đầu.”" in taken.err


def test_a_secret_word_file_is_stopped(intake, word):
    file = word("secret", filled_file("Sáng kiến trong danh mục", "SK03"))
    checked, taken = intake("proposal", "validate", file), intake("proposal", "import", file, *OWNER)
    assert checked.out.startswith("secrecy error - This initiative may touch state secrets")
    assert (taken.code, taken.out) == (1, "")
    assert taken.err.startswith("secret.docx: This initiative may touch state secrets")
    marked = intake("proposal", "validate", word("marked", filled_file("Bối cảnh", "TUYỆT MẬT: phương án")))
    assert (marked.out.startswith("secrecy error - "), "phương án" in marked.out) == (True, False)
