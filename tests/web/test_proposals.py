"""The list, the overview, the text, the versions and the file of a proposal, each as far as one's right goes."""

from __future__ import annotations

import json

import pytest

from intake import outline
from tests.web.applicants import (
    boxes,
    example,
    form_of,
    in_english,
    send,
    started,
    stored,
    submitted,
    typed,
    words,
)

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(sign_in):
    return in_english(sign_in("organisation@demo.vn"))


def test_an_empty_list_says_how_to_begin(organisation):
    read = words(organisation.get("/proposals"))
    assert "You have not written a proposal yet." in read
    assert '<a class="govuk-button" href="/proposals/new">' in organisation.get("/proposals").text


def test_the_list_shows_state_holder_and_due_date(organisation, sign_in):
    draft, handed_in = started(organisation), started(organisation)
    title = "Y tế thông minh: liên thông dữ liệu bệnh viện - bảo hiểm - y học dự phòng hỗ trợ chẩn đoán, điều trị"
    name = typed(boxes(organisation, draft, "name"), name__name_vi="Đề xuất còn viết")
    send(organisation, draft, "name", name)
    assert submitted(organisation, handed_in).status_code == 303
    read = words(organisation.get("/proposals"))
    assert f"Finish and submit : Đề xuất còn viết {draft}" in read
    assert f"Đề xuất còn viết {draft} Draft Nobody No due date" in read
    held = read.split(f"{title} {handed_in} ")[1]
    assert held.startswith("Being received Party Central Committee Office") and "5 working days left" in held
    assert handed_in not in words(sign_in("applicant@demo.vn").get("/proposals"))


def test_a_wrong_page_mark_is_refused(organisation):
    assert organisation.get("/proposals?after=x").status_code == 422


def test_the_overview_of_a_draft_says_what_blocks_and_leads_there(organisation):
    data = example()["sections"]
    data["objectives"]["specific"][1]["achievable"] = ""
    data["resources"]["by_phase"]["rows"][1]["social"] -= 20 * 10**9
    code = started(organisation, objectives=data["objectives"], resources=data["resources"])
    page = organisation.get(f"/proposals/{code}")
    read = words(page)
    assert "Sections to complete before submitting: 2." in read
    assert "12 of 14 sections are complete" in read
    assert "Specific objective lacks SMART parts: A - Achievable. This is about MT2. Needs correction" in read
    assert f'href="/proposals/{code}/edit/objectives"' in page.text
    assert "2,400.5 billion VND" in read and "State budget 1,600 billion VND" in read
    assert "Draft" in read and "Saved at" in read and "Review and submit" in read


def test_an_overview_without_any_text_stands(organisation):
    fields = form_of(organisation.get("/proposals/new"), "/proposals/new")
    answer = organisation.post("/proposals/new", fields | {"name.kind": "new", "name.name_vi": "Mới"})
    read = words(organisation.get(answer.location))
    assert "0 of 14 sections are complete" in read or "1 of 14 sections are complete" in read
    assert "Not written yet" in read and "Optional" in read


def test_the_text_shows_every_section_and_escapes_it(organisation):
    code = started(organisation)
    sent = typed(boxes(organisation, code, "name"), name__name_vi="<script>alert(1)</script> & co")
    assert send(organisation, code, "name", sent).status_code == 303
    page = organisation.get(f"/proposals/{code}/text")
    headings = [f"{section.number}. {section.title.en}" for section in outline.OUTLINE.sections]
    assert [heading for heading in headings if heading not in words(page)] == []
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page.text
    assert "<script>alert" not in organisation.get(f"/proposals/{code}").text


def test_the_file_that_is_downloaded_is_the_file_that_was_sent(organisation):
    code = started(organisation)
    answer = organisation.get(f"/proposals/{code}/export.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{code}.json"'
    downloaded = json.loads(answer.data)
    assert downloaded.pop("code") == code
    assert {part: downloaded["sections"][part] for part in downloaded["sections"]} == example()["sections"]


def test_versions_show_what_changed(organisation, database, sign_in):
    code = started(organisation)
    assert "Nothing has been submitted yet." in words(organisation.get(f"/proposals/{code}/versions"))
    assert submitted(organisation, code).status_code == 303
    read = words(organisation.get(f"/proposals/{code}/versions"))
    assert "Version 1" in read and "SHA-256 " + outline.fingerprint(stored(database, code)) in read
    page = organisation.get(f"/proposals/{code}/text?version=1")
    assert (page.status_code, "version 1" in words(page)) == (200, True)
    assert organisation.get(f"/proposals/{code}/text?version=2").status_code == 404


def test_a_proposal_does_not_exist_for_strangers(organisation, sign_in, visitor):
    code = started(organisation)
    stranger, secretary = sign_in("applicant@demo.vn"), sign_in("secretary@demo.vn")
    pages = ["", "/text", "/versions", "/export.json", "/submit", "/withdraw", "/edit/name", "/decision.pdf"]
    missing = stranger.get("/proposals/SK-2026-00000000")
    for page in pages:
        for person in (stranger, secretary):
            answer = person.get(f"/proposals/{code}{page}")
            assert answer.status_code == 404, page
        assert stranger.get(f"/proposals/{code}{page}").data == missing.data, page
        assert visitor.get(f"/proposals/{code}{page}").status_code == 303, page


def test_officials_see_the_cover_until_they_declare_and_then_their_moves(organisation, sign_in):
    code = started(organisation)
    assert submitted(organisation, code).status_code == 303
    secretary = in_english(sign_in("secretary@demo.vn"))
    read = words(secretary.get(f"/proposals/{code}"))
    assert "Main indicators" in read and "Staff page" in read
    page = secretary.get(f"/proposals/{code}").text
    for move in ("accept", "request_supplement", "decline", "merge"):
        assert f'href="/proposals/{code}/move/{move}"' in page
    assert f'href="/proposals/{code}/submit"' not in page and "/edit/" not in page
    member = sign_in("member2@demo.vn")
    assert member.get(f"/proposals/{code}").status_code == 404
