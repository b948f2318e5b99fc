"""`intake session pack`: the facts of a session as they are in the database, on paper."""

from __future__ import annotations

from datetime import UTC, datetime

from intake import clock
from intake.cli import world
from intake.models import Opinion
from intake.services import session_packs, sessions
from tests import factories
from tests.services import sittings


def convened(db) -> int:
    secretary = sittings.secretary(db)
    proposal = sittings.proposal(db)
    frozen = session_packs.proposals.version_of(db, proposal)
    frozen.document = factories.document()
    lead = factories.lead(db, "bkhcn")
    db.add(
        Opinion(
            proposal_id=proposal.id,
            kind="ministry",
            organisation_id="bkhcn",
            user_id=lead.user_id,
            version=1,
            position="conditions",
            text="Đồng ý",
            conditions=["Có lộ trình đào tạo"],
            saved_at=clock.now(),
            signed_at=clock.now(),
        )
    )
    db.flush()
    starts = datetime(2099, 11, 24, 7, 0, tzinfo=UTC)
    held = sessions.create(
        db, body="tt_bcdtw", starts_at=starts, place="Hà Nội", items=[proposal.code], actor=secretary
    )
    return held.id


def test_pack_of_a_session_and_of_one_that_is_not(intake, tmp_path) -> None:
    number = world.database().transact(convened)
    with world.database().reading() as db:
        found = session_packs.facts(db, number)
    (brief,) = found.briefs
    assert (brief.about.code, brief.starts_month, len(brief.kpis)) == ("SK-2026-00000001", "2026-07", 3)
    assert brief.asked == (session_packs.AskedFacts("Bộ Khoa học và Công nghệ", "Có lộ trình đào tạo"),)
    assert found.members[0] == "Trịnh Xuân Thủy"
    target = tmp_path / "pack.pdf"
    answer = intake("session", "pack", number, "-o", target)
    assert (answer.code, answer.out) == (0, f"1 proposals of session {found.number} written to {target}\n")
    assert target.read_bytes()[:5] == b"%PDF-"
    refused = intake("session", "pack", number + 1, "-o", tmp_path / "none.pdf")
    assert (refused.code, refused.err.count("\n"), (tmp_path / "none.pdf").exists()) == (1, 1, False)
