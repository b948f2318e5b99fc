"""Opening an account oneself: name and address, a link by mail, a password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask_babel import gettext as _

from intake.errors import Invalid, NotFound
from intake.forms.accounts import NewPasswordForm, RegistrationForm
from intake.models import Registration
from intake.services import passwords, registrations
from intake.services.passwords import SHORTEST_PASSWORD
from intake.web import login
from intake.web.attempts import attempt
from intake.web.auth import (
    FAILURES_FROM_ONE_PLACE,
    MAILS_FROM_ONE_PLACE,
    MAILS_TO_ONE_ADDRESS,
    dead_link,
    failed,
    typed_email,
)
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.layout import landing
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import public
from intake.web.security import limiter

bp = Blueprint("registrations", __name__, url_prefix="/account")


@bp.get("/new")
@public
def new() -> str:
    return render_template("account/new.html", form=RegistrationForm(say=tr))


@bp.post("/new")
@public
@limiter.limit(MAILS_FROM_ONE_PLACE)
@limiter.limit(MAILS_TO_ONE_ADDRESS, key_func=typed_email)
def ask() -> Any:
    form = RegistrationForm(request.form, say=tr)
    with attempt(form):
        registrations.ask(g.db, name=form.name.data or "", email=form.email.data or "", language=language())
    if form.problems:
        return render_template("account/new.html", form=form), 422
    return see_other("/account/new/sent")


@bp.get("/new/sent")
@public
def sent() -> str:
    return render_template("account/sent.html")


@bp.get("/confirm/<token>")
@public
def confirm(token: str) -> Response:
    return confirm_page(token, NewPasswordForm(say=tr))


@bp.post("/confirm/<token>")
@public
@limiter.limit(FAILURES_FROM_ONE_PLACE, deduct_when=failed)
def open_account(token: str) -> Any:
    """Set the password and open the account; the password is hashed before the write transaction begins."""
    form = NewPasswordForm(request.form, say=tr)
    asked = waiting(token)
    if asked is None:
        return dead_link()
    try:
        form.ensure_repeated()
        hashed = passwords.password_hash(form.password.data or "", about=(asked.name, asked.email))
    except Invalid as error:
        form.refuse(error)
        return confirm_page(token, form, 422)
    try:
        user = registrations.confirm(g.db, token, hashed)
    except NotFound:
        return dead_link()
    identity = login.sign_in(user)
    flash(_("Your account is open. You can write your first proposal."), "success")
    return see_other(landing(identity))


def waiting(token: str) -> Registration | None:
    """What the link confirms; None when it is dead."""
    with resources().database.reading() as db:
        try:
            return registrations.waiting(db, token)
        except NotFound:
            return None


def confirm_page(token: str, form: NewPasswordForm, status: int = 200) -> Response:
    """Opening the link changes nothing: mail programs open links too."""
    asked = waiting(token)
    if asked is None:
        return dead_link()
    made = render_template("account/confirm.html", form=form, email=asked.email, shortest=SHORTEST_PASSWORD)
    return make_response(made, status)
