"""The secretariat's page of every open proposal: what is on it, in which order, and who else gets nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from intake import clock
from intake.models import CommitteeSession, Reminder, SessionItem
from intake.vietnamese import day_text
from tests import factories
from tests.web.desk_world import CHAIR, LEAD, SECRETARY, actor, english, receive, route, text

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

ROW = re.compile(r'<tr role="row"(.*?)</tr>', re.DOTALL)


def rows(answer) -> list[str]:
    """The words of each line of the first table."""
    table = answer.text.split("<tbody", 1)[1].split("</tbody>", 1)[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", line.split(">", 1)[1]).split()) for line in ROW.findall(table)]


def days(count: int):
    return clock.today() + timedelta(days=count)


def fill(db) -> dict[str, str]:
    """One proposal at each stop, due in an order that is not theirs."""
    secretary = actor(db, SECRETARY)
    waiting = factories.proposal(db, "committee", due_on=days(20))
    listed = factories.proposal(
        db, "committee", holder_kind="body", holder_organisation_id="tt_bcdtw", due_on=days(-40)
    )
    starts = {"starts_at": clock.now(), "created_at": clock.now(), "created_by_id": secretary.user_id}
    sitting = CommitteeSession(number=1, body_id="tt_bcdtw", place="Hà Nội", mode="ballot", **starts)
    db.add_all([sitting, SessionItem(session=sitting, proposal_id=listed.id, position=1)])
    told = {"state": "reception", "due_on": days(-30), "recipient_count": 2, "sent_at": clock.now()}
    received = receive(db, due_on=days(-30))
    db.add_all(Reminder(proposal_id=received.id, mark=mark, **told) for mark in ("late_5", "lead_3"))
    made = {
        "received": received,
        "waiting": waiting,
        "listed": listed,
        "routed": route(db, due_on=days(3)),
        "supplement": factories.proposal(db, "supplement", asked_by="reception", due_on=days(5)),
        "assigned": factories.proposal(db, "implementation", due_on=days(9), lead_agency_id="byt"),
    }
    factories.proposal(db, "draft")
    factories.proposal(db, "rejected")
    return {name: one.code for name, one in made.items()}


def test_every_open_proposal_overdue_first_with_holder_and_next_action(database, sign_in):
    with database.writing() as db:
        codes = fill(db)
    shown = english(sign_in(SECRETARY)).get("/monitoring")
    found = rows(shown)
    order = ["listed", "received", "routed", "supplement", "assigned", "waiting"]
    assert [next(name for name, code in codes.items() if code in line) for line in found] == order
    today = day_text(clock.today()).en
    expected = [
        ("Standing Board", f"Decide in the session of {today}", ""),
        ("VPTW", "Link the names of organisations (2), then route", "the lead of the body"),
        ("BKHCN", "Ministries sign their opinions (missing: 2)", ""),
        ("The proposer", "The proposer sends the new version", ""),
        ("BYT", "The lead agency reports", ""),
        ("VPTW", "Put on an agenda", ""),
    ]
    for line, (holder, action, told) in zip(found, expected, strict=True):
        assert holder in line
        assert action in line
        assert told in line
        assert line.endswith("0 days")
    assert text(shown).startswith("Every open proposal 6 open 2 overdue The most overdue first")


def test_filters_narrow_and_keep_what_was_asked(database, sign_in):
    with database.writing() as db:
        codes = fill(db)
    secretary = english(sign_in(SECRETARY))

    def found(query: str) -> list[str]:
        answer = secretary.get(f"/monitoring?{query}")
        return [name for name, code in codes.items() if code in answer.text]

    assert found("due=late") == ["received", "listed"]
    assert found("holder=owner") == ["supplement"]
    assert found("holder=vptw") == ["received", "waiting"]
    assert found("holder=btc") == found("system=ht1") == found("holder=x") == []
    assert found(f"q={codes['routed'].lower()}") == ["routed"]
    kept = secretary.get("/monitoring?due=late&system=ht3&q=x").text
    assert re.findall(r'<option value="(\w+)" selected>', kept) == ["ht3", "late"]
    assert "No open proposal fits this filter." in kept


def test_pages_follow_each_other_without_gap(database, sign_in):
    with database.writing() as db:
        codes = {receive(db, due_on=days(n % 7)).code for n in range(60)}
    secretary, url, seen = sign_in(SECRETARY), "/monitoring", []
    for _ in range(2):
        page = secretary.get(url).text
        seen += re.findall(r'<span class="app-num">(SK-2026-\d+)</span>', page)
        following = re.search(r'class="govuk-link" href="(/monitoring\?after=[^"]+)"', page)
        url = following.group(1) if following else ""
    assert (len(seen), set(seen), url) == (60, codes, "")


@pytest.mark.parametrize("email", [LEAD, CHAIR, "applicant@demo.vn", "admin@demo.vn"])
def test_nobody_else_sees_it(database, sign_in, email):
    with database.writing() as db:
        codes = fill(db)
    answer = sign_in(email).get("/monitoring")
    assert answer.status_code == 403
    assert [code for code in codes.values() if code in answer.text] == []
    assert "/monitoring" not in sign_in(email).get("/help").text


def test_a_conflicted_secretary_does_not_see_the_proposal_nor_its_count(database, sign_in):
    with database.writing() as db:
        codes = fill(db)
        conflicted = factories.proposal(db, "reception", due_on=days(-90))
        factories.declaration(db, conflicted, actor(db, SECRETARY), kind="family")
    shown = english(sign_in(SECRETARY)).get("/monitoring")
    assert conflicted.code not in shown.text
    assert f"{len(codes)} open 2 overdue" in text(shown)
