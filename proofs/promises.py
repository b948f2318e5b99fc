"""What must be true after every act of a random walk, read from the rows and judged without the product's own rules."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, undefer

from intake import outline
from intake.db import Database
from intake.errors import NotFound
from intake.models import AuditEntry, Declaration, Proposal, ProposalOrganisation, ProposalVersion
from intake.models.visibility import visible
from intake.paths import REPOSITORY
from intake.policy import ACTIONS, DECLARING_ROLES, OFFICIAL_ROLES, Actor, Relation, Subject, allows
from intake.services import audit, proposals, queues
from intake.services.subjects import subject_of
from intake.workflow.procedure import ASKING_STAGE
from intake.workflow.procedures import KH01

MOVED = "proposal.moved."
POSITION = {
    "state",
    "is_open",
    "asked_by",
    "state_since",
    "revision",
    "holder_kind",
    "holder_organisation_id",
    "due_on",
}
UPDATE = re.compile(r"UPDATE proposal SET (.*?) WHERE", re.DOTALL)
HOME = "services/transitions.py"


@cache
def written_rights() -> dict[str, list[tuple[str, frozenset[str], str]]]:
    """`expected.csv`, typed by hand: action to (role, relations, stage property)."""
    found: dict[str, list[tuple[str, frozenset[str], str]]] = defaultdict(list)
    path = REPOSITORY / "tests" / "policy" / "expected.csv"
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["action"]].append((row["role"], frozenset(row["relation"].split("+")) - {""}, row["when"]))
    return found


def may(actor: Actor, action: str, subject: Subject) -> bool:
    """Whether what was written down by hand lets `actor` do `action`."""
    held = {relation.value for relation in subject.relations}
    if actor.role in OFFICIAL_ROLES and "conflicted" in held:
        return False
    if actor.role in DECLARING_ROLES and "declared" not in held:
        return False
    return any(
        role == actor.role.value and needed <= held and (not when or getattr(subject.stage, when))
        for role, needed, when in written_rights()[action]
    )


def watch_writes(database: Database) -> None:
    """From now on a statement that writes where a proposal stands comes from the one file that may, or fails."""

    def guard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found = UPDATE.match(statement)
        if found is None:
            return
        columns = {part.split("=")[0].strip(' "') for part in found.group(1).split(",")}
        if columns & POSITION:
            assert comes_from(HOME), f"written outside {HOME}: {statement}"

    event.listen(database.engine, "before_cursor_execute", guard)


def comes_from(ending: str) -> bool:
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.endswith(ending):
            return True
        frame = frame.f_back
    return False


class Promises:
    """Remembers the versions and the end of the chain that it has seen."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.hashes: dict[tuple[str, int], str] = {}
        self.last: tuple[int, str] | None = None

    def check(self, codes: Collection[str], people: Iterable[tuple[str, Actor]]) -> None:
        """Everything about these proposals, for these people."""
        with self.database.reading() as db:
            for proposal in db.scalars(select(Proposal).where(Proposal.code.in_(codes)).order_by(Proposal.id)):
                self.holder_and_day(proposal)
                self.versions(db, proposal)
                self.moves(db, proposal)
                for email, actor in people:
                    self.secrecy(db, proposal, email, actor)
            self.chain(db)

    def holder_and_day(self, proposal: Proposal) -> None:
        stage = KH01.stage(proposal.state)
        has = (proposal.holder_kind is not None, proposal.due_on is not None)
        assert (proposal.is_open, *has) == (stage.is_open,) * 3, f"{proposal.code} is {proposal.state}: {has}"
        assert proposal.holder_kind in (stage.holder, stage.agenda_holder)

    def versions(self, db: Session, proposal: Proposal) -> None:
        """Numbered without a gap, each still the text that was sealed."""
        own = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
        found = list(db.scalars(own.order_by(ProposalVersion.number).options(undefer(ProposalVersion.document))))
        assert [version.number for version in found] == list(range(1, proposal.current_version + 1))
        for version in found:
            first = self.hashes.setdefault((proposal.code, version.number), version.sha256)
            assert version.sha256 == first == outline.fingerprint(version.document)

    def moves(self, db: Session, proposal: Proposal) -> None:
        """From the draft to where it stands by declared moves only, each by a role that has it, with its reason."""
        own = (AuditEntry.proposal_id == proposal.id, AuditEntry.event.startswith(MOVED))
        at = KH01.initial.id
        for entry in db.scalars(select(AuditEntry).where(*own).order_by(AuditEntry.seq)):
            transition = KH01.transition(entry.event.removeprefix(MOVED))
            target = transition.targets[at]
            assert entry.data["from"] == at
            assert entry.data["to"] == target or (target == ASKING_STAGE and entry.data["to"] in KH01.asking_stages)
            assert entry.data["reason"] or not transition.needs_reason, f"{entry.event} without a reason"
            roles = {role for role, *_ in written_rights()[f"proposal.{transition.name}"]}
            assert entry.role in roles, f"{entry.event} by {entry.role}"
            at = entry.data["to"]
        assert at == proposal.state

    def secrecy(self, db: Session, proposal: Proposal, email: str, actor: Actor) -> None:
        """Nothing at all for whoever is conflicted, nothing but the cover for whoever has not declared."""
        if actor.role not in OFFICIAL_ROLES:
            return
        subject = subject_of(db, proposal, actor=actor)
        is_conflicted = conflicted(db, proposal, actor)
        assert is_conflicted == (Relation.CONFLICTED in subject.relations)
        if is_conflicted:
            self.nothing_is_left(db, proposal, email, actor, subject)
        elif actor.role in DECLARING_ROLES and not declared(db, proposal, actor):
            assert not allows(actor, "proposal.read", subject)
            assert not db.scalar(select(Proposal.id).where(Proposal.id == proposal.id, visible(actor, "proposal.read")))

    def nothing_is_left(self, db: Session, proposal: Proposal, email: str, actor: Actor, subject: Subject) -> None:
        on_it = [action for action in sorted(ACTIONS) if allows(actor, action, subject)]
        assert on_it == [], f"{email} as {actor.role} may {on_it}"
        for action in ("proposal.read_cover", "score_sheet.read_own", "opinion.read_own", "session.read"):
            assert not db.scalar(select(Proposal.id).where(Proposal.id == proposal.id, visible(actor, action)))
        try:
            proposals.get(db, proposal.code, actor=actor, action="proposal.read_cover")
        except NotFound:
            pass
        else:
            raise AssertionError(f"{email} sees {proposal.code}")
        if allows(actor, "queue.read", Subject()):
            lines = [line for line in queues.queue(db, actor=actor) if line.code == proposal.code]
            assert [(line.kind, line.title) for line in lines] in ([], [("recused", "")])

    def chain(self, db: Session) -> None:
        """What was added since the last look follows from it; the first look reads the whole chain."""
        if self.last is None:
            assert audit.verify(db) is None
        seq, previous = self.last or (0, audit.GENESIS)
        columns = AuditEntry.__table__.c
        for found in db.execute(select(*columns).where(columns.seq > seq).order_by(columns.seq)).mappings():
            row: dict[str, Any] = {str(name): value for name, value in found.items()}
            assert (row["seq"], row["previous"], row["hash"]) == (seq + 1, previous, audit.seal(row))
            seq, previous = row["seq"], row["hash"]
        self.last = (seq, previous)


def conflicted(db: Session, proposal: Proposal, actor: Actor) -> bool:
    """By the rows: declared so and not taken back, or of an organisation that is linked as owner or lead."""
    own = (Declaration.proposal_id == proposal.id, Declaration.user_id == actor.user_id, Declaration.ended_at.is_(None))
    said = db.scalar(select(Declaration.is_conflicted).where(*own))
    links = select(ProposalOrganisation.organisation_id).where(
        ProposalOrganisation.proposal_id == proposal.id, ProposalOrganisation.role.in_(("owner", "lead"))
    )
    return bool(said) or bool(actor.organisations & set(db.scalars(links)))


def declared(db: Session, proposal: Proposal, actor: Actor) -> bool:
    own = (Declaration.proposal_id == proposal.id, Declaration.user_id == actor.user_id, Declaration.ended_at.is_(None))
    return db.scalar(select(Declaration.id).where(*own, Declaration.is_conflicted.is_(False))) is not None
