"""What is not received online, told to everybody; and the clearances by which the secretariat opens the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.catalogue import Initiative
from intake.forms.arrivals import ClearanceForm, RevokeForm
from intake.services import clearances, idempotency
from intake.web.attempts import attempt
from intake.web.catalogue import stopped_initiatives
from intake.web.fields import sent_form_token
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import public, requires

bp = Blueprint("clearances", __name__)


@bp.get("/state-secrets")
@public
def not_received() -> str:
    return render_template("clearances/not_received.html", initiatives=stopped_initiatives())


@bp.get("/clearances")
@requires("clearance.create")
def index() -> str:
    return page(form_of(None))


@bp.post("/clearances")
@requires("clearance.create")
def grant() -> Any:
    """Record one clearance; the form sent twice records it once."""
    form, actor = form_of(request.form), current_actor()
    values = {name: getattr(form, name).data or "" for name in ("owner", "initiative", "reason")}

    def work() -> dict[str, Any]:
        return {"initiative": clearances.grant(g.db, actor=actor, **values).initiative}

    with attempt(form):
        key = sent_form_token()
        idempotency.once(g.db, actor=actor, operation="web.clearance.grant", key=key, request=values, work=work)
    if form.problems:
        return page(form), 422
    flash(_("The clearance is recorded, and %(email)s is told.", email=values["owner"].strip()), "success")
    return see_other("/clearances")


@bp.post("/clearances/<int:clearance_id>/revoke")
@requires("clearance.revoke")
def revoke(clearance_id: int) -> Any:
    form = revoking(request.form, clearance_id)
    with attempt(form):
        clearances.revoke(g.db, clearance_id, reason=form.reason.data or "", actor=current_actor())
    if form.problems:
        return page(form_of(None), {clearance_id: form}), 422
    flash(_("The clearance is taken back, and its owner is told."), "success")
    return see_other("/clearances")


def revoking(sent: Any, clearance_id: int) -> RevokeForm:
    return RevokeForm(sent, say=tr, prefix=f"revoke-{clearance_id}-")


def form_of(sent: Any) -> ClearanceForm:
    return ClearanceForm(sent, say=tr, initiatives=[(one.id, numbered(one)) for one in stopped_initiatives()])


def numbered(initiative: Initiative) -> str:
    return f"{initiative.number}. {tr(initiative.title)}"


def page(form: ClearanceForm, tried: Mapping[int, RevokeForm] | None = None) -> str:
    granted = clearances.listing(g.db, actor=current_actor())
    forms = {one.id: revoking(None, one.id) for one in granted if one.revoked_at is None}
    return render_template(
        "clearances/index.html",
        form=form,
        granted=granted,
        revoking=forms | dict(tried or {}),
        problems=[problem for each in (form, *(tried or {}).values()) for problem in each.problems],
        titles={one.id: numbered(one) for one in stopped_initiatives()},
    )
