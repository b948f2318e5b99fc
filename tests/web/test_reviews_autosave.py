"""A score sheet that saves itself: what was typed is on the server or still in its boxes, in one window or in two."""

from __future__ import annotations

import re

import pytest

from intake.catalogue import CRITERIA
from intake.models import Opinion
from tests import factories
from tests.web.desk_world import (
    ENGINEER,
    LEAD,
    REVIEWER,
    SECOND,
    SECRETARY,
    actor,
    english,
    text,
    under_review,
    with_engineer,
)
from tests.web.test_reviews_score_sheet import filled, saved, submitted, typed

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

IDS = tuple(CRITERIA)


def seen(visitor, url):
    """What the form at `url` carries of the sheet as it was shown."""
    page = visitor.get(url).text
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("revision", "seen_text")}
    return {name: match.group(1) for name, match in found.items() if match}


@pytest.fixture
def file(database):
    return under_review(database, REVIEWER)


@pytest.fixture
def visitor(sign_in):
    return english(sign_in(REVIEWER))


def test_a_sheet_saves_itself_while_it_is_written(database, file, visitor):
    url = f"{file.base}/review"
    assert f'<form method="post" action="{url}" novalidate data-autosave' in visitor.get(url).text
    first = visitor.post(url, seen(visitor, url) | filled("impact", go="auto"))
    told = first.get_json()
    assert (first.status_code, sorted(told)) == (200, ["message", "revision", "seen_text", "total"])
    assert told.pop("total") == "Total so far 80.0 of 100, coverage 20%"
    assert re.fullmatch(r"Saved at \d\d:\d\d:\d\d, 1 of 6 criteria", told.pop("message"))
    assert saved(database) == {"impact": (4, "Lý do impact", 1)}
    again = filled("impact", "urgency", go="auto") | {"impact-score": "2"}
    assert visitor.post(url, told | again).status_code == 200
    assert {id: score for id, (score, *_) in saved(database).items()} == {"impact": 2, "urgency": 4}


def test_words_without_a_level_stay_in_the_tab_and_say_why(database, file, visitor):
    answer = visitor.post(f"{file.base}/review", filled("impact", score="", go="auto"))
    words = "Not saved yet: 3. Potential impact and spillover: Choose a level, or say that the text does not allow"
    assert (answer.status_code, answer.get_json()["message"][: len(words)]) == (422, words)
    assert saved(database) == {}


def test_what_the_tab_kept_is_put_back_into_the_boxes(database, file, visitor):
    shown = visitor.post(f"{file.base}/review", filled("impact", score="", row="show:"))
    assert (shown.status_code, "Lý do impact</textarea>" in shown.text) == (200, True)
    assert "What stands here is not saved yet" in text(shown)
    assert saved(database) == {}


def test_another_window_that_changed_the_same_criterion_is_shown_beside(database, file, visitor):
    url = f"{file.base}/review"
    mine = seen(visitor, url) | filled("impact", score="2")
    visitor.post(url, filled("impact", score="5", do="save"))
    by_itself = visitor.post(url, mine | {"go": "auto"})
    assert (by_itself.status_code, "another window" in by_itself.get_json()["message"]) == (409, True)
    both = visitor.post(url, mine | {"do": "save"})
    assert both.status_code == 409
    assert 'name="impact-score" value="2" checked' in both.text
    assert "Saved meanwhile in another window Level 5 Lý do impact" in text(both)
    assert saved(database)["impact"][0] == 5
    kept = re.search(r'name="seen_text" value="([^"]*)"', both.text)
    assert kept is not None
    assert visitor.post(url, mine | {"seen_text": kept.group(1), "do": "save"}).status_code == 303
    assert saved(database)["impact"][0] == 2


def test_another_window_that_changed_other_criteria_is_no_conflict_and_is_not_undone(database, file, visitor):
    url = f"{file.base}/review"
    visitor.post(url, filled("impact", score="3", do="save"))
    mine = seen(visitor, url) | filled("impact", score="3") | filled("urgency", score="2")
    visitor.post(url, filled("impact", score="5", do="save"))
    assert visitor.post(url, mine | {"do": "save"}).status_code == 303
    assert {id: score for id, (score, *_) in saved(database).items()} == {"impact": 5, "urgency": 2}


def test_a_submitted_sheet_does_not_change_by_itself(database, sign_in):
    file = submitted(database)
    visitor = english(sign_in(REVIEWER))
    answer = visitor.post(f"{file.base}/review", typed(database) | {"impact-score": "1", "go": "auto"})
    told = "Not saved yet: submit the change with its reason."
    assert (answer.status_code, answer.get_json()["message"]) == (422, told)
    assert saved(database)["impact"][0] == 4


def changed(*sections):
    document = factories.document()
    for section in sections:
        document["sections"][section] = {}
    return document


def test_each_reopened_criterion_of_a_submitted_sheet_is_confirmed_alone(database, sign_in):
    file = submitted(database)
    file.change(lambda db, proposal: factories.version(db, proposal, changed("resources")))
    visitor = english(sign_in(REVIEWER))
    url = f"{file.base}/review"
    assert "The text has changed behind 2 criteria" in text(visitor.get(url))
    assert visitor.post(url, typed(database) | {"do": "confirm:feasibility"}).status_code == 303
    assert "The text has changed behind 1 criteria" in text(visitor.get(url))
    assert visitor.post(url, typed(database) | {"do": "confirm:social_resources"}).status_code == 303
    versions = {id: version for id, (*_, version) in saved(database).items()}
    assert versions == dict.fromkeys(IDS, 1) | {"feasibility": 2, "social_resources": 2}


def test_confirming_keeps_what_was_typed_elsewhere(database, sign_in):
    file = submitted(database)
    file.change(lambda db, proposal: factories.version(db, proposal, changed("resources")))
    visitor = english(sign_in(REVIEWER))
    shown = visitor.post(
        f"{file.base}/review", typed(database) | {"impact-justification": "Viết dở", "do": "confirm:feasibility"}
    )
    assert (shown.status_code, "Viết dở</textarea>" in shown.text) == (200, True)
    assert (saved(database)["feasibility"][2], saved(database)["impact"][1]) == (2, "Lý do impact")


def test_confirming_what_was_never_scored_is_refused(database, file, visitor):
    answer = visitor.post(f"{file.base}/review", {"do": "confirm:feasibility"})
    assert answer.status_code == 422
    assert visitor.post(f"{file.base}/review", {"do": "confirm:nonsense"}).status_code == 422
    assert saved(database) == {}


def opinion(words, **sent):
    return {"position": "agree", "text": words, "conditions-0-text": ""} | sent


def test_an_opinion_saves_itself_and_shows_both_when_two_windows_differ(database, sign_in):
    file = under_review(database, LEAD)
    visitor = english(sign_in(LEAD))
    url = f"{file.base}/opinion"
    assert f'<form method="post" action="{url}" novalidate data-autosave' in visitor.get(url).text
    mine = seen(visitor, url)
    told = visitor.post(url, mine | opinion("Lần một", go="auto"))
    assert (told.status_code, sorted(told.get_json())) == (200, ["message", "revision", "seen_text"])
    both = visitor.post(url, mine | opinion("Lần hai", do="sign"))
    assert (both.status_code, "Lần hai</textarea>" in both.text) == (409, True)
    assert "Saved meanwhile in another window Agree Lần một" in text(both)
    undecided = visitor.post(url, opinion("Chưa chọn", position="", go="auto"))
    assert (undecided.status_code, undecided.get_json()["message"]) == (422, "Not saved yet: Choose a position.")
    back = visitor.post(url, opinion("Từ thẻ này", row="show:"))
    assert (back.status_code, "Từ thẻ này</textarea>" in back.text) == (200, True)
    now = {name: str(told.get_json()[name]) for name in ("revision", "seen_text")}
    assert visitor.post(url, now | opinion("Lần hai", do="sign")).status_code == 303
    with database.reading() as db:
        assert [(row.text, row.signed_at is not None) for row in db.query(Opinion)] == [("Lần hai", True)]


def test_an_assessment_saves_itself(database, sign_in):
    file = with_engineer(database, ENGINEER)
    file.change(lambda db, proposal: factories.sheet(db, proposal, actor(db, ENGINEER), 4))
    visitor = english(sign_in(ENGINEER))
    url = f"{file.base}/assessment"
    page = visitor.get(url)
    assert "data-autosave" in page.text
    assert f'href="{file.base}/move/return_to_ministries"' in page.text
    assert visitor.post(url, seen(visitor, url) | opinion("Nên làm", go="auto")).status_code == 200
    assert "Nên làm</textarea>" in visitor.get(url).text


def test_two_secretaries_write_one_synthesis_and_neither_loses_words(database, sign_in):
    file = with_engineer(database, state="synthesis")
    first, second = english(sign_in(SECRETARY)), english(sign_in(SECOND))
    url = f"{file.base}/synthesis"
    theirs = seen(second, url)
    told = first.post(url, seen(first, url) | {"summary": "Của người thứ nhất", "go": "auto"})
    assert (told.status_code, sorted(told.get_json())) == (200, ["message", "revision", "seen_text"])
    by_itself = second.post(url, theirs | {"summary": "Của người thứ hai", "go": "auto"})
    assert (by_itself.status_code, "somebody else" in by_itself.get_json()["message"]) == (409, True)
    more = second.post(url, theirs | {"summary": "Của người thứ hai", "more": "1"})
    assert f'name="seen_text" value="{theirs["seen_text"]}"' in more.text
    both = second.post(url, theirs | {"summary": "Của người thứ hai", "do": "save"})
    assert (both.status_code, "Của người thứ hai</textarea>" in both.text) == (409, True)
    assert "Saved meanwhile in another window Của người thứ nhất" in text(both)
    now = {"seen_text": told.get_json()["seen_text"]}
    assert second.post(url, now | {"summary": "Của cả hai", "do": "save"}).status_code == 303
    assert "Của cả hai</textarea>" in first.get(url).text
