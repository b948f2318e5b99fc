"""The desk of those who decide: sittings, items to read and vote on, decisions to release."""

from __future__ import annotations

from intake import clock
from intake.services import ballots, queues, sessions
from tests.services.sittings import declaration, sitting


def shown(db, actor):
    return [(task.kind, task.code, task.must_declare) for task in queues.queue(db, actor=actor)]


def test_member_sees_the_sitting_and_its_items_and_declares_first(database):
    with database.writing() as db:
        held = sitting(db, 2, declared=False)
        first, second = held.codes
        assert shown(db, held.member("m1")) == [
            ("attend", None, False),
            ("read", first, True),
            ("read", second, True),
        ]
        declaration(db, held.proposals[0], "m1")
        declaration(db, held.proposals[1], "m1", kind="family")
        assert shown(db, held.member("m1")) == [
            ("attend", None, False),
            ("read", first, False),
            ("recused", second, False),
        ]
        [session, *_] = queues.queue(db, actor=held.member("m1"))
        assert (session.session_id, session.due_on) == (
            held.session.id,
            clock.local_date(held.session.starts_at),
        )


def test_member_votes_while_the_item_is_open_and_once(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        assert shown(db, held.member("m1")) == [("attend", None, False), ("vote", held.code, False)]
        ballots.cast(db, held.session, held.code, choice="approve", actor=held.member("m1"))
        assert shown(db, held.member("m1")) == [("attend", None, False)]


def test_a_recused_member_is_not_asked_to_vote(database):
    with database.writing() as db:
        held = sitting(db)
        sessions.recuse(db, held.session, held.code, reason="Cộng tác viên", actor=held.member("m2"))
        held.open()
        assert shown(db, held.member("m2")) == [("attend", None, False)]


def test_chair_releases_once_every_closed_item_is_concluded(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        held.close()
        item = held.item
        assert ("release", None, False) not in shown(db, held.member("chair"))
        item.concluded_at, item.outcome = clock.now(), "defer"
        db.flush()
        assert ("release", None, False) in shown(db, held.member("chair"))
        assert ("release", None, False) not in shown(db, held.member("deputy"))
        assert ("release", None, False) not in shown(db, held.member("m1"))


def test_a_member_of_another_body_sees_nothing(database):
    with database.writing() as db:
        held = sitting(db)
        assert shown(db, held.member("stranger")) == []
