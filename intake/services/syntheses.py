"""The synthesis: scores and differing opinions as the secretariat puts them to the committee, frozen at referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.canonical import sha256_of
from intake.errors import Invalid
from intake.i18n import N_, Text
from intake.models import Certificate, Organisation, Proposal, Synthesis
from intake.policy import Actor
from intake.scoring import certificate
from intake.services import audit, certificates, opinions, rights, routings, schemes, wordings
from intake.services.certificates import Scored
from intake.services.opinions import OpinionView

LONGEST_SUMMARY = 20_000
LONGEST_TEXT = 5000
MOST_DIFFERENCES = 50
ENGINEER = Text(vi="Tổng công trình sư", en="Chief engineer")
KNOWN_KEYS = frozenset({"criterion", "bodies", "text", "resolution"})


@dataclass(frozen=True)
class ClosedBody:
    """A ministry that let its due date pass, and why the review went on."""

    organisation: Text
    reason: str


@dataclass(frozen=True)
class SynthesisView:
    """What the committee reads: words of the secretariat, the score, the signed opinions; no author of a sheet."""

    summary: str
    differences: list[dict[str, Any]]
    written_at: datetime | None
    is_up_to_date: bool
    scored: Scored
    opinions: list[OpinionView]
    closed_bodies: list[ClosedBody]
    names: dict[str, Text]


def get(db: Session, proposal: Proposal, *, actor: Actor) -> SynthesisView:
    """The synthesis with its computed tables; before it is written, the tables alone."""
    rights.ensure(db, proposal, "synthesis.read", actor=actor)
    written = db.get(Synthesis, proposal.id)
    scored = certificates.of(db, proposal)
    signed = opinions.in_force(db, proposal)
    closed = [
        ClosedBody(routings.name(row.organisation), row.no_opinion_reason or "")
        for row in routings.current(db, proposal)
        if row.no_opinion_at is not None
    ]
    differences = written.differences if written else []
    ids = {sheet.key.split("/")[0] for sheet in scored.sheets} | {id for d in differences for id in d["bodies"]}
    return SynthesisView(
        summary=written.summary if written else "",
        differences=differences,
        written_at=written.written_at if written else None,
        is_up_to_date=is_up_to_date(db, proposal),
        scored=scored,
        opinions=signed,
        closed_bodies=closed,
        names=names_of(db, ids) | {"engineer": ENGINEER},
    )


def is_up_to_date(db: Session, proposal: Proposal) -> bool:
    """Whether it was written since the proposal last came to its present stage: what came in between must be in it."""
    written = db.get(Synthesis, proposal.id)
    return written is not None and written.written_at >= proposal.state_since


def names_of(db: Session, ids: set[str]) -> dict[str, Text]:
    named = select(Organisation.id, Organisation.name_vi, Organisation.name_en).where(Organisation.id.in_(ids))
    rows = db.execute(named)
    return {row.id: Text(row.name_vi, row.name_en) for row in rows}


def save(
    db: Session, proposal: Proposal, *, summary: str, differences: Sequence[Mapping[str, Any]], actor: Actor
) -> Synthesis:
    """Write the synthesis in place of an earlier one."""
    rights.hold(db, proposal, "synthesis.write", actor=actor)
    words = wordings.checked(
        summary, "summary", longest=LONGEST_SUMMARY, missing=N_("Summarise the proposal and the opinions on it.")
    )
    listed = checked(db, differences)
    before = db.get(Synthesis, proposal.id)
    old = fingerprint(before.summary, before.differences) if before else None
    written = db.merge(
        Synthesis(
            proposal_id=proposal.id,
            summary=words,
            differences=listed,
            written_by_id=actor.user_id,
            written_at=clock.now(),
        )
    )
    db.flush()
    data = {"old": old, "new": fingerprint(words, listed), "version": proposal.current_version}
    audit.record(db, "synthesis.written", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return written


def fingerprint(summary: str, differences: list[Any]) -> str:
    """The audit trail is read by people who may not read the text: it proves the words without repeating them."""
    return sha256_of({"summary": summary, "differences": differences})


def checked(db: Session, differences: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The differing opinions as they are kept; raises Invalid with the path of everything of the wrong shape."""
    if isinstance(differences, str) or not isinstance(differences, Sequence) or len(differences) > MOST_DIFFERENCES:
        message = N_("Give a list of at most %(count)s differences.", count=MOST_DIFFERENCES)
        raise Invalid(errors=[("differences", message)])
    listed = [difference(db, entry, f"differences.{n}") for n, entry in enumerate(differences)]
    known = names_of(db, {id for entry in listed for id in entry["bodies"]})
    errors = [
        (f"differences.{n}.bodies.{m}", N_("There is no organisation %(id)s in the catalogue.", id=id))
        for n, entry in enumerate(listed)
        for m, id in enumerate(entry["bodies"])
        if id not in known
    ]
    if errors:
        raise Invalid(errors=errors)
    return listed


def difference(db: Session, entry: Any, path: str) -> dict[str, Any]:
    """One difference: which criterion if any, between whom, in which words, and how it was resolved."""
    if not isinstance(entry, Mapping) or not KNOWN_KEYS.issuperset(entry):
        raise Invalid(errors=[(path, N_("Give criterion, bodies, text and resolution."))])
    criterion, bodies = entry.get("criterion"), entry.get("bodies") or []
    if criterion and (not isinstance(criterion, str) or criterion not in schemes.in_force(db).weights):
        raise Invalid(errors=[(f"{path}.criterion", N_("There is no such criterion."))])
    if not isinstance(bodies, list) or not all(isinstance(id, str) for id in bodies):
        raise Invalid(errors=[(f"{path}.bodies", N_("Give a list of organisations."))])
    missing = N_("Say what the opinions differ about.")
    return {
        "criterion": criterion or None,
        "bodies": bodies,
        "text": wordings.checked(entry.get("text", ""), f"{path}.text", longest=LONGEST_TEXT, missing=missing),
        "resolution": wordings.checked(entry.get("resolution") or "", f"{path}.resolution", longest=LONGEST_TEXT),
    }


def stated_certificate(db: Session, proposal: Proposal, *, actor: Actor) -> dict[str, Any]:
    """Every number behind the score, for whoever reads the synthesis and wants to replay it."""
    rights.ensure(db, proposal, "synthesis.read", actor=actor)
    return certificates.stated(db, proposal)


def freeze(db: Session, proposal: Proposal, *, actor: Actor) -> Certificate:
    """Freeze inputs and numbers of the score as the next certificate; called by the move to the committee."""
    rights.keep(db, proposal)
    content, live = certificates.content_of(db, proposal)
    last = db.scalar(select(func.max(Certificate.number)).where(Certificate.proposal_id == proposal.id))
    row = Certificate(
        proposal_id=proposal.id,
        number=(last or 0) + 1,
        version=proposal.current_version,
        scheme=live.scheme.id,
        content=content,
        sha256=certificate.sha256(content),
        official=live.tally.official,
        n=live.tally.n,
        frozen_at=clock.now(),
    )
    db.add(row)
    db.flush()
    data = {"number": row.number, "version": row.version, "sha256": row.sha256}
    audit.record(db, "certificate.frozen", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return row
