"""A removed co-author and a deactivated person: every address they knew is closed at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from intake.models import Assignment, ProposalPerson, User
from intake.services import accounts, coauthors
from tests import factories
from tests.conftest import PASSWORD
from tests.web.account_world import by_password, events, is_signed_in, number_of, only_link, post, registered
from tests.web.conftest import Visitor
from tests.web.desk_world import ADMIN, APPLICANT, LEAD2, REVIEWER, SECRETARY, actor

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

COAUTHOR = "dongtacgia@example.vn"
REMOVALS = re.compile(r'action="(/proposals/[^/]+/coauthors/\d+/remove)"')
PAGES = ("", "/text", "/versions", "/edit/name", "/export.json", "/submit", "/withdraw")


@pytest.fixture
def draft(database) -> str:
    with database.writing() as db:
        return factories.proposal(db, "draft", owner_id=actor(db, APPLICANT).user_id).code


def joined(app, owner: Visitor, code: str, relation: str) -> Visitor:
    """Somebody invited by the owner, who accepted."""
    coauthor = registered(app, COAUTHOR, "Đặng Đồng Tác")
    sent = {"email": COAUTHOR, "relation": relation}
    assert owner.post(f"/proposals/{code}/coauthors", sent).status_code == 303
    url = only_link(app, COAUTHOR)
    assert code in coauthor.get(url).text
    assert coauthor.post(url).headers["Location"] == f"/login?next=/proposals/{code}"
    return coauthor


def answers(visitor: Visitor, code: str) -> dict[str, int]:
    return {page: visitor.get(f"/proposals/{code}{page}").status_code for page in PAGES}


def test_a_removed_coauthor_finds_every_address_closed(app, sign_in, draft):
    owner = sign_in(APPLICANT)
    coauthor = joined(app, owner, draft, "coauthor_edit")
    before = answers(coauthor, draft)
    assert [before[page] for page in ("", "/text", "/edit/name", "/export.json")] == [200] * 4
    assert coauthor.get(f"/proposals/{draft}/coauthors").status_code == 403
    assert [mail.subject for mail in post(app)] == [f"{draft}: một đồng tác giả đã tham gia"]
    assert draft in coauthor.get("/proposals").text

    [url] = REMOVALS.findall(owner.get(f"/proposals/{draft}/coauthors").text)
    assert coauthor.post(url).status_code == 403
    assert owner.post(url).status_code == 303
    assert answers(coauthor, draft) == dict.fromkeys(PAGES, 404)
    unknown = coauthor.get("/proposals/SK-2026-00000000")
    closed = coauthor.get(f"/proposals/{draft}")
    assert body_of(closed.text) == body_of(unknown.text)
    assert draft not in coauthor.get("/proposals").text
    assert coauthor.post(f"/proposals/{draft}/edit/name", {"title": "x", "revision": "1"}).status_code == 404
    assert [(mail.to, mail.subject) for mail in post(app)] == [(COAUTHOR, f"{draft}: bạn không còn là đồng tác giả")]
    number = number_of(app, COAUTHOR)
    told = events(app, "coauthor.invited", "coauthor.joined", "coauthor.removed")
    assert [(event, subject, data.get("user")) for event, subject, data in told] == [
        ("coauthor.invited", draft, None),
        ("coauthor.joined", draft, number),
        ("coauthor.removed", draft, number),
    ]


def body_of(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_a_reader_reads_and_does_not_write(app, sign_in, draft):
    reader = joined(app, sign_in(APPLICANT), draft, "coauthor_read")
    found = answers(reader, draft)
    assert (found["/text"], found["/edit/name"], found["/submit"]) == (200, 403, 403)


@pytest.mark.parametrize("who", [SECRETARY, LEAD2, ADMIN, "organisation@demo.vn"])
def test_only_the_owner_chooses_coauthors(app, sign_in, draft, who):
    other = sign_in(who)
    assert other.get(f"/proposals/{draft}/coauthors").status_code == 404
    assert other.post(f"/proposals/{draft}/coauthors", {"email": "a@b.vn"}).status_code == 404


def test_owners_of_a_merged_proposal_stay_readers(app, sign_in, database):
    with database.writing() as db:
        owner = actor(db, APPLICANT)
        target = factories.proposal(db, "reception", owner_id=owner.user_id)
        other = actor(db, "organisation@demo.vn")
        factories.proposal(db, "merged", owner_id=other.user_id, merged_into_id=target.id)
        db.add(
            ProposalPerson(
                proposal_id=target.id, user_id=other.user_id, relation="coauthor_read", added_at=target.created_at
            )
        )
        db.flush()
        code, [line] = target.code, coauthors.listing(db, target, actor=owner)
    visitor = sign_in(APPLICANT)
    assert REMOVALS.findall(visitor.get(f"/proposals/{code}/coauthors").text) == []
    assert visitor.post(f"/proposals/{code}/coauthors/{line.id}/remove").status_code == 409


def test_a_deactivated_person_opens_nothing_from_that_moment(app, sign_in, database):
    """A reviewer with an assignment, a second login and an API token, in the middle of the work."""
    with database.writing() as db:
        asked_by = actor(db, LEAD2).user_id
        assert asked_by is not None
        made = factories.proposal(db, "ministry_review")
        factories.routing(db, made, "byt")
        person = actor(db, REVIEWER)
        assignment = factories.assignment(db, made, person)
        assignment.assigned_by_id = asked_by
        factories.declaration(db, made, person)
        user = db.get_one(User, person.user_id)
        token = accounts.create_token(db, user, days=1, scope="read")
        code, number, assignment_id = made.code, person.user_id, assignment.id
    here, there = sign_in(REVIEWER), by_password(app, REVIEWER)
    pages = ("/queue", f"/proposals/{code}/text", f"/proposals/{code}/review", f"/proposals/{code}", "/account")
    assert {page: here.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert api(app, token) == 200

    admin = sign_in(ADMIN)
    assert admin.post(f"/admin/users/{number}/deactivate", {"reason": "  "}).status_code == 422
    assert admin.post(f"/admin/users/{number}/deactivate", {"reason": "Nghỉ việc"}).status_code == 303
    for visitor in (here, there):
        named = [page for page in pages if code in page]
        assert {page: visitor.get(page).status_code for page in named} == dict.fromkeys(named, 404)
        assert {visitor.get(page).headers["Location"][:7] for page in pages if page not in named} == {"/login?"}
        assert not is_signed_in(visitor)
    assert api(app, token) == 401
    assert Visitor(app).post("/login", {"email": REVIEWER, "password": PASSWORD}).status_code == 422
    with database.reading() as db:
        ended = db.get_one(Assignment, assignment_id)
        assert (ended.ended_at is not None, ended.end_reason) == (True, "the person no longer acts in this role")
    data = {"old": True, "new": False, "reason": "Nghỉ việc", "logins": 2, "tokens": 1}
    assert events(app, "user.deactivated") == [("user.deactivated", f"user:{number}", data)]
    assert [mail.to for mail in post(app)] == [LEAD2]

    assert admin.post(f"/admin/users/{number}/reactivate").status_code == 303
    again = by_password(app, REVIEWER)
    assert (is_signed_in(here), is_signed_in(again)) == (False, True)
    assert again.get(f"/proposals/{code}/text").status_code == 404


def api(app, token: str) -> Any:
    return app.test_client().get("/api/v1/queue", headers={"Authorization": f"Bearer {token}"}).status_code
