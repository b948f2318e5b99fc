"""Linking the bodies a proposal names to the catalogue; and going on without the opinion of a silent one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.errors import NotFound
from intake.forms.opinions import NoOpinionForm
from intake.forms.organisations import ROLES, LinksForm, NamedBody
from intake.models import Proposal
from intake.services import opinions, organisations, rights, routings
from intake.web.attempts import attempt
from intake.web.desks import opened
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name, head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("proposal_bodies", __name__)


@bp.get("/proposals/<code>/organisations")
@requires("proposal.read")
def show(proposal: Proposal) -> str:
    rights.ensure(g.db, proposal, "organisations.settle", actor=current_actor())
    return links_page(proposal, links_form(proposal, None))


@bp.post("/proposals/<code>/organisations")
@requires("proposal.read")
def settle(proposal: Proposal) -> Any:
    actor = current_actor()
    rights.ensure(g.db, proposal, "organisations.settle", actor=actor)
    form = links_form(proposal, request.form)
    form.ensure_settled()
    if not form.problems:
        with attempt(form):
            organisations.settle_names(g.db, proposal, form.chosen, actor=actor)
    if form.problems:
        return links_page(proposal, form), 422
    flash(_("The organisations of %(code)s are settled.", code=proposal.code), "success")
    return see_other(f"/proposals/{proposal.code}/staff")


def links_form(proposal: Proposal, sent: Any) -> LinksForm:
    likely = organisations.suggestions(g.db, proposal)
    bodies = [
        NamedBody(
            row.id,
            row.role,
            row.name,
            row.organisation_id,
            row.is_settled,
            tuple(body.id for body in likely.get(row.name, ())),
        )
        for row in organisations.links(g.db, proposal)
    ]
    options = [(body.id, tr(body_name(body))) for body in organisations.catalogue(g.db)]
    return LinksForm(sent, say=tr, bodies=bodies, options=options)


def links_page(proposal: Proposal, form: LinksForm) -> str:
    part = opened(proposal)
    return render_template(
        "desks/organisations.html", head=head_of(proposal), tabs=part.tabs("organisations"), form=form, roles=ROLES
    )


@bp.get("/proposals/<code>/no-opinion/<body>")
@requires("proposal.read")
def ask_close(proposal: Proposal, body: str) -> str:
    rights.ensure(g.db, proposal, "opinion.close", actor=current_actor())
    return close_page(proposal, body, NoOpinionForm(say=tr))


@bp.post("/proposals/<code>/no-opinion/<body>")
@requires("proposal.read")
def close(proposal: Proposal, body: str) -> Any:
    form = NoOpinionForm(request.form, say=tr)
    with attempt(form):
        opinions.close_body(g.db, proposal, body, reason=form.reason.data or "", actor=current_actor())
    if form.problems:
        return close_page(proposal, body, form), 422
    flash(_("The review of %(code)s goes on without that opinion.", code=proposal.code), "success")
    return see_other(f"/proposals/{proposal.code}/staff")


def close_page(proposal: Proposal, body: str, form: NoOpinionForm) -> str:
    """The page about one of the ministries asked; another body is no address."""
    asked = next((row for row in routings.current(g.db, proposal) if row.organisation_id == body), None)
    if asked is None:
        raise NotFound()
    return render_template(
        "desks/no_opinion.html",
        head=head_of(proposal),
        body=body_name(asked.organisation),
        due_on=max(asked.due_on, proposal.due_on or asked.due_on),
        form=form,
    )
