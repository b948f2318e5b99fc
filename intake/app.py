"""Puts the application together: settings, resources, pages and API. Nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask

from intake import api, log, web
from intake.config import Environment, Settings
from intake.web import assets, errors, filters, languages, layout, login, requests, rights, security, timings
from intake.web.resources import Resources
from intake.web.transactions import TransactionalFlask


def create_app(settings: Settings | None = None, *, extra_blueprints: Iterable[Blueprint] = ()) -> Flask:
    """A WSGI application; raises RuntimeError naming any route that declares no right."""
    settings = settings or Settings.model_validate({})
    log.configure(as_json=settings.env is Environment.PRODUCTION)
    app = TransactionalFlask("intake", static_folder=None, template_folder=None)
    app.extensions["intake"] = Resources.of(settings)
    requests.init_app(app)
    timings.init_app(app)
    security.init_app(app, settings)
    login.init_app(app)
    languages.init_app(app)
    filters.init_app(app)
    layout.init_app(app)
    errors.init_app(app)
    assets.init_app(app, is_cached=settings.env is not Environment.DEVELOPMENT)
    for blueprint in (*web.blueprints(settings), *extra_blueprints):
        app.register_blueprint(blueprint)
    api.register(app)
    rights.check_routes(app)
    return app
