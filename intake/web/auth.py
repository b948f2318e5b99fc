"""Signing in and out, the second factor, one-time links, forgotten passwords, and changing the acting role."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from intake.errors import Invalid, NotFound
from intake.forms.accounts import AddressForm, CodeForm, NewPasswordForm
from intake.models import User
from intake.services import accounts, links, logins, second_factors
from intake.services.passwords import SHORTEST_PASSWORD
from intake.services.role_labels import ROLE_LABELS
from intake.web import login
from intake.web.attempts import attempt
from intake.web.fields import row_id
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.layout import landing
from intake.web.lazy import _
from intake.web.login import current_person, current_token
from intake.web.redirects import inside, see_other
from intake.web.resources import resources
from intake.web.rights import own_account, public
from intake.web.security import limiter

bp = Blueprint("auth", __name__)

LONGEST_EMAIL = 254
FAILURES_FROM_ONE_PLACE = "20 per minute"
FAILURES_ON_ONE_ACCOUNT = "10 per minute"
# Six digits are few: about one guess in 300,000 is right, so an account takes no more than some dozens an hour.
WRONG_CODES = "5 per minute;30 per hour"
MAILS_FROM_ONE_PLACE = "30 per hour"
MAILS_TO_ONE_ADDRESS = "5 per hour"


class LoginForm(FlaskForm):
    email = StringField(
        _("E-mail address"), validators=[InputRequired(_("Enter your e-mail address")), Length(max=254)]
    )
    password = PasswordField(_("Password"), validators=[InputRequired(_("Enter your password"))])


def failed(response: Response) -> bool:
    """Only attempts that did not succeed use up the limit."""
    return response.status_code >= 400


def typed_email() -> str:
    return "account " + request.form.get("email", "")[:LONGEST_EMAIL].strip().casefold()


def waiting_person() -> str:
    """Whose code is being guessed, wherever from."""
    with resources().database.reading() as db:
        found = login.waiting(db)
    return f"code of {found[0].id}" if found else "code of nobody"


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
            return enter(user, wanted)
        form.password.errors = [gettext("The address or the password is not right")]
    return render_template("auth/login.html", form=form, next=wanted), 422


def enter(user: User, wanted: str) -> AnyResponse:
    """Sign in who proved to be `user`; whoever has a second factor shows it first."""
    if second_factors.state(g.db, user.id).is_on:
        login.wait_for_second_factor(user, wanted)
        return see_other("/login/code")
    return see_other(wanted or landing(login.sign_in(user)))


@bp.get("/login/code")
@public
def ask_code() -> Any:
    if login.waiting(g.db) is None:
        return see_other("/login")
    return render_template("auth/code.html", form=CodeForm(say=tr))


@bp.post("/login/code")
@public
@limiter.limit(WRONG_CODES, key_func=waiting_person, deduct_when=failed)
def check_code() -> Any:
    found, form = login.waiting(g.db), CodeForm(request.form, say=tr)
    if found is None:
        flash(gettext("That took too long. Sign in again."), "error")
        return see_other("/login")
    user, wanted = found
    if not second_factors.check(g.db, user.id, form.code.data or ""):
        form.refuse(Invalid(errors=[("code", second_factors.WRONG)]))
        return render_template("auth/code.html", form=form), 422
    return see_other(inside(wanted, "") or landing(login.sign_in(user, has_second_factor=True)))


@bp.get("/login/forgotten")
@public
def forgotten() -> str:
    return render_template("auth/forgotten.html", form=AddressForm(say=tr))


@bp.post("/login/forgotten")
@public
@limiter.limit(MAILS_FROM_ONE_PLACE)
@limiter.limit(MAILS_TO_ONE_ADDRESS, key_func=typed_email)
def ask_reset() -> Any:
    form = AddressForm(request.form, say=tr)
    with attempt(form):
        links.ask_reset(g.db, form.email.data or "", language=language())
    if form.problems:
        return render_template("auth/forgotten.html", form=form), 422
    return see_other("/login/forgotten/sent")


@bp.get("/login/forgotten/sent")
@public
def reset_sent() -> str:
    return render_template("auth/sent.html")


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
    return link_page(token, NewPasswordForm(say=tr))


@bp.post("/link/<token>")
@public
@limiter.limit(FAILURES_FROM_ONE_PLACE, deduct_when=failed)
def use_link(token: str) -> Any:
    """Consume the link; the password is hashed before the write transaction begins."""
    form, hashed = NewPasswordForm(request.form, say=tr), None
    with resources().database.reading() as db:
        found = behind(db, token)
    if found is not None and found[1] == links.SET_PASSWORD:
        try:
            form.ensure_repeated()
            hashed = links.hash_for(found[0], form.password.data or "")
        except Invalid as error:
            form.refuse(error)
            return link_page(token, form, 422)
    try:
        user = links.use(g.db, token, new_password_hash=hashed)
    except NotFound:
        return dead_link()
    answer = enter(user, "")
    flash(gettext("Your password is set.") if hashed else gettext("The link was right."), "success")
    return answer


def behind(db: Any, token: str) -> tuple[User, str] | None:
    """Whose the link is and what for; None when it is used up, too old or never existed."""
    try:
        return links.owner(db, token)
    except NotFound:
        return None


def link_page(token: str, form: NewPasswordForm, status: int = 200) -> Response:
    """Opening a link changes nothing (mail programs open links too): the page asks for one more click."""
    with resources().database.reading() as db:
        found = behind(db, token)
    if found is None:
        return dead_link()
    sets_password = found[1] == links.SET_PASSWORD
    return make_response(
        render_template("auth/link.html", form=form, sets_password=sets_password, shortest=SHORTEST_PASSWORD), status
    )


def dead_link() -> Response:
    """The same for a link that was used, is too old, never existed, or leads nowhere any more."""
    return make_response(render_template("auth/link_dead.html"), 404)


@bp.get("/act-as")
@own_account
def roles() -> str:
    identity = current_person()
    own = [(m, ROLE_LABELS[m.role], m.id == identity.membership.id) for m in identity.memberships]
    return render_template("auth/roles.html", roles=own)


@bp.post("/act-as")
@own_account
def act_as() -> AnyResponse:
    logins.act_as(g.db, current_token(), row_id("membership"), actor=current_person().actor)
    flash(gettext("You now act in another role."), "success")
    return see_other("/")
