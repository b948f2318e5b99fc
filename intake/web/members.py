"""The members of an organisation for its manager; and the page behind an invitation's link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from intake.errors import IllegalMove, Invalid, NotFound
from intake.forms.accounts import AcceptForm, MemberForm
from intake.services import accounts, addresses, invitations, members, passwords
from intake.services.invitations import Asked
from intake.services.passwords import SHORTEST_PASSWORD
from intake.web import login
from intake.web.attempts import attempt
from intake.web.auth import FAILURES_FROM_ONE_PLACE, dead_link, failed
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import public, requires
from intake.web.security import limiter

bp = Blueprint("members", __name__)

MAILS_OF_ONE_PERSON = "60 per hour"


def inviter() -> str:
    return f"invitations of {current_actor().user_id}"


@bp.get("/members")
@requires("members.manage")
def show() -> str:
    return page(MemberForm(say=tr))


@bp.post("/members")
@requires("members.manage")
@limiter.limit(MAILS_OF_ONE_PERSON, key_func=inviter)
def invite() -> Any:
    form = MemberForm(request.form, say=tr)
    with attempt(form):
        members.invite(
            g.db,
            form.email.data or "",
            is_manager=bool(form.is_manager.data),
            language=language(),
            actor=current_actor(),
        )
    if form.problems:
        return page(form), 422
    flash(_("The invitation is on its way."), "success")
    return see_other("/members")


@bp.post("/members/<int:membership_id>/end")
@requires("members.manage")
def remove(membership_id: int) -> AnyResponse:
    members.remove(g.db, membership_id, actor=current_actor())
    flash(_("That person no longer acts for the organisation."), "success")
    return see_other("/members")


@bp.post("/members/invitations/<int:invitation_id>/end")
@requires("members.manage")
def withdraw(invitation_id: int) -> AnyResponse:
    members.withdraw(g.db, invitation_id, actor=current_actor())
    flash(_("The invitation is withdrawn."), "success")
    return see_other("/members")


def page(form: MemberForm) -> str:
    actor = current_actor()
    organisation = members.own_organisation(g.db, actor=actor)
    return render_template(
        "account/members.html",
        form=form,
        organisation=organisation.name_in(language()),
        lines=members.listing(g.db, actor=actor),
        waiting=invitations.waiting(g.db, organisation_id=organisation.id),
    )


@bp.get("/invitation/<token>")
@public
def invitation(token: str) -> Response:
    return invitation_page(token, AcceptForm(say=tr))


@bp.post("/invitation/<token>")
@public
@limiter.limit(FAILURES_FROM_ONE_PLACE, deduct_when=failed)
def accept(token: str) -> Any:
    """Take the place; whoever has no account yet opens one with a password, hashed before the write transaction."""
    form, asked = AcceptForm(request.form, say=tr), behind(token)
    if asked is None:
        return dead_link()
    name, hashed = "", None
    if not asked.has_account:
        try:
            name = addresses.checked_name(form.name.data or "")
            form.ensure_repeated()
            hashed = passwords.password_hash(form.password.data or "", about=(name, asked.email))
        except Invalid as error:
            form.refuse(error)
            return invitation_page(token, form, 422)
    try:
        user = invitations.accept(g.db, token, name=name, new_hash=hashed, language=language())
    except NotFound:
        return dead_link()
    if asked.has_account:
        flash(_("You accepted the invitation. Sign in to go on."), "success")
        return see_other(f"/login?next={after(asked)}")
    chosen = accounts.memberships_of(g.db, user.id)[-1].id
    login.sign_in(user, chosen)
    flash(_("You accepted the invitation, and your account is open."), "success")
    return see_other(after(asked))


def after(asked: Asked) -> str:
    return f"/proposals/{asked.proposal_code}" if asked.proposal_code else "/proposals"


def behind(token: str) -> Asked | None:
    """What the link invites to; None when it is dead."""
    with resources().database.reading() as db:
        try:
            return invitations.asked(db, token)
        except (NotFound, IllegalMove):
            return None


def invitation_page(token: str, form: AcceptForm, status: int = 200) -> Response:
    asked = behind(token)
    if asked is None:
        return dead_link()
    organisation = asked.organisation.name_in(language()) if asked.organisation else None
    return make_response(
        render_template(
            "account/invitation.html", form=form, asked=asked, organisation=organisation, shortest=SHORTEST_PASSWORD
        ),
        status,
    )
