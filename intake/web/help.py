"""How it works, in a page."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from intake.outline import OUTLINE
from intake.web.catalogue import stopped_numbers
from intake.web.procedure_steps import all_stages, straight_way
from intake.web.rights import public

bp = Blueprint("help", __name__)


@bp.get("/help")
@public
def show() -> str:
    return render_template(
        "help/show.html",
        steps=straight_way(g.db),
        stages=all_stages(g.db),
        sections=OUTLINE.sections,
        stopped=stopped_numbers(),
    )
