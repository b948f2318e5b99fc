"""The synthesis: computed tables, rows added and removed without saving, no author of a sheet."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.models import Certificate, Proposal, Synthesis
from intake.scoring.certificate import replay, sha256
from intake.services import sessions
from tests import factories
from tests.web.desk_world import (
    APPLICANT,
    CHAIR,
    ENGINEER,
    LEAD,
    MEMBER,
    SECRETARY,
    actor,
    english,
    revision,
    summary,
    text,
    with_engineer,
)

# What is written goes through services that are tested on both engines.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

ROW = {
    "differences-0-criterion": "feasibility",
    "differences-0-bodies": ["byt", "tcts_ht3"],
    "differences-0-text": "Khác nhau về hạ tầng.",
    "differences-0-resolution": "Đưa thành điều kiện.",
}


def written(database):
    with database.reading() as db:
        return [(row.summary, row.differences) for row in db.query(Synthesis)]


def synthesis(database):
    return with_engineer(database, state="synthesis")


def test_tables_are_computed_and_name_no_author(database, sign_in):
    file = synthesis(database)
    shown = english(sign_in(SECRETARY)).get(f"{file.base}/synthesis")
    words = text(shown)
    assert shown.status_code == 200
    for expected in (
        "Official score 73.3 of 100",
        "Valid sheets 1 fewer than 3",
        "1 sheet, 73.3",
        "Ministry of Health",
    ):
        assert expected in words
    assert "Vũ Quốc Khánh" not in shown.text


def test_rows_are_added_and_removed_without_saving(database, sign_in):
    file = synthesis(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/synthesis"
    more = visitor.post(page, ROW | {"summary": "Viết dở", "more": "1"})
    assert more.status_code == 200
    for kept in ("Viết dở</textarea>", "Khác nhau về hạ tầng.</textarea>", 'name="differences-1-text"'):
        assert kept in more.text
    assert 'value="tcts_ht3" checked' in " ".join(more.text.split())
    dropped = visitor.post(page, ROW | {"summary": "Viết dở", "drop": "0"})
    assert dropped.status_code == 200
    assert ("Viết dở</textarea>" in dropped.text, "Khác nhau về hạ tầng." in dropped.text) == (True, False)
    assert written(database) == []


def test_saving_keeps_the_rows_that_are_not_blank(database, sign_in):
    file = synthesis(database)
    visitor = english(sign_in(SECRETARY))
    page = f"{file.base}/synthesis"
    blank = {"differences-1-criterion": "", "differences-1-text": " ", "differences-1-resolution": ""}
    assert visitor.post(page, ROW | blank | {"summary": "Thống nhất.", "do": "save"}).headers["Location"] == page
    difference = {
        "criterion": "feasibility",
        "bodies": ["byt", "tcts_ht3"],
        "text": "Khác nhau về hạ tầng.",
        "resolution": "Đưa thành điều kiện.",
    }
    assert written(database) == [("Thống nhất.", [difference])]
    shown = visitor.get(page)
    assert "Khác nhau về hạ tầng.</textarea>" in shown.text
    assert f'<a class="govuk-button" href="{file.base}/move/refer">' in shown.text


def test_refused_synthesis_is_shown_again_with_what_was_typed(database, sign_in):
    file = synthesis(database)
    sent = ROW | {"differences-0-text": "", "summary": "Viết dở", "do": "refer"}
    answer = english(sign_in(SECRETARY)).post(f"{file.base}/synthesis", sent)
    words = "Say what the opinions differ about."
    assert (answer.status_code, summary(answer)) == (422, [("#differences-0-text", words)])
    for kept in ("Viết dở</textarea>", "Đưa thành điều kiện.</textarea>"):
        assert kept in answer.text
    assert written(database) == []


def test_empty_summary_is_refused_at_its_field(database, sign_in):
    file = synthesis(database)
    answer = english(sign_in(SECRETARY)).post(f"{file.base}/synthesis", {"summary": " ", "do": "save"})
    assert (answer.status_code, [href for href, _ in summary(answer)]) == (422, ["#summary"])


def test_saving_and_referring_leads_to_the_move_and_the_committee(database, sign_in):
    file = synthesis(database)
    visitor = english(sign_in(SECRETARY))
    answer = visitor.post(f"{file.base}/synthesis", {"summary": "Thống nhất.", "do": "refer"})
    page = f"{file.base}/move/refer"
    assert answer.headers["Location"] == page
    assert visitor.post(page, {"revision": revision(visitor, page)}).status_code == 303
    assert file.row().state == "committee"
    shown = visitor.get(f"{file.base}/synthesis")
    assert ('name="summary"' in shown.text, "Frozen on" in text(shown)) == (False, True)
    assert visitor.post(f"{file.base}/synthesis", {"summary": "Sửa", "do": "save"}).status_code == 409


def test_the_certificate_is_taken_away_to_be_replayed_and_stays_as_it_was_frozen(database, sign_in):
    file = synthesis(database)
    visitor = english(sign_in(SECRETARY))
    address = f"{file.base}/certificate.json"
    assert address in visitor.get(f"{file.base}/synthesis").text
    before = visitor.get(address)
    assert (before.status_code, replay(before.get_json()), before.get_json()["numbers"]["n"]) == (200, True, 1)
    visitor.post(f"{file.base}/synthesis", {"summary": "Thống nhất.", "do": "refer"})
    page = f"{file.base}/move/refer"
    visitor.post(page, {"revision": revision(visitor, page)})
    with database.writing() as db:
        [(digest,)] = db.query(Certificate.sha256)
        factories.sheet(db, db.query(Proposal).filter_by(code=file.code).one(), factories.reviewer(db, "late"), 1)
    after = visitor.get(address)
    assert (after.get_data(), sha256(after.get_json())) == (before.get_data(), digest)


def test_members_read_it_from_the_agenda_on(database, sign_in):
    file = synthesis(database)
    secretary = sign_in(SECRETARY)
    secretary.post(f"{file.base}/synthesis", ROW | {"summary": "Thống nhất.", "do": "save"})
    page = f"{file.base}/move/refer"
    secretary.post(page, {"revision": revision(secretary, page)})
    member = english(sign_in(MEMBER))
    assert member.get(f"{file.base}/synthesis").status_code == 404
    starts_at = datetime(2030, 1, 7, 2, tzinfo=UTC)
    with database.writing() as db:
        who = actor(db, SECRETARY)
        sessions.create(db, body="tt_bcdtw", starts_at=starts_at, place="Hà Nội", items=[file.code], actor=who)
    assert member.get(f"{file.base}/synthesis").status_code == 403
    member.post(f"{file.base}/conflict", {"kind": "none"})
    shown = member.get(f"{file.base}/synthesis")
    assert shown.status_code == 200
    for expected in ("Khác nhau về hạ tầng.", "Thống nhất.", "Feasibility"):
        assert expected in text(shown)
    assert 'name="summary"' not in shown.text
    assert member.post(f"{file.base}/synthesis", {"summary": "Sửa"}).status_code == 403


@pytest.mark.parametrize(
    ("email", "declared", "status"),
    [(APPLICANT, False, 403), (LEAD, True, 403), (ENGINEER, True, 403), (CHAIR, False, 403), (MEMBER, False, 404)],
    ids=["owner", "lead", "engineer", "chair before declaring", "member before the agenda"],
)
def test_others_do_not_read_it(database, sign_in, email, declared, status):
    file = with_engineer(database, *([email] if declared else []), state="synthesis")
    assert sign_in(email).get(f"{file.base}/synthesis").status_code == status
