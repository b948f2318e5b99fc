"""What the page of one section shows: the form, the list of sections, what is still missing, who reads it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _

from intake import clock, forms, outline
from intake.catalogue import CRITERIA, ORGANISATIONS
from intake.forms import Filled
from intake.forms.builder import unbracketed
from intake.forms.rows import numbers_in
from intake.models import Proposal
from intake.outline import ERROR, OUTLINE, Problem
from intake.outline.model import Party, Rows
from intake.services import proposals, remarks
from intake.web.filters import moment, tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.money_tables import RESOURCES, MoneyTables, money_tables
from intake.web.problem_lists import ProblemGroup, place_here, problem_groups

ADMINISTRATIVE = "administrative"
PARTS = tuple(OUTLINE.bodies)


@dataclass(frozen=True)
class SectionLink:
    """One entry of the list of sections beside the form."""

    label: str
    url: str
    is_current: bool
    is_wrong: bool


@dataclass
class Editor:
    """One section being written. `seen_text` says what of it was seen, so that only a change of it is a conflict.

    `focus` is where the person goes on after a button of a list; `suggested` are the boxes that offer known names.
    """

    proposal: Proposal
    filled: Filled
    title: str
    eyebrow: str
    guidance: str
    seen: int
    seen_text: str
    sections: list[SectionLink]
    heads: dict[str, forms.RowHead]
    saved: str
    is_saved: bool
    criteria: list[str]
    next_label: str
    focus: str = ""
    suggested: frozenset[str] = frozenset()
    errors: list[dict[str, str]] = field(default_factory=list)
    problems: list[ProblemGroup] = field(default_factory=list)
    money: MoneyTables | None = None
    conflict: Conflict | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def part(self) -> str:
        return self.filled.part

    @property
    def known_names(self) -> list[str]:
        """Names of the catalogue's organisations: offered where any name may be written."""
        return [tr(known.name) for known in ORGANISATIONS.values()] if self.suggested else []


@dataclass(frozen=True)
class Difference:
    """One place that reads differently in the two texts."""

    place: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved the same section; `theirs` is their text, `differences` where the two differ."""

    saved: str
    differences: list[Difference]
    theirs: outline.SectionView


def editor(
    proposal: Proposal,
    document: dict[str, Any],
    filled: Filled,
    *,
    opened: str = "",
    focus: str = "",
    seen: tuple[int, str] | None = None,
    is_saved: bool = True,
) -> Editor:
    """The page of the section that `filled` holds; `seen` is kept when nothing was saved in between."""
    part = filled.part
    found = proposals.problems(g.db, proposal)
    asked = remarks.request(g.db, proposal, actor=current_actor())
    open_parts = asked.open_parts if asked else remarks.EVERY_PART
    current = (proposal.document_revision, outline.section_fingerprint(document, part))
    revision, text = seen or current
    return Editor(
        proposal=proposal,
        filled=filled,
        title=title(part),
        eyebrow=eyebrow(part),
        guidance=guidance(part),
        seen=revision,
        seen_text=text,
        sections=section_links(proposal, document, part, [one for one in found if one.severity == ERROR], open_parts),
        heads=forms.row_heads(filled, opened),
        saved=saved_text(proposal.document_saved_at),
        is_saved=is_saved,
        criteria=[f"{c.number}. {tr(c.name)}" for c in CRITERIA.values() if part in c.evidence_sections],
        next_label=next_label(part, open_parts),
        focus=focus,
        suggested=party_names(filled),
        errors=error_list(filled),
        problems=problem_list(document, part, found) if is_saved else [],
        money=money_tables(document, filled) if part == RESOURCES else None,
        remarks=asked.on(part) if asked else [],
    )


def party_names(filled: Filled) -> frozenset[str]:
    """The boxes for the name of a body or person."""
    parties = [name for name, item in filled.fields.items() if isinstance(getattr(item, "declared", None), Party)]
    return frozenset(f"{name}.name" for name in parties)


def row_at(path: str) -> str:
    """The row around a field, which has to be open for the field to be seen; empty outside lists."""
    return next((f"{list_path}.{number}" for list_path, number in numbers_in(path)), "")


def title(part: str) -> str:
    """The official words of a section, or of the part that is not counted."""
    return tr(OUTLINE.by_id[part].title) if part in OUTLINE.by_id else tr(OUTLINE.bodies[part].label)


def numbered(part: str) -> str:
    return f"{OUTLINE.by_id[part].number}. {title(part)}" if part in OUTLINE.by_id else title(part)


def eyebrow(part: str) -> str:
    if part not in OUTLINE.by_id:
        return _("Before submitting")
    return _("Section %(number)s of %(count)s", number=OUTLINE.by_id[part].number, count=len(OUTLINE.sections))


def guidance(part: str) -> str:
    found = OUTLINE.by_id[part].guidance if part in OUTLINE.by_id else None
    return unbracketed(tr(found)) if found else ""


def following(part: str, open_parts: Collection[str]) -> str | None:
    """The next part that may be changed; None after the last."""
    return next((after for after in PARTS[PARTS.index(part) + 1 :] if after in open_parts), None)


def next_label(part: str, open_parts: Collection[str]) -> str:
    after = following(part, open_parts)
    if after is None:
        return _("Save and review")
    if after in OUTLINE.by_id:
        return _("Save and go to section %(number)s", number=OUTLINE.by_id[after].number)
    return _("Save and go to the declarations")


def edit_url(code: str, part: str) -> str:
    return f"/proposals/{code}/edit/{part}"


def text_url(code: str, part: str) -> str:
    return f"/proposals/{code}/text#section-{part}"


def section_links(
    proposal: Proposal, document: dict[str, Any], part: str, problems: list[Problem], open_parts: Collection[str]
) -> list[SectionLink]:
    """Every part, with a mark where something was written and does not hold yet; a closed one leads to its text."""
    progress = outline.progress(document, problems)

    def address(id: str) -> str:
        return edit_url(proposal.code, id) if id in open_parts else text_url(proposal.code, id)

    return [SectionLink(numbered(id), address(id), id == part, progress[id] == "started") for id in PARTS]


def error_list(filled: Filled) -> list[dict[str, str]]:
    """What could not be read or stored, each with the name of its box."""
    fields = filled.fields
    return [{"text": f"{label_at(fields, path)}: {tr(message)}", "href": f"#{path}"} for path, message in filled.errors]


def label_at(fields: dict[str, Any], path: str) -> str:
    """What stands over the box, after the row it is in (`MT2`, or `Source 3` where rows have no code)."""
    while path and path not in fields:
        path = path.rpartition(".")[0]
    places = [row_name(fields[list_path].declared, int(number)) for list_path, number in numbers_in(path)]
    return " · ".join([*places, fields[path].label.text]) if path else ""


def row_name(rows: Rows, number: int) -> str:
    return rows.code(number) or f"{tr(rows.item_label)} {number + 1}"


def problem_list(document: dict[str, Any], part: str, problems: list[Problem]) -> list[ProblemGroup]:
    """What the check says of this part; nothing while it is empty."""
    holder = document if part == ADMINISTRATIVE else document["sections"]
    if not holder.get(part):
        return []
    return problem_groups([problem for problem in problems if problem.section == part], place_here)


def saved_text(at: datetime) -> str:
    """When the text was last saved: the time of day alone for today."""
    if clock.local_date(at) == clock.today():
        return _("Saved at %(time)s", time=f"{at.astimezone(clock.ZONE):%H:%M:%S}")
    return _("Saved on %(moment)s", moment=moment(at))


def conflict(proposal: Proposal, document: dict[str, Any], filled: Filled) -> Conflict:
    """Both texts side by side: what was typed, and what somebody saved meanwhile."""
    differences: list[Difference] = []
    if not filled.errors:
        mine = outline.with_part(document, filled.part, filled.value)
        for section in outline.diff(document, mine, language()):
            differences += [
                Difference(" · ".join(change.labels), change.after, change.before)
                for change in section.changes
                if section.section == filled.part
            ]
    theirs = outline.display_section(document, filled.part, language())
    return Conflict(saved_text(proposal.document_saved_at), differences, theirs)
