"""Form tokens, headers, hostile input, the language, and error pages."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Blueprint, g, request
from sqlalchemy import func, select

from intake import clock
from intake.app import create_app
from intake.config import Settings
from intake.errors import DeclareFirst, IllegalMove, Incomplete, Invalid
from intake.i18n import N_
from intake.models import Clearance, User
from intake.web.rights import public, requires
from tests.web.conftest import Visitor

HOSTILE = [
    "\0",
    "%00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "𝕳" * 40,
    "a" * 20_000,
    "'\"><svg>",
    "%",
]


@pytest.fixture(scope="module")
def planted(lasting_settings: Settings):
    """The application with pages that go wrong in every way."""
    bp = Blueprint("planted", __name__)

    def raising(error: Exception):
        def view(**_):
            raise error

        return public(view)

    rows = {
        "declare/<code>": DeclareFirst(),
        "illegal": IllegalMove(),
        "invalid": Invalid(errors=[("scores.urgency", N_("Enter plain text."))]),
        "incomplete": Incomplete(problems=[{"message": N_("Enter plain text."), "url": "/proposals/X/edit/1"}]),
        "broken": ZeroDivisionError("secret of the house"),
    }
    for path, error in rows.items():
        bp.add_url_rule(f"/planted/{path}", path.split("/")[0], raising(error), methods=["GET", "POST"])

    @bp.route("/planted/half", methods=["POST"])
    @public
    def half():
        g.db.add(User(email=f"half{request.form['status']}@demo.vn", name="Half", created_at=clock.now()))
        g.db.flush()
        return "refused", int(request.form["status"])

    bp.add_url_rule("/planted/desk", "desk", requires("ranking.read")(lambda: "written"), methods=["POST"])

    @bp.get("/planted/number/<int:id>")
    @public
    def number(id: int):
        return str(g.db.get(Clearance, id))

    made = create_app(lasting_settings, extra_blueprints=[bp])
    yield made
    made.extensions["intake"].database.dispose()


def test_a_form_without_the_token_is_refused_and_what_was_typed_comes_back(reader):
    answer = reader.client.post("/login", data={"email": "ai.do@demo.vn", "password": "bí mật của tôi"})
    assert answer.status_code == 400
    assert "ai.do@demo.vn" in answer.text
    assert "bí mật của tôi" not in answer.text


def test_an_empty_form_without_the_token_is_refused(reader):
    assert reader.client.post("/logout").status_code == 400


def test_a_form_from_somebody_signed_out_meanwhile_is_kept(planted):
    visitor = Visitor(planted)
    kept = visitor.post("/planted/desk", {"text": "Ba giai đoạn của đề án"})
    assert kept.status_code == 403
    assert "Ba giai đoạn của đề án" in kept.text
    assert 'href="/login"' in kept.text
    assert visitor.post("/planted/desk").headers["Location"] == "/login"


@pytest.mark.parametrize("url", ["/", "/nowhere", "/login", "/health/live"])
def test_headers_are_strict_everywhere(reader, url):
    headers = reader.get(url).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    assert re.fullmatch("[0-9a-f]{12}", headers["X-Request-ID"])


def test_cookie_is_hidden_from_scripts_and_other_sites(reader):
    cookie = reader.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_request_ids_come_from_us(reader):
    given = reader.get("/", headers={"X-Request-ID": "theirs"}).headers["X-Request-ID"]
    assert given != "theirs"


def test_static_files_stay_for_ever_under_their_version_and_only_there(reader):
    url = re.search(r'href="(/static/[0-9a-f]{12}/theme/base\.css)"', reader.get("/").text)
    assert url is not None
    lasting = reader.get(url.group(1))
    assert lasting.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    other = reader.get("/static/0123456789ab/theme/base.css")
    assert other.data == lasting.data
    assert "immutable" not in other.headers["Cache-Control"]
    assert reader.get("/static/x/../../config.py").status_code == 404


def test_language_is_asked_for_then_kept_then_the_persons_own(app, visitor, sign_in):
    def shown(answer):
        return re.findall(r'<html lang="(..)"', answer.text)[0]

    assert shown(visitor.get("/")) == "vi"
    assert shown(visitor.get("/?lang=xx")) == "vi"
    assert shown(visitor.get("/help?lang=en")) == "en"
    assert shown(visitor.get("/")) == "en"
    assert shown(visitor.get("/?lang=vi")) == "vi"
    person = sign_in("secretary@demo.vn")
    with app.extensions["intake"].database.writing() as db:
        user = db.scalars(select(User).where(User.email == "secretary@demo.vn")).one()
        user.language = "en"
    assert shown(person.get("/")) == "en"


def test_link_to_the_other_language_keeps_the_question(reader):
    text = reader.get("/register?q=y+t%E1%BA%BF").text
    assert 'href="/register?q=y+t%E1%BA%BF&amp;lang=en"' in text
    assert 'href="/?lang=en"' in reader.post("/logout", {"csrf_token": "wrong"}).text


@pytest.mark.parametrize(
    ("path", "status", "vi", "en"),
    [
        ("declare/SK-2026-AAAA", 403, "Cần khai báo xung đột lợi ích trước", "Declare your interests first"),
        ("illegal", 409, "Hiện không thực hiện được", "This is not possible now"),
        ("invalid", 422, "Có chỗ cần sửa", "Some places need correction"),
        ("broken", 500, "Hệ thống gặp lỗi", "Something went wrong on our side"),
        ("nowhere", 404, "Không tìm thấy trang", "Page not found"),
    ],
)
def test_errors_are_pages_in_both_languages(planted, path, status, vi, en):
    visitor = Visitor(planted)
    for language, words in (("vi", vi), ("en", en)):
        answer = visitor.get(f"/planted/{path}?lang={language}")
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert words in answer.text
        assert f'<html lang="{language}"' in answer.text


def test_our_fault_gives_a_number_and_no_detail(planted):
    answer = Visitor(planted).get("/planted/broken")
    assert f'<p class="app-big">{answer.headers["X-Request-ID"]}</p>' in answer.text
    assert "secret of the house" not in answer.text


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (303, 1), (422, 0), (500, 0)])
def test_what_a_view_wrote_is_kept_only_when_it_succeeded(planted, status, kept):
    assert Visitor(planted).post("/planted/half", {"status": status}).status_code == status
    with planted.extensions["intake"].database.reading() as db:
        assert db.scalar(select(func.count()).where(User.email == f"half{status}@demo.vn")) == kept


def test_declare_first_leads_to_the_declaration_and_problems_to_their_place(planted):
    visitor = Visitor(planted)
    assert 'href="/proposals/SK-2026-AAAA/conflict"' in visitor.get("/planted/declare/SK-2026-AAAA").text
    assert 'href="/proposals/X/edit/1"' in visitor.get("/planted/incomplete").text


def test_conflict_shows_what_was_typed(planted):
    answer = Visitor(planted).post("/planted/illegal", {"reason": "Lý do đã viết"})
    assert answer.status_code == 409
    assert "Lý do đã viết" in answer.text


def test_unknown_and_forbidden_pages_are_the_same_bytes(sign_in):
    visitor = sign_in("secretary@demo.vn")
    first, second = visitor.get("/nowhere/at/all"), visitor.get("/proposals/SK-2026-00000000")
    assert (first.status_code, first.data) == (404, second.data)


def test_hostile_input_never_breaks_a_page(app):
    visitor, fields = (
        Visitor(app),
        ("email", "password", "next", "code", "key", "q", "after", "doc", "lang", "membership"),
    )
    for text in HOSTILE:
        values = dict.fromkeys(fields, text)
        addresses = [f"/{place}{quote(text, safe='%')}" for place in ("verify/", "link/", "demo/mail/", "")]
        for url in ["/login", "/track", "/register", "/verify", "/demo", "/link/x", "/act-as", *addresses]:
            for answer in (visitor.get(url, query_string=values), visitor.post(url, values)):
                assert answer.status_code < 500, (url, text)
                assert "<svg>" not in answer.text, url


@pytest.mark.parametrize("number", ["9" * 30, "2147483648", "-1", "1_0", "٣"])
def test_numbers_that_fit_no_column_are_no_address(planted, number):
    assert Visitor(planted).get(f"/planted/number/{number}").status_code == 404


def test_too_large_is_a_page(lasting_settings):
    made = create_app(lasting_settings.model_copy(update={"max_upload_bytes": 1}))
    answer = Visitor(made).post("/login", {"email": "x" * 2**20})
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "lớn" in answer.text
    made.extensions["intake"].database.dispose()


def test_demo_does_not_exist_outside_the_demonstration(lasting_settings):
    made = create_app(lasting_settings.model_copy(update={"env": "development"}))
    visitor = Visitor(made)
    answers = [visitor.get(url) for url in ("/demo", "/demo/mail", "/demo/mail/x")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert visitor.post("/demo", {"email": "chair@demo.vn"}).status_code == 404
    assert visitor.client.post("/demo", data={"email": "chair@demo.vn"}).status_code == 404
    assert {answer.data for answer in answers} == {visitor.get("/nowhere").data}
    made.extensions["intake"].database.dispose()
