"""Looking up a file by its code and the key printed on the receipt."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext
from wtforms import Form, StringField

from intake.errors import NotFound
from intake.services import public as open_data
from intake.services.public import Tracked
from intake.services.timeline import WORDS
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.lazy import _
from intake.web.procedure_steps import HOLDERS
from intake.web.rights import public
from intake.web.security import limiter
from intake.web.timelines import entries

bp = Blueprint("track", __name__)
WRONG_GUESSES = "10 per minute; 100 per hour"


class TrackForm(Form):
    code = StringField(_("Code of the file"), description=_("On the receipt, for example SK-2026-8K2M4QWX"))
    key = StringField(_("Key"), description=_("The 6 characters printed below the code. Not needed for public files."))


def failed(response: Response) -> bool:
    """Only wrong guesses use up the limit."""
    return response.status_code == 404


@bp.get("/track")
@public
@limiter.limit(WRONG_GUESSES, deduct_when=failed)
def show() -> Any:
    form = TrackForm(request.args)
    code, key = form.code.data or "", form.key.data or ""
    if not code:
        return render_template("public/track.html", form=form)
    try:
        found = open_data.track(g.db, code, key or None)
    except NotFound as error:
        # A code alone is not a guess: the next step is to ask for the key.
        form.key.errors = [tr(error.message) if key else gettext("Enter the key printed on the receipt")]
        return render_template("public/track.html", form=form), 404 if key else 200
    return render_template("public/tracked.html", found=found, timeline=entries(found.steps), **words(found))


def words(found: Tracked) -> dict[str, Any]:
    """Holder, start and outcome in words."""
    name = found.holder_name_en if language() == "en" else found.holder_name_vi
    kind = HOLDERS.get(found.holder_kind or "")
    now = next((step for step in found.steps if step.kind == "now"), None)
    return {
        "holder": name or (tr(kind) if kind else ""),
        "since": now.at if now else None,
        "outcome": WORDS[found.outcome] if found.outcome else None,
    }
