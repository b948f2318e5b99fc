"""The paper of a monthly report: made once for each edition, under the head of the agency, for who reads reports."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from intake.errors import Forbidden, NotFound
from intake.models import Proposal
from intake.services import papers, report_papers, reports
from intake.services.reports import Entry
from tests import factories
from tests.services.test_reports import NOVEMBER, TEXTS, entries, running


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-20T09:00:00+07:00", tick=False):
        yield


def sent(db, proposal, agency, **changes):
    given = entries(db, proposal, **changes)
    return reports.send(db, proposal, entries=given, **TEXTS, period_on=NOVEMBER, actor=agency)


def test_each_edition_has_one_paper_that_tells_what_was_reported(database):
    with database.writing() as db:
        proposal, agency = running(db)
        first, secretary = sent(db, proposal, agency), factories.secretary(db)
        made = report_papers.ask(db, proposal, first.id, actor=agency)
        assert report_papers.ask(db, proposal, first.id, actor=secretary).id == made.id
        again = sent(db, proposal, agency, KPI1=Entry("KPI1", None, "Đo lại"))
        other = report_papers.ask(db, proposal, again.id, actor=secretary)
        assert {report: paper.doc for report, paper in report_papers.made(db, proposal, actor=agency).items()} == {
            first.id: made.doc,
            again.id: other.doc,
        }
    facts = other.facts
    assert (facts["issuer"], facts["edition"], facts["period_on"]) == ("byt", 2, "2026-11-25")
    assert (facts["progress"], facts["difficulties"], facts["decided"]) == ("Đã ký hợp đồng.", "", "")
    told = [
        (one["code"], one["value"], one["note"]) for one in (other.facts["indicators"][0], made.facts["indicators"][0])
    ]
    assert told == [("KPI1", None, "Đo lại"), ("KPI1", 12.5, "")]


def test_who_reads_reports_reads_the_paper_and_the_secretariat_signs_it_off(database):
    with database.writing() as db:
        proposal, agency = running(db)
        made = report_papers.ask(db, proposal, sent(db, proposal, agency).id, actor=agency)
        secretary, code = factories.secretary(db), proposal.code
        assert papers.fetch(db, made.doc, actor=agency).awaits_signature
        for stranger, refusal in ((factories.owner(db), Forbidden), (factories.lead(db, "bkhcn"), NotFound)):
            with pytest.raises(refusal):
                papers.fetch(db, made.doc, actor=stranger)
            with pytest.raises(refusal):
                report_papers.ask(db, proposal, made.facts["report"], actor=stranger)
        with pytest.raises(NotFound):
            report_papers.ask(db, proposal, 10_000, actor=agency)
        issued = {"number": "7", "date": date(2026, 11, 21), "signer": "Nguyễn Văn Cường", "place": "Hà Nội"}
        with pytest.raises(Forbidden):
            papers.issue(db, made.doc, **issued, actor=agency)
        papers.issue(db, made.doc, **issued, actor=secretary)
        assert db.get_one(Proposal, proposal.id).code == code
        assert papers.fetch(db, made.doc, actor=agency).is_final
