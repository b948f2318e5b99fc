"""The second factor, the list of devices, and the change of a password, as their owner and as a thief see them."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask

from intake import clock
from intake.config import Settings, UnsafeSettings
from intake.web.formats import moment
from tests.apps import running_app
from tests.conftest import PASSWORD
from tests.web.account_world import (
    GOOD,
    by_password,
    code_now,
    enrolled,
    events,
    is_signed_in,
    number_of,
    post,
    registered,
)
from tests.web.conftest import Visitor

ENDS = re.compile(r'action="(/account/logins/\d+/end)"')
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def test_a_second_factor_is_asked_at_every_sign_in_and_each_code_works_once(lasting_app):
    email = "hailop@example.vn"
    visitor, elsewhere = registered(lasting_app, email), by_password(lasting_app, email, GOOD)
    visitor.post("/account/second-factor")
    page = visitor.get("/account/second-factor").text
    assert ('class="app-qr"' in page, "style=" in page) == (True, False)
    assert visitor.post("/account/second-factor/confirm", {"code": "000000"}).status_code == 422
    secret, codes = enrolled(visitor)
    assert (len(codes), len(set(codes)), {len(code) for code in codes}) == (10, 10, {19})
    assert (is_signed_in(visitor), is_signed_in(elsewhere)) == (True, False)
    assert [one[0] for one in events(lasting_app, "second_factor.enrolled")] == ["second_factor.enrolled"]
    assert [mail.subject for mail in post(lasting_app)] == ["Tài khoản của bạn: xác thực hai lớp"]

    other = by_password(lasting_app, email, GOOD)
    assert other.get("/proposals").headers["Location"] == "/login?next=%2Fproposals"
    assert other.post("/login/code", {"code": code_now(secret)}).status_code == 422  # taken when it was confirmed
    with time_machine.travel(clock.now().timestamp() + 60, tick=False):
        code = code_now(secret)
        assert other.post("/login/code", {"code": code}).headers["Location"] == "/proposals"
        thief = by_password(lasting_app, email, GOOD)
        assert thief.post("/login/code", {"code": code}).status_code == 422
        spoken = codes[0].lower().replace("-", " ")
        assert thief.post("/login/code", {"code": spoken}).headers["Location"] == "/proposals"
        again = by_password(lasting_app, email, GOOD)
        assert again.post("/login/code", {"code": codes[0]}).status_code == 422


def test_a_secret_that_was_not_confirmed_in_time_is_thrown_away(lasting_app):
    visitor = registered(lasting_app, "bodo@example.vn")
    visitor.post("/account/second-factor")
    old = visitor.get("/account/second-factor").text
    with time_machine.travel(clock.now().timestamp() + 31 * 60, tick=False):
        late = visitor.get("/account/second-factor").text
        assert ('id="key"' in old, 'id="key"' in late) == (True, False)
        assert visitor.post("/account/second-factor/confirm", {"code": "123456"}).status_code == 422
        secret, _ = enrolled(visitor)
    assert " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)) not in old


def test_wrong_codes_are_limited(lasting_app):
    email = "doanma@example.vn"
    _, codes = enrolled(registered(lasting_app, email))
    thief = by_password(lasting_app, email, GOOD)
    answers = [thief.post("/login/code", {"code": f"{n:06d}"}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    from_elsewhere = by_password(lasting_app, email, GOOD)
    assert from_elsewhere.post("/login/code", {"code": codes[0]}).status_code == 429


def test_a_password_alone_waits_ten_minutes_for_the_code(lasting_app):
    email = "cham@example.vn"
    _, codes = enrolled(registered(lasting_app, email))
    slow = by_password(lasting_app, email, GOOD)
    with time_machine.travel(clock.now().timestamp() + 11 * 60, tick=False):
        assert slow.post("/login/code", {"code": codes[0]}).headers["Location"] == "/login"
    assert not is_signed_in(slow)
    assert Visitor(lasting_app).get("/login/code").headers["Location"] == "/login"


def test_codes_are_renewed_and_the_factor_removed_with_the_password_only(lasting_app):
    email = "gobo@example.vn"
    visitor = registered(lasting_app, email)
    _, codes = enrolled(visitor)
    for path in ("codes", "remove"):
        assert visitor.post(f"/account/second-factor/{path}", {"current": "không phải"}).status_code == 422
    renewed = visitor.post("/account/second-factor/codes", {"current": GOOD})
    fresh = re.findall(r'<li class="app-num">([0-9A-Z-]+)</li>', renewed.text)
    assert (len(fresh), set(fresh) & set(codes)) == (10, set())
    other = by_password(lasting_app, email, GOOD)
    assert other.post("/login/code", {"code": codes[1]}).status_code == 422
    assert visitor.post("/account/second-factor/remove", {"current": GOOD}).headers["Location"] == "/login"
    assert not is_signed_in(visitor)
    assert is_signed_in(by_password(lasting_app, email, GOOD))


@pytest.fixture
def strict_app(lasting_settings):
    with running_app(lasting_settings.model_copy(update={"require_mfa": True})) as made:
        yield made


def test_officials_act_only_after_a_second_factor(strict_app: Flask):
    secretary = by_password(strict_app, "secretary@demo.vn")
    for path in ("/queue", "/ranking", "/sessions"):
        assert secretary.get(path).headers["Location"] == "/account/second-factor"
    sent = secretary.post("/sessions/new", {"place": "Hà Nội, phòng họp số 5"})
    assert (sent.status_code, "Hà Nội, phòng họp số 5" in sent.text) == (403, True)
    assert "Vai trò của bạn cần xác thực hai lớp" in secretary.get("/account/second-factor").text
    enrolled(secretary)
    assert secretary.get("/queue").status_code == 200
    assert by_password(strict_app, "applicant@demo.vn").get("/proposals").status_code == 200


def test_devices_are_listed_and_ended_one_by_one(lasting_app):
    email = "thietbi@example.vn"
    here, stranger = registered(lasting_app, email), by_password(lasting_app, "adviser@demo.vn")
    there = Visitor(lasting_app)
    there.client.environ_base["HTTP_USER_AGENT"] = CHROME
    there.post("/login", {"email": email, "password": GOOD})
    page = here.get("/account/logins?lang=en").text
    assert ("Chrome, Windows" in page, "127.0.0.1" in page, "this device" in page) == (True, True, True)
    ends = ENDS.findall(page)
    assert len(ends) == 2
    assert [stranger.post(url).status_code for url in ends] == [404, 404]
    assert is_signed_in(there)
    assert here.post(ends[0]).status_code == 303  # the last used comes first
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert here.post(ends[0]).status_code == 404


def test_sign_out_everywhere(lasting_app):
    email = "moinoi@example.vn"
    here, there = registered(lasting_app, email), by_password(lasting_app, email, GOOD)
    assert here.post("/account/logins/end-all").headers["Location"] == "/login"
    assert (is_signed_in(here), is_signed_in(there)) == (False, False)
    assert events(lasting_app, "login.all_ended") == [
        ("login.all_ended", f"user:{number_of(lasting_app, email)}", {"count": 2})
    ]


def test_last_seen_moves_in_steps(lasting_app):
    visitor = registered(lasting_app, "thayluc@example.vn")
    start = clock.now().timestamp()
    with time_machine.travel(start + 3600, tick=False):
        assert is_signed_in(visitor)
        seen = visitor.get("/account/logins").text
    assert moment(clock.now().fromtimestamp(start + 3600, tz=clock.now().tzinfo), "vi") in seen


def test_a_changed_password_signs_other_devices_out_and_stays_here(lasting_app):
    email = "doimk@example.vn"
    here, there = registered(lasting_app, email), by_password(lasting_app, email, GOOD)
    new = "thuyền giấy trên mái nhà"
    wrong = here.post("/account/password", {"current": PASSWORD, "password": new, "again": new})
    assert (wrong.status_code, "Đây không phải mật khẩu hiện tại." in wrong.text, new in wrong.text) == (
        422,
        True,
        False,
    )
    weak = here.post("/account/password", {"current": GOOD, "password": email, "again": email})
    assert weak.status_code == 422
    answer = here.post("/account/password", {"current": GOOD, "password": new, "again": new})
    assert answer.headers["Location"] == "/account"
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert Visitor(lasting_app).post("/login", {"email": email, "password": GOOD}).status_code == 422
    assert is_signed_in(by_password(lasting_app, email, new))


def test_the_cookie_of_a_password_says_nothing_after_a_new_one(lasting_app):
    email = "cu@example.vn"
    visitor = registered(lasting_app, email)
    _, codes = enrolled(visitor)
    thief = by_password(lasting_app, email, GOOD)
    new = "thuyền giấy trên mái nhà"
    visitor.post("/account/password", {"current": GOOD, "password": new, "again": new})
    assert thief.post("/login/code", {"code": codes[0]}).headers["Location"] == "/login"
    assert is_signed_in(visitor)


def test_production_asks_officials_for_a_second_factor_and_cannot_be_told_not_to(tmp_path):
    safe = {
        "env": "production",
        "data_dir": tmp_path,
        "secret_key": "x" * 40,
        "base_url": "https://intake.example",
        "mail_url": "smtp://mail.example",
    }
    assert Settings.model_validate(safe).require_mfa is True
    with pytest.raises(UnsafeSettings, match="INTAKE_REQUIRE_MFA must not be switched off"):
        Settings.model_validate(safe | {"require_mfa": False})
