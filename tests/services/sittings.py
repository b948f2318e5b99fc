"""A small world for tests of sittings: a body of six, two secretaries, an owner, proposals before the committee."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.models import (
    Ballot,
    BodyMember,
    Certificate,
    CommitteeSession,
    Declaration,
    Membership,
    Proposal,
    ProposalOrganisation,
    ProposalVersion,
    User,
)
from intake.models.sessions import CHOICES
from intake.policy import Actor, Role
from intake.scoring import certificate
from intake.scoring.schemes import KH01_2025
from intake.services import ballots, sessions

STARTS_AT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PLACE = "Trụ sở Văn phòng Trung ương Đảng"
SEATS = ("chair", "deputy", "member", "member", "member", "member")
EVERYBODY = ("chair", "deputy", "m1", "m2", "m3", "m4")


def person(db: Session, name: str) -> User:
    """The person called `name`, made at first use."""
    email = f"{name}@example.vn"
    found = db.scalar(select(User).where(User.email == email))
    if found is None:
        found = User(email=email, name=f"Người {name}", created_at=clock.now())
        db.add(found)
        db.flush()
    return found


def acting(db: Session, name: str, role: Role, organisation: str | None = None, system: str | None = None) -> Actor:
    """The person under one membership, which is made at first use."""
    user = person(db, name)
    rows = list(db.scalars(select(Membership).where(Membership.user_id == user.id)))
    if not any((row.role, row.organisation_id) == (role.value, organisation) for row in rows):
        row = Membership(
            user_id=user.id, role=role.value, organisation_id=organisation, system=system, granted_at=clock.now()
        )
        db.add(row)
        db.flush()
        rows.append(row)
    bodies = frozenset(row.organisation_id for row in rows if row.organisation_id)
    return Actor(user.id, role, organisation, bodies, system)


def secretary(db: Session, name: str = "secretary") -> Actor:
    return acting(db, name, Role.SECRETARY, "vptw")


def member(db: Session, name: str, body: str = "tt_bcdtw") -> Actor:
    """One who sits: chair and deputy act as chair, the others as members."""
    role = Role.COMMITTEE_CHAIR if name in ("chair", "deputy") else Role.COMMITTEE_MEMBER
    return acting(db, name, role, body)


def owner(db: Session) -> Actor:
    return acting(db, "owner", Role.APPLICANT)


def body(db: Session, organisation_id: str = "tt_bcdtw") -> None:
    """Six seats: chair, deputy, m1 to m4."""
    for position, (name, seat) in enumerate(zip(EVERYBODY, SEATS, strict=True), 1):
        user = db.get_one(User, member(db, name, organisation_id).user_id)
        db.add(BodyMember(body_id=organisation_id, user_id=user.id, seat=seat, position=position))
    db.flush()


AT_THE_COMMITTEE: dict[str, Any] = {
    "register_year": 2026,
    "track_key": "ABC123",
    "procedure": "kh01",
    "procedure_version": 1,
    "state": "committee",
    "is_open": True,
    "holder_kind": "secretariat",
    "holder_organisation_id": "vptw",
    "due_on": date(2026, 12, 18),
    "assessing_system": "ht3",
    "deciding_body_id": "tt_bcdtw",
    "outline": "kh01-2025",
    "language": "vi",
    "document": {},
    "current_version": 1,
    "kind": "new_initiative",
    "primary_system": "ht3",
    "proposer_name": "Bộ Y tế",
    "lead_name": "Bộ Y tế",
    "total_vnd": 2_400_500_000_000,
}


def proposal(db: Session, number: int = 1, **changes: Any) -> Proposal:
    """A proposal that waits for the committee, with its version and its certificate (without any sheet)."""
    now = clock.now()
    names = ("created_at", "submitted_at", "state_since", "engineer_reached_at", "document_saved_at")
    own = {"code": f"SK-2026-{number:08d}", "register_number": number, "title": f"Sáng kiến số {number}"}
    moments = dict.fromkeys(names, now)
    made = Proposal(**AT_THE_COMMITTEE | own | moments | {"owner_id": owner(db).user_id} | changes)
    db.add(made)
    db.flush()
    content = certificate.issue(KH01_2025, [], proposal=made.code, version=1)
    of_version = {"proposal_id": made.id, "number": 1}
    db.add_all(
        [
            ProposalVersion(
                **of_version,
                outline="kh01-2025",
                document={},
                sha256=f"{number:064x}",
                warnings=[],
                submitted_at=now,
                submitted_by_id=made.owner_id,
            ),
            Certificate(
                **of_version,
                version=1,
                scheme=KH01_2025.id,
                content=content,
                sha256=certificate.sha256(content),
                n=0,
                frozen_at=now,
            ),
        ]
    )
    db.flush()
    return made


def link(db: Session, proposal: Proposal, organisation: str, role: str = "owner") -> None:
    """Link a body to the proposal."""
    row = ProposalOrganisation(
        proposal_id=proposal.id, role=role, name=organisation, organisation_id=organisation, is_settled=True
    )
    db.add(row)
    db.flush()


def declaration(db: Session, proposal: Proposal, *names: str, kind: str = "none") -> None:
    """The word of each on a conflict of interest."""
    for name in names:
        row = Declaration(
            proposal_id=proposal.id,
            user_id=person(db, name).id,
            is_conflicted=kind != "none",
            kind=kind,
            declared_at=clock.now(),
        )
        db.add(row)
    db.flush()


@dataclass
class Sitting:
    """A session under way, and who acts in it."""

    db: Session
    session: CommitteeSession
    proposals: list[Proposal]
    codes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.codes = [made.code for made in self.proposals]

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def item(self) -> Any:
        return sessions.get(self.db, self.session.id, actor=self.secretary).items[0]

    @property
    def secretary(self) -> Actor:
        return secretary(self.db)

    @property
    def second_secretary(self) -> Actor:
        return secretary(self.db, "secretary2")

    def member(self, name: str) -> Actor:
        return member(self.db, name)

    def attend(self, **statuses: str) -> None:
        named = {f"{name}@example.vn": status for name, status in statuses.items()}
        sessions.set_attendance(self.db, self.session, named, actor=self.secretary)

    def open(self, *, secret: bool = False) -> None:
        """Open the session if need be, and its first item."""
        if self.session.state == "planned":
            sessions.open_session(self.db, self.session, actor=self.secretary)
        sessions.open_item(self.db, self.session, self.code, secret=secret, actor=self.secretary)

    def close(self) -> dict[str, Any]:
        """Close the first item; its tally."""
        closed = sessions.close_item(self.db, self.session, self.code, actor=self.secretary)
        assert closed.tally is not None
        return closed.tally


def sitting(db: Session, count: int = 1, *, mode: str | None = None, declared: bool = True) -> Sitting:
    """A planned session with `count` proposals; all members are present and, unless told otherwise, have declared."""
    body(db)
    proposals = [proposal(db, number) for number in range(1, count + 1)]
    session = sessions.create(
        db,
        body="tt_bcdtw",
        starts_at=STARTS_AT,
        place=PLACE,
        mode=mode,
        items=[made.code for made in proposals],
        actor=secretary(db),
    )
    held = Sitting(db, session, proposals)
    held.attend(**dict.fromkeys(EVERYBODY, "present"))
    if declared:
        for made in proposals:
            declaration(db, made, *EVERYBODY)
    return held


NO_VOTES = dict.fromkeys(CHOICES, 0)


def vote(held: Sitting, name: str, choice: str, **more: Any) -> Ballot:
    """A member votes on the first item."""
    return ballots.cast(held.db, held.session, held.code, choice=choice, actor=held.member(name), **more)


def record(held: Sitting, name: str, choice: str, actor: Actor | None = None, **more: Any) -> Ballot:
    """The secretary, or `actor`, records the vote of a member on the first item."""
    address = f"{name}@example.vn"
    recorder = actor or held.secretary
    return ballots.cast(held.db, held.session, held.code, choice=choice, on_behalf_of=address, actor=recorder, **more)


def confirm(held: Sitting, actor: Actor) -> int:
    """`actor` confirms what others recorded on the first item."""
    return ballots.confirm(held.db, held.session, held.code, actor=actor)
