"""A new version that changes only the money re-opens feasibility and social resources, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction

import pytest

from intake.catalogue import CRITERIA
from intake.services import counted_sheets, proposals, score_sheets, transitions
from tests import factories
from tests.web.desk_world import APPLICANT, LEAD2, REVIEWER, actor, english, summary, text, under_review

# What is written goes through services that are tested on both engines.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

RESTS_ON_MONEY = {"feasibility", "social_resources"}  # evidence sections of criteria.yaml that name `resources`
AMOUNTS = ("state_budget", "social", "other")
AGAIN = "Look again: the text has changed"


@pytest.fixture
def file(database):
    """Scored by the reviewer; then the lead asks for the budget, and the owner doubles every amount and resubmits."""
    made = under_review(database, LEAD2, REVIEWER)

    def score(db, proposal):
        score_sheets.save(db, proposal, factories.entries(4, 4, 3, 2, 5, 4), submit=True, actor=actor(db, REVIEWER))

    made.change(score)
    made.change(ask_for_the_budget)
    made.change(double_the_budget)
    made.change(lambda db, p: transitions.move(db, p, "resubmit", actor=actor(db, APPLICANT), seen=p.revision))
    assert (made.row().state, made.row().current_version) == ("ministry_review", 2)
    return made


def ask_for_the_budget(db, proposal):
    remarks = [{"section": "resources", "text": "Rà soát kinh phí."}]
    lead = actor(db, LEAD2)
    transitions.move(db, proposal, "request_supplement", actor=lead, seen=proposal.revision, data={"remarks": remarks})


def double_the_budget(db, proposal):
    before = proposals.draft_of(db, proposal)
    after = deepcopy(before)
    resources = after["sections"]["resources"]
    resources["finance"]["total"] *= 2
    for source in resources["finance"]["sources"]:
        source["amount"] *= 2
    for row in resources["by_phase"]["rows"]:
        row |= {name: row[name] * 2 for name in AMOUNTS}
    changed = {name for name, section in after["sections"].items() if section != before["sections"][name]}
    assert changed == {"resources"}
    owner, seen = actor(db, APPLICANT), proposal.document_revision
    proposals.save_document(db, proposal, after, actor=owner, seen=seen)


def reopened(database, file):
    with database.reading() as db:
        proposal = proposals.unchecked(db, file.code)
        own = score_sheets.own(db, proposal, actor=actor(db, REVIEWER))
        assert own is not None
        return {criterion for criterion, line in own.scores.items() if line.is_reopened}, own.coverage


def counted(database, file):
    with database.reading() as db:
        [sheet] = counted_sheets.submitted(db, proposals.unchecked(db, file.code))
        return set(sheet.scores)


def kept(file):
    """What the reviewer sends without touching anything."""
    scores = dict(zip(CRITERIA, (4, 4, 3, 2, 5, 4), strict=True))
    return {
        name: value
        for criterion, score in scores.items()
        for name, value in (
            (f"{criterion}-score", str(score)),
            (f"{criterion}-justification", f"Lý do {criterion}"),
            (f"{criterion}-section", ""),
        )
    }


def test_money_alone_reopens_two_criteria_until_they_are_confirmed(database, sign_in, file):
    assert {id for id, one in CRITERIA.items() if "resources" in one.evidence_sections} == RESTS_ON_MONEY
    assert reopened(database, file) == (RESTS_ON_MONEY, Fraction(70, 100))
    assert counted(database, file) == set(CRITERIA) - RESTS_ON_MONEY
    visitor = english(sign_in(REVIEWER))
    page = visitor.get(f"{file.base}/review")
    assert text(page).count(AGAIN) == 2
    for criterion in CRITERIA:
        assert (f'value="confirm:{criterion}"' in page.text) == (criterion in RESTS_ON_MONEY), criterion
    refused = visitor.post(f"{file.base}/review", kept(file) | {"do": "submit"})
    assert refused.status_code == 422
    assert {href for href, _ in summary(refused)} == {f"#{criterion}-score" for criterion in RESTS_ON_MONEY}


def test_the_diff_shows_both_amounts_until_confirmed(database, sign_in, file):
    visitor = english(sign_in(REVIEWER))
    page = visitor.get(f"{file.base}/review").text
    feasibility = page.split('id="feasibility"', 1)[1].split("</details>", 1)[0]
    for mark in ("<del>", "<ins>"):
        assert mark in feasibility, mark
    assert "What has changed behind this criterion" in feasibility
    assert visitor.post(f"{file.base}/review", kept(file) | {"do": "confirm:feasibility"}).status_code == 303
    assert reopened(database, file) == ({"social_resources"}, Fraction(90, 100))
    assert visitor.post(f"{file.base}/review", kept(file) | {"do": "confirm:social_resources"}).status_code == 303
    assert reopened(database, file) == (set(), Fraction(1))
    assert counted(database, file) == set(CRITERIA)
    assert AGAIN not in text(visitor.get(f"{file.base}/review"))
