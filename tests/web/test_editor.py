"""Writing the sections of a draft without JavaScript: what is typed is what is stored, and nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.web.applicants import (
    boxes,
    edit_url,
    form_of,
    in_english,
    proposal,
    sections,
    send,
    started,
    stored,
    typed,
    words,
)

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

NAME = {
    "name_vi": "Bệnh án điện tử liên thông toàn quốc",
    "name_en": "Nationwide connected records",
    "kind": "detail",
    "initiative_ref": "sk10",
}
OBJECTIVES = {
    "general": "Mỗi người dân có một hồ sơ sức khỏe.\n\n- liên thông\n- an toàn",
    "specific": [
        {
            "code": "MT1",
            "specific": "Liên thông 34 tỉnh, thành phố",
            "measurable": {
                "indicator": "Số tỉnh liên thông",
                "unit": "facility",
                "baseline": 5,
                "baseline_date": "2025-12-31",
                "target": 34.5,
                "comparator": "gte",
            },
            "achievable": "Đã có nền tảng",
            "relevant": {"targets": ["d_hdi_2030"], "systems": ["ht3", "ht4"], "text": "Chất lượng sống"},
            "time_bound": "2029-06-30",
        },
        {"code": "MT2", "specific": "Mục tiêu chưa viết xong"},
    ],
}
RESOURCES = {
    "finance": {
        "total": 1_000_500_000_000,
        "sources": [
            {"source": "state_budget", "detail": "Trung ương", "amount": 600_250_000_000, "commitment": "confirmed"},
            {"source": "social", "amount": 400_250_000_000},
        ],
    },
    "human": {
        "key_staff": [
            {"role": "Kiến trúc sư trưởng", "count": 2, "qualification": "Tiến sĩ", "available": True, "phase": "GD1"}
        ],
        "experts": [{"field": "Di truyền", "count": 3, "origin": "foreign", "phase": "GD3"}],
    },
    "infrastructure": {
        "items": [
            {
                "name": "Cụm máy chủ",
                "quantity": 1.5,
                "unit": "petaflops",
                "estimated_cost": 50_000_000_000,
                "phase": "GD2",
                "existing_shareable": True,
            }
        ]
    },
    "by_phase": {
        "rows": [
            {"phase": "GD1", "state_budget": 600_250_000_000, "social": 0, "staff": 12, "note": "Thí điểm"},
            {"phase": "GD2", "social": 400_250_000_000, "infrastructure": "Cụm máy chủ"},
        ]
    },
}


@pytest.fixture
def organisation(sign_in):
    return sign_in("organisation@demo.vn")


def bare(visitor) -> str:
    """A draft from the example in which the three sections are empty, except that the plan has its phases."""
    return started(visitor, name={"name_vi": "Tên tạm"}, objectives={}, resources={})


def add_row(visitor, code, part, fields, path):
    """Press the button that adds a row; the form as it is shown then."""
    page = send(visitor, code, part, fields, row=f"add:{path}")
    assert page.status_code == 200
    return form_of(page, edit_url(code, part))


def test_three_sections_are_typed_and_stored_as_meant(organisation, database):
    code = bare(organisation)
    name = boxes(organisation, code, "name")
    sent = send(
        organisation,
        code,
        "name",
        name | {f"name.{field}": [text] for field, text in NAME.items()},
        go="next",
    )
    assert (sent.status_code, sent.location) == (303, edit_url(code, "lead_unit"))
    type_objectives(organisation, code)
    type_resources(organisation, code)
    found = sections(database, code)
    assert {part: found[part] for part in ("name", "objectives", "resources")} == {
        "name": NAME,
        "objectives": OBJECTIVES,
        "resources": RESOURCES,
    }
    assert proposal(database, code).total_vnd == RESOURCES["finance"]["total"]


def type_objectives(visitor, code):
    fields = boxes(visitor, code, "objectives")
    for _ in range(2):
        fields = add_row(visitor, code, "objectives", fields, "objectives.specific")
    row = "objectives.specific.0."
    written = {
        "objectives.general": [OBJECTIVES["general"].replace("\n", "\r\n")],
        f"{row}specific": ["Liên thông 34 tỉnh, thành phố"],
        f"{row}measurable.indicator": ["Số tỉnh liên thông"],
        f"{row}measurable.unit": ["facility"],
        f"{row}measurable.baseline": ["5"],
        f"{row}measurable.baseline_date": ["31/12/2025"],
        f"{row}measurable.target": ["34,5"],
        f"{row}measurable.comparator": ["gte"],
        f"{row}achievable": ["Đã có nền tảng"],
        f"{row}relevant.targets": ["d_hdi_2030"],
        f"{row}relevant.systems": ["ht3", "ht4"],
        f"{row}relevant.text": ["Chất lượng sống"],
        f"{row}time_bound": ["2029-06-30"],
        "objectives.specific.1.specific": ["Mục tiêu chưa viết xong"],
    }
    assert set(written) - set(fields) == {f"{row}relevant.targets", f"{row}relevant.systems"}
    assert send(visitor, code, "objectives", fields | written, go="list").location == f"/proposals/{code}"


def type_resources(visitor, code):
    fields = boxes(visitor, code, "resources")
    lists = ["finance.sources", "finance.sources", "human.key_staff", "human.experts", "infrastructure.items"]
    for path in lists:
        fields = add_row(visitor, code, "resources", fields, f"resources.{path}")
    phases = {place: fields[f"resources.by_phase.rows.{place}.phase"] for place in range(3)}
    written = {
        "finance.total": "1.000,5",
        "finance.sources.0.source": "state_budget",
        "finance.sources.0.detail": "Trung ương",
        "finance.sources.0.amount": "600,25",
        "finance.sources.0.commitment": "confirmed",
        "finance.sources.1.source": "social",
        "finance.sources.1.amount": "400,25",
        "human.key_staff.0.role": "Kiến trúc sư trưởng",
        "human.key_staff.0.count": "2",
        "human.key_staff.0.qualification": "Tiến sĩ",
        "human.key_staff.0.available": "true",
        "human.key_staff.0.phase": phases[0][0],
        "human.experts.0.field": "Di truyền",
        "human.experts.0.count": "3",
        "human.experts.0.origin": "foreign",
        "human.experts.0.phase": phases[2][0],
        "infrastructure.items.0.name": "Cụm máy chủ",
        "infrastructure.items.0.quantity": "1,5",
        "infrastructure.items.0.unit": "petaflops",
        "infrastructure.items.0.estimated_cost": "50",
        "infrastructure.items.0.phase": phases[1][0],
        "infrastructure.items.0.existing_shareable": "true",
        "by_phase.rows.0.state_budget": "600,25",
        "by_phase.rows.0.social": "0",
        "by_phase.rows.0.staff": "12",
        "by_phase.rows.0.note": "Thí điểm",
        "by_phase.rows.1.social": "400,25",
        "by_phase.rows.1.infrastructure": "Cụm máy chủ",
    }
    named = {f"resources.{name}": [text] for name, text in written.items()}
    boxes_to_tick = {f"resources.{name}" for name in written if name.endswith(("available", "existing_shareable"))}
    assert set(named) - set(fields) == boxes_to_tick
    assert send(visitor, code, "resources", fields | named, go="stay").location == edit_url(code, "resources")


def test_rows_keep_their_ids_when_one_is_added_moved_and_removed(organisation, database):
    code = started(organisation)
    before = [row["id"] for row in stored(database, code)["sections"]["objectives"]["specific"]]
    fields = add_row(organisation, code, "objectives", boxes(organisation, code, "objectives"), "objectives.specific")
    fields = typed(fields, objectives__specific__3__specific="Mục tiêu thứ tư")
    page = send(organisation, code, "objectives", fields, row="up:objectives.specific.1")
    page = send(
        organisation,
        code,
        "objectives",
        form_of(page, edit_url(code, "objectives")),
        row="remove:objectives.specific.2",
    )
    assert send(organisation, code, "objectives", form_of(page, edit_url(code, "objectives"))).status_code == 303
    rows = stored(database, code)["sections"]["objectives"]["specific"]
    assert [row["id"] for row in rows[:2]] == [before[1], before[0]]
    assert (len(rows), rows[2]["specific"], rows[2]["id"] in before) == (3, "Mục tiêu thứ tư", False)


def test_nothing_is_saved_by_the_buttons_of_rows(organisation, database):
    code = started(organisation)
    before = stored(database, code)
    page = send(
        organisation, code, "objectives", boxes(organisation, code, "objectives"), row="remove:objectives.specific.0"
    )
    assert (page.status_code, stored(database, code) == before) == (200, True)


def test_a_foreign_row_id_takes_over_no_row(organisation, database):
    code = started(organisation)
    text = stored(database, code)["sections"]
    phase = text["plan"]["phases"][0]["id"]
    fields = boxes(organisation, code, "objectives") | {"objectives.specific.0.id": [phase]}
    assert send(organisation, code, "objectives", fields).status_code == 303
    rows = stored(database, code)["sections"]["objectives"]["specific"]
    assert [row["id"] for row in rows[1:]] == [row["id"] for row in text["objectives"]["specific"][1:]]
    assert rows[0]["id"] not in {phase, text["objectives"]["specific"][0]["id"]}
    assert stored(database, code)["sections"]["plan"] == text["plan"]


BAD: list[tuple[str, str, str, str]] = [
    ("objectives", "objectives.specific.0.measurable.target", "sNaN", "MT1 · Target: Enter a number, such as 1,850.5."),
    ("objectives", "objectives.specific.0.measurable.target", "١٢", "Target: Enter a number, such as 1,850.5."),
    ("objectives", "objectives.specific.0.time_bound", "31/02/2028", "T - Time-bound: Enter a real date"),
    ("objectives", "objectives.general", "x" * 20_001, "General objective: Write at most 20000 characters."),
    ("objectives", "objectives.general", "a\u202eb", "contains characters that cannot be stored or printed."),
    (
        "resources",
        "resources.finance.total",
        "-3",
        "budget (billion dong): An amount cannot be negative.",
    ),
    ("resources", "resources.by_phase.rows.1.social", "1.2.3", "(billion dong): Enter a number, such as 1,850.5."),
    ("resources", "resources.human.key_staff.0.count", "2.5", "Number of persons: Enter a whole number."),
    ("name", "name.kind", "magic", "Kind of proposal: Choose one of the listed answers."),
]


def test_bad_input_is_told_keeps_what_was_typed_and_saves_nothing(organisation, database):
    visitor, code = in_english(organisation), started(organisation)
    before = stored(database, code)
    for part, name, text, message in BAD:
        fields = boxes(visitor, code, part) | {name: [text]}
        page = send(visitor, code, part, fields)
        assert (page.status_code, message in words(page)) == (422, True), (name, text, words(page)[:900])
        if part != "name":
            assert form_of(page, edit_url(code, part))[name] == [text]
    assert stored(database, code) == before


def test_what_stands_for_unreadable_bytes_is_told(organisation, database):
    """A browser sends the replacement character for half a surrogate pair, and so do we for broken multipart bytes."""
    visitor, code = in_english(organisation), started(organisation)
    before, fields = stored(database, code), boxes(visitor, code, "objectives")
    told = "General objective: This text contains characters that cannot be stored or printed."
    page = send(visitor, code, "objectives", fields | {"objectives.general": ["a\ufffdb"]})
    assert (page.status_code, told in words(page)) == (422, True)
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() for name in fields]
    values = [b"a\xed\xa0\x80b" if name == "objectives.general" else fields[name][0].encode() for name in fields]
    body = b"".join(head + value + b"\r\n" for head, value in zip(parts, values, strict=True)) + b"--x--\r\n"
    page = visitor.client.post(edit_url(code, "objectives"), data=body, content_type="multipart/form-data; boundary=x")
    assert (page.status_code, told in words(page)) == (422, True)
    page = send(visitor, code, "objectives", fields | {"objectives.general": ["a\0b"]})
    assert (page.status_code, told in words(page)) == (422, True)
    assert stored(database, code) == before


def test_decomposed_letters_are_stored_composed(organisation, database):
    code = started(organisation)
    fields = boxes(organisation, code, "name") | {"name.name_vi": ["Y te\u0302\u0301 tho\u0302ng minh"]}
    assert send(organisation, code, "name", fields).status_code == 303
    assert stored(database, code)["sections"]["name"]["name_vi"] == "Y tế thông minh"


def test_a_thousand_rows_and_strange_names_are_refused_with_words(organisation, database):
    visitor, code = in_english(organisation), started(organisation)
    before, fields = stored(database, code), boxes(visitor, code, "objectives")
    many = fields | {f"objectives.specific.{number}.specific": ["x"] for number in range(1000)}
    page = send(visitor, code, "objectives", many)
    told = "Specific objectives (SMART): at most 20 rows fit here, and 1000 were sent. Nothing was saved."
    assert (page.status_code, told in words(page)) == (422, True)
    for name in ("objectives.specific.².specific", "objectives.specific.99999.specific", "objectives.secret"):
        page = send(visitor, code, "objectives", fields | {name: ["x"]})
        assert (page.status_code, "This form is incomplete." in words(page)) == (422, True), name
    for button in ("remove:objectives.general", "explode:x", "set:objectives.general=1"):
        assert send(visitor, code, "objectives", fields, row=button).status_code == 422
    assert stored(database, code) == before


def test_numbers_are_read_in_the_language_the_form_was_filled_in(organisation, database):
    code = started(organisation)
    fields = typed(boxes(organisation, code, "resources"), resources__finance__total="1.850")
    in_english(organisation)
    assert send(organisation, code, "resources", fields).status_code == 303
    assert stored(database, code)["sections"]["resources"]["finance"]["total"] == 1850 * 10**9


def test_a_repair_button_puts_the_amount_into_the_box(organisation):
    code = started(organisation)
    fields = typed(boxes(organisation, code, "resources"), resources__by_phase__rows__1__social="480,5")
    page = send(organisation, code, "resources", fields, row="show:")
    repair = "set:resources.by_phase.rows.1.social=500500000000"
    assert f'value="{repair}"' in page.text
    page = send(organisation, code, "resources", fields, row=repair)
    shown = form_of(page, edit_url(code, "resources"))
    assert (shown["resources.by_phase.rows.1.social"], "set:" in page.text) == (["500,5"], False)


def test_the_declarations_have_a_form(organisation, database):
    code = started(organisation)
    fields = boxes(organisation, code, "administrative")
    del fields["administrative.declarations.truthful"]
    fields |= {"administrative.publish_consent": ["false"], "administrative.confidentiality": ["limited"]}
    assert send(organisation, code, "administrative", fields, go="next").location == f"/proposals/{code}/submit"
    assert stored(database, code)["administrative"] == {
        "attachments": [],
        "confidentiality": "limited",
        "publish_consent": False,
        "declarations": {
            "truthful": False,
            "no_ip_infringement": True,
            "not_duplicate": True,
            "data_processing": True,
        },
    }


def test_every_section_has_a_page_with_all_its_boxes(organisation, database):
    code = started(organisation)
    before = sections(database, code)
    for part in before:
        fields = boxes(organisation, code, part)
        assert send(organisation, code, part, fields).status_code == 303, part
    assert [
        part for part in before if without_blanks(before[part]) != without_blanks(sections(database, code)[part])
    ] == []


def without_blanks(value):
    if isinstance(value, dict):
        return {key: without_blanks(item) for key, item in value.items() if item not in (None, "", [], {})}
    return [without_blanks(item) for item in value] if isinstance(value, list) else value


def test_who_may_not_write_gets_no_form(organisation, sign_in):
    code = started(organisation)
    stranger = sign_in("applicant@demo.vn")
    fields = boxes(organisation, code, "name")
    del fields["csrf_token"]
    assert [stranger.get(edit_url(code, part)).status_code for part in ("name", "nothing")] == [404, 404]
    assert send(stranger, code, "name", fields).status_code == 404
    assert organisation.get(edit_url(code, "nothing")).status_code == 404
