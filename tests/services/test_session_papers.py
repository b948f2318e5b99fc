"""Papers of a session: asked for, made anew while drafts, read by whoever may read all they tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.models import Declaration
from intake.services import ballots, conclusions, decisions, papers, session_papers, sessions
from tests.services import sittings
from tests.services.sittings import EVERYBODY, declaration, sitting

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ISSUE = {"number": "3", "date": "2026-11-26", "signer": "Người deputy", "place": "Hà Nội"}


def held(db, *, secret: bool = False):
    """A closed session with one item voted and concluded, not released."""
    made = sitting(db)
    made.open(secret=secret)
    for name in EVERYBODY:
        ballots.cast(db, made.session, made.code, choice="approve", actor=made.member(name))
    made.close()
    conclusions.prepare(db, made.session, made.code, outcome="approve", text="Thống nhất.", actor=made.secretary)
    sessions.close_session(db, made.session, actor=made.secretary)
    return made


def test_minutes_tell_the_session_and_are_embargoed_until_release(database):
    with time_machine.travel(NOW, tick=False), database.writing() as db:
        made = held(db)
        doc = session_papers.ask(db, made.session, "minutes", actor=made.secretary).doc
        facts = papers.found(db, doc).facts
        assert [person["name"] for person in facts["people"]] == [f"Người {name}" for name in EVERYBODY]
        (item,) = facts["items"]
        assert (item["code"], item["outcome"], item["vote"]["choice"]) == (made.code, "approve", "approve")
        assert [(one["member"], one["choice"]) for one in item["ballots"]] == [
            (f"Người {name}", "approve") for name in EVERYBODY
        ]
        assert facts["letterhead"]["symbol"] == "BCĐTW"
        with pytest.raises(NotFound):
            papers.fetch(db, doc, actor=made.member("m1"))
        assert session_papers.listing(db, made.session, actor=made.member("m1")) == []
        with pytest.raises(Forbidden):
            session_papers.ask(db, made.session, "minutes", actor=made.member("m1"))
        decisions.release(db, made.session, actor=made.member("chair"))
        paper = papers.fetch(db, doc, actor=made.member("m1"))
        assert (paper.kind, paper.filename) == ("minutes", f"minutes-tt_bcdtw-1-{doc}.pdf")
        known = db.scalars(select(Declaration).where(Declaration.user_id == made.member("m2").user_id)).one()
        known.is_conflicted, known.kind = True, "family"
        db.flush()
        with pytest.raises(NotFound):
            papers.fetch(db, doc, actor=made.member("m2"))
        with pytest.raises(NotFound):
            papers.fetch(db, doc, actor=sittings.owner(db))


def test_a_secret_vote_leaves_no_name_in_the_minutes(database):
    with database.writing() as db:
        made = held(db, secret=True)
        (item,) = session_papers.ask(db, made.session, "minutes", actor=made.secretary).facts["items"]
        assert (item["ballots"], item["vote"]["secret"], item["vote"]["counts"]["approve"]) == ([], True, 6)


def test_a_draft_is_printed_anew_and_an_issued_one_is_followed_by_another(database):
    with database.writing() as db:
        made = held(db)

        def ask():
            return session_papers.ask(db, made.session, "score_synthesis", actor=made.secretary)

        first = ask()
        assert (first.edition, first.session_id, first.proposal_id) == (1, made.session.id, None)
        assert (ask().doc, ask().edition) == (first.doc, 3)
        papers.issue(db, first.doc, **ISSUE, actor=made.secretary)
        second = ask()
        assert (second.doc != first.doc, second.edition) == (True, 1)


def test_what_is_too_early_or_unknown_is_refused(database):
    with database.writing() as db:
        made = sitting(db)
        with pytest.raises(IllegalMove):
            session_papers.ask(db, made.session, "minutes", actor=made.secretary)
        with pytest.raises(Invalid):
            session_papers.ask(db, made.session, "decision", actor=made.secretary)
        declaration(db, made.proposals[0], "secretary2", kind="family")
        with pytest.raises(NotFound):
            session_papers.ask(db, made.session, "committee_report", actor=made.second_secretary)
