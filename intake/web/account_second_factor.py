"""Setting up, renewing and removing one's own second factor."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from intake.errors import Invalid
from intake.forms.accounts import CodeForm, CurrentPasswordForm
from intake.services import links, one_time_passwords, second_factors
from intake.web import login
from intake.web.account import own_key
from intake.web.attempts import attempt
from intake.web.auth import FAILURES_FROM_ONE_PLACE, WRONG_CODES, failed
from intake.web.filters import tr
from intake.web.login import current_person, current_token
from intake.web.redirects import see_other
from intake.web.rights import own_account
from intake.web.security import limiter

bp = Blueprint("account_second_factor", __name__, url_prefix="/account/second-factor")

SECRET_GROUP = 4


@bp.get("")
@own_account
def show() -> str:
    identity = current_person()
    if second_factors.waiting_secret(g.db, identity.user.id):
        return enrol_page(CodeForm(say=tr))
    return state_page(CurrentPasswordForm(say=tr))


@bp.post("")
@own_account
def begin() -> Any:
    second_factors.begin(g.db, current_person().user)
    return see_other("/account/second-factor")


@bp.post("/confirm")
@own_account
@limiter.limit(WRONG_CODES, key_func=own_key, deduct_when=failed)
def confirm() -> Any:
    form, identity, codes = CodeForm(request.form, say=tr), current_person(), []
    with attempt(form):
        codes = second_factors.confirm(
            g.db, identity.user, form.code.data or "", token=current_token(), actor=identity.actor
        )
    if form.problems:
        return enrol_page(form), 422
    return render_template("account/recovery_codes.html", codes=codes, is_first=True)


@bp.post("/codes")
@own_account
@limiter.limit(FAILURES_FROM_ONE_PLACE, key_func=own_key, deduct_when=failed)
def new_codes() -> Any:
    return with_password(lambda user, actor: codes_page(second_factors.new_codes(g.db, user, actor=actor)))


@bp.post("/remove")
@own_account
@limiter.limit(FAILURES_FROM_ONE_PLACE, key_func=own_key, deduct_when=failed)
def remove() -> Any:
    return with_password(removed)


def with_password(work: Any) -> Any:
    """Do `work` when the person, not only the open screen, asks for it."""
    form, identity = CurrentPasswordForm(request.form, say=tr), current_person()
    try:
        links.refuse_wrong(identity.user, form.current.data or "", "current")
    except Invalid as error:
        form.refuse(error)
        return state_page(form), 422
    return work(identity.user, identity.actor)


def codes_page(codes: list[str]) -> str:
    return render_template("account/recovery_codes.html", codes=codes, is_first=False)


def removed(user: Any, actor: Any) -> Any:
    second_factors.remove(g.db, user, actor=actor)
    login.sign_out()
    flash(_("The second factor is removed. Sign in again."), "success")
    return see_other("/login")


def state_page(form: CurrentPasswordForm) -> str:
    identity = current_person()
    return render_template(
        "account/second_factor.html",
        form=form,
        factor=second_factors.state(g.db, identity.user.id),
        must_have_factor=login.must_have_second_factor(identity),
    )


def enrol_page(form: CodeForm) -> str:
    """The secret as a picture to scan and as text to type."""
    user = current_person().user
    secret = second_factors.waiting_secret(g.db, user.id) or ""
    groups = [secret[start : start + SECRET_GROUP] for start in range(0, len(secret), SECRET_GROUP)]
    return render_template(
        "account/enrol.html",
        form=form,
        picture=picture_of(one_time_passwords.address(secret, user.email)),
        typed=" ".join(groups),
    )


def picture_of(address: str) -> Markup:
    """The QR code as inline SVG: no colour, size or style but what the page's classes say."""
    code = segno.make(address, error="m", micro=False)
    made = code.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="app-qr", lineclass=None
    )
    return Markup(made)
