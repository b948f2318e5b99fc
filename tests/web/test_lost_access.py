"""Who loses a proposal finds nothing at any address they knew: as if it had never been."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from intake import clock
from intake.cli.world import acting
from intake.models import Assignment, Document, Proposal, ProposalPerson
from intake.services import assignments, coauthors, deactivations, proposals, transitions
from tests import factories
from tests.web.desk_world import ADMIN, APPLICANT, LEAD, LEAD2, REVIEWER, actor, text
from tests.web.every_address import Person, addresses

COAUTHOR = "organisation@demo.vn"
UNKNOWN_CODE, UNKNOWN_DOC = "SK-2026-ZZZZZZZZ", "ZZZZZZZZZZ"


def known(app: Flask, title: str, *, scored: bool = False) -> tuple[str, str]:
    """Code and paper of a proposal under review: co-author, ministries and reviewer all at work."""
    with app.extensions["intake"].database.writing() as db:
        made = factories.proposal(db, "ministry_review", owner_id=actor(db, APPLICANT).user_id, title=title)
        factories.routing(db, made, "bkhcn")
        factories.routing(db, made, "byt", "cooperating")
        factories.assignment(db, made, actor(db, REVIEWER))
        factories.declaration(db, made, *(actor(db, email) for email in (LEAD, LEAD2, REVIEWER)))
        author = actor(db, COAUTHOR).user_id
        db.add(ProposalPerson(proposal_id=made.id, user_id=author, relation="coauthor_edit", added_at=clock.now()))
        if scored:
            factories.sheet(db, made, actor(db, REVIEWER), 4)
        paper = {"kind": "receipt", "version": 1, "facts": {}, "state": "promised", "is_final": True}
        document = Document(doc=f"R{made.id:09d}", proposal_id=made.id, created_at=clock.now(), **paper)
        db.add(document)
        return made.code, document.doc


def change(app: Flask, code: str, work: Callable) -> None:
    with app.extensions["intake"].database.writing() as db:
        work(db, proposals.unchecked(db, code))


def reassigned(db, proposal: Proposal) -> None:
    row = db.query(Assignment).filter_by(proposal_id=proposal.id).one()
    assignments.remove(db, proposal, row.id, reason="Người khác chấm.", actor=actor(db, LEAD))


def routed_anew(db, proposal: Proposal) -> None:
    lead = actor(db, LEAD2)
    transitions.move(db, proposal, "return_to_reception", actor=lead, seen=proposal.revision, reason="Chuyển nhầm.")


def no_coauthor(db, proposal: Proposal) -> None:
    person = db.query(ProposalPerson).filter_by(proposal_id=proposal.id).one()
    coauthors.remove(db, proposal, person.id, actor=actor(db, APPLICANT))


LOSSES = {
    "reviewer no longer asked": (REVIEWER, reassigned),
    "own ministry no longer asked": (LEAD, routed_anew),
    "co-author taken off": (COAUTHOR, no_coauthor),
}


def answers(app: Flask, person: Person, code: str, doc: str) -> dict[str, tuple[int, str]]:
    """Status and words of every address, with the proposal's own names taken out."""
    found = {}
    for address in addresses(app):
        given = person.asks(address, address.url(app, code, doc))
        shown = given.text if address.is_api else text(given)
        found[str(address)] = (given.status_code, shown.replace(code, "CODE").replace(doc, "DOC"))
    return found


@pytest.mark.parametrize("loss", LOSSES)
def test_every_address_answers_404_as_for_what_never_was(lasting_app, loss):
    email, lose = LOSSES[loss]
    code, doc = known(lasting_app, f"Tên bí mật: {loss}")
    person = Person(lasting_app, email)
    assert person.visitor.get(f"/proposals/{code}/text").status_code == 200
    change(lasting_app, code, lose)
    lost, never = (answers(lasting_app, person, *names) for names in ((code, doc), (UNKNOWN_CODE, UNKNOWN_DOC)))
    assert {address: given for address, given in lost.items() if given != never[address]} == {}
    assert all(status == 404 for address, (status, _) in lost.items() if "<code>" in address)
    for page in ("/queue", "/proposals"):
        shown = person.visitor.get(page).text
        assert (code in shown, f"Tên bí mật: {loss}" in shown) == (False, False), page


def test_a_reviewer_keeps_the_own_sheet_and_nothing_else(lasting_app):
    code, doc = known(lasting_app, "Đã chấm", scored=True)
    person = Person(lasting_app, REVIEWER)
    change(lasting_app, code, reassigned)
    lost = answers(lasting_app, person, code, doc)
    kept = {address for address, (status, _) in lost.items() if "<code>" in address and status != 404}
    assert kept == {"GET /api/v1/proposals/<code>/score-sheet", "GET /proposals/<code>/review"}


def test_a_deactivated_person_finds_nothing_any_more_and_is_signed_out(lasting_app):
    code, doc = known(lasting_app, "Còn đang viết")
    person = Person(lasting_app, COAUTHOR)
    assert person.visitor.get(f"/proposals/{code}/text").status_code == 200

    def deactivate(db, _proposal: Proposal) -> None:
        user = acting(db, COAUTHOR).actor.user_id or 0
        deactivations.deactivate(db, user, reason="Đã nghỉ việc.", actor=actor(db, ADMIN))

    change(lasting_app, code, deactivate)
    lost, never = (answers(lasting_app, person, *names) for names in ((code, doc), (UNKNOWN_CODE, UNKNOWN_DOC)))
    assert lost == never
    assert {address: status for address, (status, _) in lost.items() if status != 404} == {}
    api = person.app.test_client().get("/api/v1/queue", headers=person.headers)
    assert (person.visitor.get("/queue").status_code, api.status_code) == (303, 401)
