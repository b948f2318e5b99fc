"""Opinions: drafted, signed once, superseded, never changed; silence closed after its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.errors import Forbidden, IllegalMove, Incomplete, Invalid
from intake.policy import Role
from intake.services import opinions
from tests import factories
from tests.services.traces import last_event, mails


def reviewed(db, state="ministry_review", **changes):
    """A proposal with a leading and a cooperating ministry, both leads declared."""
    proposal = factories.proposal(db, state, **changes)
    factories.routing(db, proposal, "bkhcn")
    factories.routing(db, proposal, "byt", "cooperating")
    for ministry in ("bkhcn", "byt"):
        factories.declaration(db, proposal, factories.lead(db, ministry))
    return proposal


def say(db, proposal, actor, position="agree", text="Đồng ý.", submit=True, **changes):
    return opinions.save(db, proposal, position=position, text=text, submit=submit, actor=actor, **changes)


def waiting(db, proposal):
    return [routing.organisation_id for routing in opinions.outstanding(db, proposal)]


def test_a_draft_becomes_signed_and_a_new_signature_supersedes_the_old(database):
    with database.writing() as db:
        proposal = reviewed(db)
        lead = factories.lead(db)
        draft = say(db, proposal, lead, text="", submit=False)
        assert waiting(db, proposal) == ["bkhcn", "byt"]
        first = say(db, proposal, lead, "conditions", "Đồng ý có điều kiện.", conditions=["Thẩm định an toàn.", " "])
        assert (first.id, first.conditions, first.kind, first.organisation_id) == (
            draft.id,
            ["Thẩm định an toàn."],
            "ministry",
            "bkhcn",
        )
        second = say(db, proposal, lead, "disagree", "Không đồng ý.")
        db.refresh(first)
        assert (first.superseded_at is None, first.text) == (False, "Đồng ý có điều kiện.")
        assert second.id != first.id
        event, data = last_event(db)
        assert (event, data["supersedes"], data["position"]) == ("opinion.signed", [first.id], "disagree")
        assert [view.position for view in opinions.in_force(db, proposal)] == ["disagree"]
        assert waiting(db, proposal) == ["byt"]


def test_a_second_lead_signs_for_the_same_ministry(database):
    with database.writing() as db:
        proposal = reviewed(db)
        say(db, proposal, factories.lead(db))
        deputy = factories.acting(db, "deputy-lead", Role.MINISTRY_LEAD, "bkhcn")
        factories.declaration(db, proposal, deputy)
        say(db, proposal, deputy, "disagree", "Ý kiến mới.")
        assert [view.author for view in opinions.in_force(db, proposal)] == ["Người deputy-lead"]


def test_the_lead_ministry_is_told_of_a_cooperating_signature_only(database):
    with database.writing() as db:
        proposal = reviewed(db)
        say(db, proposal, factories.lead(db))
        assert mails(db) == []
        say(db, proposal, factories.lead(db, "byt"))
        assert mails(db) == [("lead-bkhcn", "%(code)s: an opinion is in")]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"position": "maybe"}, "position"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"conditions": "một điều kiện"}, "conditions"),
        ({"conditions": ["x"] * 51, "position": "conditions"}, "conditions"),
        ({"conditions": [3], "position": "conditions"}, "conditions.0"),
        ({"conditions": ["Phải có điều kiện."]}, "conditions"),
    ],
)
def test_wrong_shapes_are_refused(database, given, path):
    with database.writing() as db:
        proposal = reviewed(db)
        with pytest.raises(Invalid) as refused:
            say(db, proposal, factories.lead(db), **given)
        assert [place for place, _ in refused.value.errors] == [path]


def test_signing_needs_reasons_and_conditions(database):
    with database.writing() as db:
        proposal = reviewed(db)
        with pytest.raises(Incomplete) as refused:
            say(db, proposal, factories.lead(db), "conditions", " ")
        assert [problem["path"] for problem in refused.value.problems] == ["text", "conditions"]


def test_the_engineer_signs_only_after_his_own_sheet(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
        engineer = factories.engineer(db)
        factories.declaration(db, proposal, engineer)
        say(db, proposal, engineer, submit=False)
        with pytest.raises(Incomplete) as refused:
            say(db, proposal, engineer)
        assert [problem["rule"] for problem in refused.value.problems] == ["assessment.sheet_first"]
        factories.sheet(db, proposal, engineer, 4)
        signed = say(db, proposal, engineer)
        assert (signed.kind, signed.organisation_id, signed.signed_at is None) == ("assessment", None, False)


def test_an_adviser_signs_while_asked(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "synthesis")
        adviser = factories.adviser(db)
        factories.declaration(db, proposal, adviser)
        factories.assignment(db, proposal, adviser)
        assert say(db, proposal, adviser).kind == "adviser"
        assert [view.kind for view in opinions.listing(db, proposal, actor=adviser)] == ["adviser"]


def test_nobody_else_signs_and_the_stage_counts(database):
    with database.writing() as db:
        proposal = reviewed(db)
        with pytest.raises(Forbidden):
            say(db, proposal, factories.secretary(db))
        later = reviewed(db, "engineer_assessment")
        with pytest.raises(IllegalMove):
            say(db, later, factories.lead(db))


def test_an_opinion_on_an_older_text_is_marked_and_still_counts(database):
    with database.writing() as db:
        proposal = reviewed(db)
        say(db, proposal, factories.lead(db))
        factories.version(db, proposal, factories.document())
        [view] = opinions.in_force(db, proposal)
        assert (view.version, view.is_on_older_text, waiting(db, proposal)) == (1, True, ["byt"])


def close(db, proposal, body="byt", actor=None, reason="Quá hạn"):
    return opinions.close_body(db, proposal, body, reason=reason, actor=actor or factories.lead(db))


def test_a_silent_body_is_closed_the_day_after_its_due_date_and_told(database):
    with database.writing() as db:
        proposal = reviewed(db, due_on=clock.today())
        with pytest.raises(IllegalMove):
            close(db, proposal)
        late = reviewed(db, due_on=clock.today() - timedelta(days=1))
        routing = close(db, late)
        assert (routing.no_opinion_reason, waiting(db, late)) == ("Quá hạn", ["bkhcn"])
        assert last_event(db)[0] == "opinion.closed"
        assert mails(db) == [("lead-byt", "%(code)s: closed without your opinion")]
        with pytest.raises(IllegalMove):
            close(db, late)


def test_a_stopped_clock_moves_the_day_of_every_body(database):
    with database.writing() as db:
        proposal = reviewed(db, due_on=clock.today() - timedelta(days=1))
        proposal.due_on = clock.today() + timedelta(days=3)
        db.flush()
        with pytest.raises(IllegalMove):
            close(db, proposal)


def test_closing_is_refused_for_the_signed_the_leading_and_the_unasked(database):
    with database.writing() as db:
        proposal = reviewed(db, due_on=clock.today() - timedelta(days=1))
        with pytest.raises(Invalid) as unasked:
            close(db, proposal, "btc")
        with pytest.raises(Invalid) as leading:
            close(db, proposal, "bkhcn", actor=factories.secretary(db))
        with pytest.raises(Invalid) as unexplained:
            close(db, proposal, reason=" ")
        paths = [[path for path, _ in found.value.errors] for found in (unasked, leading, unexplained)]
        assert paths == [["body"], ["body"], ["reason"]]
        with pytest.raises(Forbidden):
            close(db, proposal, actor=factories.lead(db, "byt"))
        say(db, proposal, factories.lead(db, "byt"))
        with pytest.raises(IllegalMove):
            close(db, proposal)


def test_a_late_opinion_still_counts_after_the_closing(database):
    with database.writing() as db:
        proposal = reviewed(db, due_on=clock.today() - timedelta(days=1))
        close(db, proposal)
        say(db, proposal, factories.lead(db, "byt"))
        assert [view.organisation_id for view in opinions.in_force(db, proposal)] == ["byt"]


def test_drafts_are_read_by_their_author_alone(database):
    with database.writing() as db:
        proposal = reviewed(db)
        lead = factories.lead(db)
        say(db, proposal, lead, submit=False)
        deputy = factories.acting(db, "deputy-lead", Role.MINISTRY_LEAD, "bkhcn")
        factories.declaration(db, proposal, deputy)
        assert len(opinions.listing(db, proposal, actor=lead)) == 1
        assert opinions.listing(db, proposal, actor=deputy) == []
        assert opinions.listing(db, proposal, actor=factories.secretary(db)) == []
