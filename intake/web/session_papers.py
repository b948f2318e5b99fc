"""The papers of a session: minutes, synthesis and report, made when asked for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.models import CommitteeSession
from intake.services import session_papers
from intake.web.desks import PAPER_STATES
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.sittings import Sitting
from intake.web.verify import KINDS

bp = Blueprint("session_papers", __name__)


@bp.get("/sessions/<int:id>/papers")
@requires("session.read")
def show(session: CommitteeSession) -> str:
    sitting = Sitting(session)
    return render_template(
        "papers/session.html",
        sitting=sitting,
        papers=session_papers.listing(g.db, session, actor=current_actor()),
        offered=tuple(session_papers.GATHERED) if sitting.may_manage else (),
        kinds=KINDS,
        states=PAPER_STATES,
    )


@bp.post("/sessions/<int:id>/papers")
@requires("session.manage")
def ask(session: CommitteeSession) -> Any:
    document = session_papers.ask(g.db, session, request.form.get("kind", ""), actor=current_actor())
    flash(_("The document %(doc)s is being made.", doc=document.doc), "success")
    return see_other(f"/sessions/{session.id}/papers")
