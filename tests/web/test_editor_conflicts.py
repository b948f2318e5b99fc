"""Two people write the same draft: both texts stay until a person chooses; other sections are nobody's conflict."""

from __future__ import annotations

import pytest

from tests.web.applicants import boxes, edit_url, form_of, in_english, send, started, stored, submitted, typed, words

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(sign_in):
    return in_english(sign_in("organisation@demo.vn"))


@pytest.fixture
def stale(organisation, database):
    """A draft whose objective was saved after this form was opened; the form with other words typed."""
    code = started(organisation)
    opened = boxes(organisation, code, "objectives")
    theirs = typed(opened, objectives__specific__1__measurable__target="450")
    assert send(organisation, code, "objectives", theirs).status_code == 303
    return code, typed(opened, objectives__specific__1__measurable__target="500", objectives__general="Mine " * 9)


def target(database, code):
    return stored(database, code)["sections"]["objectives"]["specific"][1]["measurable"]["target"]


def test_both_texts_are_shown_and_nothing_is_written_over(organisation, database, stale):
    code, mine = stale
    page = send(organisation, code, "objectives", mine)
    read = words(page)
    assert page.status_code == 409
    assert "Somebody else has saved this section" in read
    assert "MT2 · M - Measurable · Target Your version: 500 The version just saved: 450" in read
    assert form_of(page, edit_url(code, "objectives"))["objectives.specific.1.measurable.target"] == ["500"]
    assert target(database, code) == 450


def test_mine_can_be_kept(organisation, database, stale):
    code, mine = stale
    page = send(organisation, code, "objectives", mine)
    assert (
        send(organisation, code, "objectives", form_of(page, edit_url(code, "objectives")), go="stay").status_code
        == 303
    )
    assert target(database, code) == 500


def test_theirs_can_be_taken(organisation, database, stale):
    code, mine = stale
    page = send(organisation, code, "objectives", mine)
    shown = form_of(page, edit_url(code, "objectives"))
    answer = send(organisation, code, "objectives", shown, resolve="theirs")
    assert (answer.status_code, answer.location) == (303, edit_url(code, "objectives"))
    assert target(database, code) == 450
    assert boxes(organisation, code, "objectives")["objectives.specific.1.measurable.target"] == ["450"]


def test_a_third_save_in_between_is_a_conflict_again(organisation, database, stale):
    code, mine = stale
    shown = form_of(send(organisation, code, "objectives", mine), edit_url(code, "objectives"))
    third = typed(boxes(organisation, code, "objectives"), objectives__specific__1__measurable__target="470")
    assert send(organisation, code, "objectives", third).status_code == 303
    assert send(organisation, code, "objectives", shown).status_code == 409
    assert target(database, code) == 470


def test_a_stale_text_that_cannot_be_read_is_shown_with_its_errors(organisation, database, stale):
    code, mine = stale
    page = send(organisation, code, "objectives", typed(mine, objectives__specific__0__time_bound="soon"))
    assert (page.status_code, "Enter a real date" in words(page)) == (409, True)
    assert form_of(page, edit_url(code, "objectives"))["objectives.specific.0.time_bound"] == ["soon"]


def test_another_section_of_the_same_draft_is_no_conflict(organisation, database):
    code = started(organisation)
    name, objectives = boxes(organisation, code, "name"), boxes(organisation, code, "objectives")
    assert send(organisation, code, "name", typed(name, name__name_vi="Tên mới")).status_code == 303
    changed = typed(objectives, objectives__general="Một mục tiêu tổng quát đủ dài để nộp được.")
    assert send(organisation, code, "objectives", changed).status_code == 303
    found = stored(database, code)["sections"]
    assert (found["name"]["name_vi"], found["objectives"]["general"]) == (
        "Tên mới",
        "Một mục tiêu tổng quát đủ dài để nộp được.",
    )


def test_a_form_without_the_revision_is_refused(organisation, database):
    code = started(organisation)
    fields = boxes(organisation, code, "name")
    for wrong in ("", "x", "-1", "１", "9" * 20):
        assert send(organisation, code, "name", fields | {"revision": [wrong]}).status_code == 422, wrong


def test_text_sent_after_submission_is_shown_to_be_copied(organisation, database):
    code = started(organisation)
    late = typed(boxes(organisation, code, "objectives"), objectives__general="Viết muộn, đừng để mất")
    assert submitted(organisation, code).status_code == 303
    page = send(organisation, code, "objectives", late)
    assert (page.status_code, "Viết muộn, đừng để mất" in page.text) == (409, True)
    assert organisation.get(edit_url(code, "objectives")).status_code == 409
