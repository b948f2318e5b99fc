"""What the papers of the review are made from: the request to the ministries, signed opinions and assessments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.documents.facts import Instant, IssueFacts, ProposalFacts
from intake.documents.letterheads import Letterhead


@dataclass(frozen=True)
class AssessmentRequestFacts:
    """A letter that asks ministries for their opinion; `answers` is who has to answer until when."""

    doc: str
    check_url: str
    proposal: ProposalFacts
    lead: str
    cooperating: tuple[str, ...]
    engineer: str
    due_on: date
    written_at: Instant
    answer_url: str
    issuer: str = "vptw_office"
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class OpinionFacts:
    """A signed opinion as a paper: of a ministry, or the chief engineer's assessment."""

    doc: str
    check_url: str
    opinion: int
    proposal: ProposalFacts
    issuer: str
    kind: str
    author: str
    position: str
    text: str
    conditions: tuple[str, ...]
    version: int
    signed_at: Instant
    issue: IssueFacts | None = None
    is_illustrative: bool = False
    letterhead: Letterhead | None = None
