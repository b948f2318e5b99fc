"""Letterheads: from a day on, audited, and no issued paper ever changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select

from intake.documents.letterheads import LETTERHEADS
from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.files import StoredFiles
from intake.models import AuditEntry, LetterheadSetting
from intake.policy import Role
from intake.services import letterhead_samples, letterheads, papers, session_papers, signed_copies, verification
from intake.services.letterheads import LINES, WORDS
from tests.documents.signing import SIGNER, rewritten, signed
from tests.services import sittings
from tests.services.sittings import sitting

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 24), date(2026, 12, 1)
ISSUE = {"number": "3", "signer": "Người deputy", "place": "Hà Nội"}


def administrator(db):
    return sittings.acting(db, "admin", Role.ADMINISTRATOR)


def entries(issuer: str, **changes: str) -> dict[str, str]:
    head = LETTERHEADS[issuer]
    lines = {name: "\n".join(getattr(head, name)) for name in LINES}
    return lines | {name: getattr(head, name) for name in WORDS} | {"profile_id": head.profile_id} | changes


def set_later(db, **changes: str) -> None:
    given = entries("vptw_office", **changes)
    letterheads.add(db, "vptw_office", entries=given, effective_from=LATER, actor=administrator(db))


def test_the_day_on_a_paper_decides_under_which_letterhead_it_is_issued(database):
    with time_machine.travel(NOW, tick=False), database.writing() as db:
        set_later(db, own="VĂN PHÒNG MỚI", profile_id="state_nd30", number_pattern="{number}-mới/{symbol}")
        held = sitting(db)
        docs = []
        for day in (TODAY, LATER):
            doc = session_papers.ask(db, held.session, "committee_report", actor=held.secretary).doc
            papers.issue(db, doc, **ISSUE, date=day, actor=held.secretary)
            docs.append(papers.found(db, doc).facts["letterhead"])
        assert [(head["own"], head["profile_id"]) for head in docs] == [
            (["VĂN PHÒNG"], "party_hd36"),
            (["VĂN PHÒNG MỚI"], "state_nd30"),
        ]


def test_a_letterhead_to_come_can_be_taken_back_and_one_in_force_cannot(database):
    with time_machine.travel(NOW, tick=False), database.writing() as db:
        set_later(db, symbol="MOI")
        actor = administrator(db)
        (coming,) = letterheads.setting(db, "vptw_office", actor=actor).coming
        assert letterheads.of(db, "vptw_office", LATER).symbol == "MOI"
        assert letterheads.withdraw(db, coming.id, actor=actor) == "vptw_office"
        assert letterheads.of(db, "vptw_office", LATER) == LETTERHEADS["vptw_office"]
        letterheads.add(db, "byt", entries=entries("byt", signer="Đào A"), effective_from=TODAY, actor=actor)
        (row,) = db.scalars(select(LetterheadSetting))
        with pytest.raises(IllegalMove):
            letterheads.withdraw(db, row.id, actor=actor)
    with database.reading() as db:
        events = db.execute(select(AuditEntry.event, AuditEntry.data).order_by(AuditEntry.seq)).all()
        assert [(event, data.get("changed")) for event, data in events if event.startswith("letterhead.")] == [
            ("letterhead.set", {"symbol": {"old": "VPTW", "new": "MOI"}}),
            ("letterhead.withdrawn", None),
            ("letterhead.set", {"signer": {"old": "", "new": "Đào A"}}),
        ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"profile_id": "other"}, "profile_id"),
        ({"own": " \n "}, "own"),
        ({"symbol": ""}, "symbol"),
        ({"own": "x" * 121}, "own"),
        ({"place": "東京"}, "place"),
        ({"number_pattern": "{kind}/{symbol}"}, "number_pattern"),
        ({"number_pattern": "{number}{number}"}, "number_pattern"),
        ({"number_pattern": "{number}{0}"}, "number_pattern"),
    ],
)
def test_what_could_not_be_printed_is_refused_at_its_field(database, changes, path):
    with database.writing() as db, pytest.raises(Invalid) as refused:
        letterheads.declared(db, "byt", entries("byt", **changes))
    assert [path for path, _ in refused.value.errors] == [path]


def test_only_an_administrator_sets_letterheads_and_only_of_issuers(database):
    with database.writing() as db:
        with pytest.raises(Forbidden):
            letterheads.listing(db, actor=sittings.secretary(db))
        with pytest.raises(NotFound):
            letterheads.setting(db, "nobody", actor=administrator(db))
        with pytest.raises(Invalid):
            yesterday = date(2026, 1, 1)
            letterheads.add(db, "byt", entries=entries("byt"), effective_from=yesterday, actor=administrator(db))


def test_a_paper_goes_from_draft_to_its_signed_copy(sqlite_database, tmp_path):
    """One paper all the way: printed, issued, checked, signed outside, handed in; a cheat is refused in words."""
    database, files = sqlite_database, StoredFiles((tmp_path / "files").as_uri())
    with time_machine.travel(NOW, tick=False):
        with database.writing() as db:
            held = sitting(db)
            document = session_papers.ask(db, held.session, "committee_report", actor=held.secretary)
            doc, document_id = document.doc, document.id
            with pytest.raises(NotFound):
                verification.verify(db, doc)
            with pytest.raises(IllegalMove):
                signed_copies.original(db, doc, actor=held.secretary)
            papers.issue(db, doc, **ISSUE, date=TODAY, actor=held.secretary)
        papers.make(database, files, document_id, base_url="https://sangkien.example.vn")
    with database.writing() as db:
        secretary = sittings.secretary(db)
        original = signed_copies.original(db, doc, actor=secretary)
        issued = files.get(original.file_key or "")
        text = PdfReader(BytesIO(issued)).pages[0].extract_text()
        assert ("Số 03-TTr/VPTW" in text, "Sáng kiến số 1" in text, "DỰ THẢO" in text) == (True, True, False)
        copy = signed(issued)
        found = verification.verify(db, doc)
        assert [verification.compare(found, file) for file in (issued, copy, b"x")] == [
            "same",
            "different",
            "different",
        ]
        with pytest.raises(Invalid) as refused:
            signed_copies.checked(files, original, signed(rewritten(issued)))
        assert refused.value.errors[0][0] == "file"
        signatures = signed_copies.checked(files, original, copy)
        for _ in range(2):
            signed_copies.keep(db, files, original, copy, signatures, actor=secretary)
        found = verification.verify(db, doc)
        assert [[SIGNER in one["signer"] for one in kept.signatures] for kept in found.copies] == [[True]]
        assert verification.compare(found, copy) == "signed"
        kept = signed_copies.newest(db, doc, actor=secretary)
        assert kept is not None and files.get(kept.file_key) == copy
        with pytest.raises(Forbidden):
            signed_copies.original(db, doc, actor=held_member(db))


def held_member(db):
    return sittings.member(db, "m1")


def test_a_sample_is_made_once_for_the_same_letterhead(sqlite_database, tmp_path):
    files = StoredFiles((tmp_path / "files").as_uri())
    head = replace(LETTERHEADS["byt"], own=("BỘ THỬ",))
    with sqlite_database.writing() as db:
        name = letterhead_samples.promise(db, head, actor=administrator(db))
        assert letterhead_samples.promise(db, head, actor=administrator(db)) == name
        assert letterhead_samples.ready(db, name, actor=administrator(db)) is None
        with pytest.raises(NotFound):
            letterhead_samples.ready(db, "f" * 64, actor=administrator(db))
    letterhead_samples.make(files, {"sample": name, "letterhead": head.__dict__})
    text = PdfReader(BytesIO(files.get(letterhead_samples.file_key(name)))).pages[0].extract_text()
    assert ("BỘ THỬ" in text, "QUYẾT ĐỊNH" in text, "/QĐ-BYT" in text) == (True, True, True)
