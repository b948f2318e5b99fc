"""Papers: promised, made once, issued once, read by those whom they concern."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select

from intake import outline
from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.files import StoredFiles
from intake.models import AuditEntry, Document, Outbox, ProposalVersion
from intake.policy import Role
from intake.services import audit, ballots, conclusions, decisions, papers, sessions, verification
from tests.services import sittings
from tests.services.sittings import EVERYBODY, declaration, sitting

BASE = "https://sangkien.example.vn"
EXAMPLE = Path(__file__).parents[1] / "data" / "examples" / "full_sk10.json"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ISSUE = {"number": "12", "date": "2026-11-26", "signer": "Nguyễn Văn A", "place": "Hà Nội"}


@pytest.fixture
def files(tmp_path) -> StoredFiles:
    return StoredFiles((tmp_path / "files").as_uri())


def released(db):
    """A sitting whose only item was approved and released, and its paper's code."""
    held = sitting(db)
    held.open()
    for name in EVERYBODY:
        ballots.cast(db, held.session, held.code, choice="approve", actor=held.member(name))
    held.close()
    text = "Thống nhất phê duyệt.\n- Bảo đảm an toàn dữ liệu"
    conclusions.prepare(db, held.session, held.code, outcome="approve", text=text, actor=held.secretary)
    (decision,) = decisions.release(db, held.session, actor=held.member("chair"))
    return held, db.get_one(Document, decision.document_id).doc


def row(database, doc):
    with database.reading() as db:
        return db.scalars(select(Document).where(Document.doc == doc)).one()


def make(database, files, doc) -> Document:
    papers.make(database, files, row(database, doc).id, base_url=BASE)
    return row(database, doc)


def printed(files, document) -> str:
    """The text of the PDF on one line."""
    content = files.get(document.file_key)
    path = Path(files.store.prefix) / document.file_key
    assert content[:5] == b"%PDF-"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_decision_is_a_draft_until_it_is_issued(database, files):
    with time_machine.travel(NOW, tick=False):
        with database.writing() as db:
            _, doc = released(db)
        draft = make(database, files, doc)
        assert (draft.state, draft.edition, draft.is_final) == ("draft", 1, False)
        text = printed(files, draft)
        assert "DỰ THẢO" in text
        assert "Phê duyệt đề xuất Sáng kiến đột phá “Sáng kiến số 1”" in text
        assert "Thống nhất phê duyệt" in text
        assert "Phiên 1" in text
        assert "6/6 thành viên" in text
        with database.writing() as db:
            papers.issue(db, doc, **ISSUE, actor=sittings.secretary(db))
        assert (row(database, doc).state, row(database, doc).file_key) == ("promised", None)
        final = make(database, files, doc)
        assert (final.state, final.edition, final.is_final) == ("issued", 2, True)
        assert (final.number, final.dated_on, final.signer, final.place) == (
            "12",
            date(2026, 11, 26),
            "Nguyễn Văn A",
            "Hà Nội",
        )
        text = printed(files, final)
        assert "DỰ THẢO" not in text
        assert "Số 12-TB/BCĐTW" in text
        assert "Hà Nội, ngày 26 tháng 11 năm 2026" in text
        assert "Nguyễn Văn A" in text
        assert f"{BASE}/verify/{doc}" in text.replace(" ", "")


def test_every_edition_is_promised_once_and_its_hash_is_in_the_audit_trail(sqlite_database, files):
    database = sqlite_database
    with database.writing() as db:
        _, doc = released(db)
    draft = make(database, files, doc)
    with database.writing() as db:
        papers.issue(db, doc, **ISSUE, actor=sittings.secretary(db))
    final = make(database, files, doc)
    with database.reading() as db:
        entries = db.execute(
            select(AuditEntry.event, AuditEntry.data)
            .where(AuditEntry.subject == f"document:{doc}")
            .order_by(AuditEntry.seq)
        ).all()
        assert [(e.event, e.data.get("sha256")) for e in entries] == [
            ("document.made", draft.sha256),
            ("document.issued", None),
            ("document.made", final.sha256),
        ]
        keys = db.scalars(select(Outbox.key).where(Outbox.kind == "document").order_by(Outbox.id)).all()
        assert keys == [f"document:{doc}:1", f"document:{doc}:2"]
        assert audit.verify(db) is None


def test_making_twice_changes_nothing(sqlite_database, files):
    database = sqlite_database
    with database.writing() as db:
        _, doc = released(db)
    first = make(database, files, doc)
    second = make(database, files, doc)
    assert (second.file_key, second.sha256, second.made_at) == (first.file_key, first.sha256, first.made_at)
    with database.reading() as db:
        made = db.scalars(select(AuditEntry.seq).where(AuditEntry.event == "document.made")).all()
        assert len(made) == 1


def test_work_lost_between_storing_and_noting_is_done_again_with_the_same_bytes(sqlite_database, files):
    database = sqlite_database
    with database.writing() as db:
        _, doc = released(db)
    first = make(database, files, doc)
    with database.writing() as db:  # as if the worker had died before its note
        lost = db.scalars(select(Document).where(Document.doc == doc)).one()
        lost.file_key, lost.sha256, lost.state, lost.made_at = None, None, "promised", None
    assert make(database, files, doc).sha256 == first.sha256


def test_draft_made_after_the_issue_is_not_noted(database, files):
    with database.writing() as db:
        _, doc = released(db)
    before = row(database, doc)
    with database.writing() as db:
        papers.issue(db, doc, **ISSUE, actor=sittings.secretary(db))
    database.transact(lambda db: papers.note_made(db, before, "documents/late.pdf", "0" * 64))
    assert (row(database, doc).file_key, row(database, doc).state) == (None, "promised")


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"number": " "}, ["number"]),
        ({"signer": "", "place": ""}, ["signer", "place"]),
        ({"date": "tomorrow"}, ["date"]),
        ({"number": "9" * 201}, ["number"]),
    ],
)
def test_issue_needs_number_date_signer_and_place(database, changes, paths):
    with database.writing() as db:
        _, doc = released(db)
        with pytest.raises(Invalid) as refusal:
            papers.issue(db, doc, **ISSUE | changes, actor=sittings.secretary(db))
        assert sorted(path for path, _ in refusal.value.errors) == sorted(paths)


def test_issue_happens_once_and_by_the_secretariat(database):
    with database.writing() as db:
        held, doc = released(db)
        with pytest.raises(Forbidden):
            papers.issue(db, doc, **ISSUE, actor=held.member("chair"))
        with pytest.raises(NotFound):
            papers.issue(db, doc, **ISSUE, actor=sittings.acting(db, "lead", Role.MINISTRY_LEAD, "byt"))
        with pytest.raises(NotFound):
            papers.issue(db, "0000000000", **ISSUE, actor=held.secretary)
        papers.issue(db, doc, **ISSUE, actor=held.secretary)
        with pytest.raises(IllegalMove):
            papers.issue(db, doc, **ISSUE | {"number": "13"}, actor=held.second_secretary)
        assert db.scalars(select(Document.number).where(Document.doc == doc)).one() == "12"


def test_decision_is_read_by_those_it_concerns(database, files):
    with database.writing() as db:
        held, doc = released(db)
        paper = papers.fetch(db, doc, actor=held.secretary)
        assert paper == papers.Paper(doc, "decision", "promised", False, None, None, f"decision-{held.code}-{doc}.pdf")
        assert papers.decision_paper(db, "SK-2026-00000000") is None
    made = make(database, files, doc)
    with database.writing() as db:
        proposal = held.proposals[0]
        assert papers.decision_paper(db, held.code) == made.id
        assert papers.made_key(db, made.id) == made.file_key
        held.db = db
        for actor in (held.secretary, sittings.owner(db), held.member("chair"), held.member("m4")):
            assert papers.fetch(db, doc, actor=actor).sha256 == made.sha256
            assert papers.latest_decision(db, proposal, actor=actor).doc == doc
        assert [paper.doc for paper in papers.listing(db, proposal, actor=sittings.owner(db))] == [doc]
        lead = sittings.acting(db, "lead", Role.MINISTRY_LEAD, "bkhcn")
        administrator = sittings.acting(db, "admin", Role.ADMINISTRATOR)
        stranger = sittings.acting(db, "stranger", Role.APPLICANT)
        for actor in (lead, administrator, stranger):
            with pytest.raises(NotFound):
                papers.fetch(db, doc, actor=actor)
            assert papers.listing(db, proposal, actor=actor) == []
        declaration(db, proposal, "secretary2", kind="family")
        with pytest.raises(NotFound):
            papers.fetch(db, doc, actor=held.second_secretary)


def test_there_is_no_decision_before_the_release(database):
    with database.writing() as db:
        held = sitting(db)
        with pytest.raises(NotFound):
            papers.latest_decision(db, held.proposals[0], actor=held.secretary)


def test_only_issued_papers_can_be_checked_in_public(sqlite_database, files):
    database = sqlite_database
    with database.writing() as db:
        _, doc = released(db)
    make(database, files, doc)
    with database.writing() as db:
        with pytest.raises(NotFound):
            verification.verify(db, doc)
        papers.issue(db, doc, **ISSUE, actor=sittings.secretary(db))
        with pytest.raises(NotFound):
            verification.verify(db, doc)
    final = make(database, files, doc)
    with database.reading() as db:
        assert final.sha256 is not None
        assert verification.verify(db, doc) == verification.Verified(
            doc, "decision", "12", date(2026, 11, 26), "Hà Nội", "Nguyễn Văn A", final.made_at, final.sha256, False, ()
        )


def test_receipt_is_final_at_once_and_says_what_arrived(sqlite_database, files):
    database = sqlite_database
    document = outline.import_proposal(json.loads(EXAMPLE.read_text()))
    with time_machine.travel(NOW, tick=False):
        with database.writing() as db:
            draft = {"state": "draft", "is_open": False, "holder_kind": None, "holder_organisation_id": None}
            proposal = sittings.proposal(db, 7, **draft, due_on=None, title="Y tế thông minh", track_key="K7M2QX")
            version = db.scalars(select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)).one()
            version.document, version.sha256 = document, outline.fingerprint(document)
            doc = papers.promise_receipt(db, proposal, version).doc
        made = make(database, files, doc)
    assert (made.kind, made.state, made.is_final, made.edition) == ("receipt", "issued", True, 1)
    text = printed(files, made)
    for expected in (
        "000007/GTN-2026",
        "SK-2026-00000007 (phiên bản 1)",
        "Y tế thông minh",
        "Nguyễn Thị Ước (tên giả định), Chánh Văn phòng",
        "10 giờ 00 phút, ngày 24 tháng 11 năm 2026",
        "Hết ngày 01 tháng 12 năm 2026 (05 ngày làm việc)",
        f"{BASE}/track",
        "K7M2QX",
        outline.fingerprint(document)[:16],
    ):
        assert expected in text
    with database.writing() as db:
        assert papers.fetch(db, doc, actor=sittings.owner(db)).sha256 == made.sha256
        with pytest.raises(IllegalMove):
            papers.issue(db, doc, **ISSUE, actor=sittings.secretary(db))


def test_paper_tells_what_the_vote_and_the_sitting_were(database):
    with database.writing() as db:
        held = sitting(db)
        held.attend(chair="absent", m1="remote")
        sessions.recuse(db, held.session, held.code, reason="Từng tư vấn", actor=held.member("m4"))
        held.open()
        for name in ("deputy", "m1", "m2", "m3"):
            ballots.cast(db, held.session, held.code, choice="approve_with_conditions", actor=held.member(name))
        held.close()
        conclusions.prepare(
            db,
            held.session,
            held.code,
            outcome="approve_with_conditions",
            text="Thống nhất.",
            conditions=[
                {"text": "Có cam kết", "owner": "byt", "due_on": "2027-03-31"},
                {"text": "Có báo cáo", "owner": "Tổ giúp việc", "due_on": "2027-06-30"},
            ],
            actor=held.secretary,
        )
        decisions.release(db, held.session, actor=held.member("deputy"))
        facts = db.scalars(select(Document.facts)).one()
    assert facts["sitting"] == {
        "number": 1,
        "held_on": "2026-11-24",
        "place": sittings.PLACE,
        "chair": "Người deputy",
        "members": 6,
        "present": 5,
        "remote": 1,
    }
    assert (facts["vote"]["entitled"], facts["vote"]["base"], facts["vote"]["recused"]) == (5, 4, ["Người m4"])
    assert facts["conditions"] == [
        {"text": "Có cam kết", "owner": "Bộ Y tế", "due_on": "2027-03-31"},
        {"text": "Có báo cáo", "owner": "Tổ giúp việc", "due_on": "2027-06-30"},
    ]
    assert facts["proposal"]["code"] == held.code
    assert facts["copies"][0] == "Bộ Y tế"
