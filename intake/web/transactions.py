"""One database session a request: reading for GET, one write transaction for everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request, session

from intake.web.resources import resources

READING = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_REFUSAL = 400


class NothingToKeep(Exception):
    """The view answered with a refusal: its transaction is rolled back, its answer still goes out."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(response.status)


class TransactionalFlask(Flask):
    """Runs each view in the database session `g.db`."""

    def dispatch_request(self) -> Any:
        if request.routing_exception is not None:
            return super().dispatch_request()
        return in_session(super().dispatch_request)


def in_session(view: Callable[[], Any]) -> Response:
    """Answer of `view`; what it wrote is committed once, before anything is sent, and only when it succeeded."""
    if request.method in READING:
        with resources().database.reading() as g.db:
            return current_app.make_response(view())
    before = dict(session)

    def attempt(db: Any) -> Response:
        start_again(before)
        g.db = db
        response = current_app.make_response(view())
        if response.status_code >= FIRST_REFUSAL:
            raise NothingToKeep(response)
        return response

    try:
        return resources().database.transact(attempt)
    except NothingToKeep as refusal:
        return refusal.response


def start_again(before: dict[str, Any]) -> None:
    """Undo what a first attempt left outside the database: the cookie with its flashed sentences, uploads read."""
    if dict(session) != before:
        session.clear()
        session.update(before)
    for upload in request.files.values():
        upload.stream.seek(0)
