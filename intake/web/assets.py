"""Style sheets, scripts and fonts under an address that changes with their content, so that they cache for ever."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, Response, send_from_directory

from intake.paths import STATIC
from intake.web.rights import public

ONE_YEAR = 365 * 24 * 3600
VERSION_LENGTH = 12


def fingerprint() -> str:
    """One version for the whole folder: files refer to each other by relative addresses."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:VERSION_LENGTH]


def init_app(app: Flask, *, is_cached: bool) -> None:
    """Serve the folder as endpoint `static`; `url_for("static", filename=...)` adds the version by itself."""
    current = fingerprint()

    @public
    def static(version: str, filename: str) -> Response:
        # Another version is asked for during a rolling update: give what we have, but do not let it stay.
        lasting = is_cached and version == current
        response = send_from_directory(STATIC, filename, max_age=ONE_YEAR if lasting else 0)
        response.cache_control.public, response.cache_control.immutable = True, lasting
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)

    app.add_url_rule("/static/<version>/<path:filename>", endpoint="static", view_func=static)
    app.url_defaults(add_version)
