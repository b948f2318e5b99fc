"""What comes in goes out again, with codes for people outside and stable ids inside."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import Invalid, TooLarge
from intake.outline import (
    check_shape,
    empty_document,
    export_proposal,
    fingerprint,
    import_proposal,
    read_proposal,
    row_codes,
    size,
    with_part,
)
from tests.outline.examples import FOLDER, GONE, NAMES, document, example

UNKNOWN = "Files of another format cannot be read here: send a JSON file of the format initiative-proposal/1."


def test_there_are_32_examples():
    assert len(NAMES) == 32


@pytest.mark.parametrize("name", NAMES)
def test_import_then_export_is_the_identity(name):
    data = read_proposal((FOLDER / f"{name}.json").read_bytes())
    stored = import_proposal(data)
    assert export_proposal(stored) == data
    assert check_shape(stored) == []
    assert check_shape(json.loads(json.dumps(stored))) == []


@pytest.mark.parametrize("name", ["full_sk06", "short_sk12"])
def test_stored_references_are_ids_and_every_row_has_its_own(name):
    stored = document(name)
    codes = row_codes(stored)
    text = json.dumps(stored["sections"])
    assert len(codes) == len(set(codes)) > 0
    assert [code for code in codes.values() if f'"{code}"' in text] == []


def test_two_imports_share_no_row_id():
    assert set(row_codes(document("full_sk06"))).isdisjoint(row_codes(document("full_sk06")))


def test_replacing_a_document_keeps_the_ids_of_rows_that_stayed():
    old = document("full_sk10")
    data = example("full_sk10")
    assert fingerprint(import_proposal(data, previous=old)) == fingerprint(old)
    data["sections"]["risks"]["risks"].insert(0, {"description": "Rủi ro mới"})
    data["sections"]["kpis"]["kpis"][1]["name"] = "Tên khác"
    for row in data["sections"]["risks"]["risks"]:
        row.pop("code", None)
    new = import_proposal(data, previous=old)
    ids = [row["id"] for row in old["sections"]["risks"]["risks"]]
    assert [row["id"] for row in new["sections"]["risks"]["risks"]][1:] == ids
    assert new["sections"]["risks"]["risks"][0]["id"] not in ids
    assert [row["id"] for row in new["sections"]["kpis"]["kpis"]] == [
        row["id"] for row in old["sections"]["kpis"]["kpis"]
    ]
    milestone = new["sections"]["kpis"]["kpis"][1]["milestones"][0]
    assert milestone["id"] == old["sections"]["kpis"]["kpis"][1]["milestones"][0]["id"]


def test_codes_are_resolved_by_name_and_written_by_position():
    changes = {"plan.phases.0.code": "GD3", "plan.phases.2.code": "GD1", "outputs.0.due": "GD3"}
    stored = document("full_sk10", changes)
    phases = stored["sections"]["plan"]["phases"]
    assert stored["sections"]["resources"]["by_phase"]["rows"][0]["phase"] == phases[2]["id"]
    assert stored["sections"]["outputs"][0]["due"] == phases[0]["id"]
    exported = export_proposal(stored)["sections"]
    assert [phase["code"] for phase in exported["plan"]["phases"]] == ["GD1", "GD2", "GD3"]
    assert exported["resources"]["by_phase"]["rows"][0]["phase"] == "GD3"
    assert exported["outputs"][0]["due"] == "GD1"


def test_rows_without_a_code_are_called_by_their_position():
    stored = document("full_sk10", {"objectives.specific.0.code": GONE, "risks.risks.0.level": GONE})
    assert export_proposal(stored) == example("full_sk10")


def test_a_partner_is_a_name_or_a_party():
    party = {"name": "VNPT", "email": "a@vnpt.vn"}
    data = example("full_sk10", {"partners.0.partner": party})
    assert export_proposal(import_proposal(data)) == data
    assert document("full_sk10")["sections"]["partners"][0]["partner"] == "Bộ Tài chính (Bảo hiểm xã hội Việt Nam)"


def test_the_code_of_a_proposal_goes_out_and_is_not_taken_in():
    exported = export_proposal(document("short_sk01"), "SK-2026-7K3M9QX2")
    assert exported["code"] == "SK-2026-7K3M9QX2"
    assert export_proposal(import_proposal(exported)) == example("short_sk01")


def test_text_is_stored_in_nfc_with_plain_line_ends():
    stored = document("full_sk10", {"rationale.context": "Đo\u0302i mơ\u0301i\r\nhai\rba"})
    assert stored["sections"]["rationale"]["context"] == "Đôi mới\nhai\nba"


def test_whole_numbers_lose_their_decimal_part():
    stored = document("full_sk10", {"outputs.0.quantity": 12.0, "outputs.1.quantity": -0.0, "outputs.2.quantity": 0.5})
    assert [repr(row["quantity"]) for row in stored["sections"]["outputs"]] == ["12", "0", "0.5", "1"]


def test_an_empty_document_can_be_stored_and_exported():
    empty = empty_document("en")
    assert check_shape(empty) == []
    exported = export_proposal(empty)
    assert exported == {
        "schema": "initiative-proposal/1",
        "template": "kh01-2025",
        "language": "en",
        "sections": {},
    }
    assert import_proposal(exported) == empty


def test_removing_rows_empties_the_references_to_them():
    stored = document("full_sk10")
    phases = stored["sections"]["plan"]["phases"]
    changed = with_part(stored, "plan", {"phases": phases[1:]})
    assert check_shape(changed) == []
    assert [row["phase"] for row in changed["sections"]["resources"]["by_phase"]["rows"]] == [
        None,
        phases[1]["id"],
        phases[2]["id"],
    ]
    assert stored["sections"]["resources"]["by_phase"]["rows"][0]["phase"] == phases[0]["id"]


def test_a_wrong_part_is_refused_with_its_paths():
    with pytest.raises(Invalid) as caught:
        with_part(document("full_sk10"), "name", {"name_vi": 1, "kind": "x"})
    assert [path for path, _ in caught.value.errors] == ["name.name_vi", "name.kind"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"schema": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_file_that_is_not_json_is_refused(raw):
    with pytest.raises(Invalid):
        import_proposal(read_proposal(raw))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            b'{\n  "schema": "initiative-proposal/1",\n  "sections": {,}\n}',
            "The first mistake is in line 3, column 16.",
        ),
        (b'{"a": {"b": 1, "b": 2}}', "The name b stands twice."),
        (b'{"a": {"\\ud800": 1, "\\ud800": 2}}', "The name ? stands twice."),
        (b'{"a": [NaN]}', "NaN is not a number in JSON."),
        (b'{"a": -Infinity}', "-Infinity is not a number in JSON."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", UNKNOWN),
        (b"PK\x03\x04\x14\x00\x06\x00", UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UNKNOWN),
        ("Kính gửi Ban Chỉ đạo".encode(), UNKNOWN),
        (b"<html>", UNKNOWN),
        (b"", UNKNOWN),
        (b"[" * 100_000, ""),
    ],
)
def test_what_is_wrong_with_a_file_is_said_where_it_is(raw, said):
    with pytest.raises(Invalid) as caught:
        read_proposal(raw)
    ((path, message),) = caught.value.errors
    assert (path, str(message)) == ("", f"This is not a valid JSON file. {said}".strip())


def test_a_code_that_would_come_to_mean_another_row_is_refused():
    named = {"plan.phases.0.code": "GD5", "resources.by_phase.rows.0.phase": "GD5", "outputs.0.due": "GD1"}
    with pytest.raises(Invalid) as caught:
        document("full_sk10", named)
    assert [(path, str(message)) for path, message in caught.value.errors] == [
        (place, "The row this points to does not exist.")
        for place in ("outputs.0.due", "resources.human.key_staff.0.phase")
    ]
    named |= {"outputs.0.due": "GD9", "resources.human.key_staff.0.phase": "GD5"}
    stored = document("full_sk10", named)
    assert export_proposal(stored)["sections"]["outputs"][0]["due"] == "GD9"


def test_the_size_of_a_text_is_counted_in_bytes_as_stored():
    assert size({"name": {"name_vi": "Đề án"}}) == len('{"name":{"name_vi":" n"}}') + len("Đềá".encode()) == 32


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(TooLarge) as refused:
        read_proposal(b" " * 2_000_001)
    assert refused.value.message.args == {"size": 2}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(4)))
def test_any_order_of_rows_comes_back(order):
    data = example("full_sk06")
    objectives = data["sections"]["objectives"]["specific"]
    data["sections"]["objectives"]["specific"] = [objectives[place] for place in order]
    exported = export_proposal(import_proposal(data))["sections"]
    assert [row["specific"] for row in exported["objectives"]["specific"]] == [
        objectives[place]["specific"] for place in order
    ]
    meant = {row["code"]: row["specific"] for row in exported["objectives"]["specific"]}
    before = {row["code"]: row["specific"] for row in objectives}
    for old, new in zip(data["sections"]["kpis"]["kpis"], exported["kpis"]["kpis"], strict=True):
        assert meant[new["objective"]] == before[old["objective"]]
