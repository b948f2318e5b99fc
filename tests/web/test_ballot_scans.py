"""Scans of paper ballots on pages: attached, read by those who may, refused for secret votes and other files."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from intake import outline
from intake.models import AuditEntry, Ballot, ProposalVersion
from intake.services.ballot_scans import LARGEST
from tests.web.desk_world import summary
from tests.web.sitting_world import APPLICANT, CHAIR, DEPUTY, MEMBERS, SECOND, SECRETARY, Room, waiting

VOTER, OTHER = MEMBERS[1:3]
PDF, JPEG, PNG = b"%PDF-1.7 phieu", b"\xff\xd8\xff\xe0 phieu", b"\x89PNG\r\n\x1a\n phieu"
KINDS = {PDF: ("application/pdf", "pdf"), JPEG: ("image/jpeg", "jpg"), PNG: ("image/png", "png")}

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def room(database, sign_in) -> Room:
    """A session with two items: the first put to an open vote, the second to a secret one."""
    made = Room(database, sign_in, waiting(database, 2))
    made.begin()
    made.send(SECRETARY, f"{made.item()}/open")
    made.send(SECRETARY, f"{made.item(1)}/open", secret="yes")
    return made


def paper(content: bytes = PDF, **said: str) -> dict[str, object]:
    return {"member": VOTER, "choice": "approve", **said, "scan": (io.BytesIO(content), "phiếu.pdf")}


def attach(room: Room, content: bytes = PDF, **said: str) -> str:
    """A ballot recorded with a scan; where the scan is read."""
    room.send(SECRETARY, f"{room.item()}/recorded-ballot", **paper(content, **said))
    with room.database.reading() as db:
        newest = select(Ballot.id).where(Ballot.file_key.is_not(None)).order_by(Ballot.id.desc())
        return f"{room.item()}/scans/{db.scalars(newest).first()}"


def stored(app: Flask) -> list[str]:
    """Scans in the file store."""
    return [key for key in app.extensions["intake"].files.listing() if key.startswith("ballots/")]


def statuses(room: Room, url: str, *people: str) -> list[int]:
    return [room.visitor(email).get(url).status_code for email in people]


def enclosed(room: Room, email: str) -> dict[str, bytes]:
    """The dossier of the first proposal as somebody gets it."""
    answer = room.visitor(email).get(f"/proposals/{room.codes[0]}/dossier.zip")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_scan_stands_beside_the_ballot_and_is_read_by_those_who_may_know_the_vote(room):
    for voter, (content, (kind, ending)) in zip(MEMBERS[1:4], KINDS.items(), strict=True):
        url = attach(room, content, member=voter)
        assert f'href="{url}"' in room.visitor(SECOND).get(room.item()).text
        answer = room.visitor(SECOND).get(url)
        assert (answer.status_code, answer.data, answer.mimetype) == (200, content, kind)
        name = f"ballot-{room.codes[0]}-{url.rsplit('/', 1)[1]}.{ending}"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    again = room.visitor(SECOND).client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    member = MEMBERS[3]  # whose ballot the last scan shows
    people = (SECRETARY, CHAIR, member, OTHER, DEPUTY, APPLICANT)
    assert statuses(room, url, *people) == [200, 200, 200, 404, 404, 404]
    assert f'href="{url}"' in room.visitor(member).get(f"{room.item()}/ballot").text
    room.act_as(DEPUTY, "committee_chair")
    assert f'href="{url}"' not in room.visitor(DEPUTY).get(room.item()).text
    assert statuses(room, url, DEPUTY) == [404], "before the own ballot nobody but chair and secretary knows another"
    room.act_as(DEPUTY, "committee_member")
    room.vote(DEPUTY, "approve")
    assert statuses(room, url, DEPUTY) == [404]
    room.act_as(DEPUTY, "committee_chair")
    assert statuses(room, url, DEPUTY) == [200]
    room.declare(member, kind="family")
    assert statuses(room, url, member) == [404]


def test_what_may_not_be_attached_is_neither_recorded_nor_kept(room, app):
    url, secret = (f"{room.item(number)}/recorded-ballot" for number in (0, 1))
    assert [room.post(email, url, paper()).status_code for email in (CHAIR, OTHER, APPLICANT)] == [403, 403, 404]
    kinds = "This is no PDF, JPEG or PNG file. Scan the ballot as one of these."
    large = "The file is larger than 10 MB."
    for content, words in ((b"PK\x03\x04", kinds), (b"", kinds), (PDF + bytes(LARGEST), large)):
        answer = room.refused(SECRETARY, url, 422, **paper(content, reason="Theo phiếu giấy."))
        assert summary(answer) == [("#scan", words)]
        assert ">Theo phiếu giấy.</textarea>" in answer.text
    assert 'name="scan"' not in room.visitor(SECRETARY).get(secret).text
    answer = room.refused(SECRETARY, secret, 422, **paper(is_final="y"))
    assert summary(answer)[0][1] == "A secret ballot carries no scan: it would show who voted what."
    assert stored(app) == []
    answer = room.refused(SECRETARY, url, 422, **paper(choice=""))
    told = [("#choice", "Choose one of the answers."), ("#scan", "Choose the scan again: it was not kept.")]
    assert summary(answer) == told
    with room.database.reading() as db:
        assert db.scalars(select(Ballot)).all() == []
    room.send(SECRETARY, secret, member=VOTER, choice="approve", is_final="y")
    with pytest.raises(IntegrityError), room.database.writing() as db:
        db.execute(update(Ballot).values(file_key="ballots/x.pdf", sha256="x"))
    assert statuses(room, f"{room.item(1)}/scans/1", SECRETARY, VOTER) == [404, 404]


def test_scan_goes_with_its_ballot_into_minutes_dossier_and_trail(room):
    def ballot():
        with room.database.reading() as db:
            row = db.scalars(select(Ballot)).one()
            return row.choice, row.file_key is not None, row.confirmed_by_id is not None

    attach(room)
    room.send(SECOND, f"{room.item()}/confirm")
    assert ballot() == ("approve", True, True)
    room.send(SECRETARY, f"{room.item()}/recorded-ballot", member=VOTER, choice="reject")
    assert ballot() == ("reject", False, False)
    attach(room)
    room.vote(VOTER, "defer")
    assert ballot() == ("defer", False, False)
    url = attach(room, member=OTHER)
    room.send(SECOND, f"{room.item()}/confirm")
    with room.database.writing() as db:
        db.execute(update(ProposalVersion).values(document=outline.empty_document("vi")))
    room.send(SECRETARY, f"{room.item()}/close")
    assert f'href="{url}"' in room.visitor(CHAIR).get(room.item()).text
    assert "confirmed by Trần Thị Ngọc; scan attached" in room.read(SECRETARY, f"{room.url}/minutes")
    name = f"ballots/ballot-{room.codes[0]}-{url.rsplit('/', 1)[1]}.pdf"
    assert [enclosed(room, email).get(name) for email in (SECRETARY, OTHER, VOTER)] == [PDF, PDF, None]
    with room.database.reading() as db:
        told = db.scalars(select(AuditEntry.data).where(AuditEntry.event == "ballot.scan_attached")).all()
    assert [sorted(data) for data in told] == [["on_behalf_of", "sha256"]] * 3
