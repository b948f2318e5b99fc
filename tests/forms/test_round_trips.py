"""A section sent back as it was shown is the same section to the letter; a change to one box changes nothing else."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings

from intake import forms, outline
from intake.outline import OUTLINE, check_interchange, import_proposal, with_part
from proofs.schema_documents import BIG_ON_PURPOSE, documents
from tests.forms.texts_of import document

PARTS = tuple(OUTLINE.bodies)


def as_sent(filled: forms.Filled) -> dict[str, list[str]]:
    """The texts of a form as a browser sends them: a box that is not ticked is not sent, lines end with CR LF."""
    unticked = {name for name, item in filled.fields.items() if item.type == "Tick" and not item.data}
    return {
        name: [text.replace("\n", "\r\n") for text in texts]
        for name, texts in filled.texts.items()
        if name not in unticked
    }


@pytest.mark.parametrize("part", PARTS)
def test_any_section_the_schema_accepts_comes_back_unchanged(part):
    @settings(max_examples=12, deadline=None, database=None, suppress_health_check=BIG_ON_PURPOSE)
    @given(documents(part))
    def holds(data):
        assert check_interchange(data) == []
        stored = import_proposal(data)
        for language in ("vi", "en"):
            sent = forms.posted(stored, part, as_sent(forms.stored(stored, part, language)), language)
            assert sent.errors == []
            assert with_part(stored, part, sent.value) == stored

    holds()


def edited(part: str, name: str, text: str, before: outline.Document) -> outline.Document:
    sent = as_sent(forms.stored(before, part, "vi")) | {name: [text]}
    filled = forms.posted(before, part, sent, "vi")
    assert filled.errors == []
    return with_part(before, part, filled.value)


def test_one_box_changes_one_value_and_nothing_around_it():
    before = document()
    specific = before["sections"]["objectives"]["specific"]
    specific[0]["relevant"]["systems"] = ["ht4", "ht3"]
    specific[1] |= {"specific": "  hai ", "achievable": None, "time_bound": None}
    specific.append({"id": "0123456789ab", "specific": ""})
    wanted = copy.deepcopy(before)
    wanted["sections"]["objectives"]["general"] = "Mục tiêu tổng quát viết lại cho rõ hơn."
    assert edited("objectives", "objectives.general", "Mục tiêu tổng quát viết lại cho rõ hơn.", before) == wanted


def test_a_row_that_its_author_empties_is_removed():
    before = document()
    before["sections"]["outputs"] = [{"id": "0123456789ab", "name": "Phần mềm"}, {"id": "0123456789ac"}]
    changed = edited("outputs", "outputs.0.name", "", before)
    assert changed["sections"]["outputs"] == [{"id": "0123456789ac"}]


def test_a_section_nobody_has_written_stays_away():
    before = outline.empty_document()
    for part in PARTS:
        sent = forms.posted(before, part, as_sent(forms.stored(before, part, "vi")), "vi")
        assert (sent.errors, with_part(before, part, sent.value)) == ([], before)


def test_rows_that_appear_by_themselves_are_stored_when_something_is_written_into_them():
    before = document()
    phases = [phase["id"] for phase in before["sections"]["plan"]["phases"]]
    first, _, last = before["sections"]["resources"]["by_phase"]["rows"]
    before["sections"]["resources"]["by_phase"]["rows"] = [last, first]
    shown = forms.stored(before, "resources", "vi").texts
    assert [shown[f"resources.by_phase.rows.{place}.phase"] for place in range(3)] == [[phase] for phase in phases]
    changed = edited("resources", "resources.by_phase.rows.1.staff", "7", before)
    rows = changed["sections"]["resources"]["by_phase"]["rows"]
    assert [rows[0], rows[2]] == [last, first]
    assert {name: value for name, value in rows[1].items() if name != "id"} == {"phase": phases[1], "staff": 7}


def test_what_stands_for_unreadable_bytes_may_stay_where_it_was():
    before = document()
    before["sections"]["objectives"]["general"] = "từ tệp cũ: \ufffd"
    sent = forms.posted(before, "objectives", as_sent(forms.stored(before, "objectives", "vi")), "vi")
    assert sent.errors == []
    typed = as_sent(forms.stored(before, "objectives", "vi")) | {"objectives.general": ["từ tệp khác: \ufffd"]}
    assert [path for path, _ in forms.posted(before, "objectives", typed, "vi").errors] == ["objectives.general"]


def test_a_text_that_begins_with_an_empty_line_keeps_it_on_the_page():
    before = document()
    before["sections"]["objectives"]["general"] = "\nDòng thứ hai"
    general = forms.stored(before, "objectives", "vi").fields["objectives.general"]
    assert (general._value(), general.data) == ("\n\nDòng thứ hai", "\nDòng thứ hai")
