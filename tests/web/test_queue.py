"""My desk: the right lines for each role, filters that only narrow, and a constant number of queries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from intake import clock
from intake.services import conflicts
from tests import factories
from tests.web.desk_world import (
    ADMIN,
    LEAD,
    LEAD2,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    received,
    text,
    under_review,
    with_engineer,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

LINE = re.compile(r'<a class="govuk-link main" href="([^"]+)"[^>]*>(.*?)</a>')


def lines(visitor, query=""):
    """Address and title of each line, in order."""
    return LINE.findall(visitor.get(f"/queue{query}").text)


def test_nobody_signed_in_is_sent_to_sign_in(visitor):
    answer = visitor.get("/queue")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=%2Fqueue")


def test_roles_without_a_desk_are_refused(sign_in):
    assert sign_in(ADMIN).get("/queue").status_code == 403


def test_secretary_sees_the_soonest_first_with_where_the_work_is_done(database, sign_in):
    today = clock.today()
    later = received(database, title="Đề xuất sau", due_on=today + timedelta(days=9))
    sooner = with_engineer(database, state="synthesis")
    sooner.change(lambda db, proposal: setattr(proposal, "due_on", today + timedelta(days=2)))
    visitor = english(sign_in(SECRETARY))
    assert lines(visitor) == [(f"{sooner.base}/synthesis", sooner.row().title), (f"{later.base}/staff", "Đề xuất sau")]
    shown = visitor.get("/queue")
    assert "2 waiting for you" in text(shown)
    assert f'<a class="govuk-button" href="{sooner.base}/synthesis">Open the most urgent work</a>' in shown.text


def test_whole_titles_stay_asked_for(database, sign_in):
    received(database)
    visitor = sign_in(SECRETARY)
    shown = [visitor.get(address).text for address in ("/queue", "/queue?whole=1")]
    assert ['name="whole" value="1" checked' in page for page in shown] == [False, True]


def test_overdue_work_is_marked_and_counted(database, sign_in):
    late = received(database, due_on=clock.today() - timedelta(days=10))
    shown = english(sign_in(SECRETARY)).get("/queue")
    assert '<tr role="row" class="is-late">' in shown.text
    assert "1 overdue" in text(shown)
    assert late.code in text(shown)


def test_whoever_has_not_declared_is_led_to_the_declaration(database, sign_in):
    file = under_review(database)
    visitor = english(sign_in(LEAD2))
    assert lines(visitor) == [(f"{file.base}/conflict?next={file.base}/assignments", file.row().title)]
    assert "1 need a declaration of conflict first" in text(visitor.get("/queue"))


@pytest.mark.parametrize(
    ("email", "page"), [(LEAD2, "assignments"), (REVIEWER, "review"), (LEAD, "opinion")], ids=lambda value: value
)
def test_each_kind_of_work_has_its_page(database, sign_in, email, page):
    file = under_review(database, LEAD, LEAD2, REVIEWER)
    assert lines(sign_in(email)) == [(f"{file.base}/{page}", file.row().title)]


def test_lead_ministry_is_led_to_the_conclusion_when_its_own_opinion_is_signed(database, sign_in):
    file = under_review(database, LEAD2)
    file.change(lambda db, proposal: factories.opinion(db, proposal, actor(db, LEAD2)))
    assert lines(sign_in(LEAD2)) == [(f"{file.base}/move/conclude_review", file.row().title)]


def test_recused_person_sees_the_code_and_nothing_else(database, sign_in):
    file = under_review(database, title="Tên không được lộ")
    file.change(
        lambda db, proposal: conflicts.declare(db, proposal, conflicted=True, kind="family", actor=actor(db, LEAD))
    )
    shown = english(sign_in(LEAD)).get("/queue")
    assert LINE.findall(shown.text) == []
    assert f"You are recused ({file.code})" in text(shown)
    assert "Tên không được lộ" not in shown.text
    assert "You do not need to do anything now." in text(shown)


def test_filters_narrow_by_kind_system_due_and_folded_text(database, sign_in):
    received(database, title="Nền tảng định danh", primary_system="ht1", due_on=clock.today() - timedelta(days=3))
    received(database, title="Y tế số", primary_system="ht3", due_on=clock.today() + timedelta(days=30))
    synthesis = with_engineer(database, state="synthesis")
    synthesis.change(lambda db, proposal: setattr(proposal, "title", "Tổng hợp"))
    visitor = sign_in(SECRETARY)

    def titles(query):
        return [title for _, title in lines(visitor, query)]

    assert titles("?kind=synthesise") == ["Tổng hợp"]
    assert titles("?system=ht1") == ["Nền tảng định danh"]
    assert titles("?due=late") == ["Nền tảng định danh"]
    assert titles("?q=DINH+danh") == ["Nền tảng định danh"]
    assert titles("?kind=receive&system=ht3&q=y+te") == ["Y tế số"]
    assert titles("?kind=nonsense&system=ht9&due=never") == ["Nền tảng định danh", "Tổng hợp", "Y tế số"]


def test_filter_that_fits_nothing_says_so(database, sign_in):
    received(database)
    shown = english(sign_in(SECRETARY)).get("/queue?q=khong+co")
    assert "Nothing that waits for you fits this filter." in text(shown)
