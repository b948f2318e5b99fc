"""The synthesis: written by the secretary, read by the body, frozen with every number at referral."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.i18n import Text
from intake.models import BodyMember, Certificate, CommitteeSession, SessionItem
from intake.policy import Role
from intake.scoring import certificate
from intake.services import syntheses
from tests import factories
from tests.services.traces import last_event

DIFFERENCE = {
    "criterion": "impact",
    "bodies": ["byt"],
    "text": "Khác nhau về KPI.",
    "resolution": "Đưa thành điều kiện.",
}


def assessed(db, state="synthesis"):
    """Three sheets of two ministries and the engineer, two opinions, one body that was closed."""
    proposal = factories.proposal(db, state, engineer_reached_at=clock.now())
    for ministry, role, score in (("bkhcn", "lead", 4), ("byt", "cooperating", 2)):
        factories.routing(db, proposal, ministry, role)
        factories.sheet(db, proposal, factories.reviewer(db, f"reviewer-{ministry}", ministry), score)
        factories.opinion(db, proposal, factories.lead(db, ministry))
    factories.sheet(db, proposal, factories.engineer(db), 3)
    closed = factories.routing(db, proposal, "btc", "cooperating")
    closed.no_opinion_at, closed.no_opinion_reason = clock.now(), "Quá hạn"
    db.flush()
    return proposal


def write(db, proposal, *differences, summary="Thống nhất về sự cần thiết.", actor=None):
    return syntheses.save(
        db, proposal, summary=summary, differences=differences, actor=actor or factories.secretary(db)
    )


def test_the_tables_stand_before_a_word_is_written(database):
    with database.writing() as db:
        view = syntheses.get(db, assessed(db), actor=factories.secretary(db))
        assert (view.summary, view.differences, view.written_at, view.is_up_to_date) == ("", [], None, False)
        assert (view.scored.tally.n, view.scored.tally.official, view.scored.sha256) == (3, 60 * 10**9, None)
        assert [(one.kind, one.organisation_id) for one in view.opinions] == [
            ("ministry", "bkhcn"),
            ("ministry", "byt"),
        ]
        assert view.closed_bodies == [syntheses.ClosedBody(Text("Bộ Tài chính", "Ministry of Finance"), "Quá hạn")]
        assert {sheet.key.split("/")[0] for sheet in view.scored.sheets} == {"bkhcn", "byt", "engineer"}
        assert set(view.names) == {"bkhcn", "byt", "engineer"}


def test_writing_replaces_and_leaves_a_trace_without_the_words(database):
    with database.writing() as db:
        proposal = assessed(db)
        write(db, proposal, DIFFERENCE)
        first = last_event(db)[1]["new"]
        write(db, proposal, summary="Viết lại.")
        event, data = last_event(db)
        assert (event, data["old"], len(data["new"])) == ("synthesis.written", first, 64)
        view = syntheses.get(db, proposal, actor=factories.secretary(db))
        assert (view.summary, view.differences, view.is_up_to_date) == ("Viết lại.", [], True)
        write(db, proposal, {"text": " Chỉ có chữ. "})
        assert syntheses.get(db, proposal, actor=factories.secretary(db)).differences == [
            {"criterion": None, "bodies": [], "text": "Chỉ có chữ.", "resolution": ""}
        ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"criterion": "beauty"}, "differences.0.criterion"),
        ({"bodies": "byt"}, "differences.0.bodies"),
        ({"bodies": ["byt", "nowhere"]}, "differences.0.bodies.1"),
        ({"text": " "}, "differences.0.text"),
        ({"resolution": 3}, "differences.0.resolution"),
        ({"weight": 3}, "differences.0"),
    ],
)
def test_wrong_differences_are_refused(database, changes, path):
    with database.writing() as db:
        proposal = assessed(db)
        with pytest.raises(Invalid) as refused:
            write(db, proposal, DIFFERENCE | changes)
        assert [place for place, _ in refused.value.errors] == [path]


def test_only_the_secretary_writes_and_only_in_its_stage(database):
    with database.writing() as db:
        proposal = assessed(db)
        with pytest.raises(Invalid):
            write(db, proposal, summary=" ")
        with pytest.raises(Forbidden):
            write(db, proposal, actor=factories.owner(db))
        with pytest.raises(IllegalMove):
            write(db, assessed(db, "committee"))
        with pytest.raises(Forbidden):
            syntheses.get(db, proposal, actor=factories.owner(db))


def test_a_synthesis_from_an_earlier_visit_is_out_of_date(database):
    with database.writing() as db:
        proposal = assessed(db)
        write(db, proposal)
        assert syntheses.is_up_to_date(db, proposal)
        proposal.state_since = clock.now() + timedelta(seconds=1)
        assert not syntheses.is_up_to_date(db, proposal)


def test_freezing_keeps_inputs_and_numbers_that_replay(database):
    with database.writing() as db:
        proposal = assessed(db)
        frozen = syntheses.freeze(db, proposal, actor=factories.secretary(db))
        assert (frozen.number, frozen.version, frozen.official, frozen.n) == (1, 1, 60 * 10**9, 3)
        assert certificate.replay(frozen.content)
        assert frozen.sha256 == certificate.sha256(frozen.content)
        assert last_event(db) == ("certificate.frozen", {"number": 1, "version": 1, "sha256": frozen.sha256})
        assert "Người" not in str(frozen.content)
        assert syntheses.freeze(db, proposal, actor=factories.secretary(db)).number == 2


def test_after_referral_the_frozen_numbers_are_read_whatever_becomes_of_the_sheets(database):
    with database.writing() as db:
        proposal = assessed(db, "committee")
        frozen = syntheses.freeze(db, proposal, actor=factories.secretary(db))
        factories.declaration(db, proposal, factories.reviewer(db, "reviewer-byt", "byt"), kind="family")
        view = syntheses.get(db, proposal, actor=factories.secretary(db))
        assert (view.scored.tally.official, view.scored.tally.n, view.scored.sha256) == (60 * 10**9, 3, frozen.sha256)


def test_a_conflicted_sheet_is_listed_but_does_not_count(database):
    with database.writing() as db:
        proposal = assessed(db)
        factories.declaration(db, proposal, factories.reviewer(db, "reviewer-byt", "byt"), kind="family")
        frozen = syntheses.freeze(db, proposal, actor=factories.secretary(db))
        assert (frozen.n, frozen.official, len(frozen.content["inputs"]["sheets"])) == (2, 70 * 10**9, 3)


def test_the_body_reads_it_from_agenda_to_release_without_authors_of_sheets(database):
    with database.writing() as db:
        proposal = assessed(db, "committee")
        member = factories.acting(db, "member", Role.COMMITTEE_MEMBER, "tt_bcdtw")
        factories.declaration(db, proposal, member)
        with pytest.raises(NotFound):
            syntheses.get(db, proposal, actor=member)
        secretary = factories.secretary(db)
        sitting = CommitteeSession(
            number=1,
            body_id="tt_bcdtw",
            starts_at=clock.now(),
            place="Hà Nội",
            mode="ballot",
            created_by_id=secretary.user_id,
            created_at=clock.now(),
        )
        db.add_all([sitting, BodyMember(body_id="tt_bcdtw", user_id=member.user_id, position=1)])
        db.flush()
        item = SessionItem(session_id=sitting.id, proposal_id=proposal.id, position=1)
        db.add(item)
        db.flush()
        view = syntheses.get(db, proposal, actor=member)
        assert "Người reviewer" not in str(view)
        item.state = "released"
        db.flush()
        with pytest.raises(NotFound):
            syntheses.get(db, proposal, actor=member)


def test_certificates_are_numbered_per_proposal(database):
    with database.writing() as db:
        for proposal in (assessed(db), assessed(db)):
            syntheses.freeze(db, proposal, actor=factories.secretary(db))
        assert [row.number for row in db.query(Certificate)] == [1, 1]
