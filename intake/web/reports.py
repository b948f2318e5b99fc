"""How an approved proposal is carried out: the indicators, the reports of the lead agency, and sending one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake.catalogue import UNITS
from intake.errors import Forbidden
from intake.forms.reports import ReportForm
from intake.models import Proposal
from intake.services import idempotency, report_papers, reports, transitions
from intake.services.proposals import stage_of
from intake.services.reports import Entry, Standing
from intake.web.attempts import attempt
from intake.web.fields import sent_form_token
from intake.web.filters import day, may, tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.next_steps import move_links
from intake.web.proposal_heads import head_of
from intake.web.redirects import see_other
from intake.web.rights import requires

bp = Blueprint("reports", __name__)
RECENT = 12


@bp.get("/proposals/<code>/reports")
@requires("report.read")
def show(proposal: Proposal) -> str:
    stands = reports.standing(g.db, proposal, actor=current_actor())
    return page(proposal, stands, form_of(proposal, stands, None))


@bp.post("/proposals/<code>/reports")
@requires("report.write")
def send(proposal: Proposal) -> Any:
    """Keep one report; the form sent twice is kept once."""
    actor = current_actor()
    stands = reports.standing(g.db, proposal, actor=actor)
    form = form_of(proposal, stands, request.form)
    if form is None:
        raise Forbidden()
    entries = [Entry(*one) for one in form.entries()]
    texts = {name: getattr(form, name).data or "" for name in ("progress", "difficulties")}

    def work() -> dict[str, Any]:
        sent = reports.send(g.db, proposal, entries=entries, period_on=form.day, actor=actor, **texts)
        return {"period_on": sent.period_on.isoformat(), "edition": sent.edition}

    asked = texts | {"period": form.period_on.data, "values": [[one.kpi, one.value, one.note] for one in entries]}
    if not form.problems:
        with attempt(form):
            operation = f"web.report:{proposal.code}"
            idempotency.once(g.db, actor=actor, operation=operation, key=sent_form_token(), request=asked, work=work)
    if form.problems:
        return page(proposal, stands, form), 422
    flash(_("The report is sent. The next one is due on %(date)s.", date=day(proposal.due_on)), "success")
    return see_other(f"/proposals/{proposal.code}/reports")


@bp.post("/proposals/<code>/reports/<int:report_id>/paper")
@requires("report.read")
def make_paper(proposal: Proposal, report_id: int) -> Any:
    """The report as a paper to sign; asked again, the same one."""
    document = report_papers.ask(g.db, proposal, report_id, actor=current_actor())
    flash(_("The document %(doc)s is being made.", doc=document.doc), "success")
    return see_other(f"/proposals/{proposal.code}/reports")


def form_of(proposal: Proposal, stands: Standing, sent: Any) -> ReportForm | None:
    """The form of the next report; a person who only reads gets none."""
    if not may("report.write", proposal):
        return None
    waited = [(one.isoformat(), day(one)) for one in stands.wanted]
    again = [
        (one.period_on.isoformat(), _("%(date)s (correction)", date=day(one.period_on))) for one in stands.sent[:RECENT]
    ]
    codes = [kpi.code for kpi in stands.kpis]
    form = ReportForm(sent, say=tr, periods=waited + again, codes=codes, language=language())
    for kpi, row in zip(stands.kpis, form.rows, strict=True):
        if kpi.unit in UNITS:
            row.value.label.text += f" ({tr(UNITS[kpi.unit].name)})"
    return form


def page(proposal: Proposal, stands: Standing, form: ReportForm | None) -> str:
    newest = reports.latest_values(stands)
    return render_template(
        "desks/reports.html",
        head=head_of(proposal),
        stands=stands,
        is_waiting=bool(stands.wanted),
        takes_reports=stage_of(proposal).takes_reports,
        form=form,
        kpis=[
            (kpi, newest.get(kpi.code), tr(UNITS[kpi.unit].name) if kpi.unit in UNITS else "") for kpi in stands.kpis
        ],
        papers=report_papers.made(g.db, proposal, actor=current_actor()),
        moves=move_links(proposal, transitions.choices(g.db, proposal, actor=current_actor())),
    )
