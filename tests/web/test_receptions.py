"""The checklist of the reception: answers are kept with who gave them, nothing typed is lost, nobody else reads it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.models import AuditEntry, ReceptionCheck
from intake.services import likenesses
from intake.services.receptions import POINTS
from tests import factories
from tests.web.desk_world import (
    APPLICANT,
    LEAD,
    SECOND,
    SECRETARY,
    actor,
    english,
    received,
    summary,
    text,
    under_review,
)

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

ALL_YES = {f"{point}-answer": "yes" for point in POINTS}


def kept(database) -> dict[str, tuple[bool, str]]:
    with database.reading() as db:
        return {row.point: (row.is_met, row.note) for row in db.scalars(select(ReceptionCheck))}


def test_the_system_says_what_it_finds(database, sign_in):
    file = received(database)
    with database.writing() as db:
        factories.proposal(db, "reception", title="Cùng sáng kiến", proposer_name="Viện khác")
    secretary = english(sign_in(SECRETARY))
    found = text(secretary.get(f"{file.base}/reception")).split("Point State ", 1)[1]
    assert found.startswith(
        "Checks of the template: no warning In order Organisations to settle: 2 Missing"
        " The default routing names a lead ministry In order"
        " The chief engineer of the system has no conflict of interest In order"
        " Others name the same initiative: 1 To look at"
        " The wording is being compared with the others; look again in a minute To look at"
        " Others to compare it with Cùng sáng kiến"
    )
    likenesses.turn(database)
    found = text(secretary.get(f"{file.base}/reception")).split("Point State ", 1)[1]
    assert "Another has 100 % of the wording in common To look at Others to compare it with Cùng sáng kiến" in found
    assert "Viện khác · same initiative 100% of the wording in common" in found


def test_answers_are_kept_with_their_author_and_only_changes_are_noted(database, sign_in):
    file = received(database)
    url, secretary = f"{file.base}/reception", english(sign_in(SECRETARY))
    assert secretary.post(url, ALL_YES).status_code == 303
    assert kept(database) == dict.fromkeys(POINTS, (True, ""))
    second = english(sign_in(SECOND))
    answers = ALL_YES | {"secrecy-answer": "no", "secrecy-note": "Phụ lục 2 có dấu mật."}
    assert second.post(url, answers).status_code == 303
    assert second.post(url, answers).status_code == 303
    assert kept(database)["secrecy"] == (False, "Phụ lục 2 có dấu mật.")
    page = text(second.get(url))
    assert page.count("Trần Thị Ngọc, ") == 1
    assert page.count("Phạm Văn Đức, ") == 4
    with database.reading() as db:
        noted = db.scalars(select(AuditEntry.data).where(AuditEntry.event == "reception.checked")).all()
    changed = {"secrecy": {"old": [True, ""], "new": [False, "Phụ lục 2 có dấu mật."]}}
    assert [entry["changes"] for entry in noted][1:] == [changed]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"subject-answer": "no"}, ("#subject-note", "Say what is wrong or missing.")),
        ({"subject-answer": "maybe"}, ("#subject-answer", "Answer yes or no.")),
        ({"subject-note": "Chưa rõ."}, ("#subject-answer", "Answer yes or no, so that the note is kept.")),
        ({"subject-answer": "yes", "subject-note": "x" * 2001}, ("#subject-note", "Use at most 2000 characters.")),
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(database, sign_in, sent, problem):
    file = received(database)
    answer = english(sign_in(SECRETARY)).post(f"{file.base}/reception", ALL_YES | {"subject-answer": "open"} | sent)
    assert (answer.status_code, summary(answer)) == (422, [problem])
    assert sent.get("subject-note", "") in answer.text
    assert answer.text.count('value="yes" checked') == 4 + (sent.get("subject-answer") == "yes")
    assert kept(database) == {}


def test_an_answer_may_be_taken_back(database, sign_in):
    file = received(database)
    secretary, url = sign_in(SECRETARY), f"{file.base}/reception"
    secretary.post(url, ALL_YES)
    assert secretary.post(url, {"proposer-answer": "open"}).status_code == 303
    assert kept(database) == dict.fromkeys(list(POINTS)[1:], (True, ""))


def test_a_new_version_is_looked_at_anew(database, sign_in):
    file = received(database)
    secretary, url = sign_in(SECRETARY), f"{file.base}/reception"
    secretary.post(url, ALL_YES)
    file.change(lambda db, proposal: factories.version(db, proposal, factories.document()))
    assert secretary.get(url).text.count('value="open" checked') == len(POINTS)


def test_it_belongs_to_the_reception_and_to_the_secretariat(database, sign_in):
    file, routed = received(database), under_review(database, LEAD)
    assert sign_in(SECRETARY).get(f"{routed.base}/reception").status_code == 409
    assert sign_in(LEAD).get(f"{routed.base}/reception").status_code == 403
    assert sign_in(LEAD).get(f"{file.base}/reception").status_code == 404
    assert sign_in(APPLICANT).get(f"{file.base}/reception").status_code == 403
    file.change(lambda db, proposal: factories.declaration(db, proposal, actor(db, SECRETARY), kind="family"))
    assert sign_in(SECRETARY).post(f"{file.base}/reception", ALL_YES).status_code == 404
    assert kept(database) == {}


def test_the_count_of_the_same_initiative_is_of_all_and_the_newest_are_listed(database, sign_in):
    file = received(database)
    with database.writing() as db:
        for number in range(7):
            factories.proposal(db, "reception", title=f"Tên {number}")
    shown = text(english(sign_in(SECRETARY)).get(f"{file.base}/reception"))
    assert "Others name the same initiative: 7 To look at" in shown
    assert [number for number in range(7) if f"Tên {number}" in shown] == [2, 3, 4, 5, 6]
