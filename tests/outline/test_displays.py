"""All 14 sections as ready-made words, in both languages."""

from __future__ import annotations

import pytest

from intake.outline import Entry, display, display_section, empty_document
from tests.outline.examples import document


def by_path(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found |= {entry.path: entry, **by_path(entry.children)}
    return found


def test_every_section_is_there_even_when_empty():
    views = display(empty_document(), "vi")
    assert [view.number for view in views] == [*range(1, 15), 0]
    assert {view.is_empty for view in views} == {True}
    assert views[0].title == "Tên Sáng kiến đột phá"
    assert views[0].guidance == "(Ngắn gọn, thể hiện rõ bản chất)."
    assert [entry.text for entry in views[0].entries] == ["", "", "", ""]


WORDS = [
    (
        "name",
        "name.kind",
        "Chi tiết hóa Sáng kiến đột phá trong danh mục ban đầu",
        "Detailing an initiative of the initial list",
    ),
    ("lead_unit", "lead_unit.lead_to_be_assigned", "Không", "No"),
    (
        "partners",
        "partners.0.partner",
        "Bộ Tài chính (Bảo hiểm xã hội Việt Nam)",
        "Bộ Tài chính (Bảo hiểm xã hội Việt Nam)",
    ),
    ("rationale", "rationale.legal_basis.0.date", "22/12/2024", "22/12/2024"),
    ("objectives", "objectives.specific.2.measurable.baseline", "14,2", "14.2"),
    ("objectives", "objectives.specific.2.measurable.unit", "%", "%"),
    ("outputs", "outputs.0.component", "HP1", "HP1"),
    ("alignment", "alignment.primary_system", "HT3. Hệ thống an sinh và phúc lợi", None),
    ("plan", "plan.phases.1.start", "07/2027", "07/2027"),
    ("resources", "resources.finance.total", "2.400,5 tỷ đồng", "2,400.5 billion dong"),
    ("resources", "resources.by_phase.rows.1.phase", "GD2", "GD2"),
    ("resources", "resources.human.key_staff.1.count", "600", "600"),
    ("risks", "risks.risks.0.level", "15", "15"),
    ("kpis", "kpis.kpis.0.milestones.0.period", "12/2027", "12/2027"),
    ("administrative", "administrative.publish_consent", "Có", "Yes"),
]


@pytest.mark.parametrize(("part", "path", "vi", "en"), WORDS)
def test_values_are_written_out(part, path, vi, en):
    stored = document("full_sk10")
    assert by_path(display_section(stored, part, "vi").entries)[path].text == vi
    if en is not None:
        assert by_path(display_section(stored, part, "en").entries)[path].text == en


def test_rows_carry_their_code_and_lists_their_columns():
    (rows,) = display_section(document("full_sk10"), "outputs", "vi").entries
    assert rows.kind == "rows"
    assert [(row.kind, row.code, row.label) for row in rows.children] == [
        ("row", f"SP{place}", "Sản phẩm") for place in range(1, 5)
    ]
    assert rows.columns == tuple(cell.label for cell in rows.children[0].children)


def test_lists_of_words_come_as_items():
    entries = by_path(display_section(document("full_sk10"), "scope", "vi").entries)
    assert entries["scope.components.0.activities"].items == ("Chuẩn dữ liệu y tế", "Trục liên thông")
    assert entries["scope.geographic_scope"].items == ("Toàn quốc",)


def test_sub_items_of_resources_carry_number_and_guidance():
    entries = display_section(document("full_sk10"), "resources", "vi").entries
    assert [(entry.number, entry.label) for entry in entries] == [
        ("11.1", "Tài chính"),
        ("11.2", "Nhân lực"),
        ("11.3", "Hạ tầng, trang thiết bị"),
        ("11.4", "Nguồn lực theo từng giai đoạn"),
    ]
    assert entries[2].guidance == "Nhu cầu (nếu có)."
    assert entries[2].is_empty


def test_a_partner_given_as_a_party_is_written_field_by_field():
    stored = document("full_sk10", {"partners.0.partner": {"name": "VNPT", "phone": "024"}})
    entries = by_path(display_section(stored, "partners", "en").entries)
    assert entries["partners.0.partner.name"].text == "VNPT"
    assert entries["partners.0.partner.phone"].text == "024"


def test_every_filled_text_of_a_document_is_shown():
    stored = document("full_sk06")
    shown = {entry.path: entry for view in display(stored, "vi") for entry in by_path(view.entries).values()}
    empty = [path for path, entry in shown.items() if not (entry.children or entry.text or entry.items)]
    assert all(shown[path].is_empty for path in empty)
