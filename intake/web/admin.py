"""The pages of an administrator: what there is, and the people. Never a text of a proposal, never a score."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import catalogue
from intake.forms.accounts import LANGUAGE_NAMES, NewUserForm, ReasonForm, RoleForm
from intake.i18n import DEFAULT_LANGUAGE, N_
from intake.services import deactivations, memberships, organisations, second_factors, user_directory, wordings
from intake.services.role_labels import ROLE_LABELS
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("admin", __name__, url_prefix="/admin")

LONGEST_SEARCH = 200
REASON_MISSING = N_("Say why.")


@bp.get("")
@requires("settings.edit")
def show() -> str:
    return render_template("admin/show.html")


@bp.get("/users")
@requires("user.manage")
def users() -> str:
    q = request.args.get("q", "")[:LONGEST_SEARCH]
    page = user_directory.search(g.db, q, after=request.args.get("after", ""), actor=current_actor())
    return render_template("admin/users.html", page=page, q=q, role_labels=ROLE_LABELS)


@bp.get("/users/new")
@requires("user.manage")
def new_user() -> str:
    form = NewUserForm(say=tr, language=DEFAULT_LANGUAGE)
    return render_template("admin/new_user.html", form=form, role_form=role_form(None), problems=[])


@bp.post("/users/new")
@requires("user.manage")
def create_user() -> Any:
    """One page, two parts: the person, and the first role."""
    form, given = NewUserForm(request.form, say=tr), role_form(request.form)
    made = None
    with attempt(Parts(form, given)):
        made = user_directory.create(
            g.db,
            email=form.email.data or "",
            name=form.name.data or "",
            language=form.language.data or "",
            actor=current_actor(),
            **chosen(given),
        )
    if made is None:
        problems = [*form.problems, *given.problems]
        return render_template("admin/new_user.html", form=form, role_form=given, problems=problems), 422
    flash(_("The account is open. A link that sets the password is on its way."), "success")
    return see_other(f"/admin/users/{made.id}")


class Parts:
    """Two forms of one page: each takes the problems of its own fields."""

    def __init__(self, first: NewUserForm, second: RoleForm) -> None:
        self.first, self.second = first, second

    def refuse(self, error: Any) -> None:
        paths = [path for path, _message in getattr(error, "errors", ())]
        (self.second if any(self.second.field_at(path) for path in paths) else self.first).refuse(error)


def role_form(sent: Any) -> RoleForm:
    return RoleForm(
        sent,
        say=tr,
        roles=[(id, tr(label)) for id, label in ROLE_LABELS.items()],
        organisations=[(body.id, tr(body_name(body))) for body in organisations.catalogue(g.db)],
        systems=[(id, tr(system.name)) for id, system in catalogue.SYSTEMS.items()],
    )


def chosen(form: RoleForm) -> dict[str, Any]:
    return {
        "role": form.chosen_role,
        "organisation_id": form.organisation.data or None,
        "system": form.system.data or None,
        "is_manager": bool(form.is_manager.data),
    }


@bp.get("/users/<int:user_id>")
@requires("user.manage")
def user(user_id: int) -> str:
    return user_page(user_id)


def user_page(user_id: int, *, given: RoleForm | None = None, why: ReasonForm | None = None) -> str:
    person = user_directory.get(g.db, user_id, actor=current_actor())
    given, why = given or role_form(None), why or ReasonForm(say=tr)
    return render_template(
        "admin/user.html",
        person=person,
        role_form=given,
        reason_form=why,
        problems=[*given.problems, *why.problems],
        role_labels=ROLE_LABELS,
        language_names=LANGUAGE_NAMES,
        is_self=user_id == current_actor().user_id,
    )


@bp.post("/users/<int:user_id>/roles")
@requires("user.manage")
def grant(user_id: int) -> Any:
    form, actor = role_form(request.form), current_actor()
    person = user_directory.get(g.db, user_id, actor=actor)
    with attempt(form):
        memberships.grant(g.db, person.user, actor=actor, **chosen(form))
    if form.problems:
        return user_page(user_id, given=form), 422
    flash(_("The role is given, and the person was told."), "success")
    return see_other(f"/admin/users/{user_id}")


@bp.post("/users/<int:user_id>/roles/<int:membership_id>/end")
@requires("user.manage")
def end_role(user_id: int, membership_id: int) -> Any:
    def work(reason: str) -> None:
        memberships.end(g.db, membership_id, user_id=user_id, reason=reason, actor=current_actor())

    return with_reason(user_id, work, _("The role has ended, and the person was told."))


@bp.post("/users/<int:user_id>/deactivate")
@requires("user.manage")
def deactivate(user_id: int) -> Any:
    def work(reason: str) -> None:
        deactivations.deactivate(g.db, user_id, reason=reason, actor=current_actor())

    return with_reason(user_id, work, _("The account is closed: nothing of this person opens anything any more."))


@bp.post("/users/<int:user_id>/second-factor/remove")
@requires("user.manage")
def remove_second_factor(user_id: int) -> Any:
    person = user_directory.get(g.db, user_id, actor=current_actor()).user

    def work(reason: str) -> None:
        second_factors.remove(g.db, person, actor=current_actor(), reason=reason)

    return with_reason(user_id, work, _("The second factor is removed, and the person was told."))


def with_reason(user_id: int, work: Callable[[str], None], told: str) -> Any:
    """Do what an administrator must give a reason for; without one the page is shown again."""
    form = ReasonForm(request.form, say=tr)
    with attempt(form):
        work(wordings.checked(form.reason.data or "", "reason", missing=REASON_MISSING))
    if form.problems:
        return user_page(user_id, why=form), 422
    flash(told, "success")
    return see_other(f"/admin/users/{user_id}")


@bp.post("/users/<int:user_id>/reactivate")
@requires("user.manage")
def reactivate(user_id: int) -> Response:
    deactivations.reactivate(g.db, user_id, actor=current_actor())
    flash(_("The account is open again. Its roles count again; work that was ended stays ended."), "success")
    return see_other(f"/admin/users/{user_id}")


@bp.post("/users/<int:user_id>/link")
@requires("user.manage")
def send_link(user_id: int) -> Response:
    person = user_directory.get(g.db, user_id, actor=current_actor()).user
    user_directory.send_link(g.db, person, actor=current_actor())
    flash(_("A link that sets the password is on its way."), "success")
    return see_other(f"/admin/users/{user_id}")
