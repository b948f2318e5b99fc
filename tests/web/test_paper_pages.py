"""Pages around papers: of a session, of the review, signed copies, the comparing check page, letterheads."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlalchemy import select

from intake.models import Document, LetterheadSetting, Outbox
from intake.services import letterhead_samples, papers
from tests.documents.signing import rewritten, signed
from tests.services.sittings import sitting
from tests.web.applicants import in_english, words

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)
ISSUE = {"number": "7", "date": "26/11/2026", "place": "Hà Nội", "signer": "Lê An"}


@pytest.fixture
def secretary(sign_in):
    return in_english(sign_in("secretary@demo.vn"))


def pdf(content: bytes) -> tuple[BytesIO, str]:
    return BytesIO(content), "file.pdf"


def test_the_report_of_a_session_is_made_issued_signed_and_checked(app, database, secretary, sign_in, visitor):
    with database.writing() as db:
        session = sitting(db).session.id
    address = f"/sessions/{session}/papers"
    assert "No document of this session has been made yet" in words(secretary.get(address))
    assert secretary.post(address, {"kind": "minutes"}).status_code == 409
    assert secretary.post(address, {"kind": "committee_report"}).headers["Location"] == address
    with database.reading() as db:
        document = db.scalars(select(Document)).one()
    doc, files = document.doc, app.extensions["intake"].files
    assert f"/documents/{doc}/issue" in secretary.get(address).text
    assert [visitor.get(f"/verify/{doc}").status_code, sign_in("applicant@demo.vn").get(address).status_code] == [
        404
    ] * 2
    assert 'value="Hà Nội"' in secretary.get(f"/documents/{doc}/issue").text
    assert secretary.post(f"/documents/{doc}/issue", ISSUE).status_code == 303
    assert secretary.get(f"/documents/{doc}/signed").status_code == 409
    papers.make(database, files, document.id, base_url="http://127.0.0.1")
    issued = secretary.get(f"/documents/{doc}").data
    refused = secretary.post(f"/documents/{doc}/signed", {"file": pdf(signed(rewritten(issued)))})
    assert (refused.status_code, "other than a signature" in words(refused)) == (422, True)
    assert secretary.post(f"/documents/{doc}/signed").status_code == 422
    copy = signed(issued)
    assert secretary.post(f"/documents/{doc}/signed", {"file": pdf(copy)}).status_code == 303
    assert secretary.get(f"/documents/{doc}/signed.pdf").data == copy
    public = in_english(visitor)
    page = words(public.get(f"/verify/{doc}"))
    for expected in ("Report to the committee", "Digitally signed copies", "Văn phòng Trung ương Đảng (thử)", "Lê An"):
        assert expected in page
    assert "Sáng kiến số 1" not in page
    answers = {"not one byte": issued, "a signed copy of this": copy, "is not this document": issued[:-1]}
    for expected, content in answers.items():
        assert expected in words(public.post(f"/verify/{doc}", {"file": pdf(content)}))
    assert public.post(f"/verify/{doc}").status_code == 422


def test_a_later_paper_of_the_kind_is_said_and_one_in_preparation_is_not(database, visitor):
    with database.writing() as db:
        proposal_id = sitting(db).proposals[0].id
        made = {"proposal_id": proposal_id, "kind": "decision", "version": 1, "facts": {}, "is_final": True}
        made["created_at"] = datetime.now(UTC)
        db.add(Document(doc="AAAAAAAAAA", state="issued", sha256="ab" * 32, **made))
        db.add(Document(doc="BBBBBBBBBB", state="promised", **made))
    public, later = in_english(visitor), "A later one of the same kind has been issued"
    assert later not in words(public.get("/verify/AAAAAAAAAA"))
    with database.writing() as db:
        db.scalars(select(Document).where(Document.doc == "BBBBBBBBBB")).one().state = "issued"
        db.scalars(select(Document).where(Document.doc == "BBBBBBBBBB")).one().sha256 = "cd" * 32
    page = words(public.get("/verify/AAAAAAAAAA"))
    assert (later in page, "BBBBBBBBBB" in page) == (True, False)


def test_an_administrator_sets_a_letterhead_and_sees_a_sample(app, database, sign_in):
    admin = in_english(sign_in("admin@demo.vn"))
    address = "/admin/letterheads/byt"
    assert "BỘ Y TẾ" in words(admin.get("/admin/letterheads"))
    assert sign_in("secretary@demo.vn").get(address).status_code == 403
    form = {
        "profile_id": "state_nd30",
        "own": "BỘ Y TẾ\nCỤC THỬ",
        "symbol": "BYT",
        "place": "Huế",
        "capacity": "CỤC TRƯỞNG",
        "effective_from": "31/12/2099",
    }
    refused = admin.post(address, form | {"symbol": "", "place": "東京"})
    assert (refused.status_code, "東京" in refused.text, "cannot be printed" in words(refused)) == (422, True, True)
    sample = admin.post(address, form | {"sample": "1"}).headers["Location"]
    assert (admin.get(sample).status_code, admin.get("/admin/letterheads/samples/x.pdf").status_code) == (202, 404)
    with database.writing() as db:
        row = db.scalars(select(Outbox).where(Outbox.key.startswith("letterhead-sample:"))).one()
        app.extensions["intake"].files.put(letterhead_samples.file_key(row.payload["sample"]), b"%PDF-")
        row.delivered_at = datetime.now(UTC)
    assert admin.get(sample).data == b"%PDF-"
    assert admin.post(address, form).headers["Location"] == address
    assert "BỘ Y TẾ CỤC THỬ" in words(admin.get(address))
    with database.reading() as db:
        setting = db.scalars(select(LetterheadSetting)).one()
    assert admin.post(f"/admin/letterheads/{setting.id}/withdraw").headers["Location"] == address
    assert "CỤC THỬ" not in words(admin.get(address))
