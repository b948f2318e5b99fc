"""Members of an organisation: invited and removed by its manager, and by nobody else."""

from __future__ import annotations

import re

import pytest
import time_machine

from intake import clock
from intake.services.demo_accounts import UNIVERSITY
from tests.web.account_world import GOOD, by_password, events, link_in, number_of, only_link, post, registered
from tests.web.conftest import Visitor

MANAGER = "organisation@demo.vn"
ENDS = re.compile(r'action="(/members/\d+/end)"')
WITHDRAWALS = re.compile(r'action="(/members/invitations/\d+/end)"')
PERSON = {"name": "Hoàng Văn Thành", "password": GOOD, "again": GOOD}


def invited(app, manager: Visitor, email: str, **more: str) -> str:
    assert manager.post("/members", {"email": email} | more).headers["Location"] == "/members"
    return only_link(app, email)


def test_somebody_new_joins_and_proposes_for_the_organisation(lasting_app):
    manager, email = by_password(lasting_app, MANAGER), "thanhvien@example.vn"
    url = invited(lasting_app, manager, email)
    guest = Visitor(lasting_app)
    shown = guest.get(url).text
    assert ("Lê Hoàng Ẩn mời bạn" in shown, "Trường Đại học Minh họa" in shown) == (True, True)
    assert guest.post(url, PERSON | {"again": "khác"}).status_code == 422
    assert guest.post(url, PERSON).headers["Location"] == "/proposals"
    assert "Hoàng Văn Thành, Trường Đại học Minh họa" in " ".join(guest.get("/proposals").text.split())
    assert guest.get(url).status_code == 404
    subject = f"user:{number_of(lasting_app, email)}"
    granted = [data for _, about, data in events(lasting_app, "membership.granted") if about == subject]
    individual = {"role": "applicant", "organisation": None, "system": None}
    assert granted == [individual, individual | {"organisation": UNIVERSITY}]
    assert guest.get("/members").status_code == 403


def test_an_account_that_exists_joins_without_a_new_password(lasting_app):
    email = "dacotk@example.vn"
    registered(lasting_app, email)
    url = invited(lasting_app, by_password(lasting_app, MANAGER), email, is_manager="y")
    guest = Visitor(lasting_app)
    assert 'name="password"' not in guest.get(url).text
    assert guest.post(url).headers["Location"] == "/login?next=/proposals"
    own = by_password(lasting_app, email, GOOD)
    number = re.findall(r'name="membership" value="(\d+)"', own.get("/act-as").text)
    assert own.post("/act-as", {"membership": number[0]}).status_code == 303
    assert own.get("/members").status_code == 200


def test_inviting_does_not_tell_whether_an_address_has_an_account(lasting_app):
    manager, answers = by_password(lasting_app, MANAGER), []
    for email in ("applicant@demo.vn", "khongai@example.vn"):
        answer = manager.post("/members", {"email": email})
        answers.append((answer.status_code, answer.headers["Location"], answer.data))
        [mail] = post(lasting_app)
        assert (mail.to, mail.subject) == (email, "Lời mời tham gia Trường Đại học Minh họa")
    assert answers[0] == answers[1]


@pytest.mark.parametrize("email", ["applicant@demo.vn", "secretary@demo.vn", "admin@demo.vn"])
def test_nobody_else_manages_members(lasting_app, email):
    other = by_password(lasting_app, email)
    assert other.get("/members").status_code == 403
    assert other.post("/members", {"email": "x@example.vn"}).status_code == 403
    assert other.post("/members/1/end").status_code == 403
    assert "/members" not in other.get("/account").text


def test_a_manager_reaches_only_the_own_organisation(lasting_app):
    manager = by_password(lasting_app, MANAGER)
    shown = manager.get("/members").text
    assert ENDS.findall(shown) != []
    assert manager.post("/members/1/end").status_code == 404  # the applicant of the demonstration
    assert manager.post("/members/999999/end").status_code == 404


def test_a_removed_member_no_longer_acts_for_the_organisation(lasting_app):
    manager, email = by_password(lasting_app, MANAGER), "roidi@example.vn"
    url = invited(lasting_app, manager, email)
    guest = Visitor(lasting_app)
    guest.post(url, PERSON | {"name": "A Người Đi"})
    post(lasting_app)
    assert manager.post(ENDS.findall(manager.get("/members").text)[0]).status_code == 303
    assert "Trường Đại học Minh họa" not in guest.get("/proposals").text
    [mail] = post(lasting_app)
    assert (mail.to, mail.subject) == (email, "Một vai trò của bạn đã kết thúc")
    ended = events(lasting_app, "membership.ended")[-1]
    assert (ended[1], ended[2]["organisation"]) == (f"user:{number_of(lasting_app, email)}", UNIVERSITY)


def test_an_invitation_dies_when_withdrawn_replaced_or_old(lasting_app):
    manager, guest, email = by_password(lasting_app, MANAGER), Visitor(lasting_app), "cho@example.vn"
    first, second = (invited(lasting_app, manager, email) for _ in range(2))
    assert [guest.get(url).status_code for url in (first, second)] == [404, 200]
    with time_machine.travel(clock.now().timestamp() + 15 * 24 * 3600, tick=False):
        assert guest.get(second).status_code == 404
    [*_, last] = WITHDRAWALS.findall(manager.get("/members").text)
    assert manager.post(last).status_code == 303
    assert guest.post(second, PERSON).status_code == 404
    assert manager.post(last).status_code == 404


def test_bad_addresses_are_said(lasting_app):
    answer = by_password(lasting_app, MANAGER).post("/members", {"email": "không phải"})
    assert (answer.status_code, 'value="không phải"' in answer.text) == (422, True)
    assert [link_in(mail) for mail in post(lasting_app)] == []
