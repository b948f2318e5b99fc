"""A section posted by a form, and the same section written back into one."""

from __future__ import annotations

import pytest

from intake.outline import OUTLINE, empty_document, read_form, section_fingerprint, with_part, write_form
from tests.outline.examples import NAMES, document


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["full_sk06", "full_sk10", "short_sk30"])
def test_saving_a_form_unchanged_changes_nothing_that_is_read(name, language):
    stored = document(name)
    for part in OUTLINE.bodies:
        parsed = read_form(stored, part, write_form(stored, part, language), language)
        assert parsed.errors == []
        saved = with_part(stored, part, parsed.value)
        assert section_fingerprint(saved, part) == section_fingerprint(stored, part)
        assert write_form(saved, part, language) == parsed.data


def test_a_new_name_section():
    posted = {"name.name_vi": ["  Tên mới "], "name.name_en": [""], "name.kind": ["new"], "csrf_token": ["x"]}
    parsed = read_form(empty_document(), "name", posted, "vi")
    assert (parsed.value, parsed.errors) == ({"name_vi": "Tên mới", "kind": "new"}, [])


def test_an_answer_that_is_deleted_is_stored_as_none():
    stored = document("full_sk10")
    posted = write_form(stored, "kpis", "vi") | {"kpis.kpis.0.target": [" "], "kpis.kpis.0.unit": [""]}
    parsed = read_form(stored, "kpis", posted, "vi")
    assert stored["sections"]["kpis"]["kpis"][0]["target"] is not None
    [first, *others] = parsed.value["kpis"]
    assert parsed.errors == []
    assert first == {**stored["sections"]["kpis"]["kpis"][0], "target": None, "unit": None}
    assert others == stored["sections"]["kpis"]["kpis"][1:]


def test_rows_keep_their_ids_and_new_ones_get_their_own():
    stored = document("full_sk10")
    posted = write_form(stored, "objectives", "vi")
    ids = [row["id"] for row in stored["sections"]["objectives"]["specific"]]
    posted |= {"objectives.specific.7.id": [""], "objectives.specific.7.specific": ["Mục tiêu mới"]}
    posted |= {"objectives.specific.9.id": [""], "objectives.specific.9.specific": [" "]}
    parsed = read_form(stored, "objectives", posted, "vi")
    rows = parsed.value["specific"]
    assert [row["id"] for row in rows[:3]] == ids
    assert (len(rows), rows[3]["specific"]) == (4, "Mục tiêu mới")
    assert rows[3]["id"] not in ids
    assert parsed.data["objectives.specific.3.specific"] == ["Mục tiêu mới"]
    assert with_part(stored, "objectives", parsed.value)["sections"]["kpis"] == stored["sections"]["kpis"]


def test_a_posted_id_of_another_list_or_twice_is_not_taken():
    stored = document("full_sk10")
    posted = write_form(stored, "objectives", "vi")
    foreign = stored["sections"]["risks"]["risks"][0]["id"]
    first = stored["sections"]["objectives"]["specific"][0]["id"]
    posted |= {"objectives.specific.1.id": [foreign], "objectives.specific.2.id": [first]}
    parsed = read_form(stored, "objectives", posted, "vi")
    ids = [row["id"] for row in parsed.value["specific"]]
    assert ids[0] == first
    assert foreign not in ids
    assert len(set(ids)) == 3
    assert parsed.errors == []


def test_rows_left_out_are_removed_and_renumbered_with_their_errors():
    stored = document("full_sk10")
    posted = {
        name: texts for name, texts in write_form(stored, "objectives", "vi").items() if ".specific.0." not in name
    }
    posted["objectives.specific.2.measurable.baseline"] = ["1.4.2"]
    parsed = read_form(stored, "objectives", posted, "vi")
    assert [row["id"] for row in parsed.value["specific"]] == [
        row["id"] for row in stored["sections"]["objectives"]["specific"][1:]
    ]
    assert [path for path, _ in parsed.errors] == ["objectives.specific.1.measurable.baseline"]
    assert parsed.data["objectives.specific.1.measurable.baseline"] == ["1.4.2"]


def test_too_many_rows_are_refused_not_dropped():
    posted = {f"objectives.specific.{place}.specific": ["x"] for place in range(21)}
    parsed = read_form(empty_document(), "objectives", posted, "vi")
    assert len(parsed.value["specific"]) == 21
    assert [path for path, _ in parsed.errors] == ["objectives.specific"]


def test_money_is_typed_in_billions_and_stored_in_dong():
    stored = document("full_sk10")
    posted = write_form(stored, "resources", "vi")
    assert posted["resources.finance.total"] == ["2.400,5"]
    posted["resources.finance.total"] = ["2.400,500000001"]
    posted["resources.by_phase.rows.0.social"] = ["1,5,5"]
    parsed = read_form(stored, "resources", posted, "vi")
    assert parsed.value["finance"]["total"] == 2_400_500_000_001
    assert [path for path, _ in parsed.errors] == ["resources.by_phase.rows.0.social"]


def test_unticked_boxes_are_no_only_where_they_were_yes():
    stored = document("full_sk10", {"resources.human.key_staff.0.available": None})
    posted = {name: texts for name, texts in write_form(stored, "resources", "vi").items() if "available" not in name}
    staff = read_form(stored, "resources", posted, "vi").value["human"]["key_staff"]
    assert [row["available"] for row in staff] == [None, False]


def test_a_partner_stays_a_name_until_more_is_said():
    stored = document("full_sk10", {"partners.2.partner": {"name": "VNPT"}})
    posted = write_form(stored, "partners", "vi")
    posted["partners.1.partner.phone"] = ["024 1"]
    rows = read_form(stored, "partners", posted, "vi").value
    assert [row["partner"] for row in rows] == [
        "Bộ Tài chính (Bảo hiểm xã hội Việt Nam)",
        {"name": "Bộ Công an", "phone": "024 1"},
        {"name": "VNPT"},
    ]


def test_lines_become_activities_and_choices_come_once():
    stored = document("full_sk10")
    posted = write_form(stored, "scope", "vi")
    posted["scope.components.0.activities"] = ["một\r\n\r\n hai \n"]
    posted["scope.geographic_scope"] = ["region", "region", ""]
    value = read_form(stored, "scope", posted, "vi").value
    assert value["components"][0]["activities"] == ["một", "hai"]
    assert value["geographic_scope"] == ["region"]


def test_a_product_is_due_on_a_day_or_by_a_phase():
    stored = document("full_sk10")
    phase = stored["sections"]["plan"]["phases"][1]["id"]
    posted = write_form(stored, "outputs", "vi")
    assert posted["outputs.0.due"] == ["31/12/2029"]
    posted |= {"outputs.0.due": [phase], "outputs.1.due": ["1/2/2028"], "outputs.2.due": ["30/2/2028"]}
    parsed = read_form(stored, "outputs", posted, "vi")
    assert [row["due"] for row in parsed.value[:2]] == [phase, "2028-02-01"]
    assert [path for path, _ in parsed.errors] == ["outputs.2.due"]


def test_every_example_fits_into_forms():
    for name in NAMES:
        stored = document(name)
        for part in OUTLINE.bodies:
            assert read_form(stored, part, write_form(stored, part, "vi"), "vi").errors == []
