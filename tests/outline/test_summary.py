"""Promoted values, read from the text by one function."""

from __future__ import annotations

from intake.outline import Kpi, Summary, empty_document, kpi_rows, partner_contacts, summarise
from tests.outline.examples import document


def test_summary_of_a_full_document():
    assert summarise(document("full_sk10")) == Summary(
        title="Y tế thông minh: liên thông dữ liệu bệnh viện - bảo hiểm - y học dự phòng hỗ trợ chẩn đoán, điều trị",
        title_en=None,
        kind="detail",
        initiative_ref="sk10",
        primary_system="ht3",
        other_systems=("ht1", "ht4", "ht6"),
        related_initiatives=("sk06", "sk19", "sk27"),
        targets=("d_hdi_2030", "c_online_public_services_2030", "a_ai_rank_world_2030"),
        total_vnd=2_400_500_000_000,
        state_budget_vnd=1_600_000_000_000,
        social_vnd=700_500_000_000,
        other_vnd=100_000_000_000,
        proposer_type="ministry",
        proposer_name="Bộ Y tế",
        lead_name="Bộ Y tế",
        lead_to_be_assigned=False,
        partner_names=("Bộ Tài chính (Bảo hiểm xã hội Việt Nam)", "Bộ Công an", "Đại học Bách khoa Hà Nội"),
        starts_month="2026-07",
        ends_month="2030-12",
        publish_consent=True,
        confidentiality="public",
        is_illustrative=True,
        language="vi",
    )


def test_summary_of_an_empty_document():
    assert summarise(empty_document("en")) == Summary(
        title="",
        title_en=None,
        kind=None,
        initiative_ref=None,
        primary_system=None,
        other_systems=(),
        related_initiatives=(),
        targets=(),
        total_vnd=None,
        state_budget_vnd=0,
        social_vnd=0,
        other_vnd=0,
        proposer_type=None,
        proposer_name=None,
        lead_name=None,
        lead_to_be_assigned=False,
        partner_names=(),
        starts_month=None,
        ends_month=None,
        publish_consent=False,
        confidentiality=None,
        is_illustrative=False,
        language="en",
    )


def test_partners_are_named_whether_given_as_names_or_parties():
    stored = document("full_sk10", {"partners.0.partner": {"name": "VNPT"}, "partners.1.partner": " "})
    assert summarise(stored).partner_names == ("VNPT", "Đại học Bách khoa Hà Nội")


def test_partners_are_reached_at_the_addresses_typed_for_them():
    first = {"name": "VNPT", "email": "vnpt@example.vn"}
    stored = document("full_sk10", {"partners.0.partner": first, "partners.1.partner": "Bộ Công an"})
    stored["sections"]["partners"][2]["partner"] = {"name": "HUST", "email": " "}
    assert partner_contacts(stored) == ("vnpt@example.vn",)
    assert partner_contacts(empty_document()) == ()


def test_several_rows_of_one_source_are_added():
    stored = document("full_sk10", {"resources.finance.sources.2.source": "social"})
    summary = summarise(stored)
    assert (summary.state_budget_vnd, summary.social_vnd, summary.other_vnd) == (
        1_600_000_000_000,
        800_500_000_000,
        0,
    )


def test_indicators_are_read_in_order():
    stored = document("full_sk10")
    rows = kpi_rows(stored)
    assert [row.code for row in rows] == ["KPI1", "KPI2", "KPI3"]
    assert rows[2] == Kpi(
        row_id=stored["sections"]["kpis"]["kpis"][2]["id"],
        code="KPI3",
        name="Tỉ lệ xét nghiệm lặp lại",
        unit="percent",
        direction="down",
        baseline=14.2,
        baseline_on="2025-12-31",
        target=5,
        deadline_on="2030-06-30",
        frequency="quarterly",
        responsible="Bộ Tài chính",
        milestones=(("2027-12", 11.5), ("2028-12", 8.25)),
    )
