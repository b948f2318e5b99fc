"""What of a document is promoted to columns: the one place that says how each is read from the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.outline.rules_figures import totals_by_source
from intake.outline.rules_text import rows_at, value_at
from intake.outline.walk import look_up


@dataclass(frozen=True)
class Summary:
    """Promoted values of one document; empty texts are None, amounts are integer đồng."""

    title: str
    title_en: str | None
    kind: str | None
    initiative_ref: str | None
    primary_system: str | None
    other_systems: tuple[str, ...]
    related_initiatives: tuple[str, ...]
    targets: tuple[str, ...]
    total_vnd: int | None
    state_budget_vnd: int
    social_vnd: int
    other_vnd: int
    proposer_type: str | None
    proposer_name: str | None
    lead_name: str | None
    lead_to_be_assigned: bool
    partner_names: tuple[str, ...]
    starts_month: str | None
    ends_month: str | None
    publish_consent: bool
    confidentiality: str | None
    is_illustrative: bool
    language: str


@dataclass(frozen=True)
class Kpi:
    """One indicator as it is followed up after approval."""

    row_id: str
    code: str
    name: str
    unit: str | None
    direction: str | None
    baseline: int | float | None
    baseline_on: str | None
    target: int | float | None
    deadline_on: str | None
    frequency: str | None
    responsible: str | None
    milestones: tuple[tuple[str, int | float], ...]


def summarise(document: Mapping[str, Any]) -> Summary:
    """The promoted values of a stored document."""
    phases = rows_at(document, "plan.phases")
    amounts = totals_by_source(document)
    administrative, meta = document["administrative"], document["meta"]
    partners = [partner_name(row.get("partner")) for row in rows_at(document, "partners")]
    targets = [row["target"] for row in rows_at(document, "alignment.targets") if row.get("target")]
    return Summary(
        title=value_at(document, "name.name_vi") or "",
        title_en=value_at(document, "name.name_en") or None,
        kind=value_at(document, "name.kind"),
        initiative_ref=value_at(document, "name.initiative_ref"),
        primary_system=value_at(document, "alignment.primary_system"),
        other_systems=tuple(value_at(document, "alignment.other_systems") or ()),
        related_initiatives=tuple(value_at(document, "alignment.related_initiatives") or ()),
        targets=tuple(dict.fromkeys(targets)),
        total_vnd=value_at(document, "resources.finance.total"),
        state_budget_vnd=amounts["state_budget"],
        social_vnd=amounts["social"],
        other_vnd=amounts["other"],
        proposer_type=value_at(document, "lead_unit.proposer_type"),
        proposer_name=value_at(document, "lead_unit.proposer.name") or None,
        lead_name=value_at(document, "lead_unit.lead.name") or None,
        lead_to_be_assigned=bool(value_at(document, "lead_unit.lead_to_be_assigned")),
        partner_names=tuple(name for name in partners if name),
        starts_month=min((phase["start"] for phase in phases if phase.get("start")), default=None),
        ends_month=max((phase["end"] for phase in phases if phase.get("end")), default=None),
        publish_consent=bool(administrative.get("publish_consent")),
        confidentiality=administrative.get("confidentiality"),
        is_illustrative=bool(meta.get("illustrative")),
        language=meta.get("language") or "vi",
    )


def partner_name(partner: Any) -> str | None:
    """Name of a partner, which may be given as a name alone or as a party."""
    name = partner.get("name") if isinstance(partner, Mapping) else partner
    return name.strip() or None if isinstance(name, str) else None


def partner_contacts(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The e-mail addresses typed for the partners, in order; a partner may be given as a name alone."""
    partners = [row.get("partner") for row in look_up(document, "sections.partners") or []]
    typed = [partner.get("email") for partner in partners if isinstance(partner, Mapping)]
    return tuple(address for address in typed if isinstance(address, str) and address.strip())


def kpi_rows(document: Mapping[str, Any]) -> tuple[Kpi, ...]:
    """The indicators of a document, in order."""
    return tuple(
        Kpi(
            row_id=row["id"],
            code=f"KPI{index}",
            name=row.get("name") or "",
            unit=row.get("unit"),
            direction=row.get("direction"),
            baseline=row.get("baseline"),
            baseline_on=row.get("baseline_date"),
            target=row.get("target"),
            deadline_on=row.get("deadline"),
            frequency=row.get("frequency"),
            responsible=row.get("responsible") or None,
            milestones=tuple(
                (milestone["period"], milestone["target"])
                for milestone in row.get("milestones") or ()
                if milestone.get("period") and milestone.get("target") is not None
            ),
        )
        for index, row in enumerate(look_up(document, "sections.kpis.kpis") or [], 1)
    )
