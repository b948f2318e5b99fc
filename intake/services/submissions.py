"""What happens to the text when it is handed in: frozen, counted, its organisations listed, a receipt promised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake import clock, outline
from intake.i18n import packed
from intake.models import Membership, Proposal, ProposalOrganisation, ProposalVersion, RegisterCounter
from intake.outline.problems import ERROR
from intake.policy import Actor
from intake.services import proposals
from intake.services.codes import track_key

NOT_AN_ORGANISATION = frozenset({"individual", "council_member", "committee_member"})


def freeze(db: Session, proposal: Proposal, *, actor: Actor) -> ProposalVersion:
    """Snapshot the draft as the next version: what reviewers read from now on."""
    document = proposals.draft_of(db, proposal)
    proposals.refuse_stopped(document, proposals.cleared(db, proposal.owner_id))
    warnings = [kept(problem) for problem in outline.check(document) if problem.severity != ERROR]
    version = ProposalVersion(
        proposal_id=proposal.id,
        number=proposal.current_version + 1,
        outline=proposal.outline,
        document=document,
        section_prints=outline.section_fingerprints(document),
        sha256=outline.fingerprint(document),
        warnings=warnings,
        submitted_at=clock.now(),
        submitted_by_id=actor.user_id,
    )
    db.add(version)
    db.flush()
    return version


def kept(problem: outline.Problem) -> dict[str, Any]:
    """A warning as it stays with the version, to be read in either language."""
    words = {"message": packed(problem.message), "detail": packed(problem.detail)}
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "section": problem.section,
        "path": problem.path,
    } | words


def next_register_number(db: Session, year: int) -> int:
    """The next number of the year: no gap, because it is taken in the transaction that uses it."""
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    start = dialect.insert(RegisterCounter).values(year=year, last=0).on_conflict_do_nothing()
    db.execute(start)
    taken = update(RegisterCounter).where(RegisterCounter.year == year).values(last=RegisterCounter.last + 1)
    return db.execute(taken.returning(RegisterCounter.last)).scalar_one()


def registration(db: Session, proposal: Proposal) -> dict[str, Any]:
    """Columns of a first submission: register number, arrival, key of the public look-up."""
    now = clock.now()
    year = clock.local_date(now).year
    return {
        "submitted_at": now,
        "register_year": year,
        "register_number": next_register_number(db, year),
        "track_key": track_key(),
    }


def list_organisations(db: Session, proposal: Proposal, document: dict[str, Any]) -> None:
    """Write down the bodies the text names. The owner's is known from the membership; the others the secretary links.

    Links that were settled before stay, for the same role and name.
    """
    settled = {
        (row.role, row.name): row
        for row in db.scalars(select(ProposalOrganisation).where(ProposalOrganisation.proposal_id == proposal.id))
        if row.is_settled
    }
    db.execute(delete(ProposalOrganisation).where(ProposalOrganisation.proposal_id == proposal.id))
    db.expire(proposal, ["organisations"])
    summary = outline.summarise(document)
    own = own_organisation(db, proposal.owner_id)
    is_person = summary.proposer_type in NOT_AN_ORGANISATION
    named = [("owner", summary.proposer_name or "", own, bool(own) or is_person)]
    if summary.lead_name:
        named.append(("lead", summary.lead_name, None, False))
    named += [("partner", name, None, False) for name in summary.partner_names]
    for role, name, organisation_id, is_settled in named:
        before = settled.get((role, name))
        db.add(
            ProposalOrganisation(
                proposal_id=proposal.id,
                role=role,
                name=name,
                organisation_id=before.organisation_id if before else organisation_id,
                is_settled=True if before else is_settled,
            )
        )
    db.flush()


def own_organisation(db: Session, user_id: int | None) -> str | None:
    """The organisation in whose name the person proposes: that of an applicant membership."""
    return db.scalar(
        select(Membership.organisation_id).where(
            Membership.user_id == user_id,
            Membership.role == "applicant",
            Membership.ended_at.is_(None),
            Membership.organisation_id.is_not(None),
        )
    )
