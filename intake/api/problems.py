"""Every error becomes a problem document (RFC 9457) here: what happened, in the caller's language, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app
from werkzeug.exceptions import HTTPException

from intake.api.languages import language
from intake.errors import (
    DecidedInSession,
    DeclareFirst,
    DomainError,
    Forbidden,
    IllegalMove,
    Incomplete,
    Invalid,
    NotFound,
    Stale,
    TooLarge,
    TooMany,
)
from intake.i18n import N_, Message, Text, translate

MEDIA_TYPE = "application/problem+json"
MINUTE = "60"

TITLES: dict[str, Message] = {
    NotFound.type: N_("Not found"),
    DeclareFirst.type: N_("Declare a conflict of interest first"),
    Forbidden.type: N_("Not allowed"),
    IllegalMove.type: N_("Not possible at this stage"),
    Stale.type: N_("Changed in the meantime"),
    DecidedInSession.type: N_("Decided in a session"),
    Incomplete.type: N_("Something is missing"),
    Invalid.type: N_("Not valid"),
    TooLarge.type: N_("Too large"),
    TooMany.type: N_("Too many requests"),
    "unauthenticated": N_("A token is needed"),
    "malformed": N_("The request cannot be read"),
    "method-not-allowed": N_("This address does not take this method"),
    "unsupported-media-type": N_("Send JSON"),
    "internal": N_("Our fault"),
}

PROTOCOL: dict[int, tuple[str, Message]] = {
    400: ("malformed", N_("The request cannot be read. Check its address, headers and body.")),
    401: (
        "unauthenticated",
        N_("Send a valid token in the header Authorization: Bearer. It may have expired or been revoked."),
    ),
    404: (NotFound.type, N_("There is nothing at this address, or it is not open to you.")),
    405: ("method-not-allowed", N_("This address does not take this method; the header Allow lists those it takes.")),
    413: (TooLarge.type, TooLarge.default),
    415: ("unsupported-media-type", N_("Send the body as JSON, with the header Content-Type: application/json.")),
    429: (TooMany.type, TooMany.default),
    500: ("internal", N_("Something went wrong on our side. Nothing was changed; try again later.")),
}


def register(blueprint: Blueprint) -> None:
    """Answer errors of this blueprint's operations with problem documents."""
    blueprint.register_error_handler(DomainError, refused)
    blueprint.register_error_handler(HTTPException, protocol_error)
    blueprint.register_error_handler(500, broken)


def refused(error: DomainError) -> Response:
    """A rule said no."""
    members = {name: shown(value) for name, value in error.extra.items()}
    if isinstance(error, Incomplete):
        members["problems"] = [told(problem) for problem in error.problems]
    if isinstance(error, Invalid):
        members["errors"] = [{"path": path, "message": shown(message)} for path, message in error.errors]
    return problem(error.type, error.status, error.message, members)


def told(found: Any) -> dict[str, Any]:
    """One thing that is missing, whether a plain dict or an object of the outline."""
    values = found if isinstance(found, Mapping) else vars(found)
    names = ("rule", "severity", "section", "path", "message", "detail")
    return {name: shown(values.get(name)) for name in names}


def shown(value: Any) -> Any:
    """A member of a problem document: texts in the caller's language, everything else as it is."""
    if isinstance(value, Message | Text):
        return translate(value, language())
    if isinstance(value, Mapping):
        return {name: shown(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [shown(part) for part in value]
    return value


def protocol_error(error: HTTPException) -> Response:
    """HTTP itself said no: wrong method, media type, size, token."""
    status = error.code or 500
    if status < 400:
        return current_app.make_response(error.get_response())
    kind, message = PROTOCOL.get(status) or PROTOCOL[400]
    response = problem(kind, status, message)
    for name, value in error.get_headers():
        if name in ("Allow", "WWW-Authenticate"):
            response.headers[name] = value
    if status == TooMany.status:
        response.headers["Retry-After"] = MINUTE
    return response


def broken(_: Exception) -> Response:
    """Our fault: the answer uses neither database nor account."""
    kind, message = PROTOCOL[500]
    return problem(kind, 500, message)


def problem(kind: str, status: int, message: Message, members: dict[str, Any] | None = None) -> Response:
    content = {
        "type": kind,
        "title": shown(TITLES[kind]),
        "status": status,
        "detail": shown(message),
        **(members or {}),
    }
    response = Response(json.dumps(content, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = language()
    response.headers["Cache-Control"] = "no-store"
    return response
