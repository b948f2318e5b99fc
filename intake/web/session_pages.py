"""The page of a sitting with one item in hand, and the form of its conclusion."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from intake.forms.conclusions import ConclusionForm
from intake.forms.days import shown
from intake.outline import OUTLINE
from intake.services import session_desk
from intake.web.filters import tr
from intake.web.item_desks import ItemDesk
from intake.web.section_editor import numbered
from intake.web.sittings import Sitting


def page(sitting: Sitting, desk: ItemDesk | None, form: ConclusionForm | None = None, refused: Any = None) -> str:
    """`refused` says why the button that was pressed did nothing."""
    if form is None and desk is not None and desk.may_conclude:
        form = conclusion_form(desk, None)
    return render_template("sessions/show.html", sitting=sitting, desk=desk, form=form, refused=refused)


def conclusion_form(desk: ItemDesk, sent: Any) -> ConclusionForm:
    """What is prepared, else what the vote came to."""
    item, outcomes = desk.item, desk.outcomes
    return ConclusionForm(
        sent,
        say=tr,
        outcomes=outcomes,
        conditions=item.conditions,
        remarks=item.remarks or (),
        sections=[(part, numbered(part)) for part in OUTLINE.bodies],
        outcome=item.outcome or (outcomes[0][0] if len(outcomes) == 1 else None),
        text=item.text,
        reason=item.reason,
        defer_until=shown(item.defer_until) if item.defer_until else "",
        into=session_desk.merged_into(g.db, item) or "",
    )
