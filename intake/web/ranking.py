"""The ranking: in order, without rank numbers, each score with its doubt beside it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flask import Blueprint, g, render_template, request

from intake.catalogue import CRITERIA, SYSTEMS
from intake.i18n import Text
from intake.scoring.schemes import Scheme
from intake.scoring.totals import NANO
from intake.services import rankings, schemes
from intake.services.rankings import RankRow
from intake.web.filters import tr
from intake.web.login import current_actor
from intake.web.rights import requires
from intake.web.score_plots import criterion_cells, plot, points

bp = Blueprint("ranking", __name__)

BAND_TONES = {"recommended": "ok", "to_discuss": "decide", "to_strengthen": "you", "below_floor": "closed"}


@bp.get("/ranking")
@requires("ranking.read")
def show() -> str:
    asked = request.args.get("system", "")
    system = SYSTEMS.get(asked)
    rows = rankings.ranking(g.db, actor=current_actor(), system=system.id if system else None)
    scheme = schemes.in_force(g.db)
    return render_template(
        "ranking/show.html",
        lines=[line(row, scheme) for row in rows],
        sheet_count=sum(row.n for row in rows),
        system=system,
        systems=list(SYSTEMS.values()),
        scheme=scheme,
        weights="/".join(str(criterion.weight) for criterion in scheme.criteria),
    )


def line(row: RankRow, scheme: Scheme) -> dict[str, Any]:
    """One row ready to show."""
    names = {id: tr(criterion.name) for id, criterion in CRITERIA.items()}
    totals = [Fraction(total, NANO) for total in row.totals]
    band = next((band for band in scheme.bands if band.id == row.band), None)
    return {
        "row": row,
        "url": f"/proposals/{row.code}/synthesis",
        "system": SYSTEMS.get(row.system or ""),
        "score": points(row.official),
        "plot": plot(totals, official=row.official, sd=row.sd, scheme=scheme),
        "cells": criterion_cells(scheme, row.criteria, names),
        "band": band.label if band else Text("Chưa có điểm", "No score yet"),
        "band_tone": BAND_TONES.get(row.band or "", ""),
    }
