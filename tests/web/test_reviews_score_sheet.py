"""The score sheet: nothing typed is lost, nothing unread is confirmed, nobody sees what is not theirs."""

from __future__ import annotations

import pytest

from intake.catalogue import CRITERIA
from intake.models import Score, ScoreSheet
from tests import factories
from tests.web.desk_world import (
    APPLICANT,
    ENGINEER,
    LEAD,
    LEAD2,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    summary,
    text,
    under_review,
    with_engineer,
)

# What is written goes through services that are tested on both engines.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

IDS = tuple(CRITERIA)


def filled(*ids, score="4", **changes):
    """What a person sends for some criteria."""
    sent = {}
    for id in ids:
        sent |= {f"{id}-score": score, f"{id}-justification": f"Lý do {id}", f"{id}-section": ""}
    return sent | changes


def saved(database):
    with database.reading() as db:
        return {row.criterion: (row.score, row.justification, row.version) for row in db.query(Score)}


def is_submitted(database):
    with database.reading() as db:
        return [row.submitted_at is not None for row in db.query(ScoreSheet)]


def test_page_shows_criteria_with_levels_and_the_text_behind_the_first(database, sign_in):
    file = under_review(database, REVIEWER)
    shown = english(sign_in(REVIEWER)).get(f"{file.base}/review")
    assert shown.status_code == 200
    for id in IDS:
        assert f'name="{id}-score"' in shown.text
    for section in CRITERIA[IDS[0]].evidence_sections:
        assert f'id="section-{section}"' in shown.text
    assert 'id="section-risks"' not in shown.text
    assert "Between levels 1 and 3" in text(shown)
    assert "You see no other sheet before you submit yours" in text(shown)


def test_evidence_follows_the_criterion_asked_for(database, sign_in):
    file = under_review(database, REVIEWER)
    shown = sign_in(REVIEWER).get(f"{file.base}/review?criterion=feasibility")
    assert 'id="section-risks"' in shown.text
    assert 'id="section-rationale"' not in shown.text


def test_saving_goes_on_to_the_next_criterion_and_keeps_the_draft(database, sign_in):
    file = under_review(database, REVIEWER)
    visitor = english(sign_in(REVIEWER))
    answer = visitor.post(f"{file.base}/review", filled("strategic_fit", do="breakthrough"))
    assert answer.headers["Location"] == f"{file.base}/review?criterion=breakthrough#breakthrough"
    assert saved(database) == {"strategic_fit": (4, "Lý do strategic_fit", 1)}
    shown = visitor.get(f"{file.base}/review")
    assert "1/6" in text(shown)
    assert "Total so far 80.0 of 100, coverage 20%" in text(shown)
    assert is_submitted(database) == [False]


def test_incomplete_sheet_is_shown_again_with_all_that_was_typed(database, sign_in):
    file = under_review(database, REVIEWER)
    sent = filled("strategic_fit", "impact", do="submit") | {"urgency-score": "5", "urgency-justification": ""}
    answer = english(sign_in(REVIEWER)).post(f"{file.base}/review", sent)
    assert answer.status_code == 422
    assert [href for href, _ in summary(answer)] == [
        "#breakthrough-score",
        "#feasibility-score",
        "#urgency-score",
        "#social_resources-score",
    ]
    assert "Lý do impact</textarea>" in answer.text
    assert 'name="urgency-score" value="5" checked' in answer.text
    assert saved(database) == {}


def test_words_without_a_level_are_asked_about_and_kept(database, sign_in):
    file = under_review(database, REVIEWER)
    answer = english(sign_in(REVIEWER)).post(f"{file.base}/review", filled("impact", score="", do="save"))
    words = "Choose a level, or say that the text does not allow a judgement."
    assert (answer.status_code, summary(answer)) == (
        422,
        [("#impact-score", f"3. Potential impact and spillover: {words}")],
    )
    assert "Lý do impact</textarea>" in answer.text


@pytest.mark.parametrize("score", ["6", "0", "four", "9" * 30])
def test_level_off_the_scale_is_refused(database, sign_in, score):
    file = under_review(database, REVIEWER)
    answer = english(sign_in(REVIEWER)).post(f"{file.base}/review", filled("impact", score=score, do="save"))
    assert (answer.status_code, summary(answer)) == (
        422,
        [("#impact-score", "3. Potential impact and spillover: Choose a whole number from 1 to 5.")],
    )


def test_complete_sheet_is_submitted_with_cannot_judge_counted_as_unanswered(database, sign_in):
    file = under_review(database, REVIEWER)
    visitor = english(sign_in(REVIEWER))
    sent = filled(*IDS, do="submit") | {"social_resources-score": "none"}
    answer = visitor.post(f"{file.base}/review", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/queue")
    assert saved(database)["social_resources"] == (None, "Lý do social_resources", 1)
    shown = text(visitor.get(f"{file.base}/review"))
    assert "Total so far 80.0 of 100, coverage 90%" in shown
    assert "it may be changed until the proposal is referred" in shown


def submitted(database, *declared):
    file = under_review(database, REVIEWER, *declared)
    file.change(lambda db, proposal: factories.sheet(db, proposal, actor(db, REVIEWER), 4))
    return file


def typed(database):
    """What the page would send when nothing was touched."""
    sent = {}
    for id, (score, justification, _) in saved(database).items():
        sent |= {f"{id}-score": str(score), f"{id}-justification": justification.replace("\n", "\r\n")}
    return sent


def test_change_of_a_submitted_sheet_needs_a_reason(database, sign_in):
    file = submitted(database)
    visitor = english(sign_in(REVIEWER))
    sent = typed(database) | {"impact-score": "2", "do": "submit"}
    refused = visitor.post(f"{file.base}/review", sent)
    assert (refused.status_code, summary(refused)) == (422, [("#reason", "Say why you change a submitted sheet.")])
    assert 'name="impact-score" value="2" checked' in refused.text
    assert visitor.post(f"{file.base}/review", sent | {"reason": "Đọc lại mục 12"}).status_code == 303
    assert {id: score for id, (score, *_) in saved(database).items()} == dict.fromkeys(IDS, 4) | {"impact": 2}


def new_version(file):
    """The proposal comes back with other risks: feasibility rests on them, the other criteria do not."""
    text = factories.document()
    text["sections"]["risks"]["risks"][0]["description"] = "Rủi ro khác hẳn"
    file.change(lambda db, proposal: factories.version(db, proposal, text))


def test_reopened_criterion_is_marked_with_what_changed_and_not_confirmed_by_the_way(database, sign_in):
    file = submitted(database)
    new_version(file)
    visitor = english(sign_in(REVIEWER))
    shown = visitor.get(f"{file.base}/review")
    assert text(shown).count("Look again: the text has changed") == 1
    assert "<ins>Rủi ro khác hẳn</ins>" in shown.text
    assert 'name="do" value="confirm:feasibility"' in shown.text
    answer = visitor.post(f"{file.base}/review", typed(database) | {"do": "submit"})
    words = "The text behind this criterion has changed. Confirm the score or change it."
    assert (answer.status_code, summary(answer)) == (422, [("#feasibility-score", f"4. Feasibility: {words}")])
    assert {version for *_, version in saved(database).values()} == {1}


def test_reopened_criterion_is_confirmed_by_one_click(database, sign_in):
    file = submitted(database)
    new_version(file)
    visitor = english(sign_in(REVIEWER))
    answer = visitor.post(f"{file.base}/review", typed(database) | {"do": "confirm:feasibility"})
    assert answer.headers["Location"] == f"{file.base}/review"
    assert "Look again" not in text(visitor.get(f"{file.base}/review"))
    versions = {id: version for id, (*_, version) in saved(database).items()}
    assert versions == dict.fromkeys(IDS, 1) | {"feasibility": 2}


def test_engineer_goes_on_to_his_assessment(database, sign_in):
    file = with_engineer(database, ENGINEER)
    visitor = english(sign_in(ENGINEER))
    shown = visitor.get(f"{file.base}/review")
    assert "The ministries' sheets and opinions open when you submit yours" in text(shown)
    assert "Vũ Quốc Khánh" not in shown.text
    answer = visitor.post(f"{file.base}/review", filled(*IDS, do="submit"))
    assert answer.headers["Location"] == f"{file.base}/assessment"


@pytest.mark.parametrize(
    ("email", "declared", "status"),
    [(REVIEWER, False, 403), (LEAD, True, 403), (LEAD2, False, 403), (SECRETARY, False, 403), (APPLICANT, False, 403)],
    ids=["undeclared", "lead not asked to score", "undeclared lead", "secretary", "owner"],
)
def test_others_have_no_sheet(database, sign_in, email, declared, status):
    file = under_review(database, *([email] if declared else []))
    visitor = sign_in(email)
    assert visitor.get(f"{file.base}/review").status_code == status
    assert visitor.post(f"{file.base}/review", filled(*IDS, do="submit")).status_code == status
    assert saved(database) == {}


def test_engineer_before_his_stage_finds_nothing(database, sign_in):
    file = under_review(database)
    assert sign_in(ENGINEER).get(f"{file.base}/review").status_code == 404


def test_author_reads_the_own_sheet_after_the_referral_and_nothing_else(database, sign_in):
    file = submitted(database)
    new_version(file)
    file.change(lambda db, proposal: setattr(proposal, "state", "committee"))
    file.change(lambda db, proposal: setattr(proposal, "holder_kind", "secretariat"))
    visitor = english(sign_in(REVIEWER))
    shown = visitor.get(f"{file.base}/review")
    assert (shown.status_code, "Lý do impact" in text(shown)) == (200, True)
    assert "Rủi ro khác hẳn" not in shown.text
    assert visitor.get(file.base).status_code == 404
    assert visitor.post(f"{file.base}/review", filled("impact", do="submit")).status_code == 404
