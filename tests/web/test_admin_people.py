"""An administrator finds people, gives and ends roles; nobody else does, and nobody sees a text or a score there."""

from __future__ import annotations

import pytest
from flask import Flask

from intake.services import accounts
from intake.services.demo_accounts import ACCOUNTS
from tests import factories
from tests.web.account_world import (
    GOOD,
    by_password,
    enrolled,
    events,
    link_in,
    number_of,
    only_link,
    post,
    registered,
    resources_of,
)
from tests.web.conftest import Visitor
from tests.web.desk_world import ADMIN, APPLICANT

OTHERS = sorted({account.memberships[0][0]: account.email for account in ACCOUNTS if account.email != ADMIN}.values())


@pytest.fixture(scope="module")
def admin(lasting_app: Flask) -> Visitor:
    return by_password(lasting_app, ADMIN)


def addresses(app: Flask) -> list[str]:
    """Every page of the administration, with somebody's number where one is needed."""
    found = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin") and "GET" in (rule.methods or ())
    ]
    values = {
        "<int:user_id>": "1",
        "<organisation_id>": "byt",
        "<body_id>": "tt_bcdtw",
        "<issuer>": "tt_bcdtw",
        "<subject>": "ht1",
    }
    for name, value in values.items():
        found = [path.replace(name, value) for path in found]
    return sorted(path for path in found if "<" not in path)  # a sample of a letterhead is there once it was made


def test_pages_open_for_an_administrator_only(lasting_app, admin):
    pages = addresses(lasting_app)
    assert len(pages) == 17
    assert {page: admin.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert Visitor(lasting_app).get("/admin").headers["Location"] == "/login?next=%2Fadmin"


@pytest.mark.parametrize("email", OTHERS)
def test_every_other_role_is_refused(lasting_app, email):
    other = Visitor(lasting_app)
    other.post("/demo", {"email": email})
    pages = addresses(lasting_app)
    assert {page: other.get(page).status_code for page in pages} == dict.fromkeys(pages, 403)
    sent = {"reason": "x", "role": "administrator", "email": "a@b.vn"}
    assert other.post("/admin/users/1/roles", sent).status_code == 403
    assert other.post("/admin/users/1/deactivate", sent).status_code == 403
    assert "/admin" not in other.get("/help").text


def test_an_administrator_sees_no_proposal(lasting_app, admin):
    with resources_of(lasting_app).database.writing() as db:
        code = factories.proposal(db, "ministry_review", title="Chỉ có trong đề xuất").code
    assert [admin.get(f"/proposals/{code}{rest}").status_code for rest in ("", "/text", "/staff", "/review")] == [
        404
    ] * 4
    assert [admin.get(page).status_code for page in ("/queue", "/ranking", "/sessions")] == [403] * 3
    texts = [admin.get(page).text for page in addresses(lasting_app)]
    assert [text for text in texts if code in text or "Chỉ có trong đề xuất" in text] == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("do thi anh", ["ministry.lead@demo.vn"]),
        ("ENGINEER.HT1", ["engineer.ht1@demo.vn"]),
        ("%", []),
        ("anh ẩn xyz", []),
    ],
)
def test_people_are_found_by_name_and_address(admin, typed, found):
    shown = admin.get("/admin/users", query_string={"q": typed}).text
    assert [email for email in (account.email for account in ACCOUNTS) if email in shown] == found


def test_a_long_list_goes_on_without_losing_anybody(lasting_app, admin):
    with resources_of(lasting_app).database.writing() as db:
        for number in range(60):
            factories.person(db, f"dong{number:02d}")
    first = admin.get("/admin/users?q=dong").text
    after = first.split("after=")[1].split('"')[0]
    second = admin.get(f"/admin/users?q=dong&after={after}").text
    shown = [page.count("@example.vn</span>") for page in (first, second)]
    assert shown == [50, 10]


def test_an_account_is_opened_with_a_role_and_a_link(lasting_app, admin):
    email = "chuyenvien@example.vn"
    sent = {"name": "Ngô Chuyên Viên", "email": email, "language": "en", "role": "ministry_reviewer"}
    refused = admin.post("/admin/users/new?lang=vi", sent)
    assert (refused.status_code, "Chọn tổ chức: vai trò này" in refused.text) == (422, True)
    assert 'value="Ngô Chuyên Viên"' in refused.text
    answer = admin.post("/admin/users/new", sent | {"organisation": "byt"})
    number = number_of(lasting_app, email)
    assert answer.headers["Location"] == f"/admin/users/{number}"
    [mail] = post(lasting_app)
    assert (mail.to, mail.subject) == (email, "Your account for breakthrough initiatives")
    new = Visitor(lasting_app)
    assert new.post(link_in(mail), {"password": GOOD, "again": GOOD}).headers["Location"] == "/queue"
    granted = events(lasting_app, "membership.granted")[-1]
    assert granted == (
        "membership.granted",
        f"user:{number}",
        {"role": "ministry_reviewer", "organisation": "byt", "system": None},
    )
    assert admin.post("/admin/users/new", sent | {"organisation": "byt"}).status_code == 422


def test_a_role_is_given_and_ended_with_effect_at_once(lasting_app, admin):
    email = "vaitro@example.vn"
    person, number = registered(lasting_app, email), number_of(lasting_app, email)
    post(lasting_app)
    base = f"/admin/users/{number}"
    wrong = (
        {"role": ""},
        {"role": "king"},
        {"role": "engineer"},
        {"role": "applicant"},
        {"role": "secretary", "is_manager": "y"},
    )
    assert [admin.post(f"{base}/roles", sent).status_code for sent in wrong] == [422] * 5
    assert admin.post(f"{base}/roles", {"role": "secretary", "organisation": "vptw"}).status_code == 303
    assert [mail.subject for mail in post(lasting_app)] == ["Bạn được giao một vai trò"]
    own = person.get("/act-as").text
    membership = own.split('name="membership" value="')[1].split('"')[0]
    person.post("/act-as", {"membership": membership})
    assert person.get("/ranking").status_code == 200
    assert admin.post(f"{base}/roles/{membership}/end", {"reason": ""}).status_code == 422
    foreign = f"/admin/users/{number_of(lasting_app, APPLICANT)}/roles/{membership}/end"
    assert admin.post(foreign, {"reason": "nhầm"}).status_code == 404
    assert admin.post(f"{base}/roles/{membership}/end", {"reason": "Hết nhiệm kỳ"}).status_code == 303
    assert person.get("/ranking").status_code == 403
    data = {"role": "secretary", "organisation": "vptw", "system": None, "reason": "Hết nhiệm kỳ"}
    assert events(lasting_app, "membership.ended")[-1] == ("membership.ended", f"user:{number}", data)
    assert "Hết nhiệm kỳ" not in admin.get(base).text
    assert admin.post(f"{base}/roles/{membership}/end", {"reason": "lại"}).status_code == 404


def test_the_last_administrator_stays(lasting_app, admin):
    number = number_of(lasting_app, ADMIN)
    assert admin.post(f"/admin/users/{number}/deactivate", {"reason": "x"}).status_code == 409
    with resources_of(lasting_app).database.reading() as db:
        [held] = accounts.memberships_of(db, number)
    assert admin.post(f"/admin/users/{number}/roles/{held.id}/end", {"reason": "x"}).status_code == 409
    assert admin.get("/admin").status_code == 200


def test_a_lost_second_factor_is_removed_with_a_reason(lasting_app, admin):
    email = "matmay@example.vn"
    person = registered(lasting_app, email)
    enrolled(person)
    url = f"/admin/users/{number_of(lasting_app, email)}/second-factor/remove"
    assert admin.post(url, {"reason": " "}).status_code == 422
    post(lasting_app)
    assert admin.post(url, {"reason": "Mất điện thoại"}).status_code == 303
    assert [mail.to for mail in post(lasting_app)] == [email]
    assert person.get("/account").status_code == 303
    assert by_password(lasting_app, email, GOOD).get("/account").status_code == 200
    assert admin.post(url, {"reason": "lại"}).status_code == 409


def test_a_closed_account_gets_no_link(lasting_app, admin):
    email = "dong@example.vn"
    registered(lasting_app, email)
    base = f"/admin/users/{number_of(lasting_app, email)}"
    assert admin.post(f"{base}/link").status_code == 303
    url = only_link(lasting_app, email)
    assert admin.post(f"{base}/deactivate", {"reason": "x"}).status_code == 303
    assert Visitor(lasting_app).get(url).status_code == 404
    assert admin.post(f"{base}/link").status_code == 409
    assert admin.post(f"{base}/deactivate", {"reason": "x"}).status_code == 409
    assert admin.get("/admin/users/999999").status_code == 404
