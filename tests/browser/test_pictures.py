"""Every type of page has its four pictures and the sentence on what looking at them improved."""

from __future__ import annotations

from scripts import pictures

SHORTEST_SENTENCE = 30


def test_every_type_of_page_has_its_four_pictures_and_no_other_is_kept():
    names = [page_type.name for page_type in pictures.page_types()]
    expected = {pictures.place(name, *shot).name for name in names for shot in pictures.SHOTS}
    assert len(expected) == 4 * len(names)
    assert {path.name for path in pictures.FOLDER.iterdir()} == expected


def test_every_type_of_page_says_what_looking_improved():
    improved = pictures.improvements()
    assert set(improved) == {page_type.name for page_type in pictures.page_types()}
    unsaid = [name for name, said in improved.items() if len(said) < SHORTEST_SENTENCE or not said.endswith(".")]
    assert unsaid == []


def test_the_table_is_the_one_the_script_writes():
    assert pictures.TABLE.read_text(encoding="utf-8") == pictures.table()
