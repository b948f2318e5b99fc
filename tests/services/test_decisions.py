"""Release: all or nothing, by the chair, once, however many try at the same moment."""

from __future__ import annotations

import re
import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.db import Database
from intake.errors import DeclareFirst, DomainError, Forbidden, IllegalMove, Invalid, NotFound
from intake.models import AuditEntry, Decision, Document, Outbox, Proposal, Routing, SessionItem
from intake.policy import Role
from intake.services import audit, ballots, conclusions, decisions, items, sessions
from tests.services import sittings
from tests.services.sittings import EVERYBODY, Sitting, declaration, sitting

CONDITION = {"text": "Có cam kết bằng văn bản", "owner": "byt", "due_on": "2027-03-31"}
RACERS = 20


def conclude(held: Sitting, number: int, choice: str, **more) -> None:
    """Vote on one item and write its conclusion."""
    db, session, code = held.db, held.session, held.codes[number]
    if session.state == "planned":
        sessions.open_session(db, session, actor=held.secretary)
    sessions.open_item(db, session, code, actor=held.secretary)
    into = {"into": more["into"]} if "into" in more else {}
    for name in EVERYBODY:
        ballots.cast(db, session, code, choice=choice, actor=held.member(name), **into)
    sessions.close_item(db, session, code, actor=held.secretary)
    values = {"text": "Thống nhất.", "reason": "Lý do", "conditions": ()}
    conclusions.prepare(db, session, code, outcome=choice, actor=held.secretary, **values | more)


def release(held: Sitting, name: str = "chair", codes=None) -> list[Decision]:
    return decisions.release(held.db, held.session, codes=codes, actor=held.member(name))


def states(db):
    return dict(db.execute(select(Proposal.code, Proposal.state)).all())


def blocked(refusal) -> list[tuple[str, str]]:
    return [(entry["code"], str(entry["reason"])) for entry in refusal.value.extra["blocked"]]


def test_release_moves_the_proposal_and_promises_its_paper(database):
    with database.writing() as db:
        held = sitting(db)
        moved = held.proposals[0]
        conclude(held, 0, "approve_with_conditions", conditions=[CONDITION])
        (decision,) = release(held)
        chair = held.member("chair").user_id
        assert (decision.outcome, decision.body_id, decision.released_by_id) == (
            "approve_with_conditions",
            "tt_bcdtw",
            chair,
        )
        standing = (moved.state, moved.holder_kind, moved.holder_organisation_id)
        assert standing == ("approved", "deciding_body", "tt_bcdtw")
        assert held.item.state == "released"
        paper = db.get_one(Document, decision.document_id)
        assert (paper.kind, paper.state, paper.is_final, paper.version) == ("decision", "promised", False, 1)
        assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", paper.doc)
        promised = db.scalars(select(Outbox.payload).where(Outbox.kind == "document")).all()
        assert promised == [{"document_id": paper.id}]
    with database.reading() as db:
        events = list(db.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)))[-3:]
        assert events == ["proposal.moved.approve_with_conditions", "decision.released", "session.released"]
        assert audit.verify(db) is None


def test_release_tells_authors_and_those_who_assessed_but_not_the_conflicted(database):
    with database.writing() as db:
        held = sitting(db)
        moved = held.proposals[0]
        for name in ("lead", "conflicted"):
            sittings.acting(db, name, Role.MINISTRY_LEAD, "bkhcn")
        declaration(db, moved, "conflicted", kind="family")
        sittings.acting(db, "engineer", Role.ENGINEER, "tcts_ht3", "ht3")
        asked = {"organisation_id": "bkhcn", "role": "lead", "due_on": date(2026, 12, 1), "routed_at": clock.now()}
        db.add(Routing(proposal_id=moved.id, **asked))
        conclude(held, 0, "approve")
        release(held)
        of_sitting = Outbox.key.startswith("session:")
        mails = db.execute(select(Outbox.key, Outbox.payload).where(Outbox.kind == "mail", ~of_sitting)).all()
        told = {"decision": [], "move": []}
        for mail in mails:
            told[mail.key.split(":")[0]].append(mail.payload["to"].split("@")[0])
        assert {event: sorted(names) for event, names in told.items()} == {
            "decision": ["engineer", "lead"],
            "move": ["owner", "secretary"],
        }


def test_every_outcome_reaches_its_state(database):
    with database.writing() as db:
        held = sitting(db, 7)
        until = clock.today() + timedelta(days=40)
        conclude(held, 0, "approve")
        conclude(held, 1, "approve_with_conditions", conditions=[CONDITION])
        conclude(held, 2, "reject")
        conclude(held, 3, "defer", defer_until=until)
        conclude(held, 4, "request_revision")
        conclude(held, 5, "merge", into=held.codes[0])
        conclude(held, 6, "approve")
        release(held)
        assert list(states(db).values()) == [
            "approved",
            "approved",
            "rejected",
            "deferred",
            "revision",
            "merged",
            "approved",
        ]
        assert held.proposals[3].due_on == until
        assert held.proposals[5].merged_into_id == held.proposals[0].id


def test_release_is_all_or_nothing_and_says_why(database):
    with database.writing() as db:
        held = sitting(db, 5)
        conclude(held, 0, "approve")
        sessions.open_item(db, held.session, held.codes[1], actor=held.secretary)
        for code in held.codes[2:4]:
            sessions.open_item(db, held.session, code, actor=held.secretary)
            for name in EVERYBODY:
                ballots.cast(db, held.session, code, choice="reject", actor=held.member(name))
            sessions.close_item(db, held.session, code, actor=held.secretary)
        sessions.recuse(db, held.session, held.codes[4], reason="Từng tư vấn", actor=held.member("chair"))
        with pytest.raises(IllegalMove) as refusal:
            release(held)
        assert blocked(refusal) == [
            (held.codes[1], "The vote on this item is not closed."),
            (held.codes[2], "The conclusion is not written yet."),
            (held.codes[3], "The conclusion is not written yet."),
            (held.codes[4], "You are recused from this item; the one who stands in for you releases it."),
        ]
        assert set(states(db).values()) == {"committee"}
        assert db.scalars(select(Decision)).all() == []
        assert decisions.preview(db, held.session, actor=held.secretary)[held.codes[0]] is None
        assert len(release(held, codes=held.codes[:1])) == 1
        with pytest.raises(IllegalMove) as refusal:
            release(held, codes=held.codes[:1])
        assert blocked(refusal) == [(held.codes[0], "This item is already released.")]


def test_nothing_left_to_release_and_unknown_items_are_refused(database):
    with database.writing() as db:
        held = sitting(db)
        conclude(held, 0, "approve")
        with pytest.raises(Invalid) as refusal:
            release(held, codes=[held.code, "SK-2026-99999999"])
        assert [path for path, _ in refusal.value.errors] == ["items.1"]
        release(held)
        with pytest.raises(IllegalMove) as refusal:
            release(held)
        assert blocked(refusal) == []


def test_only_who_presides_releases(database):
    with database.writing() as db:
        held = sitting(db)
        conclude(held, 0, "approve")
        for name in ("deputy", "m1"):
            with pytest.raises(Forbidden):
                release(held, name)
            with pytest.raises(Forbidden):
                release(held, name, codes=held.codes)
        with pytest.raises(Forbidden):
            decisions.release(db, held.session, actor=held.secretary)
        with pytest.raises(NotFound):
            decisions.release(db, held.session, actor=sittings.owner(db))
        held.attend(chair="excused")
        assert [decision.outcome for decision in release(held, "deputy")] == ["approve"]
        assert held.proposals[0].state == "approved"


def test_deputy_releases_what_the_chair_is_recused_from(database):
    with database.writing() as db:
        held = sitting(db, 2)
        sessions.recuse(db, held.session, held.code, reason="Từng tư vấn", actor=held.member("chair"))
        sessions.open_session(db, held.session, actor=held.secretary)
        for code in held.codes:
            sessions.open_item(db, held.session, code, actor=held.secretary)
            for name in EVERYBODY[1:]:
                ballots.cast(db, held.session, code, choice="approve", actor=held.member(name))
            sessions.close_item(db, held.session, code, actor=held.secretary)
            conclusions.prepare(
                db, held.session, code, outcome="approve", text="Thống nhất.", reason="", actor=held.secretary
            )
        with pytest.raises(Forbidden):
            release(held, "deputy")
        with pytest.raises(Forbidden):
            release(held, "deputy", codes=held.codes)
        assert len(release(held, "deputy", codes=held.codes[:1])) == 1
        assert len(release(held, "chair")) == 1
        assert states(db) == dict.fromkeys(held.codes, "approved")


def test_chair_declares_before_releasing(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        declaration(db, held.proposals[0], *EVERYBODY[1:])
        held.open()
        for name in EVERYBODY[1:]:
            ballots.cast(db, held.session, held.code, choice="approve", actor=held.member(name))
        held.close()
        conclusions.prepare(
            db, held.session, held.code, outcome="approve", text="Thống nhất.", reason="", actor=held.secretary
        )
        with pytest.raises(DeclareFirst) as refusal:
            release(held)
        assert refusal.value.extra == {"items": held.codes}
        declaration(db, held.proposals[0], "chair")
        assert len(release(held)) == 1


def test_conflict_found_after_the_vote_blocks_the_release_until_it_is_repeated(database):
    with database.writing() as db:
        held = sitting(db)
        conclude(held, 0, "approve")
        sittings.link(db, held.proposals[0], "byt", "lead")
        sittings.acting(db, "m1", Role.MINISTRY_LEAD, "byt")
        with pytest.raises(IllegalMove) as refusal:
            release(held)
        assert blocked(refusal) == [(held.code, "A member who took part is conflicted; open the item again.")]
        held.open()
        for name in ("chair", "deputy", "m2"):
            ballots.cast(db, held.session, held.code, choice="reject", actor=held.member(name))
        assert held.close()["recused"] == ["Người m1"]
        conclusions.prepare(
            db, held.session, held.code, outcome="reject", text="Không.", reason="Trùng", actor=held.secretary
        )
        release(held)
        assert held.proposals[0].state == "rejected"


def test_vote_that_can_neither_be_released_nor_repeated_goes_to_another_session(migrated_sqlite_url):
    with Database(migrated_sqlite_url).writing() as db:
        held = sitting(db)
        conclude(held, 0, "approve")
        sessions.close_session(db, held.session, actor=held.secretary)
        with pytest.raises(IllegalMove):
            items.give_back(db, held.session, held.code, actor=held.secretary)
        sittings.link(db, held.proposals[0], "byt", "lead")
        sittings.acting(db, "m1", Role.MINISTRY_LEAD, "byt")
        with pytest.raises(Forbidden):
            items.give_back(db, held.session, held.code, actor=held.member("chair"))
        items.give_back(db, held.session, held.code, actor=held.secretary)
        called = {"body": "tt_bcdtw", "starts_at": sittings.STARTS_AT, "place": sittings.PLACE}
        again = sessions.create(db, **called, items=held.codes, actor=held.secretary)
        assert [item.proposal.code for item in sessions.get(db, again.id, actor=held.secretary).items] == held.codes


def test_merger_needs_a_target_that_stays_open(database):
    with database.writing() as db:
        held = sitting(db, 2)
        conclude(held, 0, "merge", into=held.codes[1])
        conclude(held, 1, "reject")
        with pytest.raises(IllegalMove) as refusal:
            release(held)
        reason = f"Proposal {held.codes[1]}, into which this one is merged, is no longer open."
        assert blocked(refusal) == [(held.codes[0], reason)]


def test_proposal_leaves_the_body_and_keeps_the_decision(database):
    with database.writing() as db:
        held = sitting(db)
        conclude(held, 0, "approve")
        member, moved = held.member("m1"), held.proposals[0]
        with pytest.raises(Forbidden):
            decisions.of_proposal(db, moved, actor=member)
        assert decisions.of_proposal(db, moved, actor=sittings.owner(db)) == []
        release(held)
        for actor in (member, sittings.owner(db), held.secretary):
            assert [d.outcome for d in decisions.of_proposal(db, moved, actor=actor)] == ["approve"]
        with pytest.raises(Forbidden):
            ballots.cast(db, held.session, held.code, choice="reject", actor=member)


def attempt(database: Database, session_id: int, chair, barrier: threading.Barrier, answers: list[str]) -> None:
    """One of many who press the button at the same moment."""

    def work(db) -> int:
        session = sessions.get(db, session_id, actor=chair)
        return len(decisions.release(db, session, actor=chair))

    barrier.wait()
    try:
        answers.append(f"released {database.transact(work)}")
    except DomainError as error:
        answers.append(f"{error.status} {error.type}")
    except Exception as error:
        answers.append(repr(error))


def test_of_many_releases_at_once_exactly_one_wins(database):
    with database.writing() as db:
        held = sitting(db, 3)
        for number in range(3):
            conclude(held, number, "approve")
        session_id, chair = held.session.id, held.member("chair")
    barrier, answers = threading.Barrier(RACERS), []
    racers = [
        threading.Thread(target=attempt, args=(database, session_id, chair, barrier, answers)) for _ in range(RACERS)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert Counter(answers) == {"released 3": 1, "409 illegal-move": RACERS - 1}
    with database.reading() as db:
        assert len(db.scalars(select(Decision)).all()) == 3
        assert len(db.scalars(select(Document)).all()) == 3
        assert set(db.scalars(select(SessionItem.state))) == {"released"}
        assert set(states(db).values()) == {"approved"}
        assert audit.verify(db) is None
