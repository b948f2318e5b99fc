"""Organisations and deciding bodies on the pages of an administrator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.administration import MergeForm, NamesForm, OrganisationForm, RulesForm, SeatForm
from intake.services import body_members, organisation_directory, organisation_merges, organisations
from intake.services.body_members import MODES, SEATS
from intake.services.organisation_directory import KINDS
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("admin_bodies", __name__, url_prefix="/admin")

LONGEST_SEARCH = 200


@bp.get("/organisations")
@requires("settings.edit")
def show_organisations() -> str:
    q = request.args.get("q", "")[:LONGEST_SEARCH]
    found = organisation_directory.search(g.db, q, actor=current_actor())
    return render_template("admin/organisations.html", found=found, q=q)


@bp.get("/organisations/new")
@requires("settings.edit")
def new_organisation() -> str:
    return render_template("admin/new_organisation.html", form=OrganisationForm(say=tr, kinds=KINDS))


@bp.post("/organisations/new")
@requires("settings.edit")
def create_organisation() -> Any:
    form, made = OrganisationForm(request.form, say=tr, kinds=KINDS), None
    with attempt(form):
        made = organisation_directory.create(g.db, kind=form.kind.data or "", actor=current_actor(), **names_of(form))
    if made is None:
        return render_template("admin/new_organisation.html", form=form), 422
    flash(_("The organisation is in the list."), "success")
    return see_other(f"/admin/organisations/{made.id}")


def names_of(form: NamesForm) -> dict[str, str]:
    return {
        "name_vi": form.name_vi.data or "",
        "name_en": form.name_en.data or "",
        "abbreviation": form.abbreviation.data or "",
    }


@bp.get("/organisations/<organisation_id>")
@requires("settings.edit")
def organisation(organisation_id: str) -> str:
    return organisation_page(organisation_id)


@bp.post("/organisations/<organisation_id>")
@requires("settings.edit")
def rename(organisation_id: str) -> Any:
    form = NamesForm(request.form, say=tr)
    with attempt(form):
        organisation_directory.rename(g.db, organisation_id, actor=current_actor(), **names_of(form))
    if form.problems:
        return organisation_page(organisation_id, names=form), 422
    flash(_("The name is changed; the old one is kept below."), "success")
    return see_other(f"/admin/organisations/{organisation_id}")


@bp.post("/organisations/<organisation_id>/merge")
@requires("settings.edit")
def merge(organisation_id: str) -> Any:
    form, into = merge_form(organisation_id, request.form), None
    with attempt(form):
        into = organisation_merges.merge(g.db, organisation_id, form.into.data or "", actor=current_actor())
    if into is None:
        return organisation_page(organisation_id, merging=form), 422
    flash(_("The two are one. Links, members and the routing table were moved."), "success")
    return see_other(f"/admin/organisations/{into.id}")


def merge_form(organisation_id: str, sent: Any) -> MergeForm:
    others = [body for body in organisations.catalogue(g.db) if body.id != organisation_id]
    return MergeForm(sent, say=tr, organisations=[(body.id, tr(body_name(body))) for body in others])


def organisation_page(organisation_id: str, *, names: NamesForm | None = None, merging: MergeForm | None = None) -> str:
    details = organisation_directory.get(g.db, organisation_id, actor=current_actor())
    now = organisation_directory.plain(details.organisation)
    names, merging = names or NamesForm(say=tr, **now), merging or merge_form(organisation_id, None)
    return render_template(
        "admin/organisation.html",
        details=details,
        form=names,
        merge_form=merging,
        problems=[*names.problems, *merging.problems],
    )


@bp.get("/bodies")
@requires("settings.edit")
def show_bodies() -> str:
    found = body_members.listing(g.db, actor=current_actor())
    return render_template("admin/bodies.html", bodies=found, modes=MODES)


@bp.get("/bodies/<body_id>")
@requires("settings.edit")
def body(body_id: str) -> str:
    return body_page(body_id)


@bp.post("/bodies/<body_id>")
@requires("settings.edit")
def set_rules(body_id: str) -> Any:
    form = RulesForm(request.form, say=tr, modes=MODES)
    with attempt(form):
        numerator, denominator = form.part
        body_members.set_rules(
            g.db,
            body_id,
            numerator=numerator,
            denominator=denominator,
            mode=form.mode.data or "",
            actor=current_actor(),
        )
    if form.problems:
        return body_page(body_id, rules=form), 422
    flash(_("The rules of the body are set."), "success")
    return see_other(f"/admin/bodies/{body_id}")


@bp.post("/bodies/<body_id>/seats")
@requires("settings.edit")
def give_seat(body_id: str) -> Any:
    form = SeatForm(request.form, say=tr, seats=SEATS)
    with attempt(form):
        body_members.seat(
            g.db,
            body_id,
            email=form.email.data or "",
            seat=form.seat.data or "",
            title=form.title.data or "",
            actor=current_actor(),
        )
    if form.problems:
        return body_page(body_id, seat=form), 422
    flash(_("The seat is given."), "success")
    return see_other(f"/admin/bodies/{body_id}")


@bp.post("/bodies/<body_id>/seats/<int:member_id>/end")
@requires("settings.edit")
def end_seat(body_id: str, member_id: int) -> Response:
    body_members.end(g.db, body_id, member_id, actor=current_actor())
    flash(_("The seat has ended."), "success")
    return see_other(f"/admin/bodies/{body_id}")


def body_page(body_id: str, *, rules: RulesForm | None = None, seat: SeatForm | None = None) -> str:
    sitting = body_members.get(g.db, body_id, actor=current_actor())
    own = sitting.body
    now = {"quorum": f"{own.quorum_numerator}/{own.quorum_denominator}", "mode": own.mode}
    rules = rules or RulesForm(say=tr, modes=MODES, **now)
    seat = seat or SeatForm(say=tr, seats=SEATS)
    return render_template(
        "admin/body.html",
        sitting=sitting,
        rules=rules,
        seat=seat,
        seat_labels=SEATS,
        problems=[*rules.problems, *seat.problems],
    )
