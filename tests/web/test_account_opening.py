"""Opening an account, and a new password for a forgotten one: the answer is the same whether an address is known."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from intake import clock
from intake.models import Outbox, User
from tests.web.account_world import (
    GOOD,
    by_password,
    events,
    is_signed_in,
    link_in,
    number_of,
    only_link,
    post,
    registered,
    resources_of,
)
from tests.web.conftest import Visitor

KNOWN, CLOSED, NEW = "applicant@demo.vn", "member8@demo.vn", "moi@example.vn"


@pytest.fixture(scope="module", autouse=True)
def closed(lasting_app: Flask) -> None:
    with resources_of(lasting_app).database.writing() as db:
        db.execute(update(User).where(User.email == CLOSED).values(is_active=False))


def test_an_account_opens_with_the_link_in_the_mail(lasting_app):
    visitor = Visitor(lasting_app)
    answer = visitor.post("/account/new", {"name": "  Trần  Văn Mới ", "email": " Moi@Example.VN "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/new/sent")
    [mail] = post(lasting_app)
    assert (mail.to, mail.subject) == (NEW, "Xác nhận địa chỉ của bạn")
    url = link_in(mail)
    assert [visitor.get(url).status_code for _ in range(2)] == [200, 200]
    weak = visitor.post(url, {"password": "tranvanmoi2026", "again": "tranvanmoi2026"})
    assert (weak.status_code, "ba hoặc bốn từ" in weak.text) == (422, True)
    assert visitor.post(url, {"password": GOOD, "again": "khác"}).status_code == 422
    opened = visitor.post(url, {"password": GOOD, "again": GOOD})
    assert (opened.status_code, opened.headers["Location"]) == (303, "/proposals")
    subject = f"user:{number_of(lasting_app, NEW)}"
    granted = {"role": "applicant", "organisation": None, "system": None}
    assert [one for one in events(lasting_app, "account.opened", "membership.granted") if one[1] == subject] == [
        ("account.opened", subject, {}),
        ("membership.granted", subject, granted),
    ]
    assert "Trần Văn Mới" in visitor.get("/account").text
    assert (visitor.get(url).status_code, visitor.post(url, {"password": GOOD, "again": GOOD}).status_code) == (
        404,
        404,
    )
    assert is_signed_in(by_password(lasting_app, NEW, GOOD))


@pytest.mark.parametrize("page", ["/account/new", "/login/forgotten"])
def test_the_answer_does_not_tell_whether_an_address_is_known(lasting_app, page):
    answers, mails = [], []
    for email in (KNOWN, CLOSED, f"nobody{len(page)}@example.vn"):
        visitor = Visitor(lasting_app)
        answer = visitor.post(page, {"name": "Ai Đó", "email": email})
        shown = visitor.get(answer.headers["Location"])
        answers.append((answer.status_code, answer.headers["Location"], answer.data, page_of(shown.text)))
        mails += [(mail.to == email, mail.subject) for mail in post(lasting_app)]
    assert answers == [answers[0]] * 3
    told = {
        "/account/new": ["Bạn đã có tài khoản", "Xác nhận địa chỉ của bạn", "Xác nhận địa chỉ của bạn"],
        "/login/forgotten": ["Đặt mật khẩu mới", *["Không có tài khoản nào dùng địa chỉ này"] * 2],
    }
    assert mails == [(True, subject) for subject in told[page]]


def page_of(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_a_closed_account_is_not_opened_by_registering_again(lasting_app):
    visitor = Visitor(lasting_app)
    visitor.post("/account/new", {"name": "Ai Đó", "email": CLOSED})
    url = only_link(lasting_app, CLOSED)
    assert visitor.post(url, {"password": GOOD, "again": GOOD}).status_code == 404
    assert not is_signed_in(visitor)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", NEW),
        ("Ai", ""),
        ("Ai", "a@b"),
        ("Ai", "a b@c.vn"),
        ("Ai", "x" * 300 + "@c.vn"),
        ("x" * 300, NEW),
        ("Ai", "@"),
    ],
)
def test_bad_input_is_kept_and_said(lasting_app, name, email):
    answer = Visitor(lasting_app).post("/account/new?lang=en", {"name": name, "email": email})
    assert (answer.status_code, "Some places need correction" in answer.text) == (422, True)
    assert f'value="{name}"' in answer.text or not name
    assert post(lasting_app) == []


def test_a_registration_link_lasts_a_day(lasting_app):
    visitor = Visitor(lasting_app)
    visitor.post("/account/new", {"name": "Ai Đó", "email": "mai@example.vn"})
    url, start = only_link(lasting_app, "mai@example.vn"), clock.now().timestamp()
    for hours, expected in ((23, 200), (25, 404)):
        with time_machine.travel(start + 3600 * hours, tick=False):
            assert visitor.get(url).status_code == expected


def test_mails_to_one_address_are_limited(lasting_app):
    sent = {"name": "Ai Đó", "email": "nhieu@example.vn"}
    answers = [Visitor(lasting_app).post("/account/new", sent).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    assert len(post(lasting_app)) == 5


def test_a_new_password_for_a_forgotten_one(lasting_app):
    email = "quen@example.vn"
    elsewhere = registered(lasting_app, email)
    post(lasting_app)
    visitor = Visitor(lasting_app)
    first, second = (ask_reset(lasting_app, visitor, email) for _ in range(2))
    assert visitor.get(first).status_code == 404
    new = "thuyền giấy trên mái nhà"
    assert visitor.post(second, {"password": new, "again": new}).headers["Location"] == "/proposals"
    assert (is_signed_in(visitor), is_signed_in(elsewhere)) == (True, False)
    assert [mail.subject for mail in post(lasting_app)] == ["Mật khẩu của bạn đã được thay đổi"]
    assert visitor.get(second).status_code == 404
    assert Visitor(lasting_app).post("/login", {"email": email, "password": GOOD}).status_code == 422
    assert is_signed_in(by_password(lasting_app, email, new))


def ask_reset(app: Flask, visitor: Visitor, email: str) -> str:
    visitor.post("/login/forgotten", {"email": email})
    return only_link(app, email)


def test_a_reset_link_lasts_two_hours_and_is_forgotten_once_sent(lasting_app):
    visitor, start = Visitor(lasting_app), clock.now().timestamp()
    url = ask_reset(lasting_app, visitor, KNOWN)
    with resources_of(lasting_app).database.reading() as db:
        kept = db.scalars(select(Outbox).order_by(Outbox.id.desc()).limit(1)).one().payload
    assert (kept["to"], kept["path"]) == (KNOWN, "/")
    for minutes, expected in ((119, 200), (121, 404)):
        with time_machine.travel(start + 60 * minutes, tick=False):
            assert visitor.get(url).status_code == expected


def test_mails_are_in_the_language_of_their_reader(lasting_app):
    visitor = registered(lasting_app, "english@example.vn", "Some Body")
    assert visitor.post("/account", {"name": "Some Body", "language": "en"}).status_code == 303
    assert "Your account" in visitor.get("/account").text
    Visitor(lasting_app).post("/login/forgotten?lang=vi", {"email": "english@example.vn"})
    [mail] = post(lasting_app)
    assert mail.subject == "Set a new password"
    assert "The link works once, for two hours." in mail.body
