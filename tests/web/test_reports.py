"""The follow-up page: the agency reports, others read; what is wrong is told at its box and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine

from intake.services import kpis
from tests import factories
from tests.web.applicants import form_of
from tests.web.desk_world import APPLICANT, LEAD, SECRETARY, File, actor, english, summary, text

pytestmark = [
    pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("november"),
]
AGENCY = "agency@demo.vn"


@pytest.fixture
def november():
    with time_machine.travel("2026-11-20T09:00:00+07:00"):
        yield


@pytest.fixture
def file(november, database):
    with database.writing() as db:
        given = {"due_on": date(2026, 11, 25), "lead_agency_id": "demo_university"}
        made = factories.proposal(db, "implementation", owner_id=actor(db, APPLICANT).user_id, **given)
        kpis.list_approved(db, made)
        return File(made.code, database)


def values(page, url: str, **changes: str) -> dict[str, Any]:
    """The form with 12,5 for every indicator."""
    fields = form_of(page, url)
    filled = {name: "12.5" for name in fields if name.endswith("-value")}
    return fields | filled | {"progress": "Đã ký hợp đồng."} | changes


def test_the_agency_reports_and_the_secretariat_reads(file, sign_in):
    url, agency, secretary = f"{file.base}/reports", english(sign_in(AGENCY)), english(sign_in(SECRETARY))
    sent = values(agency.get(url), url)
    assert [agency.post(url, sent).status_code for _ in range(2)] == [303, 303]
    shown = text(agency.get(url))
    assert "Next report 25 Dec 2026" in shown
    assert "The next report can be sent from 26 Nov 2026 on." in shown
    read = text(secretary.get(url))
    assert "Đã ký hợp đồng." in read and "KPI1." in read
    assert read.count("edition 2") == 0
    assert ("Send the report" in read, "Complete" in read) == (False, True)
    assert secretary.post(url, {"progress": "Đã ký"}).status_code == 403


def test_the_agency_has_a_paper_made_of_its_report(file, sign_in):
    url, agency = f"{file.base}/reports", english(sign_in(AGENCY))
    agency.post(url, values(agency.get(url), url))
    button = re.search(rf'action="({url}/\d+/paper)"', agency.get(url).text)
    assert button
    assert agency.post(button[1]).status_code == 303
    shown = agency.get(url)
    assert ("Make a paper" in shown.text, "Report as a paper (PDF)" in shown.text) == (False, True)
    assert sign_in(LEAD).post(button[1]).status_code == 404


def test_what_is_wrong_is_told_at_its_box_and_kept(file, sign_in):
    url, agency = f"{file.base}/reports", english(sign_in(AGENCY))
    wrong = values(agency.get(url), url, progress="", **{"values-0-value": "mười hai", "values-1-note": "Đang đo"})
    answer = agency.post(url, wrong)
    assert (answer.status_code, 'value="mười hai"' in answer.text, "Đang đo" in answer.text) == (422, True, True)
    assert summary(answer) == [("#values-0-value", "Enter a number, such as 1,850.5.")]
    answer = agency.post(url, wrong | {"values-0-value": "", "period_on": "2027-01-25"})
    assert {href for href, _ in summary(answer)} == {"#period_on", "#progress", "#values-0-value"}


@pytest.mark.parametrize(("email", "status"), [(APPLICANT, 403), (LEAD, 404)], ids=["owner", "lead"])
def test_nobody_else_reads_reports(file, sign_in, email, status):
    assert sign_in(email).get(f"{file.base}/reports").status_code == status
