"""The score sheet: six criteria beside the text they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import outline, policy
from intake.catalogue import CRITERIA
from intake.forms.scores import CriterionInput, SheetForm
from intake.i18n import N_, Message
from intake.models import Proposal
from intake.outline import OUTLINE, SectionView
from intake.policy import Role
from intake.scoring.schemes import Criterion, Scheme
from intake.services import conflicts, proposals, rights, schemes, score_sheets
from intake.services.score_sheets import ScoreLine, SheetView
from intake.services.subjects import subject_of
from intake.web.attempts import attempt
from intake.web.filters import number, tr
from intake.web.kept_drafts import first_words, instant, is_automatic, is_put_back, print_of, told, took
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import saved_text

bp = Blueprint("score_sheets", __name__)

CONFIRM = "confirm:"

BETWEEN: dict[int, Message] = {2: N_("Between levels 1 and 3"), 4: N_("Between levels 3 and 5")}


@dataclass(frozen=True)
class CriterionView:
    """One criterion on the page: its words, its levels, what stands in its fields, what changed behind it."""

    criterion: Criterion
    input: CriterionInput
    is_reopened: bool
    is_open: bool
    levels: list[dict[str, Any]]
    evidence: list[tuple[str, int, str]]
    changes: list[dict[str, Any]]


@bp.app_template_filter()
def percent(share: Fraction) -> str:
    """A share as people read it: 90 %."""
    return f"{number(share * 100, 0)}%"


@bp.get("/proposals/<code>/review")
@requires("score_sheet.read_own")
def show(proposal: Proposal) -> str:
    """The form while the person may write; afterwards what they wrote, on the text it was about."""
    actor = current_actor()
    own = score_sheets.own(g.db, proposal, actor=actor)
    if not policy.allows(actor, "score_sheet.write", subject_of(g.db, proposal, actor=actor)):
        if own is None:
            rights.ensure(g.db, proposal, "score_sheet.write", actor=actor)
        return kept_page(proposal, own)
    return page(proposal, own, sheet_form(own, None))


@bp.post("/proposals/<code>/review")
@requires("score_sheet.read_own")
def save(proposal: Proposal) -> Any:
    """Keep everything that was touched; `do` says whether to stay, to go on, to confirm a criterion, or to submit."""
    actor, wanted = current_actor(), request.form.get("do", "")
    rights.ensure(g.db, proposal, "score_sheet.write", actor=actor)
    own = score_sheets.own(g.db, proposal, actor=actor)
    form = sheet_form(own, request.form)
    if is_put_back():
        return page(proposal, own, form, is_saved=False)
    if form.overtaken:
        return both_sheets(proposal, own, form)
    if is_automatic():
        return kept_meanwhile(proposal, own, form)
    if wanted.startswith(CONFIRM):
        return confirmed(proposal, own, form, wanted.removeprefix(CONFIRM))
    submits = wanted == "submit"
    with attempt(form):
        score_sheets.save(g.db, proposal, form.entries(), submit=submits, actor=actor, reason=form.reason)
    if form.problems:
        return page(proposal, own, form, is_saved=False), 422
    here = f"/proposals/{proposal.code}/review"
    if not submits:
        flash(_("Saved. Nobody else sees the sheet before you submit it."), "success")
        return see_other(f"{here}?criterion={wanted}#{wanted}" if wanted in form.inputs else here)
    flash(_("Your score sheet on %(code)s is submitted.", code=proposal.code), "success")
    return see_other(f"/proposals/{proposal.code}/assessment" if actor.role is Role.ENGINEER else "/queue")


def both_sheets(proposal: Proposal, own: SheetView | None, form: SheetForm) -> Any:
    """409: what was typed stays in the boxes, what was saved in another window stands beside it."""
    if is_automatic():
        return told(_("Not saved: you saved something else in another window. Save to see both."), 409)
    return page(proposal, own, form, is_saved=False, overtaken=form.overtaken), 409


def kept_meanwhile(proposal: Proposal, own: SheetView | None, form: SheetForm) -> Any:
    """Saved while the person goes on writing; a submitted sheet changes only by submitting it again."""
    if own is not None and own.submitted_at is not None:
        return told(_("Not saved yet: submit the change with its reason."), 422)
    with attempt(form):
        score_sheets.save(g.db, proposal, form.entries(), submit=False, actor=current_actor())
    if form.problems:
        return told(first_words(form.problems), 422)
    now = score_sheets.own(g.db, proposal, actor=current_actor())
    assert now is not None  # it was saved just now
    saved = sheet_form(now, None)
    answered = len([one for one in saved.inputs.values() if not one.is_blank and not is_reopened(now, one.id)])
    share = _(", %(count)s of %(total)s criteria", count=answered, total=len(saved.inputs))
    return took(now.saved_at, saved.seen_text, share, total=total_words(now))


def total_words(own: SheetView | None) -> str:
    """The total so far with its coverage, for the bar; empty while no criterion is answered."""
    if own is None or own.total is None:
        return ""
    total, share = number(own.total, 1), percent(own.coverage)
    return _("Total so far %(total)s of 100, coverage %(share)s", total=total, share=share)


def confirmed(proposal: Proposal, own: SheetView | None, form: SheetForm, criterion: str) -> Any:
    """One criterion stands on the present text; whatever else was changed is saved with it, or stays in its boxes."""
    actor, is_submitted = current_actor(), own is not None and own.submitted_at is not None
    changes = [one.id for one in form.inputs.values() if not one.is_blank and form.is_touched(one)]
    with attempt(form):
        if changes and not is_submitted:
            score_sheets.save(g.db, proposal, form.entries(), submit=False, actor=actor)
        if criterion not in changes:
            score_sheets.confirm(g.db, proposal, criterion, actor=actor)
    if form.problems:
        return page(proposal, own, form, is_saved=False), 422
    if changes and is_submitted:
        now = score_sheets.own(g.db, proposal, actor=actor)
        return page(proposal, now, sheet_form(now, request.form), is_saved=False)
    flash(_("The score stands on the present text."), "success")
    return see_other(f"/proposals/{proposal.code}/review")


def is_reopened(own: SheetView | None, criterion: str) -> bool:
    return own is not None and criterion in own.scores and own.scores[criterion].is_reopened


def sheet_form(own: SheetView | None, sent: Any) -> SheetForm:
    criteria = {id: f"{one.number}. {tr(one.name)}" for id, one in CRITERIA.items()}
    return SheetForm(criteria, own.scores if own else {}, sent, say=tr, mark=print_of)


def page(
    proposal: Proposal,
    own: SheetView | None,
    form: SheetForm,
    *,
    is_saved: bool = True,
    overtaken: Sequence[str] = (),
) -> str:
    scheme, actor = schemes.of(g.db, proposal), current_actor()
    text = proposals.text_of(g.db, proposal, actor=actor)
    active = active_criterion(scheme, own)
    views = [
        criterion_view(proposal, text.document, scheme, criterion, own, form, active) for criterion in scheme.criteria
    ]
    reading = scheme.criterion(active).evidence_sections if active else evidence_of(scheme)
    following = next_criterion(scheme, active)
    return render_template(
        "reviews/score_sheet.html",
        head=head_of(proposal),
        version=text.number,
        own=own,
        total=total_words(own),
        form=form,
        views=views,
        active=scheme.criterion(active) if active else None,
        following=scheme.criterion(following) if following else None,
        sections=sections(text.document, reading),
        is_blind=actor.role is Role.ENGINEER,
        progress=progress(views),
        is_saved=is_saved,
        saved_at=saved_text(own.saved_at) if own else "",
        revision_seen=instant(own.saved_at if own else None),
        overtaken=overtaken,
        reopened=[view for view in views if view.is_reopened],
        conflict_state=conflicts.state_of(g.db, proposal, actor),
        scheme=scheme,
    )


def kept_page(proposal: Proposal, own: SheetView | None) -> str:
    assert own is not None  # rights.ensure has refused everybody else
    scheme = schemes.of(g.db, proposal)
    document = proposals.version_of(g.db, proposal, own.version).document
    return render_template(
        "reviews/kept_sheet.html",
        proposal=proposal,
        own=own,
        scheme=scheme,
        sections=sections(document, evidence_of(scheme)),
    )


def active_criterion(scheme: Scheme, own: SheetView | None) -> str | None:
    """The one asked for, else the first that is not scored or was re-opened; all of a submitted sheet that stands."""
    asked = request.args.get("criterion", "") or request.form.get("active", "")
    if asked in scheme.weights:
        return asked
    given = own.scores if own else {}
    waiting = [id for id in scheme.weights if id not in given or given[id].is_reopened]
    return waiting[0] if waiting else None


def next_criterion(scheme: Scheme, active: str | None) -> str | None:
    ids = list(scheme.weights)
    place = ids.index(active) + 1 if active else len(ids)
    return ids[place] if place < len(ids) else None


def evidence_of(scheme: Scheme) -> tuple[str, ...]:
    """Every section that some criterion reads, in the order of the outline."""
    read = {section for criterion in scheme.criteria for section in criterion.evidence_sections}
    return tuple(section.id for section in OUTLINE.sections if section.id in read)


def sections(document: Any, ids: tuple[str, ...]) -> list[SectionView]:
    return [outline.display_section(document, id, language()) for id in ids]


def criterion_view(
    proposal: Proposal,
    document: Any,
    scheme: Scheme,
    criterion: Criterion,
    own: SheetView | None,
    form: SheetForm,
    active: str | None,
) -> CriterionView:
    one, line = form.inputs[criterion.id], own.scores.get(criterion.id) if own else None
    asks_again = is_reopened(own, criterion.id)
    return CriterionView(
        criterion=criterion,
        input=one,
        is_reopened=asks_again,
        is_open=criterion.id == active or asks_again or bool(one.errors),
        levels=levels(scheme, criterion, one),
        evidence=[(id, OUTLINE.by_id[id].number, tr(OUTLINE.by_id[id].title)) for id in criterion.evidence_sections],
        changes=changes(proposal, document, criterion, line) if line is not None and asks_again else [],
    )


def levels(scheme: Scheme, criterion: Criterion, one: CriterionInput) -> list[dict[str, Any]]:
    """The levels of the scale; between two that are described stands that they lie between them."""
    return [
        {
            "value": str(score),
            "label": f"{score} {tr(label)}",
            "text": tr(criterion.anchors[score] if score in criterion.anchors else BETWEEN.get(score, "")),
            "is_chosen": one.choice == str(score),
        }
        for score, label in sorted(scheme.levels.items())
    ]


def changes(proposal: Proposal, document: Any, criterion: Criterion, line: ScoreLine) -> list[dict[str, Any]]:
    """What reads differently in the criterion's evidence since it was scored."""
    before = proposals.version_of(g.db, proposal, line.version).document
    return [
        {
            "number": OUTLINE.by_id[part.section].number,
            "label": ", ".join(change.labels),
            "old": [{"text": change.before, "is_removed": True}] if change.before else [],
            "new": [{"text": change.after, "is_added": True}] if change.after else [],
            "reopens": criterion.number,
        }
        for part in outline.diff(before, document, language())
        if part.section in criterion.evidence_sections
        for change in part.changes
    ]


def progress(views: list[CriterionView]) -> list[bool]:
    """One square a criterion: filled when it is answered and stands."""
    return [not one.input.is_blank and not one.is_reopened for one in views]
