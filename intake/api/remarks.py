"""What the authors were asked, which sections are open to them, and what changed between two versions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from intake import outline
from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.proposals import TAG
from intake.api.shapes import Answer, Query
from intake.api.texts import LAST_VERSION
from intake.catalogue import CRITERIA
from intake.i18n import N_
from intake.outline import OUTLINE
from intake.services import proposals, remarks


class RemarkLine(Answer):
    """What has to be supplemented in one section."""

    section: str
    text: str


class Asked(Answer):
    """What waits for an answer of the authors; `open_sections` are those they may change now."""

    is_waiting: bool
    text: str
    reason: str
    items: list[RemarkLine]
    open_sections: list[str]


class ChangesQuery(Query):
    """Two frozen versions to compare; left out: the newest text the caller reads, and the version before it."""

    before: Annotated[int, Field(ge=1, le=LAST_VERSION)] | None = None
    after: Annotated[int, Field(ge=1, le=LAST_VERSION)] | None = None


class ChangedField(Answer):
    """One place that reads differently."""

    place: list[str]
    before: str
    after: str


class ChangedSection(Answer):
    """One section that reads differently, and the criteria that are judged by it; no fields: rows in another order."""

    section: str
    criteria: list[str]
    fields: list[ChangedField]


class Changes(Answer):
    """Two texts compared; `before` 0 says that none came before, `after` 0 is the authors' draft."""

    before: int
    after: int
    sections: list[ChangedSection]


@operation(
    "GET",
    "/proposals/<code>/remarks",
    action="proposal.read",
    summary=N_("What the authors were asked, and which sections are open to them"),
    tag=TAG,
    answer=Asked,
)
def read_remarks(call: Call, proposal: Any) -> Asked:
    asked = remarks.request(call.db, proposal, actor=call.actor)
    open_parts = asked.open_parts if asked else remarks.open_parts(call.db, proposal)
    return Asked(
        is_waiting=asked is not None,
        text=asked.text if asked else "",
        reason=asked.reason if asked else "",
        items=[RemarkLine(section=one.section, text=one.text) for one in (asked.remarks if asked else ())],
        open_sections=[part for part in OUTLINE.bodies if part in open_parts],
    )


@operation(
    "GET",
    "/proposals/<code>/changes",
    action="proposal.read",
    summary=N_("What changed between two versions, section by section"),
    tag=TAG,
    query=ChangesQuery,
    answer=Changes,
)
def read_changes(call: Call, proposal: Any, query: ChangesQuery) -> Changes:
    now = proposals.text_of(call.db, proposal, actor=call.actor, number=query.after)
    earlier = query.before or (now.number or proposal.current_version + 1) - 1
    if earlier < 1:
        return Changes(before=0, after=now.number, sections=[])
    before = proposals.text_of(call.db, proposal, actor=call.actor, number=earlier)
    sections = [changed(one) for one in outline.diff(before.document, now.document, call.language)]
    return Changes(before=earlier, after=now.number, sections=sections)


def changed(one: outline.SectionChange) -> ChangedSection:
    return ChangedSection(
        section=one.section,
        criteria=[id for id, criterion in CRITERIA.items() if one.section in criterion.evidence_sections],
        fields=[ChangedField(place=list(c.labels), before=c.before, after=c.after) for c in one.changes],
    )
