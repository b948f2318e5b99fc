"""Secret ballots: final when cast, belonging to nobody, opened only when that shows nobody."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from sqlalchemy import select, text

from intake.db import Database
from intake.errors import DomainError, IllegalMove, Invalid
from intake.models import AuditEntry, Ballot, SecretBallot
from intake.services import ballots, sessions
from tests.services import sittings
from tests.services.sittings import EVERYBODY, NO_VOTES, confirm, declaration, record, sitting, vote


def test_secret_ballot_is_final_and_belongs_to_nobody(database):
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
        ballot = vote(held, "m1", "reject")
        assert (ballot.choice, ballot.reason, ballot.into_id, ballot.cast_at) == (None, "", None, None)
        with pytest.raises(IllegalMove):
            vote(held, "m1", "approve")
        for refused in ({"choice": "approve", "reason": "x"}, {"choice": "merge", "into": "SK-2026-00000002"}):
            with pytest.raises(Invalid):
                vote(held, "m2", **refused)
        for name, choice in (("m2", "approve"), ("m3", "approve"), ("chair", "approve"), ("deputy", "approve")):
            vote(held, name, choice)
        held_id = held.item.id
        tally = held.close()
        assert (tally["secret"], tally["cast"], tally["choice"]) == (True, 5, "approve")
        assert tally["counts"] == {**NO_VOTES, "approve": 4, "reject": 1}
    with database.reading() as db:
        box = db.scalars(select(SecretBallot).order_by(SecretBallot.key)).all()
        assert sorted(row.choice for row in box) == ["approve"] * 4 + ["reject"]
        assert {row.item_id for row in box} == {held_id}
        assert all(len(row.key) == 32 for row in box)
        columns = set(SecretBallot.__table__.columns.keys())
        assert columns == {"key", "item_id", "choice", "sealed"}
        cast = db.execute(select(AuditEntry.data, AuditEntry.subject).where(AuditEntry.event == "ballot.cast")).all()
        assert [row.data for row in cast] == [{}] * 5


def test_votes_in_the_box_keep_no_trace_of_who_came_last(migrated_postgres_url):
    database = Database(migrated_postgres_url)
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
    for name in EVERYBODY[:4]:
        with database.writing() as db:
            session = sessions.get(db, held.session.id, actor=sittings.secretary(db))
            ballots.cast(db, session, held.code, choice="approve", actor=sittings.member(db, name))
    with database.reading() as db:
        # Each ballot says which transaction wrote it; the votes all name the same one.
        writers = db.execute(text("SELECT xmin::text FROM ballot")).scalars().all()
        assert len(set(writers)) == 4
        assert len(set(db.execute(text("SELECT xmin::text FROM secret_ballot")).scalars())) == 1
        keys = db.execute(text("SELECT key FROM secret_ballot ORDER BY ctid")).scalars().all()
        assert keys == sorted(keys)
    database.dispose()


def cast_at_once(database, session_id, actor, code, barrier, answers):
    def work(db):
        ballots.cast(db, sessions.get(db, session_id, actor=actor), code, choice="approve", actor=actor)

    barrier.wait()
    try:
        database.transact(work)
        answers.append("cast")
    except DomainError as error:
        answers.append(error.type)


def test_ballots_cast_at_the_same_moment_are_all_in_the_box_once(database):
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
        actors = [held.member(name) for name in EVERYBODY for _ in range(3)]
    barrier, answers = threading.Barrier(len(actors)), []
    voters = [
        threading.Thread(target=cast_at_once, args=(database, held.session.id, actor, held.code, barrier, answers))
        for actor in actors
    ]
    for voter in voters:
        voter.start()
    for voter in voters:
        voter.join()
    assert Counter(answers) == {"cast": 6, "illegal-move": 12}
    with database.reading() as db:
        assert len(db.scalars(select(SecretBallot.key).where(SecretBallot.sealed.is_not(None))).all()) == 6
        assert len(db.scalars(select(Ballot.user_id)).all()) == 6


def test_two_secret_ballots_stay_shut(database):
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
        vote(held, "chair", "approve")
        vote(held, "m1", "approve")
        tally = held.close()
        assert (tally["cast"], tally["counts"], tally["choice"]) == (2, None, None)
        assert db.scalars(select(SecretBallot)).all() == []


def test_ballots_sealed_with_a_lost_secret_make_the_vote_void(migrated_sqlite_url):
    with Database(migrated_sqlite_url, secret="the first").writing() as db:
        held = sitting(db)
        held.open(secret=True)
        for name in EVERYBODY[:3]:
            vote(held, name, "approve")
    with Database(migrated_sqlite_url, secret="another").writing() as db:
        held.db = db
        held.session = sessions.get(db, held.session.id, actor=held.secretary)
        vote(held, "m2", "approve")
        tally = held.close()
        assert (tally["cast"], tally["counts"], tally["choice"]) == (4, None, None)
        assert db.scalars(select(SecretBallot)).all() == []


def test_who_voted_in_secret_stays_in_the_base(database):
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
        vote(held, "m1", "approve")
        with pytest.raises(IllegalMove):
            held.attend(m1="absent")
        with pytest.raises(IllegalMove):
            sessions.recuse(db, held.session, held.code, reason="Đổi ý", actor=held.member("m1"))
        held.attend(m2="absent")


def test_secret_vote_with_a_conflicted_ballot_in_it_is_void_and_repeated(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        declaration(db, held.proposals[0], *EVERYBODY[:-1])
        held.open(secret=True)
        for name in EVERYBODY[:-1]:
            vote(held, name, "approve")
        record(held, "m4", "approve")
        confirm(held, held.second_secretary)
        declaration(db, held.proposals[0], "m4", kind="financial")
        tally = held.close()
        assert (tally["cast"], tally["counts"], tally["choice"]) == (6, None, None)
        held.open(secret=True)
        assert db.scalars(select(SecretBallot)).all() == []
        for name in EVERYBODY[:-1]:
            vote(held, name, "approve")
        tally = held.close()
        assert (tally["base"], tally["cast"], tally["choice"]) == (5, 5, "approve")


def test_everybody_sees_only_how_many_have_voted_in_secret(database):
    with database.writing() as db:
        held = sitting(db)
        held.open(secret=True)
        for name in EVERYBODY[:4]:
            vote(held, name, "approve")
        for actor in (held.secretary, held.member("chair"), held.member("m1"), held.member("m4")):
            assert ballots.counts(db, held.item, actor=actor) == ballots.Counts(4, None, None)
        tally = held.close()
        assert ballots.counts(db, held.item, actor=held.member("m4")) == ballots.Counts(4, tally["counts"], tally)
