"""What templates may call: translation, dates, money, numbers, hidden form fields and the question `may`."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from govuk_frontend_wtf.main import wtforms_errors
from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.bccache import Bucket
from markupsafe import Markup

from intake import clock, i18n, policy
from intake.i18n import Message, Text
from intake.paths import TEMPLATES
from intake.services.calendars import calendar
from intake.services.subjects import own_subject, subject_of
from intake.web import formats
from intake.web.languages import language
from intake.web.login import current_identity

FORM_TOKEN_BYTES = 16


class CompiledTemplates(BytecodeCache):
    """Templates compiled once in a process, however many applications it makes: compiling all takes half a second."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


def init_app(app: Flask) -> None:
    """Give templates their folders, filters and functions."""
    kits = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    environment = app.jinja_env
    environment.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader(kits)])
    environment.bytecode_cache = COMPILED
    environment.filters |= {
        "tr": tr,
        "day": day,
        "moment": moment,
        "money": money,
        "number": number,
        "richtext": formats.richtext,
    }
    environment.globals |= {
        "csrf": csrf,
        "form_token": form_token,
        "revision": revision,
        "due_view": due_view,
        "may": may,
        "wtforms_errors": wtforms_errors,
    }


def tr(message: Message | Text | str) -> str:
    """A message or an official text in the language of this request."""
    return i18n.translate(message, language())


def day(on: date | None) -> str:
    return formats.day(on, language())


def moment(at: datetime | None) -> str:
    return formats.moment(at, language())


def money(vnd: int | None) -> str:
    return formats.money(vnd, language())


def number(value: int | float | Decimal | Fraction | None, digits: int | None = None) -> str:
    return formats.number(value, language(), digits)


def due_view(due_on: date | None) -> formats.DueView | None:
    """Date, distance and tone for the macro `due`; None without a due date."""
    return formats.due(due_on, clock.today(), calendar(g.db), language())


def may(action: str, proposal: Any = None) -> bool:
    """Whether the person may do `action` (with `proposal`): the same table that guards the view behind the button."""
    identity = current_identity()
    if identity is None:
        return False
    subject = subject_of(g.db, proposal, actor=identity.actor) if proposal is not None else own_subject(identity.actor)
    return policy.allows(identity.actor, action, subject)


def hidden(name: str, value: object) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def csrf() -> Markup:
    """The hidden field every form that changes something must carry."""
    return hidden("csrf_token", generate_csrf())


def revision(seen: int) -> Markup:
    """The hidden field that says which revision the person is looking at."""
    return hidden("revision", seen)


def form_token() -> Markup:
    """The hidden field that makes sending a form twice count once."""
    return hidden("form_token", secrets.token_urlsafe(FORM_TOKEN_BYTES))
