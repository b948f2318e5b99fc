"""The language of an answer: asked for in the address, kept in a cookie, else the person's own, else Vietnamese."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from intake import clock, i18n
from intake.i18n import DEFAULT_LANGUAGE, LANGUAGES
from intake.web.login import current_identity

COOKIE = "lang"
ONE_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Set up Flask-Babel; refuses to start while a catalogue is not compiled."""
    for language_id in LANGUAGES:
        i18n.catalogue(language_id)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(i18n.TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    Babel(app, locale_selector=language, timezone_selector=lambda: clock.ZONE.key)
    app.after_request(keep_choice)


def language() -> str:
    """`vi` or `en`, the same for the whole request."""
    if "language" not in g:
        g.language = chosen() or DEFAULT_LANGUAGE
    return g.language


def chosen() -> str | None:
    asked = [request.args.get("lang"), request.cookies.get(COOKIE)]
    for candidate in asked:
        if candidate in LANGUAGES:
            return candidate
    identity = None if g.get("is_broken") else current_identity()
    return identity.user.language if identity else None


def keep_choice(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, asked, max_age=ONE_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def alternate_url() -> str:
    """This page in the other language; the home page when this address cannot be opened by a link."""
    other = next(candidate for candidate in LANGUAGES if candidate != language())
    path, kept = request.path, request.args.to_dict(flat=False)
    if not opens(path):
        path, kept = "/", {}
    kept["lang"] = [other]
    return f"{quote(path)}?{urlencode(kept, doseq=True)}"


def opens(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True
