"""Claiming a proposal that the secretariat entered: with the code and the key of the receipt, once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask_babel import gettext as _

from intake.errors import NotFound
from intake.forms.arrivals import ClaimForm
from intake.services import claims
from intake.web.filters import tr
from intake.web.login import current_actor, current_identity
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.security import limiter

bp = Blueprint("claims", __name__, url_prefix="/claim")
WRONG_GUESSES = "5 per minute; 20 per day"


def failed(response: Response) -> bool:
    """Only wrong guesses use up the limit."""
    return response.status_code == 404


def who() -> str:
    """The limit is the account's, wherever it signs in from."""
    identity = current_identity()
    return f"claims of {identity.user.id if identity else 'nobody'}"


@bp.get("")
@requires("proposal.claim")
def new() -> str:
    return render_template("claims/new.html", form=ClaimForm(say=tr))


@bp.post("")
@requires("proposal.claim")
@limiter.limit(WRONG_GUESSES, key_func=who, deduct_when=failed)
@limiter.limit(WRONG_GUESSES, deduct_when=failed)
def claim() -> Any:
    """The proposal belongs to the person from now on; whatever does not fit is answered alike."""
    form = ClaimForm(request.form, say=tr)
    try:
        found = claims.claim(g.db, code=form.code.data or "", key=form.key.data or "", actor=current_actor())
    except NotFound as refused:
        form.refuse_key(tr(refused.message))
        return make_response(render_template("claims/new.html", form=form), 404)
    flash(_("The proposal %(code)s now belongs to your account.", code=found.code), "success")
    return see_other(f"/proposals/{found.code}")
