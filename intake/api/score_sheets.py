"""Score sheets: one's own, written and read; and those of others for whoever may see them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from intake.api.assignments import TAG
from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.shapes import Answer, Body, Sentence, Words, words
from intake.catalogue import CRITERIA
from intake.errors import NotFound
from intake.i18n import N_
from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import in_nano
from intake.services import score_sheets

SCALE: dict[str, Any] = {"minimum": KH01_2025.lowest, "maximum": KH01_2025.highest}
NANO = "In 10^-9 points."


class Score(Body):
    """One criterion; null says "cannot judge", which needs its reason."""

    score: Annotated[int | None, Field(json_schema_extra=SCALE)]
    justification: Sentence = ""
    section: str | None = None


class Sheet(Body):
    """Criteria left out stay as they were; a change after submission needs a reason."""

    scores: Annotated[dict[str, Score], Field(json_schema_extra={"propertyNames": {"enum": list(CRITERIA)}})]
    submit: bool
    reason: Sentence = ""


class ScoreLine(Answer):
    """One criterion as its author left it; a re-opened one waits to be confirmed."""

    score: int | None
    justification: str
    section: str | None
    version: int
    is_reopened: bool


class SheetView(Answer):
    """A score sheet with what it comes to now."""

    id: int
    capacity: str
    organisation: Words | None
    author: str
    version: int
    saved_at: datetime
    submitted_at: datetime | None
    is_conflicted: bool
    is_valid: bool
    total: Annotated[int | None, Field(description=NANO)]
    scores: dict[str, ScoreLine]


class SheetList(Answer):
    """The submitted sheets the caller may read."""

    items: list[SheetView]


def sheet_of(view: score_sheets.SheetView) -> SheetView:
    return SheetView(
        id=view.id,
        capacity=view.capacity,
        organisation=words(view.organisation),
        author=view.author,
        version=view.version,
        saved_at=view.saved_at,
        submitted_at=view.submitted_at,
        is_conflicted=view.is_conflicted,
        is_valid=view.is_valid,
        total=None if view.total is None else in_nano(view.total),
        scores={criterion: ScoreLine(**asdict(line)) for criterion, line in view.scores.items()},
    )


@operation(
    "PUT",
    "/proposals/<code>/score-sheet",
    action="score_sheet.write",
    summary=N_("Write or submit your score sheet"),
    tag=TAG,
    body=Sheet,
    answer=SheetView,
)
def write_score_sheet(call: Call, proposal: Any, body: Sheet) -> SheetView:
    scores = {criterion: score.model_dump() for criterion, score in body.scores.items()}
    score_sheets.save(call.db, proposal, scores, submit=body.submit, reason=body.reason, actor=call.actor)
    return own_sheet(call, proposal)


def own_sheet(call: Call, proposal: Any) -> SheetView:
    found = score_sheets.own(call.db, proposal, actor=call.actor)
    if found is None:
        raise NotFound()
    return sheet_of(found)


@operation(
    "GET",
    "/proposals/<code>/score-sheet",
    action="score_sheet.read_own",
    summary=N_("Read your own score sheet"),
    tag=TAG,
    answer=SheetView,
)
def read_score_sheet(call: Call, proposal: Any) -> SheetView:
    return own_sheet(call, proposal)


@operation(
    "GET",
    "/proposals/<code>/score-sheets",
    action="score_sheet.read_all",
    also=("score_sheet.read_ministry",),
    summary=N_("Read the submitted score sheets that are open to you"),
    tag=TAG,
    answer=SheetList,
    further=frozenset({409}),
)
def list_score_sheets(call: Call, proposal: Any) -> SheetList:
    found = score_sheets.submitted(call.db, proposal, actor=call.actor)
    return SheetList(items=[sheet_of(view) for view in found])
