"""Moves made on their pages: what they need, what they answer, and that a refused one keeps what was typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from intake import clock
from intake.models import Remark, Routing
from intake.services import organisations
from tests import factories
from tests.web.desk_world import (
    ENGINEER,
    LEAD,
    LEAD2,
    SECRETARY,
    actor,
    english,
    received,
    revision,
    summary,
    text,
    under_review,
    with_engineer,
)

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def move(visitor, file, name, **data):
    """Open the page of the move and send its form."""
    page = f"{file.base}/move/{name}"
    return visitor.post(page, {"revision": revision(visitor, page)} | data)


def settle(file):
    """Every name is recorded as not in the catalogue."""

    def work(db, proposal):
        for row in organisations.links(db, proposal):
            row.is_settled = True

    file.change(work)


def test_accept_routes_and_answers_where_it_stands(database, sign_in):
    file = received(database)
    settle(file)
    visitor = english(sign_in(SECRETARY))
    answer = move(visitor, file, "accept", lead="bkhcn", cooperating=["byt", "bkhcn"])
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{file.base}/staff")
    row = file.row()
    assert (row.state, row.holder_organisation_id, row.assessing_system) == ("ministry_review", "bkhcn", "ht3")
    with database.reading() as db:
        routed = [(r.organisation_id, r.role) for r in db.query(Routing).order_by(Routing.id)]
    assert routed == [("bkhcn", "lead"), ("byt", "cooperating")]
    assert "Accept and route. Done." in text(visitor.get(f"{file.base}/staff"))


def test_accept_with_open_names_is_shown_again_with_links_to_where_they_are_settled(database, sign_in):
    file = received(database)
    answer = move(english(sign_in(SECRETARY)), file, "accept", lead="bca", cooperating=["bct"])
    assert answer.status_code == 422
    links_there = f"{file.base}/organisations"
    assert [href for href, _ in summary(answer)] == [links_there, links_there]
    assert '<option value="bca" selected>' in answer.text
    assert file.row().state == "reception"


def test_routing_to_the_body_that_proposes_is_refused_at_its_field(database, sign_in):
    file = received(database)
    settle(file)
    file.change(lambda db, p: factories.named(db, p, "owner", "Bộ Y tế", "byt", settled=True))
    answer = move(english(sign_in(SECRETARY)), file, "accept", lead="byt")
    assert answer.status_code == 422
    [(href, words)] = summary(answer)
    assert href == "#lead"
    assert words.startswith("Ministry of Health owns this proposal")
    assert file.row().state == "reception"


def test_supplement_asks_by_section_and_more_rows_save_nothing(database, sign_in):
    file = received(database)
    visitor = english(sign_in(SECRETARY))
    rows = {
        "remarks-0-section": "resources",
        "remarks-0-text": "Nêu rõ nguồn xã hội hóa.",
        "remarks-1-section": "",
        "remarks-1-text": "",
    }
    more = move(visitor, file, "request_supplement", **rows, more="1")
    assert (more.status_code, file.row().state) == (200, "reception")
    assert "Nêu rõ nguồn xã hội hóa." in more.text
    assert 'name="remarks-2-text"' in more.text
    rows |= {"remarks-4-section": "kpis", "remarks-4-text": "Bổ sung cách đo."}
    assert move(visitor, file, "request_supplement", **rows).status_code == 303
    with database.reading() as db:
        asked = [(r.section, r.text) for r in db.query(Remark).order_by(Remark.id)]
    assert asked == [("resources", "Nêu rõ nguồn xã hội hóa."), ("kpis", "Bổ sung cách đo.")]
    assert (file.row().state, file.row().asked_by) == ("supplement", "reception")


def test_remark_without_a_section_is_refused_at_its_row(database, sign_in):
    file = received(database)
    rows = {"remarks-0-text": "", "remarks-1-text": "Thiếu cách đo.", "remarks-1-section": ""}
    answer = move(english(sign_in(SECRETARY)), file, "request_supplement", **rows)
    assert answer.status_code == 422
    assert summary(answer) == [("#remarks-1-section", "There is no such section in the template.")]
    assert "Thiếu cách đo." in answer.text


def test_move_that_needs_a_reason_is_refused_without_one(database, sign_in):
    file = received(database)
    visitor = english(sign_in(SECRETARY))
    answer = move(visitor, file, "decline", reason="  ")
    assert answer.status_code == 422
    assert summary(answer) == [("#reason", "Give a reason.")]
    assert move(visitor, file, "decline", reason="Không thuộc phạm vi.").status_code == 303
    assert file.row().state == "ineligible"


def test_merge_names_a_proposal_that_is_still_open(database, sign_in):
    file, other = received(database), received(database)
    visitor = english(sign_in(SECRETARY))
    wrong = move(visitor, file, "merge", into="SK-2026-XXXXXXXX", reason="Trùng nội dung")
    assert wrong.status_code == 422
    assert summary(wrong) == [("#into", "There is no other proposal SK-2026-XXXXXXXX to merge into.")]
    assert "Trùng nội dung" in wrong.text
    assert move(visitor, file, "merge", into=f" {other.code.lower()} ", reason="Trùng nội dung").status_code == 303
    assert (file.row().state, other.row().state) == ("merged", "reception")


def test_two_people_moving_at_once_one_is_told(database, sign_in):
    file = received(database)
    first, second = sign_in(SECRETARY), english(sign_in("secretary2@demo.vn"))
    seen = revision(second, f"{file.base}/move/decline")
    move(first, file, "request_supplement", **{"remarks-0-section": "kpis", "remarks-0-text": "Bổ sung."})
    answer = second.post(f"{file.base}/move/decline", {"revision": seen, "reason": "Không hợp lệ"})
    assert answer.status_code == 409
    assert "Không hợp lệ" in answer.text
    assert file.row().state == "supplement"


def test_stale_revision_is_told_and_moves_nothing(database, sign_in):
    file = received(database)
    answer = sign_in(SECRETARY).post(f"{file.base}/move/decline", {"revision": "7", "reason": "Không hợp lệ"})
    assert (answer.status_code, file.row().state) == (409, "reception")


def test_conclusion_needs_opinions_and_a_reason_below_the_least_sheets(database, sign_in):
    file = under_review(database, LEAD2)
    visitor = english(sign_in(LEAD2))
    page = visitor.get(f"{file.base}/move/conclude_review")
    for place in ("opinion", "no-opinion/byt"):
        assert f'href="{file.base}/{place}"' in page.text
    assert "Valid score sheets: 0; at least 3 are expected." in text(page)
    file.change(lambda db, p: factories.opinion(db, p, actor(db, LEAD2)))
    file.change(lambda db, p: factories.opinion(db, p, actor(db, LEAD)))
    refused = move(visitor, file, "conclude_review")
    assert (refused.status_code, [href for href, _ in summary(refused)]) == (422, ["#reason"])
    assert move(visitor, file, "conclude_review", reason="Không đủ người chấm độc lập.").status_code == 303
    assert file.row().state == "engineer_assessment"


def test_assessment_cannot_be_handed_over_before_sheet_and_signature(database, sign_in):
    file = with_engineer(database, ENGINEER)
    answer = move(english(sign_in(ENGINEER)), file, "assess")
    assert answer.status_code == 422
    assert [href for href, _ in summary(answer)] == [f"{file.base}/review", f"{file.base}/assessment"]


def test_assigning_names_supervisor_and_agency(database, sign_in):
    file = with_engineer(database, state="approved")
    visitor = english(sign_in(SECRETARY))
    refused = move(visitor, file, "assign", supervisor="", lead_agency="byt")
    assert (refused.status_code, summary(refused)[0][0]) == (422, "#supervisor")
    assert '<option value="byt" selected>' in refused.text
    assert move(visitor, file, "assign", supervisor="member2@demo.vn", lead_agency="byt").status_code == 303
    assert (file.row().state, file.row().lead_agency_id) == ("implementation", "byt")


def test_the_organisations_that_the_proposal_names_can_lead_it_first(database, sign_in):
    file = with_engineer(database, state="approved")
    file.change(lambda db, proposal: factories.named(db, proposal, "owner", "Bộ A", "bkhcn"))
    file.change(lambda db, proposal: factories.named(db, proposal, "lead", "Bộ B", "byt"))
    page = english(sign_in(SECRETARY)).get(f"{file.base}/move/assign").text
    offered = re.findall(r'<option value="(\w+)">([^<]+)', page.split('id="lead_agency"')[1].split("</select>")[0])
    assert offered[:2] == [
        ("byt", "Ministry of Health (named in the proposal)"),
        ("bkhcn", "Ministry of Science and Technology (named in the proposal)"),
    ]
    assert len(offered) == len({id for id, _ in offered})


def test_silent_body_is_closed_the_day_after_its_due_date(database, sign_in):
    file = under_review(database, LEAD2, due_on=clock.today() + timedelta(days=1))
    page = f"{file.base}/no-opinion/byt"
    early = english(sign_in(LEAD2)).post(page, {"reason": "Chờ lâu"})
    assert early.status_code == 409
    with time_machine.travel(clock.now() + timedelta(days=3), tick=True):
        visitor = english(sign_in(LEAD2))
        empty = visitor.post(page, {"reason": " "})
        assert (empty.status_code, [href for href, _ in summary(empty)]) == (422, ["#reason"])
        assert visitor.post(page, {"reason": "Đã quá hạn"}).headers["Location"] == f"{file.base}/staff"
        assert "Đã quá hạn" in text(visitor.get(f"{file.base}/staff"))
