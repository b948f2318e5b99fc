from __future__ import annotations

import shutil
import string

import pytest

from intake.documents import typeface
from intake.documents.typeface import FONTS, FontsDamaged, faces, load, plain, printable, uncovered

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
    "₫–—“”‘’…≥≤≠≈→←□☐☑■●○±×÷°§•²³µ"
)


def test_fonts_are_the_four_styles():
    assert sorted(faces()) == ["tinos-bold.ttf", "tinos-bolditalic.ttf", "tinos-italic.ttf", "tinos-regular.ttf"]


def test_fonts_write_all_of_vietnamese():
    assert uncovered(VIETNAMESE + VIETNAMESE.upper() + string.printable[:95]) == []


def test_uncovered_names_each_character_once():
    assert uncovered("Điểm 中中 😀 ✓, đạt\n\t") == ["✓", "中", "😀"]


def test_decomposed_letters_are_composed_first():
    assert (plain("Ti\u1ebfng Vie\u0323\u0302t"), uncovered("Vie\u0323\u0302t")) == ("Tiếng Việt", [])


def test_plain_leaves_nothing_that_hides_from_a_search():
    assert plain("57\u2011NQ/TW\u00a02.400\u202ftỷ\u200b\ufeff\u00ad") == "57-NQ/TW 2.400 tỷ"


def test_printable_shows_a_stand_in():
    assert printable("Y tế 中文 ✓") == "Y tế □□ □"


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_damaged_font_is_refused(tmp_path, harm):
    shutil.copytree(FONTS, tmp_path / "fonts")
    font = tmp_path / "fonts" / "tinos-bold.ttf"
    if harm == "changed":
        font.write_bytes(font.read_bytes()[:-1] + b"\x01")
    else:
        font.unlink()
    with pytest.raises(FontsDamaged, match=r"tinos-bold\.ttf"):
        load(tmp_path / "fonts")


def test_the_licence_is_shipped():
    assert "SIL Open Font License, Version 1.1" in (typeface.FONTS / "LICENSE").read_text()
