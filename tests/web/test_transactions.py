"""One session a request: GET cannot write, and what PostgreSQL asks to repeat is repeated whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Blueprint, flash, g, request, session
from sqlalchemy import func, select, text

from intake import clock, i18n
from intake.app import create_app
from intake.i18n import MissingCatalogue
from intake.models import User
from intake.web.rights import public
from tests.web.conftest import Visitor, settings_for

TRY_AGAIN = text("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$")


def planted(view, *methods: str) -> Blueprint:
    bp = Blueprint("planted", __name__)
    bp.add_url_rule("/planted", "planted", public(view), methods=methods)
    return bp


def add_user() -> None:
    g.db.add(User(email="new@demo.vn", name="New", created_at=clock.now()))
    g.db.flush()


def users(app) -> int:
    with app.extensions["intake"].database.reading() as db:
        return db.scalar(select(func.count()).where(User.email == "new@demo.vn"))


def test_get_cannot_write(settings):
    def view() -> str:
        add_user()
        return "written"

    app = create_app(settings, extra_blueprints=[planted(view, "GET")])
    assert (app.test_client().get("/planted").status_code, users(app)) == (500, 0)
    app.extensions["intake"].database.dispose()


@pytest.fixture
def repeated(peopled_postgres, postgres_server, tmp_path):
    """An application whose page collides with somebody as often as the form says."""
    url, attempts = postgres_server.create(template=peopled_postgres), []

    def view() -> str:
        attempts.append((request.files["file"].read(), session.get("draft")))
        session["draft"] = len(attempts)
        flash("Written.", "success")
        add_user()
        if len(attempts) <= int(request.form["collisions"]):
            g.db.execute(TRY_AGAIN)
        return "written"

    app = create_app(settings_for(url, tmp_path), extra_blueprints=[planted(view, "POST")])
    yield app, attempts
    app.extensions["intake"].database.dispose()
    postgres_server.drop(url)


def test_a_collision_repeats_the_whole_view_and_nothing_stays_of_the_first_try(repeated):
    app, attempts = repeated
    visitor = Visitor(app)
    answer = visitor.post("/planted", {"collisions": "2", "file": (BytesIO(b"the text"), "a.json")})
    assert (answer.text, users(app)) == ("written", 1)
    assert attempts == [(b"the text", None)] * 3
    with visitor.client.session_transaction() as cookie:
        assert (cookie["draft"], cookie["_flashes"]) == (3, [("success", "Written.")])


def test_endless_collisions_end_in_our_fault_and_write_nothing(repeated):
    app, attempts = repeated
    answer = Visitor(app).post("/planted", {"collisions": "99", "file": (BytesIO(b"x"), "a.json")})
    assert (answer.status_code, users(app), len(attempts)) == (500, 0, 5)


def test_app_does_not_start_half_translated(lasting_settings, tmp_path, monkeypatch):
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    i18n.catalogue.cache_clear()
    try:
        with pytest.raises(MissingCatalogue) as refusal:
            create_app(lasting_settings)
    finally:
        i18n.catalogue.cache_clear()
    assert str(refusal.value).startswith("messages of 'vi' are not compiled; run: pybabel compile")
