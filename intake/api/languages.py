"""The language of an answer: what `Accept-Language` prefers, else the person's own, else Vietnamese."""

from __future__ import annotations

from flask import g, request

from intake.i18n import DEFAULT_LANGUAGE, LANGUAGES


def language() -> str:
    """`vi` or `en`."""
    asked = request.accept_languages.best_match(LANGUAGES) if request.accept_languages else None
    return asked or g.get("api_language") or DEFAULT_LANGUAGE


def remember(own: str) -> None:
    """Fall back to the language of the person whose token this is."""
    g.api_language = own
