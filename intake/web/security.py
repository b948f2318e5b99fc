"""What protects every request: form tokens, limits, input that no text can contain, and strict headers."""

from __future__ import annotations

from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, Request, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, Map

from intake.config import Environment, Settings

LARGEST_ROW_ID = 2**31 - 1
MOST_FORM_PARTS = 5_000
LARGEST_FORM_TEXT = 4 * 2**20
ROOM_FOR_FIELDS = 2**20
# Forms that check every text themselves and name the box.
TELL_IN_PLACE = frozenset({"editor.save"})

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://")


class ReadableForms(FormDataParser):
    """Bytes that are no text become the replacement character, as browsers write it: whoever reads a box tells it.

    Werkzeug would keep them as percent signs and digits, which nobody typed.
    """

    def _parse_urlencoded(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any) -> Any:
        sent = stream.read().decode("utf-8", "replace")
        return stream, self.cls(parse_qsl(sent, keep_blank_values=True, errors="replace")), self.cls()


class ReadableRequest(Request):
    form_data_parser_class = ReadableForms


class RowId(IntegerConverter):
    """A number in an address that fits a column; any other is no address of ours."""

    regex = "[0-9]+"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ROW_ID)


def init_app(app: Flask, settings: Settings) -> None:
    """Cookies, limits, tokens and headers."""
    app.request_class = ReadableRequest
    is_production = settings.env is Environment.PRODUCTION
    app.config.update(
        SECRET_KEY=settings.secret(),
        SESSION_COOKIE_SECURE=is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + ROOM_FOR_FIELDS,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_TEXT,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
    )
    app.url_map.converters["int"] = RowId
    app.before_request(refuse_unwritable)
    app.after_request(add_headers)
    if is_production:
        app.after_request(stay_encrypted)
    csrf.init_app(app)
    limiter.init_app(app)


class Unwritable(BadRequest):
    """Something in the request holds a character that no text of ours can hold."""


def refuse_unwritable() -> None:
    """No text of ours holds a NUL, and PostgreSQL stores none."""
    values = [request.path, *request.args, *request.args.values(), *request.form]
    if request.endpoint not in TELL_IN_PLACE:
        values += [text for texts in request.form.listvalues() for text in texts]
    if any("\0" in value for value in values):
        raise Unwritable()


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def stay_encrypted(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
