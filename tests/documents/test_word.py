"""Word: out and in again is the same text, in both languages; the blank outline says nothing."""

from __future__ import annotations

import io

import docx
import pytest

from intake import outline
from intake.documents.word.reading import read_word
from intake.documents.word.writing import blank_outline, write_word
from intake.outline import OUTLINE
from intake.outline.model import ChoiceField
from tests.outline.examples import example

# The two full ones, and short ones of every system: with blank rows, empty lists and outer blanks.
NAMES = ("full_sk06", "full_sk10", *(f"short_sk{n:02}" for n in (1, 4, 5, 8, 10, 12, 16, 19, 22, 26)))


def there_and_back(name: str, language: str):
    written = write_word(outline.import_proposal(example(name)), language, code="SK-2026-0123ABCD")
    reading = read_word(written)
    return outline.export_proposal(outline.import_proposal(reading.data)), reading.leftovers


@pytest.mark.parametrize("name", NAMES)
def test_out_and_in_again_is_the_same_text(name):
    assert there_and_back(name, "vi") == (example(name), [])


@pytest.mark.parametrize("name", NAMES[:2])
def test_out_and_in_again_in_english_is_the_same_text(name):
    assert there_and_back(name, "en") == (example(name), [])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_blank_outline_says_nothing(language):
    reading = read_word(blank_outline(language))
    assert outline.import_proposal(reading.data) == outline.empty_document(language)
    assert reading.leftovers == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_blank_outline_has_the_official_words(language):
    word = docx.Document(io.BytesIO(blank_outline(language)))
    heads = [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    titles = [f"{section.number}. {section.title.in_(language)}" for section in OUTLINE.sections]
    assert heads[:14] == titles
    said = {one.text for one in word.paragraphs}
    assert {section.guidance.in_(language) for section in OUTLINE.sections if section.guidance} <= said
    assert OUTLINE.intro.in_(language) in said


def test_an_answer_is_chosen_from_the_words_of_the_outline():
    body = docx.Document(io.BytesIO(blank_outline("vi"))).element.body.xml
    kinds = OUTLINE.field("name.kind")
    assert isinstance(kinds, ChoiceField)
    assert [choice.label.vi for choice in kinds.choices if f'w:displayText="{choice.label.vi}"' not in body] == []
