"""Letterheads of issuing bodies: what is in force, another one from a day on, a sample as PDF."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import clock
from intake.forms.days import shown
from intake.forms.letterheads import LetterheadForm
from intake.i18n import N_, Message
from intake.services import letterhead_samples, letterheads
from intake.services.letterheads import LINES, Setting
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.papers import LOOK_AGAIN_SECONDS
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import requires

bp = Blueprint("admin_letterheads", __name__, url_prefix="/admin/letterheads")

FAMILIES: dict[str, Message] = {
    "party_hd36": N_("Party (ĐẢNG CỘNG SẢN VIỆT NAM)"),
    "state_nd30": N_("State (Nghị định 30/2020/NĐ-CP)"),
}


@bp.get("")
@requires("settings.edit")
def listing() -> str:
    found = letterheads.listing(g.db, actor=current_actor())
    return render_template("admin/letterheads.html", settings=found, families=FAMILIES)


@bp.get("/<issuer>")
@requires("settings.edit")
def edit(issuer: str) -> str:
    found = letterheads.setting(g.db, issuer, actor=current_actor())
    head = found.head
    values: dict[str, Any] = {name: "\n".join(getattr(head, name)) for name in LINES}
    words = {name: getattr(head, name) for name in ("profile_id", *letterheads.WORDS)}
    return page(found, form_of(None, **values, **words, effective_from=shown(clock.today())))


@bp.post("/<issuer>")
@requires("settings.edit")
def save(issuer: str) -> Any:
    """Two buttons: keep it, or have a sample made first."""
    actor, form = current_actor(), form_of(request.form)
    found = letterheads.setting(g.db, issuer, actor=actor)
    with attempt(form):
        if "sample" in request.form:
            head = letterheads.declared(g.db, issuer, form.entries)
            name = letterhead_samples.promise(g.db, head, actor=actor)
            return see_other(f"/admin/letterheads/samples/{name}.pdf")
        letterheads.add(g.db, issuer, entries=form.entries, effective_from=form.day, actor=actor)
    if form.problems:
        return page(found, form), 422
    flash(_("The letterhead is set. Documents that were issued keep theirs."), "success")
    return see_other(f"/admin/letterheads/{issuer}")


@bp.post("/<int:setting_id>/withdraw")
@requires("settings.edit")
def withdraw(setting_id: int) -> Response:
    issuer = letterheads.withdraw(g.db, setting_id, actor=current_actor())
    flash(_("The change is taken back."), "success")
    return see_other(f"/admin/letterheads/{issuer}")


@bp.get("/samples/<name>.pdf")
@requires("settings.edit")
def sample(name: str) -> Response:
    """The sample; 202 while the worker is making it."""
    key = letterhead_samples.ready(g.db, name, actor=current_actor())
    if key is None:
        waiting = make_response(render_template("admin/letterhead_sample.html"), 202)
        waiting.headers["Retry-After"] = waiting.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return waiting
    response = make_response(resources().files.get(key))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="sample.pdf"'
    return response


def form_of(sent: Any, **values: Any) -> LetterheadForm:
    return LetterheadForm(sent, say=tr, families=FAMILIES, **values)


def page(found: Setting, form: LetterheadForm) -> str:
    return render_template("admin/letterhead.html", setting=found, form=form, families=FAMILIES)
