"""Small documents written by hand, one pair for each way to break a rule: as it fails, and what exactly mends it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

PLAN = {"phases": [{"code": "GD1", "name": "Thí điểm", "start": "2026-07", "end": "2027-12"}]}
TWO_PHASES = {"phases": [*PLAN["phases"], {"code": "GD2", "name": "Nhân rộng", "start": "2028-01", "end": "2030-12"}]}
OBJECTIVE = {
    "code": "MT1",
    "specific": "Mỗi xã có một trạm đo mưa tự động",
    "measurable": {"indicator": "Số xã có trạm", "unit": "facility", "target": 3321},
    "achievable": "Đã thử ở 40 xã",
    "relevant": {"systems": ["ht1"]},
    "time_bound": "2027-06-30",
}
KPI = {
    "code": "KPI1",
    "name": "Số xã có trạm đo mưa",
    "unit": "facility",
    "baseline": 40,
    "target": 3321,
    "deadline": "2027-06-30",
    "data_source": "Báo cáo của Cục Khí tượng Thủy văn",
    "objective": "MT1",
}
RISK = {
    "code": "RR1",
    "description": "Trạm hỏng vì bão",
    "probability": 4,
    "impact": 3,
    "prevention": "Neo trạm",
    "response": "Thay trong 48 giờ",
    "owner": "Trung tâm khí tượng",
}


@dataclass(frozen=True)
class Case:
    """`sections` break `rule` at `paths`; with the values of `mended` put in, and nothing else changed, it is kept."""

    rule: str
    severity: str
    sections: dict[str, Any]
    paths: tuple[str, ...]
    mended: dict[str, Any]
    own_names: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        return f"{self.rule}-{'-'.join(self.mended)}"


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: copy.deepcopy(value) for name, value in row.items() if name not in names}


def money(total: int, *sources: tuple[str, int], by_phase: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    rows = [{"source": source, "amount": amount} for source, amount in sources]
    return {"finance": {"total": total, "sources": rows}, "by_phase": {"rows": list(by_phase)}}


def objectives(**changes: Any) -> dict[str, Any]:
    row = {**copy.deepcopy(OBJECTIVE), **changes}
    general = "Cảnh báo lũ quét trước 60 phút ở mọi xã miền núi"
    return {"general": general, "specific": [{name: item for name, item in row.items() if item is not None}]}


NAMES = (
    Case("R01", "error", {"name": {"kind": "new"}}, ("name.name_vi",), {"name.name_vi": "Trạm đo mưa"}),
    Case("R01", "error", {"name": {"name_vi": " \t"}}, ("name.name_vi",), {"name.name_vi": "M"}),
    Case("R02", "warning", {"name": {"name_vi": "Ố" * 200}}, ("name.name_vi",), {"name.name_vi": "Ố" * 199}),
    Case(
        "R21",
        "error",
        {"name": {"name_vi": "Trạm đo mưa  TỰ ĐỘNG."}},
        ("name.name_vi",),
        {"name.name_vi": "Trạm đo mưa tự động 2"},
        own_names=("Trạm đo mưa tự động",),
    ),
)
PARTIES = (
    Case("R03", "error", {}, ("lead_unit.lead",), {"lead_unit.lead_to_be_assigned": True}),
    Case(
        "R03",
        "error",
        {"lead_unit": {"proposer": {"name": "Lê Văn Ba"}, "lead_to_be_assigned": False, "lead": {"name": " "}}},
        ("lead_unit.lead",),
        {"lead_unit.lead.name": "Cục Khí tượng Thủy văn"},
    ),
)
PURPOSE = (
    Case(
        "R04",
        "error",
        {"rationale": {"legal_basis": [{"number": "57-NQ/TW", "issuer": "Bộ Chính trị"}, {"note": "Sẽ bổ sung"}]}},
        ("rationale.legal_basis",),
        {"rationale.legal_basis.0.document": "Nghị quyết về đột phá phát triển khoa học, công nghệ"},
    ),
    Case(
        "R05",
        "error",
        {"objectives": {"general": " ", "specific": [OBJECTIVE]}},
        ("objectives.general",),
        {"objectives.general": "Cảnh báo lũ quét"},
    ),
    Case(
        "R05",
        "error",
        {"objectives": {"general": "Cảnh báo lũ quét", "specific": [{"specific": ""}]}},
        ("objectives.specific",),
        {"objectives.specific.0.specific": "Mỗi xã có một trạm"},
    ),
    *(
        Case(
            "R06",
            "error",
            {"objectives": {"general": "Cảnh báo lũ quét", "specific": [without(OBJECTIVE, part)]}},
            ("objectives.specific.0",),
            {f"objectives.specific.0.{part}": OBJECTIVE[part]},
        )
        for part in ("specific", "measurable", "achievable", "relevant", "time_bound")
    ),
    *(
        Case(
            "R06",
            "error",
            {"objectives": objectives(measurable=without(OBJECTIVE["measurable"], part))},
            ("objectives.specific.0",),
            {f"objectives.specific.0.measurable.{part}": value},
        )
        for part, value in (("indicator", "Số xã"), ("unit", "piece"), ("target", 0))
    ),
    Case(
        "R07",
        "error",
        {"objectives": objectives(time_bound="2031-01-01"), "plan": TWO_PHASES},
        ("objectives.specific.0.time_bound",),
        {"objectives.specific.0.time_bound": "2030-12-31"},
    ),
    Case(
        "R07",
        "error",
        {"objectives": objectives(time_bound="2026-06-30"), "plan": TWO_PHASES},
        ("objectives.specific.0.time_bound",),
        {"objectives.specific.0.time_bound": "2026-07-01"},
    ),
)
CONTENT = (
    Case("R08", "error", {}, ("outputs",), {"outputs": [{"type": "process", "name": "Quy trình cảnh báo"}]}),
    Case(
        "R08",
        "error",
        {"outputs": [{"type": "process", "name": "Quy trình"}, {"name": "Bản đồ nguy cơ"}]},
        ("outputs.1.type",),
        {"outputs.1.type": "database"},
    ),
    Case("R08", "error", {"outputs": [{"type": "model"}]}, ("outputs.0.name",), {"outputs.0.name": "Mô hình"}),
    Case(
        "R09",
        "error",
        {"alignment": {"other_systems": ["ht2"], "targets": [{"target": "d_hdi_2030"}]}},
        ("alignment.primary_system",),
        {"alignment.primary_system": "ht1"},
    ),
    Case(
        "R09",
        "error",
        {"alignment": {"primary_system": "ht1", "targets": [{"contribution": "Góp phần"}, {"quantified": "1"}]}},
        ("alignment.targets",),
        {"alignment.targets.0.target": "d_hdi_2030"},
    ),
    Case(
        "R10",
        "error",
        {"plan": {"phases": []}, "resources": {"by_phase": {"rows": [{"phase": "GD1"}]}}},
        ("plan.phases",),
        {"plan": PLAN},
    ),
    Case(
        "R10",
        "error",
        {"plan": {"phases": [{"name": "Thí điểm", "start": "2027-02", "end": "2027-01"}]}},
        ("plan.phases.0.end",),
        {"plan.phases.0.end": "2027-02"},
    ),
    Case(
        "R10",
        "error",
        {"plan": {"phases": [{"name": "Thí điểm", "end": "2027-01"}]}},
        ("plan.phases.0.start",),
        {"plan.phases.0.start": "2026-12"},
    ),
    Case(
        "R10",
        "error",
        {"plan": {"phases": [{"name": "Thí điểm", "start": "2027-01"}]}},
        ("plan.phases.0.end",),
        {"plan.phases.0.end": "2027-01"},
    ),
    Case(
        "R11",
        "warning",
        {"plan": {"phases": [{"start": "2026-07", "end": "2026-12"}, {"start": "2027-02", "end": "2027-12"}]}},
        ("plan.phases.1.start",),
        {"plan.phases.1.start": "2027-01"},
    ),
    Case(
        "R11",
        "warning",
        {"plan": {"phases": [{"start": "2027-01", "end": "2027-12"}, {"start": "2026-07", "end": "2027-01"}]}},
        ("plan.phases.0.start",),
        {"plan.phases.1.end": "2026-12"},
    ),
    Case(
        "R11",
        "warning",
        {"plan": {"phases": [{"start": "2026-07", "end": "2026-07"}, {"start": "2026-09", "end": "2026-12"}]}},
        ("plan.phases.1.start",),
        {"plan.phases.1.start": "2026-08"},
    ),
    Case(
        "R11",
        "warning",
        {
            "plan": {
                "phases": [
                    {"start": "2026-01", "end": "2026-12"},
                    {"start": "2026-03", "end": "2026-04"},
                    {"start": "2027-01", "end": "2027-12"},
                ]
            }
        },
        ("plan.phases.1.start",),
        {"plan.phases.1": {"start": "2028-01", "end": "2028-02"}},
    ),
)
MEANS = (
    Case(
        "R12",
        "error",
        {"resources": money(10, ("state_budget", 6), ("social", 3))},
        ("resources.finance.total",),
        {"resources.finance.sources.1.amount": 4},
    ),
    Case(
        "R12",
        "error",
        {"resources": money(8, ("state_budget", 6), ("social", 3))},
        ("resources.finance.total",),
        {"resources.finance.total": 9},
    ),
    Case(
        "R12",
        "error",
        {"resources": {"finance": {"total": 7, "sources": [{"source": "other", "amount": 6}, {"source": "social"}]}}},
        ("resources.finance.total",),
        {"resources.finance.total": 6},
    ),
    Case(
        "R13",
        "error",
        {"plan": TWO_PHASES, "resources": money(6, ("social", 6), by_phase=({"phase": "GD1", "social": 6},))},
        ("resources.by_phase.rows",),
        {"resources.by_phase.rows.1": {"phase": "GD2"}},
    ),
    Case(
        "R13",
        "error",
        {"plan": PLAN, "resources": money(6, ("social", 6))},
        ("resources.by_phase.rows", "resources.by_phase.rows"),
        {"resources.by_phase.rows": [{"phase": "GD1", "social": 6}]},
    ),
    Case(
        "R13",
        "error",
        {"resources": money(6, ("social", 6), by_phase=({"social": 6},))},
        ("resources.by_phase.rows.0.phase",),
        {"resources.by_phase.rows": []},
    ),
    Case(
        "R13",
        "error",
        {
            "plan": PLAN,
            "resources": money(
                6, ("social", 6), by_phase=({"phase": "GD1", "social": 2}, {"phase": "GD1", "social": 4})
            ),
        },
        ("resources.by_phase.rows",),
        {"resources.by_phase.rows": [{"phase": "GD1", "social": 6}]},
    ),
    Case(
        "R13",
        "error",
        {
            "plan": PLAN,
            "resources": money(
                9, ("state_budget", 6), ("social", 3), by_phase=({"phase": "GD1", "state_budget": 3, "social": 6},)
            ),
        },
        ("resources.by_phase.rows", "resources.by_phase.rows"),
        {"resources.by_phase.rows.0.state_budget": 6, "resources.by_phase.rows.0.social": 3},
    ),
    Case(
        "R14",
        "warning",
        {"resources": money(10, ("state_budget", 9), ("social", 0), ("other", 1))},
        ("resources.finance.sources",),
        {"resources.finance.sources.2.source": "social"},
    ),
)
RESULTS = (
    Case("R15", "error", {"kpis": {"kpis": [{"name": ""}]}}, ("kpis.kpis",), {"kpis.kpis.0.name": "Số xã"}),
    *(
        Case(
            "R16",
            "error",
            {"objectives": objectives(), "kpis": {"kpis": [without(KPI, part)]}},
            (f"kpis.kpis.0.{part}",),
            {f"kpis.kpis.0.{part}": 0 if part in ("baseline", "target") else KPI[part]},
        )
        for part in ("name", "unit", "baseline", "target", "deadline", "data_source", "objective")
    ),
    Case(
        "R17",
        "error",
        {
            "objectives": {"general": "Cảnh báo lũ quét", "specific": [OBJECTIVE, {**OBJECTIVE, "code": "MT2"}]},
            "kpis": {"kpis": [KPI]},
        },
        ("kpis.kpis",),
        {"kpis.kpis.1": {**KPI, "code": "KPI2", "objective": "MT2"}},
    ),
    Case(
        "R18",
        "warning",
        {"kpis": {"kpis": [{**KPI, "level": "outcome"}, {**KPI, "code": "KPI2", "level": "input"}]}},
        ("kpis.kpis.1.level",),
        {"kpis.kpis.1.level": "output"},
    ),
    Case("R19", "error", {"risks": {"risks": []}}, ("risks.risks",), {"risks.risks.0": RISK}),
    *(
        Case(
            "R19",
            "error",
            {"risks": {"risks": [without(RISK, part)]}},
            (f"risks.risks.0.{part}",),
            {f"risks.risks.0.{part}": RISK[part]},
        )
        for part in ("probability", "impact", "prevention", "response")
    ),
    Case(
        "R20",
        "warning",
        {"risks": {"risks": [{**without(RISK, "owner"), "probability": 5, "impact": 2}]}},
        ("risks.risks.0.owner",),
        {"risks.risks.0.owner": "Trung tâm khí tượng"},
    ),
    Case(
        "R20",
        "warning",
        {"risks": {"risks": [{**without(RISK, "owner"), "probability": 5, "impact": 2}]}},
        ("risks.risks.0.owner",),
        {"risks.risks.0.probability": 3, "risks.risks.0.impact": 3},
    ),
    Case(
        "R20",
        "warning",
        {"risks": {"risks": [{**without(RISK, "owner"), "probability": 5, "impact": 3}]}},
        ("risks.risks.0.owner",),
        {"risks.risks.0.owner": "Trung tâm khí tượng"},
    ),
)
CASES = (*NAMES, *PARTIES, *PURPOSE, *CONTENT, *MEANS, *RESULTS)
