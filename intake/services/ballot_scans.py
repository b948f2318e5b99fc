"""Scans of paper ballots: attached to what the secretariat recorded in an open vote, read by those who may know it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import policy
from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.files import Files
from intake.i18n import N_
from intake.models import Ballot, CommitteeSession, Proposal, SessionItem, User
from intake.policy import Actor, Role
from intake.services import agendas, audit, ballots
from intake.services.subjects import subject_of

LARGEST = 10_000_000


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken: its media type, the ending of its name, and how it begins."""

    media_type: str
    ending: str
    magic: bytes


KINDS = (
    Kind("application/pdf", "pdf", b"%PDF-"),
    Kind("image/jpeg", "jpg", b"\xff\xd8\xff"),
    Kind("image/png", "png", b"\x89PNG\r\n\x1a\n"),
)
MEDIA_TYPES = tuple(kind.media_type for kind in KINDS)


@dataclass(frozen=True)
class Scan:
    """A file in the store: its key, which names its content, and its hash."""

    file_key: str
    sha256: str


@dataclass(frozen=True)
class Attached:
    """The scan of one member's ballot, as whoever may read it gets it."""

    ballot_id: int
    member: str
    email: str
    file_key: str
    sha256: str
    media_type: str
    filename: str


def keep(db: Session, files: Files, session: CommitteeSession, code: str, content: bytes, *, actor: Actor) -> Scan:
    """Put a scan into the store, so that it can be attached; of a secret vote not even the file is kept.

    Storing takes its time: `db` only reads, and what is attached is written afterwards.
    """
    item, _proposal = agendas.item_of(db, session, code, actor=actor, action="ballot.cast_on_behalf")
    ensure_open_vote(item)
    kind = kind_of(content)
    digest = hashlib.sha256(content).hexdigest()
    key = f"ballots/{digest}.{kind.ending}"
    files.put(key, content)
    return Scan(key, digest)


def ensure_open_vote(item: SessionItem) -> None:
    if item.state != "open":
        raise IllegalMove(ballots.NOT_OPEN)
    if item.is_secret:
        raise Invalid(errors=[("scan", N_("A secret ballot carries no scan: it would show who voted what."))])


def kind_of(content: bytes) -> Kind:
    """What the file is, told by how it begins; Invalid for what is not taken."""
    if len(content) > LARGEST:
        raise Invalid(errors=[("scan", N_("The file is larger than %(size)s MB.", size=LARGEST // 1_000_000))])
    found = next((kind for kind in KINDS if content.startswith(kind.magic)), None)
    if found is None:
        raise Invalid(errors=[("scan", N_("This is no PDF, JPEG or PNG file. Scan the ballot as one of these."))])
    return found


def attach(db: Session, session: CommitteeSession, code: str, email: str, scan: Scan, *, actor: Actor) -> None:
    """Join a kept scan to the ballot that `actor` recorded for the member; a second person confirms both together."""
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="ballot.cast_on_behalf")
    agendas.lock(db, item)
    ensure_open_vote(item)
    ballot = db.scalar(
        select(Ballot)
        .join(User, User.id == Ballot.user_id)
        .where(Ballot.item_id == item.id, Ballot.recorder_id.is_not(None), User.email == email)
    )
    if ballot is None:
        raise NotFound()
    if ballot.recorder_id != actor.user_id:
        raise Forbidden(N_("Whoever recorded a ballot attaches its scan. To replace it, record the ballot again."))
    ballot.file_key, ballot.sha256, ballot.confirmed_by_id = scan.file_key, scan.sha256, None
    db.flush()
    data = {"on_behalf_of": ballot.user_id, "sha256": scan.sha256}
    subject = agendas.subject(session, proposal)
    audit.record(db, "ballot.scan_attached", actor=actor, subject=subject, proposal_id=proposal.id, data=data)


def readable(db: Session, session: CommitteeSession, item: SessionItem, *, actor: Actor) -> list[Attached]:
    """The scans of an item that `actor` may read: a member that of the own ballot, others all once they see votes."""
    proposal = db.get_one(Proposal, item.proposal_id)
    if not policy.allows(actor, "ballot.read_scan", subject_of(db, proposal, actor=actor)):
        return []
    found = (
        select(Ballot, User.name, User.email)
        .join(User, User.id == Ballot.user_id)
        .where(Ballot.item_id == item.id, Ballot.file_key.is_not(None))
        .order_by(Ballot.id)
    )
    if not reads_all(db, session, item, proposal, actor=actor):
        found = found.where(Ballot.user_id == actor.user_id)
    return [attached(row.Ballot, row.name, row.email, proposal.code) for row in db.execute(found)]


def reads_all(db: Session, session: CommitteeSession, item: SessionItem, proposal: Proposal, *, actor: Actor) -> bool:
    """The secretary; the chair and the deputy, but not before they may see the running tally."""
    if actor.role is Role.SECRETARY:
        return True
    if actor.role is not Role.COMMITTEE_CHAIR or not ballots.presides(db, session, actor):
        return False
    return item.state != "open" or ballots.sees_running_tally(db, item, proposal, actor=actor)


def attached(ballot: Ballot, member: str, email: str, code: str) -> Attached:
    key, digest = ballot.file_key, ballot.sha256
    assert key is not None and digest is not None  # the query and the database see to both
    kind = next(kind for kind in KINDS if key.endswith(f".{kind.ending}"))
    name = f"ballot-{code}-{ballot.id}.{kind.ending}"
    return Attached(ballot.id, member, email, key, digest, kind.media_type, name)


def fetch(db: Session, session: CommitteeSession, code: str, wanted: int | str, *, actor: Actor) -> Attached:
    """The scan with this number of its ballot, or of the member with this address; NotFound when it is not readable."""
    item, _proposal = agendas.item_of(db, session, code, actor=actor, action="ballot.read_scan")
    scans = readable(db, session, item, actor=actor)
    found = next((one for one in scans if wanted in (one.ballot_id, one.email)), None)
    if found is None:
        raise NotFound()
    return found


def of_proposal(db: Session, proposal: Proposal, *, actor: Actor) -> list[Attached]:
    """All scans of ballots on the proposal, in every session, that `actor` may read."""
    items = (
        select(SessionItem, CommitteeSession)
        .join(CommitteeSession, CommitteeSession.id == SessionItem.session_id)
        .where(SessionItem.proposal_id == proposal.id, SessionItem.state != "removed")
        .order_by(SessionItem.id)
    )
    return [one for item, session in db.execute(items) for one in readable(db, session, item, actor=actor)]
