"""Papers of the review: made once for what was asked and signed, open to the body that signed and to its readers."""

from __future__ import annotations

from datetime import date

import pytest

from intake import clock
from intake.errors import Forbidden, IllegalMove, NotFound
from intake.models import Opinion, Routing
from intake.policy import Role
from intake.services import papers, review_papers
from tests.services import sittings


def signed_opinion(db, proposal, *, kind="ministry", organisation="byt"):
    author = sittings.acting(db, f"author-{kind}", Role.MINISTRY_LEAD, organisation)
    row = Opinion(
        proposal_id=proposal.id,
        kind=kind,
        user_id=author.user_id,
        organisation_id=organisation if kind == "ministry" else None,
        version=1,
        position="conditions",
        text="Cần làm rõ.",
        conditions=["Có cam kết."],
        saved_at=clock.now(),
        signed_at=clock.now(),
    )
    db.add(row)
    db.flush()
    return row


def test_the_request_is_made_once_for_one_round(database):
    with database.writing() as db:
        proposal, secretary = sittings.proposal(db), sittings.secretary(db)
        with pytest.raises(IllegalMove):
            review_papers.ask_request(db, proposal, actor=secretary)
        for organisation, role in (("byt", "lead"), ("bkhcn", "cooperating")):
            asked = {"proposal_id": proposal.id, "organisation_id": organisation, "role": role}
            db.add(Routing(**asked, due_on=date(2026, 12, 1), routed_at=clock.now()))
        db.flush()
        first = review_papers.ask_request(db, proposal, actor=secretary)
        assert review_papers.ask_request(db, proposal, actor=secretary).id == first.id
        assert (first.facts["lead"], first.facts["cooperating"]) == ("Bộ Y tế", ["Bộ Khoa học và Công nghệ"])
        assert papers.fetch(db, first.doc, actor=secretary).awaits_signature
        with pytest.raises(NotFound):
            papers.fetch(db, first.doc, actor=sittings.acting(db, "stranger", Role.APPLICANT))


def test_each_signed_opinion_has_one_paper_under_the_head_of_who_signed(database):
    with database.writing() as db:
        proposal, secretary = sittings.proposal(db), sittings.secretary(db)
        ministry = signed_opinion(db, proposal)
        made = review_papers.ask_opinion(db, proposal, ministry.id, actor=secretary)
        assert review_papers.ask_opinion(db, proposal, ministry.id, actor=secretary).id == made.id
        assert (made.kind, made.facts["issuer"], made.facts["conditions"]) == (
            "ministry_opinion",
            "byt",
            ["Có cam kết."],
        )
        engineer = review_papers.ask_opinion(
            db, proposal, signed_opinion(db, proposal, kind="assessment").id, actor=secretary
        )
        assert (engineer.kind, engineer.facts["letterhead"]["capacity"]) == ("assessment", ["TỔNG CÔNG TRÌNH SƯ"])
        with pytest.raises(Forbidden):
            papers.fetch(db, made.doc, actor=sittings.owner(db))
        adviser = signed_opinion(db, proposal, kind="adviser")
        with pytest.raises(IllegalMove):
            review_papers.ask_opinion(db, proposal, adviser.id, actor=secretary)
        with pytest.raises(NotFound):
            review_papers.ask_opinion(db, proposal, 10_000, actor=secretary)
