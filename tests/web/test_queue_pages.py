"""A long desk: pages that go on from a place, counts of everything, and the way along the desk from the work itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from intake import clock
from intake.models import Proposal
from intake.services.queues import SECRETARY_WORK
from intake.web.queue import KINDS, PAGE
from tests.web.desk_crowd import proposal_row
from tests.web.desk_world import APPLICANT, LEAD2, SECRETARY, actor, english, receive, text, under_review

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

CODE = re.compile(r'<span class="app-num">(SK-\d{4}-\w{8})</span>')
ADDRESS = re.compile(r'<a class="govuk-link" rel="(prev|next)" href="(/queue\?[^"]*|/queue)">')


def codes(shown):
    return CODE.findall(shown.text)


def around(shown):
    return {rel: url.replace("&amp;", "&") for rel, url in ADDRESS.findall(shown.text)}


def many(database, count, **changes):
    """Proposals in reception, each due a day after the one before; their codes in that order."""
    with database.writing() as db:
        first = db.scalar(select(func.count(Proposal.id)))
        owner = actor(db, APPLICANT).user_id
        rows = [proposal_row(owner, first + n) | {"due_on": clock.today() + timedelta(days=n)} for n in range(count)]
        db.execute(insert(Proposal), [row | changes for row in rows])
    return [row["code"] for row in rows]


def test_every_line_is_on_exactly_one_page(database, sign_in):
    expected = many(database, 2 * PAGE + 3)
    visitor = english(sign_in(SECRETARY))
    shown = visitor.get("/queue")
    assert f"{len(expected)} waiting for you" in text(shown)
    assert f"Lines 1 to {PAGE} of {len(expected)}" in text(shown)
    found = codes(shown)
    while "next" in around(shown):
        shown = visitor.get(around(shown)["next"])
        found += codes(shown)
    assert found == expected
    back = visitor.get(around(shown)["prev"])
    assert codes(back) == expected[PAGE : 2 * PAGE]
    assert codes(visitor.get(around(back)["prev"])) == expected[:PAGE]


def test_a_page_goes_on_from_its_place_when_lines_before_it_were_done(database, sign_in):
    expected = many(database, PAGE + 2)
    visitor = sign_in(SECRETARY)
    following = around(visitor.get("/queue"))["next"]
    assert codes(visitor.get(following)) == expected[PAGE:]
    with database.writing() as db:
        receive(db, due_on=clock.today() - timedelta(days=1))
    assert codes(visitor.get(following)) == expected[PAGE:]


def test_the_filter_stays_while_paging_and_kinds_are_counted(database, sign_in):
    many(database, 2, primary_system="ht1")
    expected = many(database, PAGE + 1, primary_system="ht3")
    visitor = english(sign_in(SECRETARY))
    shown = visitor.get("/queue?system=ht3")
    assert f"Check, route ({PAGE + 1})" in text(shown)
    assert codes(visitor.get(around(shown)["next"])) == expected[PAGE:]


def test_a_place_that_is_no_place_shows_what_stands_after_it(database, sign_in):
    many(database, 1)
    visitor = english(sign_in(SECRETARY))
    assert "Nothing stands after this place any more." in text(visitor.get("/queue?after=zzz~"))
    assert len(codes(visitor.get("/queue?before=9999"))) == 1


def test_from_the_work_to_the_next_and_the_previous(database, sign_in):
    first, second, third = many(database, 3)
    visitor = sign_in(SECRETARY)

    def led(query):
        answer = visitor.get(f"/queue/step?{query}")
        assert answer.status_code == 303
        return answer.headers["Location"]

    assert led(f"code={second}") == f"/proposals/{third}/staff"
    assert led(f"code={second}&to=previous") == f"/proposals/{first}/staff"
    assert led(f"code={third}") == led(f"code={first}&to=previous") == "/queue"
    assert led("code=SK-2026-DONE0000") == f"/proposals/{first}/staff"
    with database.writing() as db:
        code = receive(db).code
    page = visitor.get(f"/proposals/{code}/staff").text
    assert f'href="/queue/step?code={code}&amp;to=previous"' in page
    assert f'href="/queue/step?code={code}"' in page


def test_the_next_stays_within_what_the_desk_was_filtered_by(database, sign_in):
    first, *_ = many(database, 2, primary_system="ht3")
    many(database, 1, primary_system="ht1")
    last, *_ = many(database, 1, primary_system="ht3")
    visitor = sign_in(SECRETARY)
    in_order = codes(visitor.get("/queue?system=ht3"))
    here, following = in_order[-2:]
    assert {first, last} < set(in_order) and len(in_order) == 3
    steps = [f"/queue/step?code={here}", f"/queue/step?code={following}"]
    assert [visitor.get(step).headers["Location"] for step in steps] == [f"/proposals/{following}/staff", "/queue"]


def test_the_next_that_has_to_be_declared_on_leads_to_its_declaration(database, sign_in):
    file = under_review(database)
    assert sign_in(LEAD2).get("/queue/step").headers["Location"] == (
        f"{file.base}/conflict?next={file.base}/assignments"
    )


@pytest.mark.usefixtures("peopled_url")
def test_every_kind_of_the_secretariat_has_a_page():
    assert {kind for _, kind, _, _ in SECRETARY_WORK} - set(KINDS) == set()
