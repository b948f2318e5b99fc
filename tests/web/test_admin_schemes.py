"""The scoring scheme on the pages of an administrator."""

from __future__ import annotations

from datetime import timedelta

from intake import clock
from intake.scoring.scheme_terms import terms_of
from intake.scoring.schemes import KH01_2025
from intake.vietnamese import short_date
from tests.web.account_world import by_password
from tests.web.desk_world import ADMIN, SECRETARY


def test_a_version_is_added_and_taken_back(lasting_app):
    admin, on = by_password(lasting_app, ADMIN), short_date(clock.today() + timedelta(days=9))
    assert "kh01-2025/1" in admin.get("/admin/schemes").text
    terms = terms_of(KH01_2025) | {"effective_from": on, "weight_urgency": "35"}
    page = admin.get("/admin/schemes/new").text
    assert terms["anchor_urgency_5_vi"] in page
    assert admin.post("/admin/schemes/new", terms).headers["Location"] == "/admin/schemes"
    shown = admin.get("/admin/schemes").text
    assert ("kh01-2025/2" in shown, on in shown, ": 35" in shown) == (True, True, True)
    assert admin.post("/admin/schemes/2/withdraw").status_code == 303
    assert "kh01-2025/2" not in admin.get("/admin/schemes").text
    assert admin.post("/admin/schemes/1/withdraw").status_code == 409
    assert admin.post("/admin/schemes/7/withdraw").status_code == 404


def test_what_was_typed_is_shown_again_with_what_is_wrong(lasting_app):
    admin = by_password(lasting_app, ADMIN)
    sent = terms_of(KH01_2025) | {
        "effective_from": "31/02/2027",
        "weight_urgency": "nhiều",
        "anchor_impact_3_vi": "Chữ của tôi",
        "anchor_impact_3_en": "",
    }
    answer = admin.post("/admin/schemes/new", sent)
    assert answer.status_code == 422
    assert all(typed in answer.text for typed in ("31/02/2027", "nhiều", "Chữ của tôi"))
    assert "#effective_from" in answer.text
    later = sent | {"effective_from": short_date(clock.today() + timedelta(days=2))}
    refused = admin.post("/admin/schemes/new", later)
    assert refused.status_code == 422
    assert all(f"#{name}" in refused.text for name in ("weight_urgency", "anchor_impact_3_en"))
    assert admin.post("/admin/schemes/new", {}).status_code == 422
    secretary = by_password(lasting_app, SECRETARY)
    assert [secretary.get(url).status_code for url in ("/admin/schemes", "/admin/schemes/new")] == [403, 403]
