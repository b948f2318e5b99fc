"""Where proposals stand in the ranking beyond their scores: computed by the worker, stored, read by pages.

A person conflicted in a proposal must not learn of it from the places of the others: such a person reads the standing
of a set without it, which the worker computes as well. An audience is named by what is hidden from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from intake import policy
from intake.canonical import sha256_of
from intake.models import Proposal, SessionItem, StoredStanding
from intake.models.visibility import at_stage_with
from intake.policy import Actor, Role, Subject
from intake.scoring import certificate
from intake.scoring.standings import StandingRow
from intake.services import standing_rows
from intake.services.certificates import Scored
from intake.services.ranked_scores import ranked, scores_of

MOST_PROPOSALS = 2000
ALL = "all"
EVERYBODY = ""
METHOD = 1
"""Raised with every change of what is computed, so that what an older version stored is computed anew."""
OFFICE = Actor(user_id=None, role=Role.SECRETARY)


@dataclass(frozen=True)
class Standing:
    """What is known about a set, by code. Stale: the inputs have changed since, the worker will come to it.

    A set of more than MOST_PROPOSALS is not computed: look at one system.
    """

    computed_at: datetime | None
    inputs_sha256: str | None
    is_stale: bool
    rows: dict[str, StandingRow]
    is_too_large: bool = False


def standing(db: Session, system: str | None = None, *, actor: Actor = OFFICE) -> Standing:
    """The stored standing of the ranking as `actor` may see it, all of it or one system's."""
    policy.ensure(actor, "ranking.read", Subject())
    rows = ranked(db, actor, system)
    return of_scores(db, rows, scores_of(db, rows), system=system, actor=actor)


def of_scores(
    db: Session,
    rows: Sequence[Any],
    scores: Mapping[int, Scored],
    *,
    system: str | None,
    actor: Actor,
    session_id: int | None = None,
) -> Standing:
    """The same for whoever has loaded the rows and scores of the set already; with `session_id`, of its agenda."""
    if len(rows) > MOST_PROPOSALS:
        return Standing(None, None, is_stale=False, rows={}, is_too_large=True)
    scope, readers = scope_of(system, session_id), audience(db, rows, system, actor, session_id)
    found = db.scalar(
        select(StoredStanding)
        .where(StoredStanding.scope == scope, StoredStanding.audience == readers)
        .options(undefer(StoredStanding.rows))
    )
    if found is None:
        return Standing(None, None, is_stale=bool(rows), rows={})
    known = {code: standing_rows.from_data(data) for code, data in found.rows.items()}
    visible = {row.code for row in rows}
    is_stale = found.inputs_sha256 != inputs_sha256(rows, scores)
    seen = {code: row for code, row in known.items() if code in visible}
    return Standing(found.computed_at, found.inputs_sha256, is_stale, seen)


def scope_of(system: str | None, session_id: int | None = None) -> str:
    return (system or ALL) if session_id is None else f"session:{session_id}"


def agendas(db: Session, session_id: int | None = None) -> dict[int, set[str]]:
    """Codes of the proposals on the agenda of each session, or of that one."""
    listed = select(SessionItem.session_id, Proposal.code).join(Proposal, Proposal.id == SessionItem.proposal_id)
    listed = listed.where(SessionItem.state != "removed", at_stage_with("is_ranked"))
    if session_id is not None:
        listed = listed.where(SessionItem.session_id == session_id)
    found: dict[int, set[str]] = {}
    for id, code in db.execute(listed):
        found.setdefault(id, set()).add(code)
    return found


def audience(db: Session, rows: Sequence[Any], system: str | None, actor: Actor, session_id: int | None = None) -> str:
    """Everybody, or those from whom just these proposals are hidden."""
    if actor.user_id is None:
        return EVERYBODY
    codes = None if session_id is None else sorted(agendas(db, session_id).get(session_id, ()))
    return audience_without({row.code for row in ranked(db, OFFICE, system, codes)} - {row.code for row in rows})


def audience_without(hidden: set[str]) -> str:
    return sha256_of(sorted(hidden)) if hidden else EVERYBODY


def inputs_sha256(rows: Sequence[Any], scores: Mapping[int, Scored]) -> str:
    """The hash of everything a standing is computed from."""
    schemes = {one.scheme.id: one.scheme for one in scores.values()}
    declared = {id: scheme.declaration() for id, scheme in schemes.items()}
    entries = sorted(
        (row.code, row.submitted_at.isoformat(), scores[row.id].scheme.id, *given(scores[row.id])) for row in rows
    )
    return sha256_of({"method": METHOD, "schemes": declared, "entries": entries})


def given(scored: Scored) -> list[Any]:
    """The sheets of one proposal; a certificate stands for its own."""
    if scored.sha256 is not None:
        return [scored.sha256]
    return [certificate.sheet_as_data(scored.scheme, sheet) for sheet in scored.sheets]
