"""Reports as programs send and read them."""

from __future__ import annotations

from datetime import date

import time_machine

from intake.services import kpis
from tests import factories
from tests.api.callers import SECRETARY, World

AGENCY = "agency@demo.vn"


def test_an_agency_reports_the_indicators_of_what_it_implements(alone: World) -> None:
    with time_machine.travel("2026-11-20T09:00:00+07:00"):
        with alone.database.writing() as db:
            given = {"lead_agency_id": "demo_university", "due_on": date(2026, 11, 25)}
            made = factories.proposal(db, "implementation", **given)
            kpis.list_approved(db, made)
            codes, address = [kpi.code for kpi in kpis.of(db, made)], f"/proposals/{made.code}/reports"
        agency, secretary = alone.caller(AGENCY), alone.caller(SECRETARY)
        values = [{"kpi": code, "value": 3, "note": ""} for code in codes]
        body = {"values": values, "progress": "Đúng tiến độ."}
        assert agency.post(address, body | {"progress": ""}).status_code == 422
        assert agency.post(address, body | {"values": [{"kpi": "KPI1", "value": "3"}]}).status_code == 422
        assert secretary.post(address, body).status_code == 403
        sent = agency.does("POST", address, body, Idempotency_Key="tháng 11")
        assert sent == {"period_on": "2026-11-25", "edition": 1, "due_on": "2026-12-25"}
        assert agency.does("POST", address, body, Idempotency_Key="tháng 11") == sent
        read = secretary.does("GET", address)
        assert [(one["period_on"], one["edition"], len(one["values"])) for one in read["items"]] == [
            ("2026-11-25", 1, len(codes))
        ]
        assert (read["missing"], read["due_on"], [kpi["code"] for kpi in read["kpis"]]) == ([], "2026-12-25", codes)
        assert secretary.does("GET", f"{address}?limit=1")["next"] is None
