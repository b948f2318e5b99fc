"""The declaration itself: complete, in the official words and order, and pointing only to what exists."""

from __future__ import annotations

import pytest

from intake.i18n import Text
from intake.outline import OUTLINE
from intake.outline.model import Field, Group, Reference, References, RowReference, Rows
from intake.outline.references import ENTRIES

# Copied from seed 001, Appendix I, part II, in its order.
LABELS = (
    "Tên Sáng kiến đột phá:",
    "Đơn vị đề xuất/chủ trì dự kiến:",
    "Đơn vị phối hợp chính:",
    "Sự cần thiết và cơ sở đề xuất:",
    "Mục tiêu:",
    "Tính đột phá và sáng tạo:",
    "Phạm vi và nội dung thực hiện chính:",
    "Sản phẩm/kết quả đầu ra dự kiến:",
    "Đóng góp vào hệ thống chiến lược và mục tiêu Nghị quyết số 57-NQ/TW:",
    "Kế hoạch và lộ trình thực hiện:",
    "Dự kiến nguồn lực:",
    "Các chỉ số đo lường kết quả chính (KPIs):",
    "Rủi ro chính và giải pháp quản lý:",
    "Kiến nghị cụ thể (nếu có):",
)


def test_sections_are_the_fourteen_of_the_template_in_its_words():
    assert tuple(section.label.vi for section in OUTLINE.sections) == LABELS
    assert [section.number for section in OUTLINE.sections] == list(range(1, 15))


def test_only_partners_and_recommendations_are_optional():
    assert [section.id for section in OUTLINE.sections if not section.required] == ["partners", "recommendations"]


def test_resources_have_the_four_sub_items_with_their_guidance():
    groups = [field for field in OUTLINE.by_id["resources"].fields if isinstance(field, Group)]
    assert [(group.number, group.label.vi, group.guidance and group.guidance.vi) for group in groups] == [
        (
            "11.1",
            "Tài chính:",
            "Tổng kinh phí dự kiến, cơ cấu nguồn (ngân sách nhà nước, xã hội hoá, khác), đề xuất cơ chế tài chính "
            "(nếu cần đặc thù).",
        ),
        ("11.2", "Nhân lực:", "Nhu cầu nhân lực chủ chốt, chuyên gia cần thu hút."),
        ("11.3", "Hạ tầng, trang thiết bị:", "Nhu cầu (nếu có)."),
        (
            "11.4",
            "Nguồn lực theo từng giai đoạn",
            "(cần đánh giá chi tiết về nguồn lực triển khai cho từng giai đoạn).",
        ),
    ]


def test_rules_are_the_twenty_one_of_the_template():
    assert [rule.id for rule in OUTLINE.rules] == [f"R{number:02d}" for number in range(1, 22)]
    assert [rule.id for rule in OUTLINE.rules if rule.severity == "warning"] == ["R02", "R11", "R14", "R18", "R20"]


def test_rows_are_coded_as_the_template_says():
    coded = {path: field.code(0) for path, field in OUTLINE.lists.items() if field.code_prefix}
    assert coded == {
        "objectives.specific": "MT1",
        "scope.components": "HP1",
        "outputs": "SP1",
        "plan.phases": "GD1",
        "kpis.kpis": "KPI1",
        "risks.risks": "RR1",
    }


def test_references_point_to_something():
    inside = {
        child.to
        for field in OUTLINE.lists.values()
        for child in field.item
        if isinstance(child, RowReference | Reference | References)
    }
    assert inside - set(OUTLINE.lists) == {"units", "targets", "organisations"}
    assert inside & set(OUTLINE.lists) == {"plan.phases", "scope.components", "objectives.specific"}
    assert {"units", "targets", "organisations"} <= set(ENTRIES)


def _every(fields: tuple[Field, ...]) -> list[Field]:
    return [inner for field in fields for inner in (field, *_every(field.children))]


DECLARED = _every(tuple(OUTLINE.bodies.values()))


@pytest.mark.parametrize("field", DECLARED, ids=lambda field: field.id)
def test_every_field_speaks_both_languages_and_names_its_children_once(field):
    texts: list[Text] = [field.label, *filter(None, [field.hint]), *(c.label for c in getattr(field, "choices", ()))]
    assert all(text.vi.strip() and text.en.strip() for text in texts)
    names = [child.id for child in field.children]
    assert len(names) == len(set(names))
    assert not {"id", "code"} & set(names) or not isinstance(field, Rows)


def test_a_field_is_found_by_its_path():
    assert OUTLINE.field("kpis.kpis.milestones.target").label == Text("Giá trị", "Value")
    with pytest.raises(KeyError):
        OUTLINE.field("kpis.nothing")


@pytest.mark.parametrize(("level", "band"), [(1, "low"), (4, "low"), (5, "medium"), (10, "high"), (15, "very_high")])
def test_bands_of_the_risk_matrix(level, band):
    assert OUTLINE.band(level).id == band
