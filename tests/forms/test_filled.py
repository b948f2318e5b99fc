"""What is shown in the boxes comes back as it was; what cannot be read is told, never guessed and never dropped."""

from __future__ import annotations

import unicodedata

import pytest

from intake import forms, outline
from intake.errors import Invalid
from intake.forms.builder import form_class
from intake.i18n import translate
from intake.outline import OUTLINE
from intake.outline.walk import is_blank
from tests.forms.texts_of import document

PARTS = tuple(OUTLINE.bodies)


def filled(value):
    """A value without what was left empty: an empty box and no box at all say the same."""
    if isinstance(value, dict):
        return {key: filled(item) for key, item in value.items() if not is_blank(item)}
    return [filled(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_a_section_sent_back_as_shown_is_the_same_section(part, language):
    text = document()
    shown = forms.stored(text, part, language)
    sent = forms.posted(text, part, shown.texts, language)
    assert sent.errors == []
    holder = text if part == "administrative" else text["sections"]
    assert filled(sent.value) == filled(holder[part])


@pytest.mark.parametrize("part", PARTS)
def test_every_box_has_the_path_of_its_field_as_name_and_id(part):
    shown = forms.stored(document(), part, "vi")
    boxes = {name for name, item in shown.fields.items() if item.type not in ("Part", "RowList")}
    assert boxes == set(shown.texts) and all(shown.fields[name].id == name for name in boxes)


def test_the_form_of_a_section_is_made_once_per_language():
    assert form_class("objectives", "vi") is form_class("objectives", "vi")
    assert form_class("objectives", "vi") is not form_class("objectives", "en")


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("vi", ["Chọn", "Ít nhất (≥)", "Nhiều nhất (≤)", "Bằng (=)", "Lớn hơn (>)", "Nhỏ hơn (<)"]),
        ("en", ["Choose", "At least (≥)", "At most (≤)", "Equal to (=)", "More than (>)", "Less than (<)"]),
    ],
)
def test_answers_are_in_the_language_of_the_page(language, labels):
    shown = forms.stored(document(), "objectives", language)
    comparator = shown.fields["objectives.specific.0.measurable.comparator"]
    assert [choice.label for choice in comparator.choices] == labels


def read(part: str, name: str, text: str, language: str = "vi"):
    """What the section says, and what is wrong, after `text` was typed into one box."""
    stored = document()
    texts = forms.stored(stored, part, language).texts
    assert name in texts
    return forms.posted(stored, part, {**texts, name: [text]}, language)


TARGET = "objectives.specific.0.measurable.target"
TOTAL = "resources.finance.total"
DAY = "objectives.specific.0.time_bound"
ENGLISH_NUMBER = "Enter a number, such as 1,850.5."
ENGLISH_DAY = "Enter a real date, such as 31/12/2028."
FORBIDDEN = "This text contains characters that cannot be stored or printed."


@pytest.mark.parametrize(
    ("part", "name", "text", "message"),
    [
        ("objectives", TARGET, "sNaN", ENGLISH_NUMBER),
        ("objectives", TARGET, "NaN", ENGLISH_NUMBER),
        ("objectives", TARGET, "Infinity", ENGLISH_NUMBER),
        ("objectives", TARGET, "1e5", ENGLISH_NUMBER),
        ("objectives", TARGET, "١٢", ENGLISH_NUMBER),
        ("objectives", TARGET, "²", ENGLISH_NUMBER),
        ("objectives", TARGET, "12,5", ENGLISH_NUMBER),
        ("objectives", TARGET, "1" * 16, "This number is too large."),
        ("objectives", TARGET, "0.0000001", "Use at most 6 decimals."),
        ("resources", TOTAL, "-1", "An amount cannot be negative."),
        ("resources", TOTAL, "0.0000000001", "An amount in tỷ đồng has at most 9 decimals."),
        ("resources", TOTAL, "9000001", "This amount is too large."),
        ("resources", "resources.by_phase.rows.0.social", "sNaN", ENGLISH_NUMBER),
        ("resources", "resources.human.key_staff.0.count", "1.5", "Enter a whole number."),
        ("objectives", DAY, "31/02/2028", ENGLISH_DAY),
        ("objectives", DAY, "2028-13-01", ENGLISH_DAY),
        ("objectives", DAY, "tomorrow", ENGLISH_DAY),
        ("objectives", "objectives.specific.0.measurable.unit", "bushel", "This is not in the catalogue."),
        ("objectives", "objectives.specific.0.measurable.comparator", "about", "Choose one of the listed answers."),
        ("objectives", "objectives.general", "a\ufffdb", FORBIDDEN),
        ("objectives", "objectives.general", "a\ud800b", FORBIDDEN),
        ("objectives", "objectives.general", "a\u202eb", FORBIDDEN),
        ("objectives", "objectives.general", "x" * 20_001, "Write at most 20000 characters."),
        ("name", "name.name_vi", "two\nlines", "Write this on one line."),
        ("name", "name.kind", "none of these", "Choose one of the listed answers."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_box_and_stays_in_it(part, name, text, message):
    sent = read(part, name, text, "en")
    assert [(path, str(error)) for path, error in sent.errors] == [(name, message)]
    assert sent.fields[name].errors == [message] and sent.texts[name] == [text]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("vi", "2.400,5", 2_400_500_000_000),
        ("vi", "2400,5", 2_400_500_000_000),
        ("vi", " 0,000000001 ", 1),
        ("en", "2,400.5", 2_400_500_000_000),
        ("en", "0", 0),
    ],
)
def test_money_is_typed_in_billions_and_kept_in_whole_dong(language, text, value):
    sent = read("resources", TOTAL, text, language)
    assert (sent.errors, sent.value["finance"]["total"]) == ([], value)


@pytest.mark.parametrize("text", ["31/12/2028", "31-12-2028", "31.12.2028", "2028-12-31", " 31/12/2028 "])
def test_a_day_may_be_typed_both_ways(text):
    sent = read("objectives", DAY, text)
    assert (sent.errors, sent.value["specific"][0]["time_bound"]) == ([], "2028-12-31")


def test_decomposed_letters_are_stored_composed():
    name = "Y tế thông minh ở Thừa Thiên Huế"
    sent = read("name", "name.name_vi", unicodedata.normalize("NFD", name))
    assert (sent.errors, sent.value["name_vi"]) == ([], name)


def test_a_phase_typed_by_its_code_points_to_the_phase():
    text = document()
    sent = read_in(text, "outputs", "outputs.0.due", "GD2")
    assert sent.value[0]["due"] == text["sections"]["plan"]["phases"][1]["id"]
    assert sent.texts["outputs.0.due"] == ["GD2"]


def read_in(text, part, name, typed):
    return forms.posted(text, part, {**forms.stored(text, part, "vi").texts, name: [typed]}, "vi")


def test_rows_keep_their_ids_and_a_foreign_id_becomes_a_new_one():
    text = document()
    rows = text["sections"]["objectives"]["specific"]
    phase = text["sections"]["plan"]["phases"][0]["id"]
    texts = forms.stored(text, "objectives", "vi").texts
    sent = forms.posted(text, "objectives", {**texts, "objectives.specific.1.id": [phase]}, "vi")
    ids = [row["id"] for row in sent.value["specific"]]
    assert [ids[0], ids[2]] == [rows[0]["id"], rows[2]["id"]]
    assert ids[1] not in {phase, *(row["id"] for row in rows)}


def test_the_same_id_sent_twice_is_taken_once():
    text = document()
    texts = forms.stored(text, "objectives", "vi").texts
    first = texts["objectives.specific.0.id"]
    sent = forms.posted(text, "objectives", {**texts, "objectives.specific.1.id": first}, "vi")
    ids = [row["id"] for row in sent.value["specific"]]
    assert ids[0] == first[0] and len(set(ids)) == 3


def refused(part: str, names: dict[str, list[str]]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        forms.posted(document(), part, names, "en")
    return caught.value


def test_a_thousand_rows_are_counted_and_refused_before_any_is_read():
    sent = {f"objectives.specific.{number}.specific": ["x"] for number in range(1000)}
    assert [(path, translate(message, "en")) for path, message in refused("objectives", sent).errors] == [
        (
            "objectives.specific",
            "Specific objectives (SMART): at most 20 rows fit here, and 1000 were sent. Nothing was saved.",
        )
    ]


def test_rows_inside_rows_are_counted_too():
    sent = {f"plan.phases.0.milestones.{number}.name": ["x"] for number in range(51)}
    assert [path for path, _ in refused("plan", sent).errors] == ["plan.phases.0.milestones"]


@pytest.mark.parametrize(
    "name",
    [
        "objectives.specific.10000.specific",
        "objectives.specific.007.specific",
        "objectives.specific.².specific",
        "objectives.specific.٣.specific",
        "objectives.specific.-1.specific",
        "objectives.specific.0.nothing_of_ours",
        "objectives.general.0",
        "objectives." + "x" * 300,
        "objectives.\x00",
    ],
)
def test_a_name_the_section_does_not_have_is_refused_instead_of_dropped(name):
    assert str(refused("objectives", {name: ["x"]}).message) == (
        "This form is incomplete. Reload the page and try again."
    )


def test_a_computed_value_cannot_be_sent():
    assert refused("risks", {"risks.0.level": ["25"]}).errors == []


def test_a_kept_section_can_be_stored():
    text = document()
    sent = read_in(text, "name", "name.name_vi", "Tên mới")
    assert outline.with_part(text, "name", sent.value)["sections"]["name"]["name_vi"] == "Tên mới"
