"""Buttons of a list: a row more, a row less, a row elsewhere, an amount set; nothing else of what was typed changes."""

from __future__ import annotations

import pytest

from intake import forms
from intake.errors import Invalid
from intake.forms import RowAction
from intake.forms.rows import act
from tests.forms.texts_of import document

LIST = "objectives.specific"
TYPED = {
    "objectives.general": ["Chung"],
    f"{LIST}.0.id": ["a" * 12],
    f"{LIST}.0.specific": ["một"],
    f"{LIST}.1.id": ["b" * 12],
    f"{LIST}.1.specific": ["hai"],
    f"{LIST}.1.measurable.target": ["not a number"],
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            f"add:{LIST}",
            {**TYPED, f"{LIST}.2.id": [""]},
        ),
        (
            f"remove:{LIST}.0",
            {
                "objectives.general": ["Chung"],
                f"{LIST}.0.id": ["b" * 12],
                f"{LIST}.0.specific": ["hai"],
                f"{LIST}.0.measurable.target": ["not a number"],
            },
        ),
        (
            f"up:{LIST}.1",
            {
                "objectives.general": ["Chung"],
                f"{LIST}.0.id": ["b" * 12],
                f"{LIST}.0.specific": ["hai"],
                f"{LIST}.0.measurable.target": ["not a number"],
                f"{LIST}.1.id": ["a" * 12],
                f"{LIST}.1.specific": ["một"],
            },
        ),
        (f"up:{LIST}.0", TYPED),
        (f"down:{LIST}.1", TYPED),
        (f"remove:{LIST}.7", TYPED),
        ("show:", TYPED),
        ("set:resources.finance.total=2400500000000", {**TYPED, "resources.finance.total": ["2.400,5"]}),
    ],
)
def test_a_button_changes_only_what_it_says(value, expected):
    action = forms.row_action(value)
    assert action is not None and act(TYPED, action, "vi") == expected


@pytest.mark.parametrize(
    "value",
    [
        "explode:objectives.specific.0",
        "add:objectives.general",
        "add:nowhere",
        "remove:objectives.specific",
        "remove:objectives.specific.x",
        "remove:objectives.specific.²",
        "remove:",
        "up:../../etc.0",
        "set:objectives.general=1",
        "set:resources.finance.total=-1",
        "set:resources.finance.total=1e9",
        "set:resources.finance.total=99999999999999999999",
        "show:objectives",
        "add",
        "\x00",
        "add:" + "x." * 500,
    ],
)
def test_a_button_nobody_offers_is_refused(value):
    with pytest.raises(Invalid):
        forms.row_action(value)


def test_no_button_is_no_action():
    assert forms.row_action("") is None


def test_a_new_row_is_shown_empty_and_open():
    text = document()
    texts = forms.stored(text, "objectives", "vi").texts
    action = RowAction("add", LIST)
    filled = forms.reshaped(text, "objectives", texts, "vi", action)
    opened = forms.opened_by(filled, action)
    heads = forms.row_heads(filled, opened)
    assert opened == f"{LIST}.3"
    assert {name: head.is_open for name, head in heads.items()} == {
        f"{LIST}.0": False,
        f"{LIST}.1": False,
        f"{LIST}.2": False,
        f"{LIST}.3": True,
    }


def test_what_cannot_be_read_stays_as_typed_while_rows_move():
    text = document()
    texts = {**forms.stored(text, "objectives", "vi").texts, f"{LIST}.2.measurable.target": ["không phải số"]}
    filled = forms.reshaped(text, "objectives", texts, "vi", RowAction("up", f"{LIST}.2"))
    assert filled.texts[f"{LIST}.1.measurable.target"] == ["không phải số"]
    assert filled.fields[f"{LIST}.1.measurable.target"].data == "không phải số"


def test_a_full_list_offers_no_further_row():
    texts = {f"{LIST}.{number}.specific": [str(number)] for number in range(20)}
    filled = forms.reshaped(document(), "objectives", texts, "vi", RowAction("show"))
    assert filled.fields[LIST].is_full


def test_resources_have_one_row_for_each_phase_in_the_order_of_the_plan():
    text = document()
    phases = [phase["id"] for phase in text["sections"]["plan"]["phases"]]
    rows = text["sections"]["resources"]["by_phase"]["rows"]
    text["sections"]["resources"]["by_phase"]["rows"] = [rows[2], rows[0]]
    texts = forms.stored(text, "resources", "vi").texts
    shown = [
        (texts[f"resources.by_phase.rows.{place}.id"][0], texts[f"resources.by_phase.rows.{place}.phase"][0])
        for place in range(3)
    ]
    assert shown == [(rows[0]["id"], phases[0]), ("", phases[1]), (rows[2]["id"], phases[2])]


def test_a_row_whose_phase_is_gone_comes_last_and_is_not_dropped():
    text = document()
    rows = text["sections"]["resources"]["by_phase"]["rows"]
    rows[0]["phase"] = None
    filled = forms.stored(text, "resources", "vi")
    names = [filled.texts[f"resources.by_phase.rows.{place}.id"][0] for place in range(4)]
    assert names == ["", rows[1]["id"], rows[2]["id"], rows[0]["id"]]
    assert filled.texts["resources.by_phase.rows.3.state_budget"] == ["300"]


def test_the_closed_row_says_which_smart_parts_are_missing():
    text = document()
    row = text["sections"]["objectives"]["specific"][1]
    row["achievable"], row["measurable"]["target"] = "", None
    head = forms.row_heads(forms.stored(text, "objectives", "vi"))[f"{LIST}.1"]
    assert "".join("-" if letter.is_missing else letter.letter for letter in head.letters) == "S--RT"
    assert [part.vi for part in head.missing] == ["M - Đo lường được", "A - Khả thi"]
    assert head.title == "MT2. Đưa AI hỗ trợ chẩn đoán vào 500 cơ sở khám, chữa bệnh"


def test_a_row_with_an_error_is_open():
    text = document()
    texts = {**forms.stored(text, "objectives", "vi").texts, f"{LIST}.2.time_bound": ["mai"]}
    heads = forms.row_heads(forms.posted(text, "objectives", texts, "vi"))
    assert [head.is_open for head in heads.values()] == [False, False, True]
