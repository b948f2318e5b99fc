"""How it works, in a page; a guide for each kind of reader."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from intake.errors import NotFound
from intake.outline import OUTLINE
from intake.policy import Role
from intake.web import guides
from intake.web.catalogue import stopped_numbers
from intake.web.languages import language
from intake.web.procedure_steps import all_stages, straight_way
from intake.web.rights import public

bp = Blueprint("help", __name__)

GUIDE_OF = {
    Role.APPLICANT: "applicant",
    Role.SECRETARY: "secretary",
    Role.MINISTRY_LEAD: "reviewer",
    Role.MINISTRY_REVIEWER: "reviewer",
    Role.ENGINEER: "reviewer",
    Role.ADVISER: "reviewer",
    Role.COMMITTEE_MEMBER: "committee",
    Role.COMMITTEE_CHAIR: "committee",
}


def help_url(role: Role | None) -> str:
    """Where "Help" leads somebody who acts in this role."""
    name = GUIDE_OF.get(role) if role else None
    return f"/help/{name}" if name else "/help"


@bp.get("/help")
@public
def show() -> str:
    return render_template(
        "help/show.html",
        steps=straight_way(g.db),
        stages=all_stages(g.db),
        sections=OUTLINE.sections,
        stopped=stopped_numbers(),
        guides=[guides.guide(name, language()) for name in guides.NAMES],
    )


@bp.get("/help/<name>")
@public
def guide(name: str) -> str:
    if name not in guides.NAMES:
        raise NotFound()
    return render_template("help/guide.html", guide=guides.guide(name, language()))
