"""The audit trail, for auditors: filtered by subject, person and day, with the state of the chain."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request

from intake.forms.days import day_of
from intake.policy import Role
from intake.services import trail
from intake.services.role_labels import ROLE_LABELS
from intake.services.trail import Wanted
from intake.web.login import current_actor
from intake.web.rights import requires

bp = Blueprint("trail", __name__)
LONGEST = 254


@bp.get("/audit")
@requires("audit.read")
def show() -> tuple[str, int] | str:
    asked = {name: request.args.get(name, "")[:LONGEST].strip() for name in ("subject", "person", "on")}
    day = day_of(asked["on"])
    is_wrong = bool(asked["on"]) and day is None
    wanted = Wanted(subject=asked["subject"], person=asked["person"], on=day)
    found = trail.page(g.db, actor=current_actor(), wanted=wanted, after=request.args.get("after"))
    older = f"/audit?{urlencode({**asked, 'after': found.next})}" if found.next else None
    shown = render_template(
        "admin/trail.html",
        trail=found,
        asked=asked,
        is_wrong=is_wrong,
        is_filtering=any(asked.values()),
        older=older,
        roles={role.value: ROLE_LABELS[role.value] for role in Role if role.value in ROLE_LABELS},
        broken=[line.seq for line in found.lines if not line.is_sealed],
    )
    return (shown, 422) if is_wrong else shown
