"""What a document is made from: plain values, frozen when it is promised, kept as JSON beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, TypeAdapter

from intake.documents.letterheads import LETTERHEADS, Letterhead

Facts = TypeVar("Facts")


def in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


Instant = Annotated[datetime, AwareDatetime, AfterValidator(in_utc)]
"""One instant is written in one way only, or the same facts would hash differently."""


@dataclass(frozen=True)
class FileFacts:
    """One part of what was handed in."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ReceiptFacts:
    """A receipt: final at once, for one submitted version."""

    doc: str
    check_url: str
    register_number: int
    register_year: int
    code: str
    version: int
    version_sha256: str
    title: str
    proposer: str
    contact: str
    contact_details: str
    system: str
    received_at: Instant
    answer_by: date
    answer_days: int
    track_url: str
    key: str
    files: tuple[FileFacts, ...]
    submitted_by: str
    received_by: str = "Hệ thống tiếp nhận tự động"
    issuer: str = "vptw"
    is_online: bool = True
    channel: str = ""
    arrived_on: date | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class ProposalTextFacts:
    """The proposal in full: a submitted version, or the draft as it was saved (`version` 0).

    `saved_at` is when the version was handed in, or the draft saved as its revision `draft_revision`.
    """

    doc: str
    check_url: str
    code: str
    version: int
    text_sha256: str
    document: dict[str, Any]
    saved_at: Instant
    submitted_by: str
    proposer: str
    register_number: int = 0
    register_year: int = 0
    draft_revision: int | None = None
    is_illustrative: bool = False


@dataclass(frozen=True)
class ProposalFacts:
    """The proposal that was decided, as its version said."""

    code: str
    title: str
    version: int
    version_sha256: str
    proposer: str
    lead: str
    system: str
    register_number: str = ""


@dataclass(frozen=True)
class IssueFacts:
    """What makes a draft final. `number` is the running number, or the whole number as "12-TB/BCĐTW"."""

    number: str
    dated_on: date
    place: str
    signer: str
    capacity: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemarkFacts:
    """What is asked about one section of the template."""

    section: str
    text: str


@dataclass(frozen=True)
class SupplementRequestFacts:
    """A letter that asks the proposer to supplement; `asked_by` is the body that wants it, empty for the issuer."""

    doc: str
    check_url: str
    proposal: ProposalFacts
    addressee: str
    asked_by: str
    reason: str
    remarks: tuple[RemarkFacts, ...]
    written_at: Instant
    answer_by: date
    answer_days: int
    answer_url: str
    is_online: bool = True
    issuer: str = "vptw"
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class IneligibilityFacts:
    """A letter that says why a proposal was not accepted."""

    doc: str
    check_url: str
    proposal: ProposalFacts
    addressee: str
    reason: str
    written_at: Instant
    answer_url: str
    is_online: bool = True
    issuer: str = "vptw"
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class SittingFacts:
    """Where and when the body decided, and how many of it were there; `present` includes `remote`."""

    number: int
    held_on: date
    place: str
    chair: str
    members: int
    present: int
    remote: int = 0


@dataclass(frozen=True)
class QuorumFacts:
    """How many had to be there, and whether somebody who may preside was."""

    needed: int
    is_presided: bool
    is_met: bool


@dataclass(frozen=True)
class RecordedBallotFacts:
    """A ballot that somebody recorded for a member."""

    member: str
    recorder: str
    confirmed_by: str


@dataclass(frozen=True)
class VoteFacts:
    """The vote on the item as written down at its close; the same names as in its tally.

    `counts` is None in consensus, and when a secret box stayed shut; `choice` is None when nothing had more than half.
    """

    mode: str
    secret: bool
    entitled: int
    present: int
    base: int
    quorum: QuorumFacts
    cast: int
    counts: dict[str, int] | None
    choice: str | None
    into: str | None = None
    recused: tuple[str, ...] = ()
    on_behalf: tuple[RecordedBallotFacts, ...] = ()


@dataclass(frozen=True)
class CriterionScore:
    """One criterion over the valid sheets that answered it; scores in order of size, never by sheet."""

    name: str
    weight: int
    scores: tuple[int, ...]
    mean: Decimal | None
    sd: Decimal | None


@dataclass(frozen=True)
class ScoreFacts:
    """The official score and what it was computed from; `few_sheets_reason` says why fewer sheets were enough.

    `below_floor` names the criteria below `criterion_floor`; facts frozen before floors were printed have none.
    """

    scheme: str
    version: int
    lowest: int
    highest: int
    min_sheets: int
    criteria: tuple[CriterionScore, ...]
    totals: tuple[Decimal, ...]
    official: Decimal | None
    sd: Decimal | None
    band: str
    certificate_sha256: str
    few_sheets_reason: str = ""
    criterion_floor: Decimal | None = None
    total_floor: int | None = None
    below_floor: tuple[str, ...] = ()
    is_total_below_floor: bool = False


@dataclass(frozen=True)
class DifferenceFacts:
    """A point on which bodies differ, and how it was settled."""

    bodies: tuple[str, ...]
    text: str
    resolution: str
    criterion: str = ""


@dataclass(frozen=True)
class ConditionFacts:
    text: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class MergeFacts:
    """The proposal that another one is merged into."""

    code: str
    title: str


@dataclass(frozen=True)
class NoticeFacts:
    """A conclusion notice: DỰ THẢO until `issue` is recorded."""

    doc: str
    check_url: str
    body: str
    outcome: str
    proposal: ProposalFacts
    sitting: SittingFacts
    vote: VoteFacts
    score: ScoreFacts
    summary: str
    text: str
    reason: str
    conditions: tuple[ConditionFacts, ...]
    differences: tuple[DifferenceFacts, ...]
    released_at: Instant
    defer_until: date | None = None
    revise_by: date | None = None
    into: MergeFacts | None = None
    copies: tuple[str, ...] = ()
    issue: IssueFacts | None = None
    draft_round: int | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


def head_of(issuer: str, letterhead: Letterhead | None) -> Letterhead:
    """How the paper was headed when it was promised or issued; papers of before that was kept have the default."""
    return letterhead or LETTERHEADS[issuer]


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_data(facts: object) -> dict[str, Any]:
    """`facts` as JSON data, what the database keeps; refuses here what could not be read back later."""
    adapter = _adapter(type(facts))
    return adapter.dump_python(adapter.validate_python(adapter.dump_python(facts, mode="json")), mode="json")


def from_data(kind: type[Facts], data: object) -> Facts:
    """The facts of that kind that `to_data` wrote; raises pydantic's ValidationError for anything else."""
    return _adapter(kind).validate_python(data)
