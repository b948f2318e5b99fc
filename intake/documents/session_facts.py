"""What the papers of a session are made from: minutes, the synthesis table, the report to the committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.documents.facts import (
    ConditionFacts,
    DifferenceFacts,
    Instant,
    IssueFacts,
    MergeFacts,
    QuorumFacts,
    ScoreFacts,
    SittingFacts,
    VoteFacts,
)
from intake.documents.letterheads import Letterhead


@dataclass(frozen=True)
class MemberFacts:
    """Somebody on the list of a session; `seat` is empty for a guest, `changes` are (arrived or left, when)."""

    name: str
    seat: str
    status: str
    changes: tuple[tuple[str, Instant], ...] = ()


@dataclass(frozen=True)
class BallotFacts:
    """How one member voted in an open vote; who wrote it down, from what, and who confirmed, when it was recorded."""

    member: str
    choice: str
    reason: str = ""
    into: str = ""
    recorder: str = ""
    confirmed_by: str = ""
    has_scan: bool = False


@dataclass(frozen=True)
class RecusalFacts:
    """Who took no part in an item, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class MinutesItemFacts:
    """One item of the agenda as it was dealt with; without a vote and an outcome it was taken off or put off."""

    place: int
    code: str
    title: str
    proposer: str
    vote: VoteFacts | None = None
    recusals: tuple[RecusalFacts, ...] = ()
    ballots: tuple[BallotFacts, ...] = ()
    earlier_votes: int = 0
    outcome: str = ""
    text: str = ""
    reason: str = ""
    conditions: tuple[ConditionFacts, ...] = ()
    defer_until: date | None = None
    into: MergeFacts | None = None
    number: str = ""
    dated_on: date | None = None


@dataclass(frozen=True)
class MinutesFacts:
    """The minutes of a session: who was there, what was dealt with, how it was voted, what was concluded.

    Signed by the chair (the signer who is recorded when they are issued) and by `secretary`.
    """

    doc: str
    check_url: str
    body: str
    mode: str
    sitting: SittingFacts
    people: tuple[MemberFacts, ...]
    items: tuple[MinutesItemFacts, ...]
    secretary: str
    written_at: Instant
    opened_at: Instant | None = None
    closed_at: Instant | None = None
    quorum: QuorumFacts | None = None
    notes: str = ""
    postponed_from: Instant | None = None
    change_reason: str = ""
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class AgendaItemFacts:
    """One proposal put to the committee: who proposes it, its score, what the bodies said, what they differ about."""

    place: int
    code: str
    title: str
    proposer: str
    lead: str
    system: str
    version: int
    score: ScoreFacts
    summary: str = ""
    opinions: tuple[str, ...] = ()
    differences: tuple[DifferenceFacts, ...] = ()


@dataclass(frozen=True)
class AgendaFacts:
    """What the secretariat puts to a session: the same facts make the synthesis table and the report."""

    doc: str
    check_url: str
    body: str
    number: int
    held_on: date
    place: str
    items: tuple[AgendaItemFacts, ...]
    written_at: Instant
    issuer: str = "vptw_office"
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None
