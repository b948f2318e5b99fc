"""What changed between two versions, and what did not though it was saved again."""

from __future__ import annotations

from intake.outline import (
    OUTLINE,
    changed_sections,
    diff,
    empty_document,
    import_proposal,
    section_fingerprint,
    section_fingerprints,
    with_part,
)
from tests.outline.examples import document, example


def test_nothing_changed():
    stored = document("full_sk10")
    assert diff(stored, stored, "vi") == ()
    assert changed_sections(stored, document("full_sk10")) == ()


def test_empty_and_missing_read_the_same():
    before = document("full_sk10")
    after = document("full_sk10", {"outputs.0.description": None, "name.name_en": "", "novelty.current_state": None})
    assert changed_sections(before, after) == ("novelty",)


def test_every_change_has_its_place_and_both_texts():
    before = document("full_sk10")
    data = example("full_sk10", {"resources.finance.total": 2_400_500_000_001, "kpis.kpis.1.target": 400.5})
    del data["sections"]["risks"]["risks"][2]
    data["sections"]["recommendations"]["items"][0]["legal_document"] = "Luật Khám bệnh, chữa bệnh"
    after = import_proposal(data, previous=before)
    found = {change.section: change.changes for change in diff(before, after, "vi")}
    assert list(found) == ["resources", "kpis", "risks", "recommendations"]
    (total,) = found["resources"]
    assert (total.key, total.before, total.after) == (
        "resources.finance.total",
        "2.400,5 tỷ đồng",
        "2.400.500.000.001 đồng",
    )
    assert total.labels == ("Tài chính", "Tổng kinh phí dự kiến")
    (target,) = found["kpis"]
    assert target.labels == ("Chỉ số", "KPI2", "Giá trị mục tiêu")
    assert (target.before, target.after, target.kind) == ("500", "400,5", "changed")
    assert {change.kind for change in found["risks"]} == {"removed"}
    assert ("Rủi ro", "RR3", "Mô tả") in [change.labels for change in found["risks"]]
    (added,) = found["recommendations"]
    assert (added.kind, added.after) == ("added", "Luật Khám bệnh, chữa bệnh")


def test_a_new_order_of_rows_changes_the_section_but_no_field():
    before = document("full_sk10")
    risks = before["sections"]["risks"]["risks"]
    after = with_part(before, "risks", {"risks": risks[::-1]})
    (change,) = diff(before, after, "en")
    assert (change.section, change.changes) == ("risks", ())


def test_section_fingerprint_follows_what_is_read():
    one, other = document("full_sk10"), document("full_sk10", {"risks.risks.0.owner": " Bộ Y tế "})
    assert section_fingerprint(one, "risks") == section_fingerprint(other, "risks")
    changed = document("full_sk10", {"risks.risks.0.owner": "Bộ Công an"})
    assert section_fingerprint(one, "risks") != section_fingerprint(changed, "risks")
    assert section_fingerprint(one, "kpis") == section_fingerprint(changed, "kpis")


def test_every_numbered_section_has_a_fingerprint_and_one_change_changes_one():
    one = section_fingerprints(document("full_sk10"))
    other = section_fingerprints(document("full_sk10", {"risks.risks.0.owner": "Bộ Công an"}))
    assert list(one) == list(other) == [section.id for section in OUTLINE.sections]
    assert [id for id in one if one[id] != other[id]] == ["risks"]
    assert len(set(section_fingerprints(empty_document()).values())) == 1
