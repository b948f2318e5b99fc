"""Settling names, and asking people: the right person does it, the form comes back with what was typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from intake import clock
from intake.models import Assignment, ProposalOrganisation
from tests import factories
from tests.web.desk_world import (
    ADVISER,
    APPLICANT,
    LEAD,
    LEAD2,
    REVIEWER,
    SECRETARY,
    english,
    received,
    summary,
    text,
    under_review,
    with_engineer,
)

# What is written goes through services that are tested on both engines.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

FIELD = re.compile(r'<select class="govuk-select[^"]*" id="[^"]+" name="(body-\d+-organisation)"')


def links(database):
    with database.reading() as db:
        rows = db.query(ProposalOrganisation).order_by(ProposalOrganisation.id)
        return [(row.role, row.organisation_id, row.is_settled) for row in rows]


def test_names_are_linked_or_recorded_as_not_in_the_catalogue(database, sign_in):
    file = received(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/organisations"
    shown = visitor.get(page)
    owner, lead, partner = FIELD.findall(shown.text)
    assert '<option value="bca">Ministry of Public Security (suggested)</option>' in shown.text
    answer = visitor.post(page, {owner: "-", lead: "demo_university", partner: "bca"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{file.base}/staff")
    assert links(database) == [("owner", None, True), ("lead", "demo_university", True), ("partner", "bca", True)]


def test_name_without_a_choice_is_refused_and_the_others_are_kept(database, sign_in):
    file = received(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/organisations"
    owner, lead, partner = FIELD.findall(visitor.get(page).text)
    answer = visitor.post(page, {owner: "-", lead: "", partner: "bca"})
    assert answer.status_code == 422
    words = 'Say what "Trường Đại học Minh họa" stands for, or that it is not in the catalogue.'
    assert summary(answer) == [(f"#{lead}", words)]
    assert '<option value="bca" selected>' in answer.text
    assert links(database) == [("owner", None, True), ("lead", None, False), ("partner", None, False)]


def test_organisation_that_is_no_choice_is_refused_at_its_name(database, sign_in):
    file = received(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/organisations"
    owner, lead, partner = FIELD.findall(visitor.get(page).text)
    answer = visitor.post(page, {owner: "-", lead: "-", partner: "invented"})
    words = "There is no organisation invented in the catalogue. Choose one from the list."
    assert (answer.status_code, summary(answer)) == (422, [(f"#{partner}", words)])


@pytest.mark.parametrize(("email", "status"), [(APPLICANT, 403), (LEAD, 404)], ids=["owner", "lead not routed"])
def test_only_the_secretary_settles(database, sign_in, email, status):
    file = received(database)
    visitor = sign_in(email)
    assert visitor.get(f"{file.base}/organisations").status_code == status
    assert visitor.post(f"{file.base}/organisations").status_code == status


def test_before_the_committee_nothing_is_settled_any_more(database, sign_in):
    file = with_engineer(database, state="committee")
    assert sign_in(SECRETARY).get(f"{file.base}/organisations").status_code == 409


def test_differently_written_names_are_linked_as_they_were_paired(database, sign_in):
    file = received(database)
    file.change(lambda db, proposal: factories.named(db, proposal, "partner", "Bộ KHCN"))
    file.change(lambda db, proposal: factories.named(db, proposal, "partner", "Sở Khoa học tỉnh A"))
    visitor = sign_in(SECRETARY)
    page = f"{file.base}/organisations"
    owner, lead, police, science, local = FIELD.findall(visitor.get(page).text)
    sent = {owner: "-", lead: "-", police: "-", science: "bkhcn", local: "byt"}
    assert visitor.post(page, sent).status_code == 303
    with database.reading() as db:
        rows = db.query(ProposalOrganisation).order_by(ProposalOrganisation.id)
        assert [(row.name, row.organisation_id, row.is_settled) for row in rows][2:] == [
            ("Bộ Công an", None, True),
            ("Bộ KHCN", "bkhcn", True),
            ("Sở Khoa học tỉnh A", "byt", True),
        ]


def test_handing_over_ends_one_and_asks_the_other_by_the_same_day(database, sign_in):
    file = under_review(database, LEAD)
    day = clock.today() + timedelta(days=3)
    file.change(lambda db, proposal: db.query(Assignment).update({"due_on": day}))
    visitor = english(sign_in(LEAD))
    page = f"{file.base}/assignments"
    [end] = re.findall(rf'action="({page}/\d+/end)"', visitor.get(page).text)
    name = f"end-{end.split('/')[-2]}"
    refused = visitor.post(end, {f"{name}-reason": " ", f"{name}-instead": LEAD})
    assert (refused.status_code, len(asked(database))) == (422, 1)
    assert re.search(rf'value="{LEAD}" selected', refused.text)
    assert visitor.post(end, {f"{name}-reason": "Nghỉ ốm", f"{name}-instead": LEAD}).status_code == 303
    assert asked(database) == [("reviewer", "byt", "Nghỉ ốm"), ("reviewer", "byt", None)]
    with database.reading() as db:
        assert {row.due_on for row in db.query(Assignment)} == {day}


def asked(database):
    with database.reading() as db:
        rows = db.query(Assignment).order_by(Assignment.id)
        return [(row.kind, row.organisation_id, row.end_reason) for row in rows]


def test_lead_asks_people_of_his_ministry_himself_included(database, sign_in):
    file = under_review(database, LEAD2)
    visitor = english(sign_in(LEAD2))
    page = f"{file.base}/assignments"
    shown = visitor.get(page).text
    assert LEAD2 in shown
    assert (REVIEWER in shown, LEAD in shown) == (False, False)
    assert visitor.post(page, {"person": LEAD2, "due_on": ""}).headers["Location"] == page
    assert asked(database)[1:] == [("reviewer", "bkhcn", None)]
    assert "The person was asked and told by e-mail." in text(visitor.get(page))


@pytest.mark.parametrize(
    ("sent", "place", "words"),
    [
        ({"person": ""}, "#person", "Choose a person."),
        ({"person": REVIEWER}, "#person", f"{REVIEWER} is not a reviewer or lead of your ministry."),
        (
            {"person": LEAD2, "due_on": "31.12.2026"},
            "#due_on",
            "Write the day as day/month/year, for example 31/12/2026.",
        ),
        ({"person": LEAD2, "due_on": "01/01/2020"}, "#due_on", "The due date has passed. Choose today or a later day."),
    ],
    ids=["nobody", "of another ministry", "no date", "past"],
)
def test_wrong_request_is_refused_at_its_field(database, sign_in, sent, place, words):
    file = under_review(database, LEAD2)
    answer = english(sign_in(LEAD2)).post(f"{file.base}/assignments", sent)
    assert (answer.status_code, summary(answer)) == (422, [(place, words)])
    if sent.get("due_on"):
        assert f'value="{sent["due_on"]}"' in answer.text
    assert len(asked(database)) == 1


def test_secretary_asks_advisers_and_not_reviewers(database, sign_in):
    file = under_review(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/assignments"
    shown = visitor.get(page).text
    assert (f'action="{page}/advisers"' in shown, f'action="{page}"' in shown) == (True, False)
    assert visitor.post(f"{page}/advisers", {"person": ADVISER}).status_code == 303
    assert asked(database)[1:] == [("adviser", None, None)]
    assert visitor.post(page, {"person": REVIEWER}).status_code == 403


def test_ending_needs_a_reason_and_stays_in_the_list(database, sign_in):
    file = under_review(database, LEAD)
    visitor = english(sign_in(LEAD))
    page = f"{file.base}/assignments"
    [end] = re.findall(rf'action="({page}/\d+/end)"', visitor.get(page).text)
    field = f"end-{end.split('/')[-2]}-reason"
    refused = visitor.post(end, {field: " "})
    assert (refused.status_code, summary(refused)) == (422, [(f"#{field}", "Say why this person is no longer asked.")])
    assert visitor.post(end, {field: "Nghỉ ốm"}).status_code == 303
    assert asked(database) == [("reviewer", "byt", "Nghỉ ốm")]
    assert "Ended" in text(visitor.get(page))


@pytest.mark.parametrize(
    ("email", "declared", "status"),
    [(REVIEWER, True, 403), (LEAD2, False, 403), (APPLICANT, False, 403), (ADVISER, False, 404)],
    ids=["reviewer", "undeclared lead", "owner", "adviser not asked"],
)
def test_others_do_not_see_who_is_asked(database, sign_in, email, declared, status):
    file = under_review(database, *([email] if declared else []))
    assert sign_in(email).get(f"{file.base}/assignments").status_code == status


def test_lead_does_not_end_people_of_another_ministry(database, sign_in):
    file = under_review(database, LEAD2)
    with database.reading() as db:
        [other] = [row.id for row in db.query(Assignment)]
    answer = sign_in(LEAD2).post(f"{file.base}/assignments/{other}/end", {f"end-{other}-reason": "x"})
    assert answer.status_code == 404
    assert asked(database) == [("reviewer", "byt", None)]
