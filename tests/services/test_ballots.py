"""Ballots: who casts, what can change, what is secret, what is recorded for somebody else, what a vote comes to."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.errors import DeclareFirst, Forbidden, IllegalMove, Incomplete, Invalid, NotFound
from intake.models import AuditEntry, Ballot, User
from intake.services import ballots, sessions
from tests.services import sittings
from tests.services.sittings import EVERYBODY, NO_VOTES, confirm, declaration, record, sitting, vote


def cast_by(db):
    rows = select(User.email, Ballot.choice).join(Ballot, Ballot.user_id == User.id).order_by(User.email)
    return [(email.split("@")[0], choice) for email, choice in db.execute(rows)]


def test_open_ballot_changes_until_the_item_closes(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        vote(held, "m1", "reject", reason="Chưa rõ nguồn vốn")
        ballot = vote(held, "m1", "approve", reason=" Đã rõ ")
        assert (ballot.choice, ballot.reason, ballot.recorder_id) == ("approve", "Đã rõ", None)
        assert cast_by(db) == [("m1", "approve")]
        held.close()
        with pytest.raises(IllegalMove):
            vote(held, "m1", "reject")
        assert cast_by(db) == [("m1", "approve")]
    with database.reading() as db:
        trail = select(AuditEntry.event, AuditEntry.data).where(AuditEntry.subject == f"session:1/{held.code}")
        assert [tuple(entry) for entry in db.execute(trail.order_by(AuditEntry.seq))] == [
            ("item.opened", {"secret": False, "again": False}),
            ("ballot.cast", {}),
            ("ballot.cast", {}),
            ("item.closed", {"mode": "ballot", "secret": False, "entitled": 6, "base": 6, "cast": 1}),
        ]


def test_tally_is_written_down_when_the_item_closes(database):
    with database.writing() as db:
        held = sitting(db)
        held.attend(m4="absent")
        sessions.recuse(db, held.session, held.code, reason="Từng tư vấn", actor=held.member("m3"))
        held.open()
        vote(held, "chair", "approve")
        vote(held, "deputy", "approve")
        record(held, "m1", "approve")
        vote(held, "m2", "abstain")
        assert confirm(held, held.second_secretary) == 1
        assert held.close() == {
            "mode": "ballot",
            "secret": False,
            "entitled": 5,
            "present": 4,
            "base": 4,
            "quorum": {"needed": 4, "is_presided": True, "is_met": True},
            "cast": 4,
            "counts": {**NO_VOTES, "approve": 3, "abstain": 1},
            "choice": "approve",
            "into": None,
            "there": [
                {"name": f"Người {name}", "seat": seat, "status": "present"}
                for name, seat in (("chair", "chair"), ("deputy", "deputy"), ("m1", "member"), ("m2", "member"))
            ],
            "recused": ["Người m3"],
            "on_behalf": [{"member": "Người m1", "recorder": "Người secretary", "confirmed_by": "Người secretary2"}],
        }


def test_half_of_those_present_decides_nothing(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        for name in EVERYBODY[:3]:
            vote(held, name, "approve")
        assert held.close()["choice"] is None


def test_vote_of_somebody_who_left_does_not_count(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        for name in EVERYBODY[:4]:
            vote(held, name, "approve")
        held.attend(m1="absent", m2="excused")
        tally = held.close()
        assert (tally["base"], tally["counts"]["approve"], tally["choice"]) == (4, 2, None)


def test_quorum_is_tested_again_at_close(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        held.attend(m1="absent", m2="absent", m3="absent")
        with pytest.raises(Incomplete):
            held.close()
        held.attend(m1="remote")
        assert held.close()["quorum"]["is_met"] is True


def test_members_who_are_not_there_or_recused_do_not_vote(database):
    with database.writing() as db:
        held = sitting(db)
        held.attend(m1="absent")
        sessions.recuse(db, held.session, held.code, reason="Từng tư vấn", actor=held.member("m2"))
        held.open()
        for name in ("m1", "m2"):
            with pytest.raises(IllegalMove):
                vote(held, name, "approve")
            with pytest.raises(IllegalMove):
                record(held, name, "approve")
        with pytest.raises(Invalid) as refusal:
            record(held, "nobody", "approve")
        assert [path for path, _ in refusal.value.errors] == ["on_behalf_of"]
        assert cast_by(db) == []


def test_member_declares_before_voting(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        held.open()
        with pytest.raises(DeclareFirst):
            vote(held, "m1", "approve")
        declaration(db, held.proposals[0], "m1")
        assert vote(held, "m1", "approve").choice == "approve"


def test_member_from_the_proposing_ministry_cannot_vote_in_any_way(database):
    with database.writing() as db:
        held = sitting(db)
        sittings.link(db, held.proposals[0], "byt")
        sittings.acting(db, "m1", sittings.Role.MINISTRY_REVIEWER, "byt")
        held.open()
        with pytest.raises(NotFound):
            vote(held, "m1", "approve")
        with pytest.raises(IllegalMove):
            record(held, "m1", "approve")
        assert held.close()["recused"] == ["Người m1"]


def test_conflict_declared_during_the_vote_takes_the_ballot_out(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        declaration(db, held.proposals[0], "chair", "deputy")
        held.open()
        vote(held, "chair", "approve")
        record(held, "m1", "approve")
        declaration(db, held.proposals[0], "m1", kind="family")
        assert held.close()["cast"] == 1
        assert cast_by(db) == [("chair", "approve")]


def test_conflict_found_during_the_vote_stops_the_ballot(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        held.open()
        declaration(db, held.proposals[0], "m1", kind="financial")
        with pytest.raises(IllegalMove):
            record(held, "m1", "approve")
        with pytest.raises(NotFound):
            vote(held, "m1", "approve")
        assert cast_by(db) == []


def test_recusal_takes_an_open_ballot_out(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        vote(held, "m1", "approve")
        sessions.recuse(db, held.session, held.code, reason="Mới nhớ ra", actor=held.member("m1"))
        assert cast_by(db) == []


@pytest.mark.parametrize(
    ("ballot", "path"),
    [
        ({"choice": "perhaps"}, "choice"),
        ({"choice": "merge"}, "into"),
        ({"choice": "merge", "into": "SK-2026-99999999"}, "into"),
        ({"choice": "merge", "into": "SK-2026-00000001"}, "into"),
        ({"choice": "approve", "into": "SK-2026-00000002"}, "into"),
        ({"choice": "approve", "reason": "x" * 5001}, "reason"),
    ],
)
def test_what_is_no_ballot_is_refused_with_its_path(database, ballot, path):
    with database.writing() as db:
        held = sitting(db, 2)
        held.open()
        with pytest.raises(Invalid) as refusal:
            vote(held, "m1", **ballot)
        assert [found for found, _ in refusal.value.errors] == [path]


def test_mergers_into_different_proposals_are_different_outcomes(database):
    with database.writing() as db:
        held = sitting(db, 3)
        held.open()
        for name, into in (("chair", 1), ("deputy", 1), ("m1", 1), ("m2", 2)):
            vote(held, name, "merge", into=held.codes[into])
        held.attend(m3="absent", m4="absent")
        tally = held.close()
        assert (tally["choice"], tally["into"], tally["counts"]["merge"]) == ("merge", held.codes[1], 4)


def test_recorded_ballot_waits_for_a_second_person(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        record(held, "m1", "approve")
        record(held, "m2", "reject", actor=held.second_secretary)
        with pytest.raises(IllegalMove) as refusal:
            held.close()
        assert refusal.value.extra == {"unconfirmed": ["m1@example.vn", "m2@example.vn"]}
        assert confirm(held, held.secretary) == 1  # only what the other secretary recorded
        with pytest.raises(Forbidden):
            confirm(held, held.secretary)
        with pytest.raises(Forbidden):
            confirm(held, held.member("m3"))
        assert confirm(held, held.member("deputy")) == 1
        assert confirm(held, held.member("deputy")) == 0
        assert [entry["confirmed_by"] for entry in held.close()["on_behalf"]] == ["Người deputy", "Người secretary"]


def test_recorded_ballot_that_changes_is_confirmed_anew_and_yields_to_the_member(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        record(held, "m1", "approve")
        confirm(held, held.second_secretary)
        record(held, "m1", "reject")
        with pytest.raises(IllegalMove):
            held.close()
        own = vote(held, "m1", "defer")
        assert (own.choice, own.recorder_id, own.confirmed_by_id) == ("defer", None, None)
        with pytest.raises(IllegalMove):
            record(held, "m1", "approve")
        assert held.close()["on_behalf"] == []


def test_only_the_secretary_records_for_others(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        for name in ("chair", "m2"):
            with pytest.raises(Forbidden):
                record(held, "m1", "approve", actor=held.member(name))


def test_vote_is_repeated_only_when_it_had_no_outcome(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        vote(held, "chair", "approve")
        assert held.close()["choice"] is None
        held.open()
        assert cast_by(db) == []
        for name in EVERYBODY:
            vote(held, name, "approve")
        assert held.close()["choice"] == "approve"
        with pytest.raises(IllegalMove):
            held.open()


def test_who_sees_the_running_tally(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        vote(held, "m1", "approve")
        running = {**NO_VOTES, "approve": 1}
        seen = {
            name: ballots.counts(db, held.item, actor=actor).choices
            for name, actor in {
                "secretary": held.secretary,
                "chair": held.member("chair"),
                "deputy": held.member("deputy"),
                "m1": held.member("m1"),
                "m2": held.member("m2"),
            }.items()
        }
        assert seen == {"secretary": running, "chair": running, "deputy": None, "m1": running, "m2": None}
        assert ballots.counts(db, held.item, actor=held.member("m2")).cast == 1
        with pytest.raises(NotFound):
            ballots.counts(db, held.item, actor=sittings.owner(db))


def test_consensus_takes_no_ballots(database):
    with database.writing() as db:
        held = sitting(db, mode="consensus")
        with pytest.raises(IllegalMove):
            held.open(secret=True)
        held.open()
        with pytest.raises(IllegalMove):
            vote(held, "m1", "approve")
        tally = held.close()
        assert (tally["mode"], tally["cast"], tally["counts"], tally["choice"], tally["present"]) == (
            "consensus",
            0,
            None,
            None,
            6,
        )
