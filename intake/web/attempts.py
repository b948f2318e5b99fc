"""A service call behind a form: what a rule refuses goes into the form, which is then shown again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from flask import g

from intake.errors import Incomplete, Invalid, Stopped


class Refusable(Protocol):
    """A form that can show what was refused."""

    def refuse(self, error: Invalid | Incomplete) -> None: ...


@contextmanager
def attempt(form: Refusable) -> Iterator[None]:
    """Run what is inside; when a rule refuses it, undo what it wrote and tell the form. Other errors have pages."""
    try:
        with g.db.begin_nested():
            yield
    except Stopped:  # has a page of its own, which repeats nothing
        raise
    except (Invalid, Incomplete) as error:
        form.refuse(error)
