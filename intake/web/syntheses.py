"""The synthesis: scores and differing opinions as they are put to the committee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import policy
from intake.canonical import canonical_json
from intake.forms.opinions import POSITIONS
from intake.forms.scores import plain
from intake.forms.syntheses import SynthesisForm
from intake.models import Proposal
from intake.services import rights, syntheses
from intake.services.subjects import subject_of
from intake.services.syntheses import SynthesisView
from intake.web.attempts import attempt
from intake.web.filters import tr
from intake.web.kept_drafts import (
    first_words,
    instant,
    is_automatic,
    is_overtaken,
    is_put_back,
    print_of,
    seen_before,
    told,
    took,
)
from intake.web.login import current_actor
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.score_plots import Plot, plot, points
from intake.web.section_editor import saved_text

bp = Blueprint("syntheses", __name__)

ENGINEERS = "tcts_{system}"  # the catalogue's ids of the chief engineers


@bp.get("/proposals/<code>/synthesis")
@requires("synthesis.read")
def show(proposal: Proposal) -> str:
    """For the secretariat a form while it is being written; for everybody else who sits, and later, the text."""
    seen = syntheses.get(g.db, proposal, actor=current_actor())
    return page(proposal, seen, form_of(seen, None, proposal.assessing_system))


@bp.get("/proposals/<code>/certificate.json")
@requires("synthesis.read")
def certificate(proposal: Proposal) -> Response:
    """The certificate of the score as a file, which `scripts/replay_certificate.py` recomputes."""
    content = syntheses.stated_certificate(g.db, proposal, actor=current_actor())
    response = Response(canonical_json(content), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{proposal.code}-certificate.json"'
    return response


@bp.post("/proposals/<code>/synthesis")
@requires("synthesis.read")
def save(proposal: Proposal) -> Any:
    """Save, or only change the rows."""
    actor = current_actor()
    rights.ensure(g.db, proposal, "synthesis.write", actor=actor)
    seen = syntheses.get(g.db, proposal, actor=actor)
    form = form_of(seen, request.form, proposal.assessing_system)
    if is_put_back():
        return page(proposal, seen, form, is_saved=False)
    if "more" in request.form or "drop" in request.form:
        form.drop_row(request.form.get("drop", ""))
        if "more" in request.form:
            form.add_row()
        return page(proposal, seen, form, is_saved=False)
    if is_overtaken(mark_of(seen.summary, seen.differences), mark_of(form.summary.data or "", form.differences)):
        if is_automatic():
            return told(_("Not saved: somebody else has saved this synthesis. Save to see both texts."), 409)
        return page(proposal, seen, form, is_saved=False, is_both=True), 409
    with attempt(form):
        syntheses.save(g.db, proposal, summary=form.summary.data or "", differences=form.differences, actor=actor)
    if form.problems:
        if is_automatic():
            return told(first_words(form.problems), 422)
        return page(proposal, seen, form, is_saved=False), 422
    if is_automatic():
        now = syntheses.get(g.db, proposal, actor=actor)
        assert now.written_at is not None  # it was saved just now
        return took(now.written_at, mark_of(now.summary, now.differences))
    flash(_("The synthesis is saved."), "success")
    wants_referral = request.form.get("do") == "refer"
    return see_other(f"/proposals/{proposal.code}/" + ("move/refer" if wants_referral else "synthesis"))


def mark_of(summary: str, differences: Sequence[Mapping[str, Any]]) -> str:
    """A short mark of a synthesis, as it is saved or as it was sent."""
    rows = [
        [entry["criterion"] or "", sorted(entry["bodies"]), plain(entry["text"]), plain(entry["resolution"] or "")]
        for entry in differences
    ]
    return print_of([plain(summary), rows])


def form_of(seen: SynthesisView, sent: Any, system: str | None) -> SynthesisForm:
    """The bodies to choose from are those that gave an opinion, and the chief engineer."""
    criteria = [
        (criterion.id, f"{criterion.number}. {tr(criterion.name)}") for criterion in seen.scored.scheme.criteria
    ]
    bodies = syntheses.names_of(g.db, {ENGINEERS.format(system=system)}) if system else {}
    bodies |= {
        one.organisation_id: one.organisation for one in seen.opinions if one.organisation_id and one.organisation
    }
    named = [id for entry in seen.differences for id in entry["bodies"]]
    bodies |= {id: seen.names[id] for id in named if id in seen.names}
    return SynthesisForm(
        sent,
        say=tr,
        criteria=criteria,
        bodies=[(id, tr(name)) for id, name in bodies.items() if name],
        differences=seen.differences,
        summary=seen.summary,
    )


def page(
    proposal: Proposal, seen: SynthesisView, form: SynthesisForm, *, is_saved: bool = True, is_both: bool = False
) -> str:
    actor, tally = current_actor(), seen.scored.tally
    subject = subject_of(g.db, proposal, actor=actor)
    return render_template(
        "reviews/synthesis.html",
        head=head_of(proposal),
        seen=seen,
        form=form,
        may_write=policy.allows(actor, "synthesis.write", subject),
        positions=POSITIONS,
        plot=plot_of(seen),
        score=points(tally.official),
        sd=points(tally.sd),
        sheet_lines=sheet_lines(seen),
        differences=[difference(seen, entry) for entry in seen.differences],
        is_saved=is_saved,
        is_both=is_both,
        saved_at=saved_text(seen.written_at) if seen.written_at else "",
        revision_seen=instant(seen.written_at),
        seen_text=seen_before(mark_of(seen.summary, seen.differences), is_saved=is_saved or is_both),
    )


def plot_of(seen: SynthesisView) -> Plot:
    tally = seen.scored.tally
    totals = [sheet.total for sheet in tally.sheets if sheet.is_valid and sheet.total is not None]
    return plot(totals, official=tally.official, sd=tally.sd, scheme=seen.scored.scheme)


def sheet_lines(seen: SynthesisView) -> list[dict[str, Any]]:
    """Each sheet with what it comes to, under the name of the body it comes from."""
    scores = {sheet.key: sheet.scores for sheet in seen.scored.sheets}
    return [
        {
            "name": seen.names.get(tallied.key.split("/")[0], tallied.key),
            "scores": scores[tallied.key],
            "total": tallied.total,
            "coverage": tallied.coverage,
            "is_valid": tallied.is_valid,
        }
        for tallied in seen.scored.tally.sheets
    ]


def difference(seen: SynthesisView, entry: Mapping[str, Any]) -> dict[str, Any]:
    """One difference with names in place of ids."""
    named = {criterion.id: criterion.name for criterion in seen.scored.scheme.criteria}
    return {
        "criterion": named.get(entry["criterion"]),
        "bodies": [seen.names[id] for id in entry["bodies"] if id in seen.names],
        "text": entry["text"],
        "resolution": entry["resolution"],
    }
