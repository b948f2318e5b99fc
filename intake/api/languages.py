"""The language of an answer: what `Accept-Language` prefers, else the person's own, else Vietnamese."""

from __future__ import annotations

from flask import g, request

from intake.i18n import DEFAULT_LANGUAGE, LANGUAGES


def language() -> str:
    """`vi` or `en`."""
    asked = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((found for found in asked if found in LANGUAGES), None) or g.get("api_language") or DEFAULT_LANGUAGE


def remember(own: str) -> None:
    """Fall back to the language of the person whose token this is."""
    g.api_language = own
