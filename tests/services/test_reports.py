"""Reports: due on each 25th, with a value or a note for every indicator; sent once, corrected by a new edition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.models import AuditEntry, BodyMember, Kpi, Proposal
from intake.policy import Role
from intake.services import kpis, lapses, reminders, reports, seeding, transitions
from intake.services.reports import Entry
from tests import factories
from tests.services.sittings import sitting
from tests.services.test_decisions import conclude, release

SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 25), date(2026, 12, 25), date(2027, 1, 25)
TEXTS: dict[str, Any] = {"progress": "Đã ký hợp đồng.", "difficulties": ""}


def running(db, **changes):
    """A proposal that the Ministry of Health carries out since 10 November 2026, with its indicators."""
    proposal = factories.proposal(db, "implementation", lead_agency_id="byt", due_on=NOVEMBER, **changes)
    kpis.list_approved(db, proposal)
    return proposal, factories.acting(db, "agency", Role.IMPLEMENTER, "byt")


def entries(db, proposal, **changes: Entry) -> list[Entry]:
    return [changes.get(kpi.code, Entry(kpi.code, 12.5)) for kpi in kpis.of(db, proposal)]


def days(stands) -> tuple[list[date], date | None, date | None]:
    return list(stands.missing), stands.due_on, stands.open_on


def test_a_report_rolls_the_due_day_on_and_is_kept_with_its_editions(database):
    with time_machine.travel("2026-11-10T09:00:00+07:00", tick=False), database.writing() as db:
        proposal, agency = running(db)
    with time_machine.travel("2026-11-20T09:00:00+07:00", tick=False), database.writing() as db:
        proposal = db.get_one(Proposal, proposal.id)
        first = reports.send(db, proposal, entries=entries(db, proposal), **TEXTS, actor=agency)
        assert (first.period_on, first.edition, proposal.due_on) == (NOVEMBER, 1, DECEMBER)
        again = entries(db, proposal, KPI1=Entry("KPI1", None, "Đo lại"))
        second = reports.send(db, proposal, entries=again, **TEXTS, period_on=NOVEMBER, actor=agency)
        assert (second.edition, proposal.due_on) == (2, DECEMBER)
        stands = reports.standing(db, proposal, actor=factories.secretary(db))
        assert [(one.period_on, one.edition) for one in stands.sent] == [(NOVEMBER, 2)]
        assert stands.sent[0].values[0].note == "Đo lại"
        assert days(stands) == ([], DECEMBER, date(2026, 11, 26))
        with pytest.raises(Invalid) as early:
            reports.send(db, proposal, entries=again, **TEXTS, actor=agency)
        assert [str(message) for _, message in early.value.errors] == [
            "The next report can be sent from 26/11/2026 on."
        ]
        transitions.move(
            db, proposal, "adjust", actor=chair(db, proposal), seen=proposal.revision, reason="Lùi một mốc."
        )
        assert proposal.due_on == DECEMBER
    with database.reading() as db:
        found = db.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)).all()
    assert found == ["report.sent", "proposal.report_received", "report.sent", "proposal.moved.adjust"]


def chair(db, proposal):
    chief = factories.acting(db, "chair", Role.COMMITTEE_CHAIR, "tt_bcdtw")
    db.add(BodyMember(body_id="tt_bcdtw", user_id=chief.user_id, seat="chair", position=1))
    factories.decision(db, proposal)
    factories.declaration(db, proposal, chief)
    return chief


@SQLITE
def test_what_was_not_sent_stays_missing_and_can_be_sent_later(database):
    with time_machine.travel("2026-11-10T09:00:00+07:00", tick=False), database.writing() as db:
        proposal, agency = running(db)
    with time_machine.travel("2026-12-28T09:00:00+07:00", tick=False), database.writing() as db:
        assert lapses.turn_report_day(db, proposal.id)
        proposal = db.get_one(Proposal, proposal.id)
        stands = reports.standing(db, proposal, actor=agency)
        assert (days(stands), stands.wanted) == (
            ([NOVEMBER, DECEMBER], JANUARY, None),
            [NOVEMBER, DECEMBER, JANUARY],
        )
        sent = reports.send(db, proposal, entries=entries(db, proposal), **TEXTS, actor=agency)
        assert (sent.period_on, proposal.due_on) == (NOVEMBER, JANUARY)
        assert days(reports.standing(db, proposal, actor=agency)) == ([DECEMBER], JANUARY, None)


@SQLITE
def test_reminders_follow_the_day_that_is_due(database):
    with time_machine.travel("2026-11-10T09:00:00+07:00", tick=False), database.writing() as db:
        proposal, agency = running(db)
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False), database.writing() as db:
        assert [due.mark.id for due in reminders.waiting(db, proposal_id=proposal.id)] == ["soon"]
        proposal = db.get_one(Proposal, proposal.id)
        reports.send(db, proposal, entries=entries(db, proposal), **TEXTS, actor=agency)
        assert reminders.waiting(db, proposal_id=proposal.id) == []


@SQLITE
def test_every_fault_is_told_with_its_place_and_nothing_is_kept(database):
    with time_machine.travel("2026-11-20T09:00:00+07:00", tick=False), database.writing() as db:
        proposal, agency = running(db)
        wrong = [Entry("KPI1", float("inf")), Entry("KPI1", 1), Entry("KPI99", 1), Entry("KPI2", 1, "x" * 2001)]
        with pytest.raises(Invalid) as refused:
            reports.send(db, proposal, entries=wrong, progress=" ", period_on=JANUARY, actor=agency)
        paths = [path for path, _ in refused.value.errors]
        assert paths[:6] == ["period_on", "progress", "values.0.value", "values.1.kpi", "values.2.kpi", "values.3.note"]
        monthly = [kpi.code for kpi in kpis.of(db, proposal) if kpi.frequency in (None, "monthly")]
        assert paths[6:] == ["values.4.value"] * len(set(monthly) - {"KPI1", "KPI2"})
        assert reports.standing(db, proposal, actor=agency).sent == []


@SQLITE
def test_only_the_lead_agency_reports_and_only_while_it_implements(database):
    with database.writing() as db:
        proposal, agency = running(db)
        given = {"entries": entries(db, proposal), **TEXTS}
        for actor, refusal in (
            (factories.secretary(db), Forbidden),
            (factories.acting(db, "other", Role.IMPLEMENTER, "bkhcn"), NotFound),
            (factories.owner(db), Forbidden),
        ):
            with pytest.raises(refusal):
                reports.send(db, proposal, actor=actor, **given)
        transitions.move(db, proposal, "complete", actor=factories.secretary(db), seen=0)
        with pytest.raises(IllegalMove):
            reports.send(db, proposal, actor=agency, **given)
        assert reports.standing(db, proposal, actor=agency).due_on is None


@SQLITE
def test_approval_writes_the_indicators_down_once(database):
    with database.writing() as db:
        held = sitting(db)
        version = factories.version(db, held.proposals[0], factories.document())
        conclude(held, 0, "approve")
        assert db.scalars(select(Kpi)).all() == []
        release(held)
        rows = kpis.of(db, held.proposals[0])
        given = version.document["sections"]["kpis"]["kpis"]
        assert [(row.code, row.name, row.target) for row in rows] == [
            (f"KPI{number}", row["name"], row["target"]) for number, row in enumerate(given, 1)
        ]
        old = factories.proposal(db, "approved")
        seeding.seed(db)
        seeding.seed(db)
        assert (len(kpis.of(db, old)), len(kpis.of(db, held.proposals[0]))) == (len(given), len(given))
