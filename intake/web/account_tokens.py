"""One's own API tokens: a new one is shown once, the others can be revoked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.accounts import TokenForm
from intake.services import tokens
from intake.services.accounts import Identity
from intake.services.role_labels import ROLE_LABELS
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor, current_person
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("account_tokens", __name__, url_prefix="/account/tokens")


@bp.get("")
@requires("token.create")
def index() -> str:
    return page(form_of(None))


@bp.post("")
@requires("token.create")
def create() -> Any:
    """Make a token and show it: only its hash is kept, so this page is the one place where it stands."""
    form, made = form_of(request.form), ""
    with attempt(form):
        made = tokens.issue(g.db, current_person(), **form.wish())
    if form.problems:
        return page(form), 422
    return page(form_of(None), made)


@bp.post("/<int:token_id>/revoke")
@requires("token.create")
def revoke(token_id: int) -> Response:
    tokens.revoke(g.db, token_id, actor=current_actor())
    flash(_("The token is revoked. Programs that use it are refused from now on."), "success")
    return see_other("/account/tokens")


def form_of(sent: Any) -> TokenForm:
    person = current_person()
    given = {} if sent is not None else {"scope": "read", "days": "30", "membership": str(person.membership.id)}
    return TokenForm(sent, say=tr, roles=list(roles(person).items()), **given)


def roles(person: Identity) -> dict[str, str]:
    """The person's roles in words, by membership."""
    return {str(held.id): role_words(held) for held in person.memberships}


def role_words(held: Any) -> str:
    label = tr(ROLE_LABELS[held.role])
    return f"{label}, {held.organisation.name_in(language())}" if held.organisation else label


def page(form: TokenForm, made: str = "") -> str:
    person = current_person()
    return render_template(
        "account/tokens.html",
        form=form,
        made=made,
        lines=tokens.listing(g.db, actor=person.actor),
        roles=roles(person),
    )
