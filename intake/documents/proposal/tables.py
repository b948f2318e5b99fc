"""Every list of the template as a table: which field stands in which column. A test asks that none is left out."""

from __future__ import annotations

from collections.abc import Mapping

from intake.documents.proposal import cells
from intake.documents.proposal.cells import Column
from intake.i18n import Text

MONEY_UNIT = Text("tỷ đồng", "billion dong")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "partners": (
        Column(("partner",), write=cells.party, is_head=True),
        Column(("partner_role",), 74),
    ),
    "rationale.legal_basis": (
        Column(("document", "note"), is_head=True),
        Column(("number",), 32),
        Column(("date",), 25, align="c"),
        Column(("issuer",), 42),
    ),
    "objectives.specific": (
        Column(("specific",), is_head=True),
        Column(("measurable",), 38, write=cells.measurable),
        Column(("achievable",), 25),
        Column(("relevant",), 38, write=cells.relevant),
        Column(("time_bound",), 22, align="c"),
    ),
    "novelty.new_elements": (
        Column(("aspect",), 28, is_head=True),
        Column(("description",)),
        Column(("compared_with",), 48),
    ),
    "scope.components": (
        Column(("name",), 42, is_head=True),
        Column(("description", "activities"), label=Text("Mô tả, hoạt động cốt lõi", "Description, core activities")),
        Column(("responsible",), 38),
    ),
    "outputs": (
        Column(("name", "description"), write=cells.named, is_head=True),
        Column(("type",), 24),
        Column(("quantity", "unit"), 21, write=cells.quantity, align="c"),
        Column(("due",), 22, align="c"),
        Column(("acceptance",), 32),
        Column(("component",), 17, label=Text("Hợp phần", "Component"), align="c"),
    ),
    "alignment.targets": (
        Column(("target",), is_head=True),
        Column(("contribution",), 52),
        Column(("quantified",), 30),
    ),
    "plan.phases": (
        Column(("name",), 38, is_head=True),
        Column(("start", "end"), 36, label=Text("Thời gian", "Time"), write=cells.span, align="c"),
        Column(
            ("work", "milestones"),
            label=Text("Nội dung công việc, mốc chính", "Work, milestones"),
            write=cells.work_and_milestones,
        ),
    ),
    "resources.finance.sources": (
        Column(("source",), 36, is_head=True),
        Column(("detail",)),
        Column(("commitment",), 26),
        Column(("amount",), 26, write=cells.billions, align="n", is_money=True),
    ),
    "resources.human.key_staff": (
        Column(("role",), is_head=True),
        Column(("count",), 18, align="n"),
        Column(("qualification",), 50),
        Column(("available",), 16, align="c"),
        Column(("phase",), 18, align="c"),
    ),
    "resources.human.experts": (
        Column(("field",), is_head=True),
        Column(("count",), 18, align="n"),
        Column(("origin",), 50),
        Column(("phase",), 18, align="c"),
    ),
    "resources.infrastructure.items": (
        Column(("name",), is_head=True),
        Column(("quantity", "unit"), 30, write=cells.quantity, align="c"),
        Column(("estimated_cost",), 26, write=cells.billions, align="n", is_money=True),
        Column(("phase",), 18, align="c"),
        Column(("existing_shareable",), 22, align="c"),
    ),
    "resources.by_phase.rows": (
        Column(("phase",), write=cells.phase_name, is_head=True),
        Column(("state_budget",), 25, write=cells.billions, align="n", is_money=True),
        Column(("social",), 25, write=cells.billions, align="n", is_money=True),
        Column(("other",), 25, write=cells.billions, align="n", is_money=True),
        Column((), 25, label=Text("Cộng", "Sum"), write=cells.row_sum, align="n", is_money=True),
        Column(("staff",), 20, align="n"),
    ),
    "kpis.kpis": (
        Column(("name", "definition", "level", "measures"), write=cells.kpi_name, is_head=True),
        Column(("baseline", "unit", "baseline_date"), 22, write=cells.kpi_baseline, align="c"),
        Column(("milestones",), 26, write=cells.kpi_milestones),
        Column(
            ("direction", "target", "deadline"), 24, label=Text("Mục tiêu", "Target"), write=cells.kpi_target, align="c"
        ),
        Column(
            ("data_source", "frequency", "responsible", "objective", "target_ref"),
            43,
            label=Text("Nguồn dữ liệu, báo cáo, liên hệ mục tiêu", "Data source, reporting, linked objective"),
            write=cells.said_small,
        ),
    ),
    "risks.risks": (
        Column(("category", "description"), label=Text("Rủi ro", "Risk"), write=cells.risk, is_head=True),
        Column(
            ("probability", "impact", "level"),
            18,
            label=Text("Xác suất × tác động", "Probability × impact"),
            write=cells.level,
            align="c",
        ),
        Column(("prevention",), 36),
        Column(("response",), 34),
        Column(("owner",), 27),
    ),
    "recommendations.items": (
        Column(("content", "legal_document"), is_head=True),
        Column(("type",), 28),
        Column(("addressee",), 44),
    ),
    "administrative.attachments": (
        Column(("name",), is_head=True),
        Column(("description",), 48),
        Column(("sha256",), 48),
    ),
}
"""By path; the number or code of the row comes first by itself."""

BESIDE: Mapping[str, tuple[Column, ...]] = {
    "resources.by_phase.rows": (
        Column(("phase",), 50, write=cells.phase_name, is_head=True),
        Column(("infrastructure",)),
        Column(("note",)),
    ),
}
"""Columns that do not fit beside the others: a second table of the same rows, left out while they are empty."""

SUMMED: Mapping[str, tuple[str, ...]] = {
    "resources.finance.sources": ("amount",),
    "resources.by_phase.rows": ("state_budget", "social", "other"),
}
"""Lists with a line of sums, and the amounts that it adds."""
