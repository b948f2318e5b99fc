"""Signing in and out, one-time links, and changing the acting role."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from intake.errors import NotFound
from intake.services import accounts
from intake.services.accounts import ROLE_LABELS, SHORTEST_PASSWORD
from intake.web import login
from intake.web.fields import row_id
from intake.web.layout import landing
from intake.web.lazy import _
from intake.web.login import current_actor, current_identity, current_token
from intake.web.redirects import inside, see_other
from intake.web.resources import resources
from intake.web.rights import public, signed_in
from intake.web.security import limiter

bp = Blueprint("auth", __name__)

LONGEST_EMAIL = 254
LONGEST_PASSWORD = 1000
SET_PASSWORD = "set_password"
FAILURES_FROM_ONE_PLACE = "20 per minute"
FAILURES_ON_ONE_ACCOUNT = "10 per minute"


class LoginForm(FlaskForm):
    email = StringField(
        _("E-mail address"), validators=[InputRequired(_("Enter your e-mail address")), Length(max=254)]
    )
    password = PasswordField(_("Password"), validators=[InputRequired(_("Enter your password"))])


class PasswordForm(FlaskForm):
    password = PasswordField(
        _("New password"),
        validators=[
            InputRequired(_("Enter a password")),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=_("A password needs at least %(count)s characters.", count=SHORTEST_PASSWORD),
            ),
        ],
    )
    again = PasswordField(
        _("The same password again"), validators=[EqualTo("password", _("The two passwords are not the same"))]
    )


def failed(response: Response) -> bool:
    """Only attempts that did not succeed use up the limit."""
    return response.status_code >= 400


def typed_email() -> str:
    return "account " + request.form.get("email", "")[:LONGEST_EMAIL].strip().casefold()


@bp.get("/login")
@public
def show() -> str:
    return render_template("auth/login.html", form=LoginForm(), next=inside(request.args.get("next"), ""))


@bp.post("/login")
@public
@limiter.limit(FAILURES_FROM_ONE_PLACE, deduct_when=failed)
@limiter.limit(FAILURES_ON_ONE_ACCOUNT, key_func=typed_email, deduct_when=failed)
def sign_in() -> Any:
    form, wanted = LoginForm(), inside(request.form.get("next"), "")
    if form.validate():
        # Checking a password is slow on purpose: it must not hold the write transaction.
        with resources().database.reading() as db:
            user = accounts.authenticate(db, form.email.data or "", form.password.data or "")
        if user is not None:
            return see_other(wanted or landing(login.sign_in(user)))
        form.password.errors = [gettext("The address or the password is not right")]
    return render_template("auth/login.html", form=form, next=wanted), 422


@bp.post("/logout")
@public
def sign_out() -> AnyResponse:
    login.sign_out()
    flash(gettext("You have signed out."), "success")
    response = see_other("/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.get("/link/<token>")
@public
def link(token: str) -> Response:
    return link_page(token, PasswordForm())


@bp.post("/link/<token>")
@public
@limiter.limit(FAILURES_FROM_ONE_PLACE, deduct_when=failed)
def use_link(token: str) -> Any:
    """Consume the link; the password is hashed before the write transaction begins."""
    form, hashed = PasswordForm(), None
    with resources().database.reading() as db:
        purpose = purpose_of(db, token)
    if purpose == SET_PASSWORD:
        if not form.validate():
            return link_page(token, form, 422)
        hashed = accounts.password_hash(form.password.data or "")
    try:
        user = accounts.use_link(g.db, token, new_password_hash=hashed)
    except NotFound:
        return link_page(token, form)
    identity = login.sign_in(user)
    flash(gettext("Your password is set.") if hashed else gettext("You are signed in."), "success")
    return see_other(landing(identity))


def purpose_of(db: Any, token: str) -> str | None:
    """What the link is for; None when it is used up, too old or never existed."""
    try:
        return accounts.link_owner(db, token)[1]
    except NotFound:
        return None


def link_page(token: str, form: PasswordForm, status: int = 200) -> Response:
    """Opening a link changes nothing (mail programs open links too): the page asks for one more click."""
    with resources().database.reading() as db:
        purpose = purpose_of(db, token)
    if purpose is None:
        return make_response(render_template("auth/link_dead.html"), 404)
    sets_password = purpose == SET_PASSWORD
    return make_response(
        render_template("auth/link.html", form=form, sets_password=sets_password, shortest=SHORTEST_PASSWORD), status
    )


@bp.get("/act-as")
@signed_in
def roles() -> str:
    identity = current_identity()
    assert identity is not None
    own = [(m, ROLE_LABELS[m.role], m.id == identity.membership.id) for m in identity.memberships]
    return render_template("auth/roles.html", roles=own)


@bp.post("/act-as")
@signed_in
def act_as() -> AnyResponse:
    accounts.act_as(g.db, current_token(), row_id("membership"), actor=current_actor())
    flash(gettext("You now act in another role."), "success")
    return see_other("/")
