"""How alike two documents are worded: exact for short texts, close for long ones, whatever the case and the marks."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.outline import Document, empty_document, shared_wording, wording_sketch
from intake.services.likenesses import LEAST_SHARED
from tests.outline.examples import NAMES, document

WORDS = st.lists(st.sampled_from(("đề", "xuất", "sáng", "kiến")), max_size=30)
SKETCHES = {name: wording_sketch(document(name)) for name in NAMES}
# The only two initiatives that two examples are about.
SAME = {("full_sk06", "short_sk06"), ("full_sk10", "short_sk10")}


def arguing(text: str) -> Document:
    return empty_document() | {"sections": {"rationale": {"context": text}}}


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}


@given(WORDS, WORDS)
def test_what_short_texts_share_is_exact(one, other):
    either, both = runs(one) | runs(other), runs(one) & runs(other)
    sketches = [wording_sketch(arguing(" ".join(words))) for words in (one, other)]
    assert shared_wording(*sketches) == (len(both) / len(either) if either else 0.0)


def test_case_marks_and_the_order_of_sections_make_no_difference():
    text = "Nền tảng dữ liệu y tế dùng chung cho Đồng bằng sông Cửu Long"
    plain = arguing("nen tang DU LIEU y te dung chung cho dong bang song cuu long")
    elsewhere = empty_document() | {"sections": {"novelty": {"current_state": unicodedata.normalize("NFD", text)}}}
    assert wording_sketch(arguing(text)) == wording_sketch(plain)
    assert wording_sketch(arguing(text)) == wording_sketch(elsewhere)


def test_names_and_notes_are_not_compared():
    stored = document("full_sk10", {"name.name_vi": "Một tên khác hẳn, dài hơn ba từ"})
    stored["administrative"] |= {"illustrative_note": "Một ghi chú khác, dài hơn ba từ."}
    assert wording_sketch(stored) == SKETCHES["full_sk10"]


def test_texts_written_apart_stay_below_what_the_reception_is_shown():
    apart = {pair: shared_wording(*(SKETCHES[name] for name in pair)) for pair in combinations(NAMES, 2)}
    assert max(share for pair, share in apart.items() if pair not in SAME) < LEAST_SHARED


def reworded(value: Any, draw: Random, share: float) -> Any:
    """A copy in which a share of the words of every longer text is another word."""
    if isinstance(value, dict):
        return {name: reworded(item, draw, share) for name, item in value.items()}
    if isinstance(value, list):
        return [reworded(item, draw, share) for item in value]
    if not isinstance(value, str) or " " not in value:
        return value
    return " ".join("khác" if draw.random() < share else word for word in value.split(" "))


@pytest.mark.parametrize("share", [0.05, 0.15])
def test_a_reworded_copy_reads_most_alike_to_its_original(share):
    draw = Random(7)
    for name in NAMES:
        copy = wording_sketch(reworded(document(name), draw, share))
        ranked = sorted(NAMES, key=lambda other: -shared_wording(copy, SKETCHES[other]))
        assert copy != SKETCHES[name]
        assert ranked[0] == name
        assert shared_wording(copy, SKETCHES[name]) > LEAST_SHARED
