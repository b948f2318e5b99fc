"""The demonstration: sign in as anybody with one click, and read the mails. Exists only in INTAKE_ENV=demo."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from intake.services import demo_desks
from intake.services.role_labels import ROLE_LABELS
from intake.web import login, mailbox
from intake.web.layout import landing
from intake.web.redirects import see_other
from intake.web.resources import resources
from intake.web.rights import public

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.get("")
@public
def show() -> str:
    return render_template("demo/accounts.html", desks=demo_desks.desks(), role_labels=ROLE_LABELS)


@bp.post("")
@public
def sign_in() -> Response:
    user = demo_desks.person(g.db, request.form.get("email", ""))
    return see_other(landing(login.sign_in(user)))


@bp.get("/mail")
@public
def mails() -> str:
    return render_template("demo/mails.html", mails=mailbox.newest(resources().mailer))


@bp.get("/mail/<name>")
@public
def mail(name: str) -> str:
    return render_template("demo/mail.html", mail=mailbox.one(resources().mailer, name))
