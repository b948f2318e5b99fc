"""One's own account: name and language, password, and the devices on which one is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Invalid
from intake.forms.accounts import ChangePasswordForm, ProfileForm
from intake.services import links, logins, people, second_factors
from intake.services.passwords import SHORTEST_PASSWORD
from intake.services.role_labels import ROLE_LABELS
from intake.web import login
from intake.web.attempts import attempt
from intake.web.auth import FAILURES_FROM_ONE_PLACE, failed
from intake.web.devices import device_name
from intake.web.filters import tr
from intake.web.languages import COOKIE
from intake.web.login import current_person, current_token
from intake.web.redirects import see_other
from intake.web.rights import own_account
from intake.web.security import limiter

bp = Blueprint("account", __name__, url_prefix="/account")


def own_key() -> str:
    """Whose password is being tried at an open screen."""
    return f"person {current_person().user.id}"


@bp.get("")
@own_account
def show() -> str:
    user = current_person().user
    return overview(ProfileForm(say=tr, name=user.name, language=user.language))


@bp.post("")
@own_account
def save() -> Any:
    form, identity = ProfileForm(request.form, say=tr), current_person()
    with attempt(form):
        people.describe(
            g.db,
            identity.user,
            name=form.name.data or "",
            language=form.language.data or "",
            actor=identity.actor,
        )
    if form.problems:
        return overview(form), 422
    flash(_("Your account is saved."), "success")
    response = redirect("/account", 303)
    response.delete_cookie(COOKIE)  # the language of the account counts from now on, here too
    return response


def overview(form: ProfileForm) -> str:
    identity = current_person()
    own = [(ROLE_LABELS[held.role], held.organisation) for held in identity.memberships]
    return render_template(
        "account/show.html",
        form=form,
        email=identity.user.email,
        roles=own,
        manages=identity.actor.is_manager,
        factor=second_factors.state(g.db, identity.user.id),
        must_have_factor=login.must_have_second_factor(identity),
    )


@bp.get("/password")
@own_account
def ask_password() -> str:
    return password_page(ChangePasswordForm(say=tr))


@bp.post("/password")
@own_account
@limiter.limit(FAILURES_FROM_ONE_PLACE, key_func=own_key, deduct_when=failed)
def change_password() -> Any:
    """Check the old, hash the new, both before the write transaction; other devices are signed out."""
    form, identity = ChangePasswordForm(request.form, say=tr), current_person()
    try:
        form.ensure_repeated()
        links.refuse_wrong(identity.user, form.current.data or "", "current")
        hashed = links.hash_for(identity.user, form.password.data or "")
    except Invalid as error:
        form.refuse(error)
        return password_page(form), 422
    had_second_factor = login.has_second_factor()
    links.set_password(g.db, identity.user, hashed)
    identity.user.password_hash = hashed
    login.sign_in(identity.user, identity.membership.id, has_second_factor=had_second_factor)
    flash(_("Your password is changed. Other devices were signed out."), "success")
    return see_other("/account")


def password_page(form: ChangePasswordForm) -> str:
    return render_template("account/password.html", form=form, shortest=SHORTEST_PASSWORD)


@bp.get("/logins")
@own_account
def devices() -> str:
    lines = logins.listing(g.db, current_person().user.id, current_token())
    return render_template("account/logins.html", lines=[(line, device_name(line.device)) for line in lines])


@bp.post("/logins/<int:login_id>/end")
@own_account
def end_device(login_id: int) -> Response:
    logins.end_one(g.db, login_id, actor=current_person().actor)
    flash(_("That device is signed out."), "success")
    return see_other("/account/logins")


@bp.post("/logins/end-all")
@own_account
def end_devices() -> Response:
    logins.end_everywhere(g.db, actor=current_person().actor)
    login.sign_out()
    flash(_("You are signed out on every device."), "success")
    response = make_response(see_other("/login"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
