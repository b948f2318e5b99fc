"""The addresses of the API: one rule per operation, the descriptions, and a problem for every other address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import IntegerConverter, Map, Rule

from intake.api import calls, formats, problems, reference
from intake.api.openapi import description
from intake.api.operations import OPERATIONS, PUBLIC, Operation
from intake.outline import JSON_SCHEMA

ROOT = "/api"
PREFIX = "/api/v1"
DECLARATION = "intake_action"
OTHER_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
WRONG_GUESSES = "10 per minute; 100 per hour"
MOUNTED = "intake.api.addresses"


class RowNumber(IntegerConverter):
    """A number that fits a column; a longer one is no address, so that it is answered like any other unknown one."""

    regex = r"\d{1,9}"


def register(app: Flask) -> None:
    """Mount the API on `app`; it takes no cookie, so it needs no form token either."""
    app.url_map.converters["row"] = RowNumber
    blueprint = Blueprint("api", __name__)
    problems.register(blueprint)
    for operation in OPERATIONS:
        add(blueprint, f"{PREFIX}{operation.path}", view_of(operation, app), [operation.method], operation.name)
    add(blueprint, f"{PREFIX}/openapi.json", declared(openapi), ["GET"], "openapi")
    add(blueprint, f"{ROOT}/docs", declared(docs), ["GET"], "docs")
    add(blueprint, formats.SCHEMA_ADDRESS, declared(document_schema), ["GET"], "document_schema")
    add(blueprint, formats.PAGE_ADDRESS, declared(document_format), ["GET"], "document_format")
    nothing = declared(nothing_here)
    add(blueprint, f"{ROOT}/<path:address>", nothing, OTHER_METHODS, "nothing_here")
    app.register_blueprint(blueprint)
    app.extensions[MOUNTED] = addresses_of(app)
    if "csrf" in app.extensions:
        app.extensions["csrf"].exempt(blueprint)


def add(blueprint: Blueprint, path: str, view: Callable[..., Any], methods: list[str], name: str) -> None:
    # OPTIONS is answered by `nothing_here`, which knows the methods of an address without its own.
    blueprint.add_url_rule(path, name, view, methods=methods, provide_automatic_options=False)


def declared(view: Callable[..., Any], action: str = PUBLIC) -> Callable[..., Any]:
    """Write the right on the view, where the application's own check of all routes reads it."""
    setattr(view, DECLARATION, action)
    return view


def view_of(operation: Operation, app: Flask) -> Callable[..., Any]:
    """The function behind one rule; look-ups without a token are limited per caller."""

    def view(**arguments: Any) -> Response:
        return calls.answer(operation, arguments)

    view.__name__ = operation.name
    if 429 in operation.further:
        for limiter in limiters(app):
            view = limiter.limit(WRONG_GUESSES, deduct_when=failed)(view)
    return declared(view, operation.action)


def failed(response: Response) -> bool:
    """Only wrong guesses use up the limit."""
    return response.status_code == 404


def limiters(app: Flask) -> Iterable[Any]:
    return app.extensions.get("limiter", ())


def addresses_of(app: Flask) -> Map:
    """The API's own addresses alone, to tell which methods one of them takes."""
    own = Map(converters=app.url_map.converters)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.nothing_here":
            own.add(Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods))
    return own


def nothing_here(address: str) -> Response:
    """404, or 405 with the methods the address takes; OPTIONS is told the methods."""
    methods = current_app.extensions[MOUNTED].bind("").allowed_methods(f"{ROOT}/{address}")
    if not methods:
        raise NotFound()
    allowed = sorted({*methods, "OPTIONS"})
    if request.method != "OPTIONS":
        raise MethodNotAllowed(valid_methods=allowed)
    return Response(status=204, headers={"Allow": ", ".join(allowed)})


def openapi() -> Response:
    """The machine-readable description."""
    return jsonify(description())


def docs() -> str:
    """The same for people."""
    address = f"{request.host_url.rstrip('/')}{PREFIX}"
    return render_template("api/docs.html", groups=reference.groups(), format_url=formats.PAGE_ADDRESS, address=address)


def document_schema() -> Response:
    """The JSON Schema of a proposal as a file."""
    return Response(json.dumps(JSON_SCHEMA, ensure_ascii=False, indent=1), mimetype=formats.SCHEMA_MEDIA_TYPE)


def document_format() -> str:
    """The same field by field, for people."""
    return render_template("api/format.html", parts=formats.parts(), schema_url=formats.SCHEMA_ADDRESS)
