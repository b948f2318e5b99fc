"""Taking back a declaration of conflict: by another secretary only, with a reason, and the person declares again."""

from __future__ import annotations

import re

import pytest

from intake.models import Declaration
from tests.web.desk_world import LEAD2, REVIEWER, SECOND, SECRETARY, actor, english, summary, text, under_review

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def declared(database, email, kind="family"):
    """A proposal under review on which the person has declared a conflict."""
    file = under_review(database)
    file.change(lambda db, p: db.add(conflict(db, p, email, kind)))
    return file


def conflict(db, proposal, email, kind):
    user_id = actor(db, email).user_id
    moment = proposal.created_at
    return Declaration(proposal_id=proposal.id, user_id=user_id, is_conflicted=True, kind=kind, declared_at=moment)


def address(visitor, file):
    """Where the one form of the page goes, and the name of its field."""
    page = visitor.get(f"{file.base}/conflicts").text
    (action,) = set(re.findall(r'action="(/proposals/[^"]+/undo)"', page))
    (field,) = set(re.findall(r'<textarea[^>]* name="([^"]+)"', page))
    return action, field


def test_a_secretary_takes_back_what_somebody_else_declared(database, sign_in):
    file = declared(database, REVIEWER)
    visitor, reviewer = english(sign_in(SECRETARY)), english(sign_in(REVIEWER))
    assert reviewer.get(file.base).status_code == 404
    action, field = address(visitor, file)
    empty = visitor.post(action, {field: "  "})
    assert (empty.status_code, summary(empty)) == (422, [(f"#{field}", "Say why the declaration is taken back.")])
    done = visitor.post(action, {field: "Khai nhầm."})
    assert (done.status_code, done.headers["Location"]) == (303, f"{file.base}/conflicts")
    shown = text(visitor.get(f"{file.base}/conflicts"))
    assert "Khai nhầm." in shown
    assert "/undo" not in visitor.get(f"{file.base}/conflicts").text
    assert reviewer.get(f"{file.base}/conflict").status_code == 200
    assert reviewer.get(f"{file.base}/review").status_code == 403
    assert visitor.post(action, {field: "Lần nữa."}).status_code == 404


def test_the_own_word_is_taken_back_by_another_secretary_only(database, sign_in):
    file = declared(database, SECRETARY, "financial")
    own, other = sign_in(SECRETARY), english(sign_in(SECOND))
    action, field = address(other, file)
    assert own.get(f"{file.base}/conflicts").status_code == 404
    assert own.post(action, {field: "Hết."}).status_code == 404
    assert other.post(action, {field: "Đã thoái vốn."}).status_code == 303
    assert own.get(f"{file.base}/staff").status_code == 200


def test_nobody_but_the_secretariat_sees_who_is_conflicted(database, sign_in):
    file = declared(database, REVIEWER)
    action, field = address(sign_in(SECRETARY), file)
    for email, status in ((LEAD2, 403), (REVIEWER, 404), ("applicant@demo.vn", 403), ("admin@demo.vn", 404)):
        visitor = sign_in(email)
        assert visitor.get(f"{file.base}/conflicts").status_code == status, email
        assert visitor.post(action, {field: "Nhầm."}).status_code == status, email


def test_a_form_of_another_proposal_changes_nothing(database, sign_in):
    file, other = declared(database, REVIEWER), under_review(database)
    visitor = sign_in(SECRETARY)
    action, field = address(visitor, file)
    elsewhere = action.replace(file.code, other.code)
    assert visitor.post(elsewhere, {field: "Nhầm."}).status_code == 404
    assert sign_in(REVIEWER).get(file.base).status_code == 404
