"""Signing in by password and by link, signing out everywhere, and never being led away."""

from __future__ import annotations

import pytest
import time_machine

from intake import clock
from intake.services import accounts, links
from intake.services.demo_desks import person
from intake.web.redirects import inside
from tests.conftest import PASSWORD
from tests.web.conftest import Visitor


@pytest.fixture
def peopled_url(peopled_sqlite_url: str) -> str:
    """Signing in is the same on each engine."""
    return peopled_sqlite_url


WHO = "ministry.lead@demo.vn"


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/act-as").status_code == 200


def test_password_signs_in_and_leads_to_the_own_desk(visitor):
    answer = visitor.post("/login", {"email": f" {WHO.upper()} ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/queue")
    assert "Đỗ Thị Ánh, Bộ Y tế" in " ".join(visitor.get("/help").text.split())


@pytest.mark.parametrize(("email", "password"), [(WHO, PASSWORD + "x"), ("nobody@demo.vn", PASSWORD), ("", "")])
def test_wrong_password_shows_the_form_again_without_saying_which_was_wrong(reader, email, password):
    answer = reader.post("/login?lang=en", {"email": email, "password": password})
    assert answer.status_code == 422
    expected = "The address or the password is not right" if email else "Enter your e-mail address"
    assert expected in answer.text
    assert password == "" or password not in answer.text
    assert not is_signed_in(reader)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "\\/evil", "/a\nb", "x"]
)
def test_next_never_leads_away(reader, target):
    shown = reader.get("/login", query_string={"next": target})
    assert 'name="next" value=""' in shown.text
    assert inside(target, "/home") == "/home"


def test_next_leads_back_inside(visitor):
    shown = visitor.get("/act-as?x=1")
    assert shown.headers["Location"] == "/login?next=%2Fact-as%3Fx%3D1"
    assert 'name="next" value="/act-as?x=1"' in visitor.get(shown.headers["Location"]).text
    answer = visitor.post("/login", {"email": WHO, "password": PASSWORD, "next": "/act-as?x=1"})
    assert answer.headers["Location"] == "/act-as?x=1"
    answer = visitor.post("/login", {"email": WHO, "password": PASSWORD, "next": "//evil.example"})
    assert answer.headers["Location"] == "/queue"


def test_copied_cookie_is_dead_after_signing_out(app, sign_in):
    owner, thief = sign_in(WHO), Visitor(app)
    thief.client.set_cookie("session", owner.client.get_cookie("session").value)
    assert is_signed_in(thief)
    assert owner.post("/logout").headers["Location"] == "/"
    assert (is_signed_in(owner), is_signed_in(thief)) == (False, False)


def test_signing_in_starts_a_fresh_cookie(lasting_app):
    visitor = Visitor(lasting_app)
    visitor.token()
    with visitor.client.session_transaction() as before:
        before["planted"] = "by somebody else"
        old = before["csrf_token"]
    visitor.post("/login", {"email": WHO, "password": PASSWORD})
    with visitor.client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != old


def test_idle_login_ends_and_a_used_one_lives_on(sign_in):
    visitor = sign_in(WHO)
    start = clock.now()
    for minutes, expected in ((100, True), (200, True), (319, True), (440, False)):
        with time_machine.travel(start.timestamp() + 60 * minutes, tick=False):
            assert is_signed_in(visitor) is expected, minutes


def test_login_ends_after_twelve_hours_even_when_used(sign_in):
    visitor = sign_in(WHO)
    start = clock.now().timestamp()
    seen = []
    for hours in range(1, 14):
        with time_machine.travel(start + 3600 * hours, tick=False):
            seen.append(is_signed_in(visitor))
    assert seen == [True] * 11 + [False] * 2


def test_failures_are_limited_and_success_is_not(lasting_app):
    stranger = Visitor(lasting_app)
    tried = [PASSWORD if n == 4 else f"guess {n}" for n in range(11)]
    answers = [stranger.post("/login", {"email": WHO, "password": password}).status_code for password in tried]
    assert answers == [422] * 4 + [303] + [422] * 6
    refused = stranger.post("/login", {"email": WHO, "password": PASSWORD})
    assert (refused.status_code, "Thử quá nhiều lần" in refused.text) == (429, True)


@pytest.fixture
def link(database):
    def issued(purpose: str) -> str:
        with database.writing() as db:
            return "/link/" + links.issue(db, person(db, WHO), purpose)

    return issued


def test_link_sets_a_password_once_and_opening_it_changes_nothing(app, sign_in, visitor, link):
    elsewhere, url = sign_in(WHO), link("set_password")
    assert [visitor.get(url).status_code for _ in range(3)] == [200] * 3
    new = {"password": "một câu ngắn dễ nhớ", "again": "một câu ngắn dễ nhớ"}
    assert visitor.post(url, new | {"again": "khác"}).status_code == 422
    assert visitor.post(url, {"password": "ngắn", "again": "ngắn"}).status_code == 422
    assert visitor.post(url, new).headers["Location"] == "/queue"
    assert is_signed_in(visitor)
    assert not is_signed_in(elsewhere)
    late = Visitor(app)
    assert (late.get(url).status_code, late.post(url, new).status_code) == (404, 404)
    assert late.post("/login", {"email": WHO, "password": PASSWORD}).status_code == 422
    assert late.post("/login", {"email": WHO, "password": new["password"]}).status_code == 303


def test_sign_in_link_works_once(visitor, link):
    url = link("sign_in")
    assert visitor.get(url).status_code == 200
    assert visitor.post(url).headers["Location"] == "/queue"
    assert is_signed_in(visitor)
    assert visitor.post(url).status_code == 404


def test_change_of_role_shows_in_the_header_and_only_own_roles_count(app, sign_in, database):
    deputy = sign_in("member1@demo.vn")
    with database.reading() as db:
        own = accounts.memberships_of(db, person(db, "member1@demo.vn").id)
        foreign = accounts.memberships_of(db, person(db, "admin@demo.vn").id)
    assert [m.role for m in own] == ["committee_member", "committee_chair"]
    assert "Acting as: Committee member" in deputy.get("/help?lang=en").text
    assert deputy.post("/act-as", {"membership": str(own[1].id)}).status_code == 303
    assert "Acting as: Committee chair" in deputy.get("/help").text
    for wrong in (str(foreign[0].id), "", "x", "9" * 30, "-1"):
        assert deputy.post("/act-as", {"membership": wrong}).status_code == 404
    assert "Acting as: Committee chair" in deputy.get("/help").text
