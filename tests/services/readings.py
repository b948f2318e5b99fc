"""What people read, where the test knows that there is something to read."""

from __future__ import annotations

from intake.services import routings, score_sheets
from intake.services.score_sheets import SheetView


def own_sheet(db, proposal, actor) -> SheetView:
    """The actor's own sheet, which exists."""
    sheet = score_sheets.own(db, proposal, actor=actor)
    assert sheet is not None
    return sheet


def suggested_bodies(db, proposal) -> tuple[str, list[str], list[str]]:
    """Ids of the suggested lead, the cooperating bodies and those left out."""
    found = routings.suggested(db, proposal)
    assert found.lead is not None
    return found.lead.id, [body.id for body in found.cooperating], [body.id for body in found.left_out]
