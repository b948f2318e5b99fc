"""The proposal in full: asked for once for each version, anew for a draft that was saved since, read like the text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select

from intake import outline
from intake.errors import IllegalMove, NotFound
from intake.files import StoredFiles
from intake.models import Document, Outbox, Proposal, ProposalVersion
from intake.services import papers, print_outs, proposals, verification
from tests.services import sittings

BASE = "https://sangkien.example.vn"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ISSUE = {"number": "12", "date": "2026-11-26", "signer": "Nguyễn Văn A", "place": "Hà Nội"}
EXAMPLE = Path(__file__).parents[1] / "data" / "examples" / "short_sk01.json"


def written(title: str) -> outline.Document:
    """A short text under that name."""
    document = outline.empty_document()
    return outline.with_part(document, "name", {"name_vi": title, "kind": "new"})


def submitted(db) -> Proposal:
    """A proposal whose version has a text."""
    made = sittings.proposal(db, 7)
    version = db.scalars(select(ProposalVersion).where(ProposalVersion.proposal_id == made.id)).one()
    version.document = written("Sáng kiến đã nộp")
    version.sha256 = outline.fingerprint(version.document)
    db.flush()
    return made


def drafted(db) -> Proposal:
    return proposals.create(db, written("Bản thảo thứ nhất"), actor=sittings.owner(db))


def printed(database, tmp_path, document_id: int) -> tuple[Document, str]:
    """The paper as the worker makes it, and its text on one line."""
    files = StoredFiles((tmp_path / "files").as_uri())
    papers.make(database, files, document_id, base_url=BASE)
    with database.reading() as db:
        document = db.get_one(Document, document_id)
    assert document.file_key is not None
    reader = PdfReader(BytesIO(files.get(document.file_key)))
    return document, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def promises(db) -> list[str]:
    return list(db.scalars(select(Outbox.key).where(Outbox.kind == "document").order_by(Outbox.id)))


def test_a_version_is_printed_once_and_is_final(database, tmp_path):
    with time_machine.travel(NOW, tick=False), database.writing() as db:
        made = submitted(db)
        assert print_outs.current(db, made, actor=sittings.secretary(db)) is None
        document = print_outs.ask(db, made, actor=sittings.secretary(db))
        again = print_outs.ask(db, made, actor=sittings.owner(db), number=1)
        assert (again.id, promises(db)) == (document.id, [f"document:{document.doc}:1"])
        sha256 = db.scalars(select(ProposalVersion.sha256).where(ProposalVersion.proposal_id == made.id)).one()
    paper, text = printed(database, tmp_path, document.id)
    assert (paper.kind, paper.version, paper.state, paper.is_final) == ("proposal", 1, "issued", True)
    for expected in (
        "SK-2026-00000007",
        "000007/GTN-2026",
        "1, nộp lúc 10 giờ 00 phút, ngày 24 tháng 11 năm 2026",
        "Sáng kiến đã nộp",
        sha256,
        f"{BASE}/verify/{paper.doc}",
    ):
        assert expected in text
    assert "DỰ THẢO" not in text
    with database.writing() as db:
        here = db.get_one(Proposal, paper.proposal_id)
        assert print_outs.current(db, here, actor=sittings.owner(db)) == papers.fetch(
            db, paper.doc, actor=sittings.secretary(db)
        )
        assert verification.verify(db, paper.doc).sha256 == paper.sha256
        with pytest.raises(IllegalMove):
            papers.issue(db, paper.doc, **ISSUE, actor=sittings.secretary(db))
        for stranger in (sittings.acting(db, "stranger", sittings.Role.APPLICANT), sittings.member(db, "m1")):
            with pytest.raises(NotFound):
                papers.fetch(db, paper.doc, actor=stranger)


def test_a_draft_is_printed_anew_after_it_was_saved_and_never_issued(database, tmp_path):
    with database.writing() as db:
        draft = drafted(db)
        code = draft.code
        first = print_outs.ask(db, draft, actor=sittings.owner(db))
        assert print_outs.ask(db, draft, actor=sittings.owner(db)).id == first.id
    paper, text = printed(database, tmp_path, first.id)
    assert (paper.version, paper.edition, paper.state, paper.is_final) == (0, 1, "draft", False)
    assert "DỰ THẢO" in text and "Dự thảo, chưa nộp" in text and "Bản thảo thứ nhất" in text
    assert "Mã tra cứu" not in text
    with database.writing() as db:
        draft = proposals.unchecked(db, code)
        proposals.save_document(
            db, draft, written("Bản thảo thứ hai"), actor=sittings.owner(db), seen=draft.document_revision
        )
        assert print_outs.current(db, draft, actor=sittings.owner(db)) is None
        second = print_outs.ask(db, draft, actor=sittings.owner(db))
        assert (second.doc, second.edition, second.file_key) == (first.doc, 2, None)
        assert promises(db) == [f"document:{first.doc}:{edition}" for edition in (1, 2)]
    paper, text = printed(database, tmp_path, second.id)
    assert "Bản thảo thứ hai" in text and "Bản thảo thứ nhất" not in text
    with database.writing() as db:
        with pytest.raises(NotFound):
            verification.verify(db, paper.doc)
        with pytest.raises(NotFound):
            papers.fetch(db, paper.doc, actor=sittings.secretary(db))
        with pytest.raises(NotFound):
            papers.issue(db, paper.doc, **ISSUE, actor=sittings.secretary(db))


def test_a_draft_printed_before_submission_stays_with_its_authors(database):
    with database.writing() as db:
        made = submitted(db)
        made.document = written("Điều chưa ai được đọc")
        paper = print_outs.promised(db, made, print_outs.DRAFT)
        version = print_outs.ask(db, made, actor=sittings.secretary(db))
        assert [one.doc for one in papers.listing(db, made, actor=sittings.secretary(db))] == [version.doc]
        for reader in (sittings.secretary(db), sittings.owner(db)):  # the owner, too, may not edit any more
            with pytest.raises(NotFound):
                papers.fetch(db, paper.doc, actor=reader)


def test_the_operator_gets_the_newest_version_and_the_attached_file_is_the_proposal(database, tmp_path):
    data = json.loads(EXAMPLE.read_text())
    with database.writing() as db:
        draft = proposals.create(db, outline.import_proposal(data), actor=sittings.owner(db))
        document = print_outs.ask_current(db, draft)
    files = StoredFiles((tmp_path / "files").as_uri())
    papers.make(database, files, document.id, base_url=BASE)
    with database.reading() as db:
        key = db.get_one(Document, document.id).file_key
    assert key is not None
    (attached,) = PdfReader(BytesIO(files.get(key))).attachments["du-lieu.json"]
    assert json.loads(attached)["sections"] == data["sections"]
