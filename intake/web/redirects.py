"""Where people are sent next: only to addresses of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import redirect
from werkzeug.wrappers import Response


def see_other(url: str) -> Response:
    """The answer to a form that worked: 303, so that reloading does not send it again."""
    return redirect(url, 303)


def inside(target: str | None, otherwise: str = "/") -> str:
    """`target` when it is a path of this site, else `otherwise`: an address in a link must not lead people away."""
    if not target or not target.startswith("/") or not target.isprintable() or "\\" in target:
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc or target.startswith("//") else target
