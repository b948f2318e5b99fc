"""Every error becomes a page here, once: what happened, what to do next, and what was typed is not lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from intake.errors import DeclareFirst, DomainError, IllegalMove, Incomplete, Invalid, NotFound, Stopped
from intake.web.catalogue import stopped_initiatives
from intake.web.filters import tr
from intake.web.login import SecondFactorFirst, SignInFirst, current_identity
from intake.web.security import Unwritable
from intake.web.transactions import READING

logger = structlog.get_logger("intake.web")
PAGES = {400, 403, 404, 409, 413, 422, 429}
NEVER_KEPT = ("csrf_token", "form_token", "revision", "password", "again", "current", "code")
NEVER_TYPED = ("seen_text", "form_language", "go", "row", "resolve")


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, refused)
    app.register_error_handler(SignInFirst, sign_in_first)
    app.register_error_handler(SecondFactorFirst, second_factor_first)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)


def refused(error: DomainError) -> Response:
    """The page of a rule that said no."""
    if isinstance(error, Stopped):  # its page repeats nothing of what was sent
        return page("stopped", error.status, message=tr(error.message), initiatives=stopped_initiatives())
    name = "declare_first" if isinstance(error, DeclareFirst) else str(error.status)
    return page(name, error.status, message=tr(error.message), **next_steps(error))


def next_steps(error: DomainError) -> dict[str, Any]:
    code = (request.view_args or {}).get("code")
    if isinstance(error, DeclareFirst):
        return {"declare_url": f"/proposals/{code}/conflict" if code else None, "code": code}
    if isinstance(error, NotFound):
        return {}
    return {
        "problems": problems(error),
        "back_url": came_from(),
        "reload_url": came_from(),
        "kept": typed(),
        "is_closed": isinstance(error, IllegalMove),
    }


def problems(error: DomainError) -> list[dict[str, str]]:
    """What is missing or wrong, as the error summary shows it; each may bring the `url` of its place."""
    found: list[tuple[Any, str]] = []
    if isinstance(error, Invalid):
        found = [(message, "") for _path, message in error.errors]
    if isinstance(error, Incomplete):
        for problem in error.problems:
            told = problem if isinstance(problem, dict) else vars_of(problem)
            found.append((told["message"], told.get("url", "")))
    return [{"text": tr(message), "href": url or "#main-content"} for message, url in found]


def vars_of(problem: object) -> dict[str, Any]:
    return {"message": getattr(problem, "message", ""), "url": getattr(problem, "url", "")}


def came_from() -> str | None:
    """Path of the page the form was on, when it is one of ours; else where the request went, if that can be read."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc == request.host and referrer.path:
        return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return None


def typed() -> list[dict[str, str]]:
    """What the person had written, so that it can be copied; never a password."""
    if request.method in READING:
        return []
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in NEVER_TYPED]
    kept = [(name, text) for name, text in fields if text.strip() and not name.startswith(NEVER_KEPT)]
    return [{"label": name, "text": text} for name, text in kept]


def sign_in_first(_: SignInFirst) -> Response:
    """To the sign-in page and back; a form that was filled meanwhile is shown instead of being thrown away."""
    if request.method in READING:
        wanted = request.full_path.rstrip("?")
        return make_response(redirect(f"/login?{urlencode({'next': wanted})}", 303))
    if typed():
        return page("signed_out", 403, folder="auth", kept=typed(), sign_in_url=sign_in_url())
    return make_response(redirect(sign_in_url(), 303))


def second_factor_first(_: SecondFactorFirst) -> Response:
    """To the page where one is set up; what was typed meanwhile is shown instead of being thrown away."""
    if typed():
        return page("second_factor_first", 403, folder="account", kept=typed())
    return make_response(redirect("/account/second-factor", 303))


def sign_in_url() -> str:
    back = came_from()
    return f"/login?{urlencode({'next': back})}" if back else "/login"


def form_expired(_: CSRFError) -> Response:
    """The form's token does not fit the cookie (signed out meanwhile, cookies off): nothing was done."""
    signed_out = current_identity() is None
    if typed():
        url = sign_in_url() if signed_out else None
        return page("form_expired", 400, folder="auth", kept=typed(), back_url=came_from(), sign_in_url=url)
    return page("400", 400)


def http_error(error: HTTPException) -> Response:
    """Errors of the protocol; redirects pass."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    if status >= 500:
        return broken(error)
    kept = typed() if isinstance(error, Unwritable) else []
    response = page(str(status) if status in PAGES else "400", status, kept=kept)
    if valid := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(valid))
    return response


def broken(error: Exception) -> Response:
    """Our fault: the page uses neither database nor account."""
    g.is_broken = True
    logger.error("answered with 500", error=type(getattr(error, "original_exception", None) or error).__name__)
    return page("500", 500)


def page(name: str, status: int, *, folder: str = "errors", **values: Any) -> Response:
    g.is_refused = True
    g.pop("layout", None)
    return make_response(render_template(f"{folder}/{name}.html", **values), status)
