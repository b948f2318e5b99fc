"""Hidden fields that come back with every form."""

from __future__ import annotations

from flask import request

from intake.errors import Invalid, NotFound
from intake.i18n import N_

LONGEST_NUMBER = 9
LONGEST_TOKEN = 64


def seen_revision(name: str = "revision") -> int:
    """The revision the person was looking at; Invalid when the form does not say."""
    value = request.form.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise Invalid(N_("This form is incomplete. Reload the page and try again."))
    return int(value)


def row_id(name: str) -> int:
    """The number of a row that a button or a choice sent; NotFound when it is none of ours."""
    value = request.form.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise NotFound()
    return int(value)


def sent_form_token() -> str:
    """The idempotency key of this form; Invalid when it carries none."""
    token = request.form.get("form_token", "")
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise Invalid(N_("This form is incomplete. Reload the page and try again."))
    return token
