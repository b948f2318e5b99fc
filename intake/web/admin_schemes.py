"""The scoring scheme on the pages of an administrator: its versions, and a new one from a day on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.schemes import TermsForm, scheme_form
from intake.scoring.scheme_terms import LONGEST_ANCHOR, terms_of
from intake.services import scheme_versions
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("admin_schemes", __name__, url_prefix="/admin/schemes")


@bp.get("")
@requires("settings.edit")
def show() -> str:
    return render_template("admin/schemes.html", versions=scheme_versions.listing(g.db, actor=current_actor()))


@bp.get("/new")
@requires("settings.edit")
def edit() -> str:
    newest = scheme_versions.newest(g.db, actor=current_actor())
    return page(scheme_form()(say=tr, **terms_of(newest)))


@bp.post("/new")
@requires("settings.edit")
def add() -> Any:
    form = scheme_form()(request.form, say=tr)
    with attempt(form):
        scheme_versions.add(g.db, form.terms, effective_from=form.day, actor=current_actor())
    if form.problems:
        return page(form), 422
    flash(_("The version is added. Proposals that have a sheet keep the scheme it was made with."), "success")
    return see_other("/admin/schemes")


@bp.post("/<int:number>/withdraw")
@requires("settings.edit")
def withdraw(number: int) -> Response:
    scheme_versions.withdraw(g.db, number, actor=current_actor())
    flash(_("The version is taken back."), "success")
    return see_other("/admin/schemes")


def page(form: TermsForm) -> str:
    return render_template("admin/new_scheme.html", form=form, longest=LONGEST_ANCHOR)
