"""Every route says who may call it, and the application does not start with one that does not."""

from __future__ import annotations

import pytest
from flask import Blueprint

from intake.app import create_app
from intake.policy import ACTIONS
from intake.web.rights import DECLARATION, PUBLIC, SIGNED_IN, public, requires

OPEN_TO_ALL = {
    "/",
    "/login",
    "/login/code",
    "/login/forgotten",
    "/login/forgotten/sent",
    "/account/new",
    "/account/new/sent",
    "/account/confirm/<token>",
    "/invitation/<token>",
    "/logout",
    "/link/<token>",
    "/track",
    "/register",
    "/state-secrets",
    "/verify",
    "/verify/<doc>",
    "/catalogue",
    "/catalogue/systems",
    "/catalogue/initiatives",
    "/catalogue/targets",
    "/catalogue/criteria",
    "/catalogue/organisations",
    "/help",
    "/help/<name>",
    "/help/outline.docx",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/demo",
    "/demo/mail",
    "/demo/mail/<name>",
    "/static/<version>/<path:filename>",
}


def declarations(app):
    return [
        (rule.rule, getattr(app.view_functions[rule.endpoint], DECLARATION, None)) for rule in app.url_map.iter_rules()
    ]


def test_every_route_declares_an_action_or_who_it_is_open_to(lasting_app):
    assert {declared for _, declared in declarations(lasting_app)} - ACTIONS == {PUBLIC, SIGNED_IN}


def test_pages_open_to_everybody_are_the_listed_ones(lasting_app):
    found = {rule for rule, declared in declarations(lasting_app) if declared == PUBLIC}
    assert {rule for rule in found if not rule.startswith("/api/")} == OPEN_TO_ALL


def test_app_refuses_a_route_that_declares_nothing(lasting_settings):
    planted = Blueprint("planted", __name__)
    planted.add_url_rule("/open", "open", public(lambda: "open"))
    planted.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(RuntimeError) as refusal:
        create_app(lasting_settings, extra_blueprints=[planted])
    assert str(refusal.value) == "these routes declare neither an action nor public: /forgotten (planted.forgotten)"


def test_an_action_the_policy_does_not_know_is_refused_where_it_is_written():
    with pytest.raises(RuntimeError) as refusal:
        requires("proposal.paint")
    assert str(refusal.value) == "proposal.paint is no action of the policy"


def test_action_without_a_proposal_is_checked_for_the_role(settings, sign_in):
    planted = Blueprint("planted", __name__)
    planted.add_url_rule("/planted", "ranking", requires("ranking.read")(lambda: "the ranking"))
    other = create_app(settings, extra_blueprints=[planted])
    for email, expected in (("secretary@demo.vn", 200), ("applicant@demo.vn", 403)):
        visitor = sign_in(email)
        copied = other.test_client()
        copied.set_cookie("session", visitor.client.get_cookie("session").value)
        assert copied.get("/planted").status_code == expected, email
    assert other.test_client().get("/planted?x=1").headers["Location"] == "/login?next=%2Fplanted%3Fx%3D1"
    other.extensions["intake"].database.dispose()
