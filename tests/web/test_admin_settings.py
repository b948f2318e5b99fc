"""What an administrator keeps: each change counts from its day on, and says in the audit trail what was before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from intake import clock
from intake.models import BodyMember, Membership, Organisation, ProposalOrganisation
from intake.policy import Role
from intake.services import calendars, routings
from intake.vietnamese import short_date
from tests import factories
from tests.web.account_world import by_password, events, number_of, post, resources_of
from tests.web.conftest import Visitor
from tests.web.desk_world import ADMIN, LEAD, REVIEWER, actor

NAMES = {"name_vi": "Viện Thử nghiệm", "name_en": "Test Institute", "abbreviation": "VTN"}


@pytest.fixture(scope="module")
def admin(lasting_app: Flask) -> Visitor:
    return by_password(lasting_app, ADMIN)


def made(app: Flask, admin: Visitor, **names: str) -> str:
    answer = admin.post("/admin/organisations/new", NAMES | {"kind": "institute"} | names)
    assert answer.status_code == 303
    return answer.headers["Location"].rsplit("/", 1)[1]


def test_an_organisation_is_added_and_renamed_and_keeps_its_old_name(lasting_app, admin):
    assert admin.post("/admin/organisations/new", {"name_vi": "", "name_en": "X", "kind": ""}).status_code == 422
    number = made(lasting_app, admin)
    twice = admin.post("/admin/organisations/new", NAMES | {"kind": "institute"})
    assert (twice.status_code, "Hãy hợp nhất hai tổ chức" in twice.text) == (422, True)
    base, new = f"/admin/organisations/{number}", NAMES | {"name_vi": "Viện Đổi tên", "name_en": "Renamed Institute"}
    assert admin.post(base, new | {"name_vi": ""}).status_code == 422
    assert admin.post(base, new).headers["Location"] == base
    page = admin.get(base).text
    assert ("Viện Đổi tên" in page, "Viện Thử nghiệm" in page) == (True, True)
    assert events(lasting_app, "organisation.renamed") == [
        ("organisation.renamed", f"organisation:{number}", {"old": NAMES, "new": new})
    ]
    assert "Viện Đổi tên" in admin.get("/admin/organisations?q=vien doi ten").text
    assert admin.get("/admin/organisations/nowhere").status_code == 404


def test_a_merger_moves_what_lives_and_recuses_who_is_conflicted_now(app, sign_in, database):
    admin = sign_in(ADMIN)
    source = made(app, admin)
    with database.writing() as db:
        reviewer = actor(db, REVIEWER)
        proposal = factories.proposal(db, "ministry_review", holder_organisation_id="bkhcn")
        factories.routing(db, proposal)
        factories.routing(db, proposal, "byt", "cooperating")
        factories.assignment(db, proposal, reviewer)
        factories.declaration(db, proposal, reviewer)
        factories.named(db, proposal, "lead", "Viện Thử nghiệm", source, settled=True)
        member = factories.acting(db, "vien", Role.APPLICANT, source)
        code = proposal.code
    seen = sign_in(REVIEWER)
    assert seen.get(f"/proposals/{code}/text").status_code == 200
    busy = admin.post("/admin/organisations/bkhcn/merge", {"into": "byt"})
    assert (busy.status_code, "1 đề xuất" in busy.text) == (409, True)
    assert admin.post("/admin/organisations/tt_bcdtw/merge", {"into": "byt"}).status_code == 409
    assert admin.post(f"/admin/organisations/{source}/merge", {"into": source}).status_code == 422
    assert admin.post(f"/admin/organisations/{source}/merge", {"into": ""}).status_code == 422
    post(app)
    assert admin.post(f"/admin/organisations/{source}/merge", {"into": "byt"}).status_code == 303
    assert seen.get(f"/proposals/{code}/text").status_code == 404
    assert REVIEWER in {mail.to for mail in post(app)}
    with database.reading() as db:
        links = db.scalars(select(ProposalOrganisation.organisation_id)).all()
        held = db.scalars(select(Membership).where(Membership.user_id == member.user_id).order_by(Membership.id)).all()
        gone = db.get_one(Organisation, source)
    assert links == ["byt"]
    assert [(one.organisation_id, one.ended_at is None) for one in held] == [(source, False), ("byt", True)]
    assert (gone.is_active, gone.merged_into_id) == (False, "byt")
    data = {"old": source, "new": "byt", "links": 1, "members": 1, "defaults": 0}
    assert events(app, "organisation.merged") == [("organisation.merged", f"organisation:{source}", data)]
    recused = [(subject, data["user"]) for _, subject, data in events(app, "conflict.found")]
    assert recused == [(code, number_of(app, LEAD)), (code, reviewer.user_id)]
    assert "Viện Thử nghiệm" in admin.get("/admin/organisations/byt").text
    assert admin.post(f"/admin/organisations/{source}/merge", {"into": "byt"}).status_code == 409


def test_a_period_counts_from_its_day_on(lasting_app, admin):
    tomorrow, yesterday = clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)
    sent = {"state": "reception", "days": "7", "effective_from": short_date(tomorrow)}
    wrong = [
        {"state": "nowhere"},
        {"days": "0"},
        {"days": "x"},
        {"effective_from": short_date(yesterday)},
        {"effective_from": "31.2."},
    ]
    assert [admin.post("/admin/periods", sent | change).status_code for change in wrong] == [422] * 5
    assert admin.post("/admin/periods", sent).status_code == 303
    with resources_of(lasting_app).database.reading() as db:
        found = [calendars.period(db, "kh01", "reception", day) for day in (clock.today(), tomorrow)]
    assert found == [5, 7]
    data = {"old": 5, "new": 7, "effective_from": tomorrow.isoformat()}
    assert events(lasting_app, "period.set") == [("period.set", "period:reception", data)]
    page = admin.get("/admin/periods").text
    url = page.split('action="/admin/periods/')[1].split('"')[0]
    assert admin.post(f"/admin/periods/{url}").status_code == 303
    assert admin.post(f"/admin/periods/{url}").status_code == 404
    assert admin.post("/admin/periods/1/withdraw").status_code == 409


def test_a_day_of_the_calendar_counts_for_due_dates(lasting_app, admin):
    on = date(clock.today().year + 1, 3, 3)
    sent = {"on": short_date(on), "kind": "holiday", "name": "Ngày nghỉ thử"}
    wrong = [{"on": "03/03/2020"}, {"on": ""}, {"name": ""}, {"kind": "nothing"}]
    assert [admin.post("/admin/holidays", sent | change).status_code for change in wrong] == [422] * 4
    assert admin.post("/admin/holidays", sent).headers["Location"] == f"/admin/holidays?year={on.year}"
    assert "Ngày nghỉ thử" in admin.get(f"/admin/holidays?year={on.year}").text
    with resources_of(lasting_app).database.reading() as db:
        assert on in calendars.calendar(db).holidays
    assert admin.post(f"/admin/holidays/{on.isoformat()}/remove").status_code == 303
    told = {"working": False, "name": "Ngày nghỉ thử"}
    assert events(lasting_app, "calendar.day_set", "calendar.day_removed") == [
        ("calendar.day_set", f"day:{on.isoformat()}", {"old": None, "new": told}),
        ("calendar.day_removed", f"day:{on.isoformat()}", {"old": told, "new": None}),
    ]
    past, unknown = admin.post("/admin/holidays/2025-09-02/remove"), admin.post("/admin/holidays/hello/remove")
    assert (past.status_code, unknown.status_code) == (409, 404)
    assert [admin.get(f"/admin/holidays?year={year}").status_code for year in ("0000", "x", "99999")] == [200] * 3


def test_the_routing_table_changes_what_is_suggested(lasting_app, admin):
    with resources_of(lasting_app).database.writing() as db:
        proposal = factories.proposal(db, "reception", initiative_ref="sk10")
        before = routings.suggested(db, proposal)
        assert before.lead is not None
    old = {"lead": before.lead.id, "cooperating": [body.id for body in before.cooperating]}
    url = "/admin/routing/sk10"
    assert admin.post(url, {"lead": "", "cooperating": ["byt"]}).status_code == 422
    assert admin.post(url, {"lead": "nowhere", "cooperating": ["byt"]}).status_code == 422
    assert admin.post(url, {"lead": "byt", "cooperating": ["bca", "btc", "byt"]}).status_code == 303
    with resources_of(lasting_app).database.reading() as db:
        found = routings.suggested(db, proposal)
    assert found.lead is not None
    assert (found.lead.id, [body.id for body in found.cooperating]) == ("byt", ["bca", "btc"])
    data = {"old": old, "new": {"lead": "byt", "cooperating": ["bca", "btc"]}}
    assert events(lasting_app, "routing.default_set") == [("routing.default_set", "routing:sk10", data)]
    assert admin.get("/admin/routing/sk99").status_code == 404


def test_seats_are_given_to_committee_people_and_ended(lasting_app, admin):
    base, sent = "/admin/bodies/tt_bcdtw", {"email": "member7@demo.vn", "seat": "member", "title": "Ủy viên"}
    wrong = [
        {"email": "applicant@demo.vn"},
        {"email": "nobody@x.vn"},
        {"email": "member2@demo.vn"},
        {"seat": "chair"},
        {"seat": "x"},
    ]
    assert [admin.post(f"{base}/seats", sent | change).status_code for change in wrong] == [422] * 5
    assert admin.post(f"{base}/seats", sent).status_code == 303
    number = number_of(lasting_app, "member7@demo.vn")
    with resources_of(lasting_app).database.reading() as db:
        seat = db.scalars(
            select(BodyMember).where(BodyMember.body_id == "tt_bcdtw", BodyMember.user_id == number)
        ).one()
    assert admin.post(f"{base}/seats/{seat.id}/end").status_code == 303
    assert admin.post(f"{base}/seats/{seat.id}/end").status_code == 404
    told = {"user": number, "seat": "member", "title": "Ủy viên"}
    assert events(lasting_app, "body.seat_given", "body.seat_ended") == [
        ("body.seat_given", "body:tt_bcdtw", {"old": None, "new": told}),
        ("body.seat_ended", "body:tt_bcdtw", {"old": told, "new": None}),
    ]


def test_rules_of_a_body(lasting_app, admin):
    url = "/admin/bodies/bcdtw"
    wrong = [{"quorum": "3/2"}, {"quorum": "0/2"}, {"quorum": "hai phần ba"}, {"quorum": "1/0"}, {"mode": "dice"}]
    sent = {"quorum": "3/4", "mode": "consensus"}
    assert [admin.post(url, sent | change).status_code for change in wrong] == [422] * 5
    assert admin.post(url, sent).status_code == 303
    data = {"old": {"quorum": "2/3", "mode": "ballot"}, "new": sent}
    assert events(lasting_app, "body.rules_set") == [("body.rules_set", "body:bcdtw", data)]
    assert admin.get("/admin/bodies/byt").status_code == 404
