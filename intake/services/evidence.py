"""Which scores still stand after a new version: those whose evidence sections read the same in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from intake import outline
from intake.models import ProposalVersion, Score
from intake.scoring.schemes import Scheme
from intake.services.score_entries import Answer

Given = Score | Answer
"""A criterion that was scored, and on which version."""
Prints = Mapping[str, str]
"""Section id to the fingerprint of what it shows, in one version."""
PrintsByVersion = Mapping[int, Prints]


def fingerprints(db: Session, scheme: Scheme, wanted: Iterable[tuple[int, int]]) -> dict[int, dict[int, Prints]]:
    """Per proposal and version number, the fingerprints of the sections that are evidence for a criterion.

    `wanted` are (proposal, version) pairs. They were kept when the version was frozen: lists read no text.
    """
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    read = select(ProposalVersion.proposal_id, ProposalVersion.number, ProposalVersion.section_prints).where(
        tuple_(ProposalVersion.proposal_id, ProposalVersion.number).in_(pairs)
    )
    found: dict[int, dict[int, Prints]] = {}
    unprinted: list[tuple[int, int]] = []
    for row in db.execute(read):
        if row.section_prints is None:
            unprinted.append((row.proposal_id, row.number))
        else:
            found.setdefault(row.proposal_id, {})[row.number] = row.section_prints
    for (proposal_id, number), prints in computed(db, scheme, unprinted).items():
        found.setdefault(proposal_id, {})[number] = prints
    return found


def computed(db: Session, scheme: Scheme, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], Prints]:
    """The same for versions frozen before fingerprints were kept with them: from their texts."""
    if not pairs:
        return {}
    sections = sorted({section for criterion in scheme.criteria for section in criterion.evidence_sections})
    read = select(ProposalVersion.proposal_id, ProposalVersion.number, ProposalVersion.document).where(
        tuple_(ProposalVersion.proposal_id, ProposalVersion.number).in_(pairs)
    )
    return {
        (row.proposal_id, row.number): {
            section: outline.section_fingerprint(row.document, section) for section in sections
        }
        for row in db.execute(read)
    }


def valid_scores(
    scheme: Scheme, scores: Iterable[Score], *, current: int, prints: PrintsByVersion
) -> dict[str, int | None]:
    """Criterion to score, for those that stand on version `current`; a re-opened criterion is missing, not old."""
    return {score.criterion: score.score for score in scores if stands(scheme, score, current=current, prints=prints)}


def reopened(scheme: Scheme, scores: Iterable[Given], *, current: int, prints: PrintsByVersion) -> frozenset[str]:
    """Criteria whose evidence has changed since they were scored: their author has to confirm or change them."""
    return frozenset(score.criterion for score in scores if not stands(scheme, score, current=current, prints=prints))


def stands(scheme: Scheme, score: Given, *, current: int, prints: PrintsByVersion) -> bool:
    """Whether the reader of the current version sees the same evidence as the one who scored."""
    if score.version == current:
        return True
    then, now = prints[score.version], prints[current]
    return all(then[section] == now[section] for section in scheme.criterion(score.criterion).evidence_sections)
