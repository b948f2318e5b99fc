"""Everything about one proposal that a person may read, in one zip with a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from intake import clock, outline
from intake.errors import DeclareFirst, Forbidden, IllegalMove, NotFound
from intake.files import Files
from intake.i18n import LANGUAGES, Message, Text, translate
from intake.models import Proposal
from intake.policy import Actor, Role
from intake.scoring.totals import in_nano
from intake.services import (
    assignments,
    ballot_scans,
    certificates,
    opinions,
    papers,
    proposals,
    rights,
    score_sheets,
    syntheses,
    timeline,
)

FORMAT = "intake-dossier/1"
MANIFEST = "manifest.json"
FIXED_TIME = (2026, 1, 1, 0, 0, 0)
NOT_FOR_THIS_READER = (NotFound, DeclareFirst, Forbidden, IllegalMove)
Read = Callable[[Session, Proposal, Actor], Any]


@dataclass(frozen=True)
class Enclosed:
    """One file of the dossier."""

    name: str
    size: int
    sha256: str


def write(db: Session, files: Files, proposal: Proposal, target: IO[bytes], *, actor: Actor) -> list[Enclosed]:
    """Fill `target`; what `actor` may not read is not there, and nothing says that it could be.

    The right to read the proposal has been checked by the caller.
    """
    enclosed, being_made = [], []
    with ZipFile(target, "w") as archive:

        def enclose(name: str, content: bytes, compression: int = ZIP_DEFLATED) -> None:
            entry = ZipInfo(name, FIXED_TIME)
            entry.compress_type = compression
            archive.writestr(entry, content)
            enclosed.append(Enclosed(name, len(content), hashlib.sha256(content).hexdigest()))

        for name, value in texts(db, proposal, actor):
            enclose(name, as_bytes(value))
        for name, read in PARTS.items():
            value = readable(read, db, proposal, actor)
            if value:
                enclose(f"{name}.json", as_bytes(value))
        for paper in papers.listing(db, proposal, actor=actor):
            if paper.file_key is None:
                being_made.append(paper.filename)
            else:
                enclose(f"papers/{paper.filename}", files.get(paper.file_key), ZIP_STORED)
        for scan in ballot_scans.of_proposal(db, proposal, actor=actor):
            enclose(f"ballots/{scan.filename}", files.get(scan.file_key), ZIP_STORED)
        manifest = {
            "format": FORMAT,
            "code": proposal.code,
            "made_at": clock.now(),
            "read_as": actor.role.value,
            "files": enclosed,
            "being_made": being_made,
        }
        archive.writestr(ZipInfo(MANIFEST, FIXED_TIME), as_bytes(manifest), ZIP_DEFLATED)
    return enclosed


def texts(db: Session, proposal: Proposal, actor: Actor) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every frozen version as `initiative-proposal/1`, and the draft for whom it is open to."""
    for version in proposals.versions(db, proposal):
        document = proposals.version_of(db, proposal, version.number).document
        yield f"versions/v{version.number}.json", outline.export_proposal(document, code=proposal.code)
    is_operator = actor.user_id is None
    if is_operator and not proposal.current_version:
        yield "draft.json", outline.export_proposal(proposals.draft_of(db, proposal), code=proposal.code)
    elif not is_operator:
        text = proposals.text_of(db, proposal, actor=actor)
        if not text.number:
            yield "draft.json", outline.export_proposal(text.document, code=proposal.code)


def readable(read: Read, db: Session, proposal: Proposal, actor: Actor) -> Any:
    """What `read` gives, or None when `actor` has no right to it."""
    try:
        return read(db, proposal, actor)
    except NOT_FOR_THIS_READER:
        return None


def overview(db: Session, proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """Where it stands, in the words that this reader sees on the page."""
    stage = proposals.stage_of(proposal)
    return {
        "code": proposal.code,
        "title": proposal.title,
        "proposer": proposal.proposer_name,
        "system": proposal.primary_system,
        "state": stage.public if actor.role is Role.APPLICANT else stage.label,
        "due_on": proposal.due_on,
        "register_number": proposal.register_number,
        "register_year": proposal.register_year,
        "submitted_at": proposal.submitted_at,
        "is_illustrative": proposal.is_illustrative,
        "versions": [
            {"number": v.number, "sha256": v.sha256, "submitted_at": v.submitted_at}
            for v in proposals.versions(db, proposal)
        ],
    }


def history(db: Session, proposal: Proposal, actor: Actor) -> list[dict[str, Any]]:
    return [
        {"kind": s.kind, "label": s.label, "at": s.at, "until": s.until, "reason": s.reason, "version": s.version}
        for s in timeline.history(db, proposal, actor=actor)
    ]


def synthesis(db: Session, proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """The summary and the differing opinions; the scores stand in the certificate."""
    view = syntheses.get(db, proposal, actor=actor)
    return {"summary": view.summary, "differences": view.differences, "written_at": view.written_at}


def certificate(db: Session, proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """Every number behind the official score, as it can be replayed."""
    rights.ensure(db, proposal, "synthesis.read", actor=actor)
    return certificates.stated(db, proposal)


PARTS: dict[str, Read] = {
    "proposal": overview,
    "history": history,
    "assignments": lambda db, proposal, actor: assignments.listing(db, proposal, actor=actor),
    "opinions": lambda db, proposal, actor: opinions.listing(db, proposal, actor=actor),
    "own-score-sheet": lambda db, proposal, actor: score_sheets.own(db, proposal, actor=actor),
    "score-sheets": lambda db, proposal, actor: score_sheets.submitted(db, proposal, actor=actor),
    "synthesis": synthesis,
    "certificate": certificate,
}


def as_bytes(value: Any) -> bytes:
    return (json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n").encode()


def plain(value: Any) -> Any:
    """A value as JSON: instants in UTC, texts in both languages, exact scores in 10^-9 points."""
    if is_dataclass(value) and not isinstance(value, type | Message | Text):
        return plain(vars(value) if hasattr(value, "__dict__") else asdict(value))
    if isinstance(value, Message | Text):
        return {language: translate(value, language) for language in LANGUAGES}
    if isinstance(value, Fraction):
        return in_nano(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value
