"""Proposals: starting, reading, writing and listing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, undefer

from intake import clock, outline, policy
from intake.errors import Invalid, NotFound, Stale, Stopped, TooLarge
from intake.i18n import N_
from intake.models import Clearance, Organisation, Proposal, ProposalVersion, User
from intake.models.visibility import visible
from intake.policy import Actor, Subject
from intake.services import audit, remarks, searching
from intake.services.codes import proposal_code
from intake.services.subjects import subject_of
from intake.vietnamese import fold
from intake.workflow.procedure import Stage
from intake.workflow.procedures import DEFAULT_PROCEDURE, PROCEDURES

LARGEST_PAGE = 100
READ = "proposal.read"
COVER = "proposal.read_cover"


@dataclass(frozen=True)
class ProposalText:
    """What a person reads: the frozen version, or for those who write it the draft (`number` 0)."""

    document: dict[str, Any]
    number: int
    sha256: str | None


@dataclass(frozen=True)
class Row:
    """One line of a list; never carries the document."""

    id: int
    code: str
    title: str
    proposer_name: str
    primary_system: str | None
    stage: Stage
    revision: int
    holder_kind: str | None
    holder_organisation_id: str | None
    holder_name_vi: str | None
    holder_name_en: str | None
    due_on: date | None
    is_illustrative: bool


@dataclass(frozen=True)
class Page:
    """Some rows, newest first, and where the next page starts (None at the end)."""

    items: list[Row]
    next: str | None


def stage_of(proposal: Proposal) -> Stage:
    """The stage the proposal is at, of its own procedure version."""
    return PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)


def get(db: Session, code: str, *, actor: Actor, action: str = READ) -> Proposal:
    """The proposal, when `actor` may do `action` with it; raises NotFound, DeclareFirst or Forbidden, in that order."""
    found = db.scalar(
        select(Proposal)
        .where(Proposal.code == code)
        .options(joinedload(Proposal.owner), joinedload(Proposal.holder_organisation))
    )
    if found is None:
        raise NotFound()
    policy.ensure(actor, action, subject_of(db, found, actor=actor))
    return found


def cleared(db: Session, owner_id: int | None) -> frozenset[str]:
    """Initiatives, stopped for everybody else, on which the secretary lets this person draft."""
    found = select(Clearance.initiative).where(Clearance.owner_id == owner_id, Clearance.revoked_at.is_(None))
    return frozenset(db.scalars(found))


def cleared_to_write(db: Session, proposal: Proposal, *, actor: Actor) -> frozenset[str]:
    """On a stopped initiative only the person named in the clearance writes: a co-author needs one too."""
    of_owner = cleared(db, proposal.owner_id)
    return of_owner if actor.user_id == proposal.owner_id else of_owner & cleared(db, actor.user_id)


def refuse_stopped(document: Mapping[str, Any], clearances: frozenset[str]) -> None:
    """Raise Stopped for a text that must not be entered online; the caller keeps nothing of it."""
    reason = outline.stop_reason(document, clearances)
    if reason is not None:
        raise Stopped(reason)


def refuse_too_large(document: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """Raise TooLarge for a text longer than anybody prints; one that was stored longer may still be shortened."""
    length = outline.size(document)
    if length <= outline.LARGEST_DOCUMENT or (before is not None and length < outline.size(before)):
        return
    message = N_(
        "The whole text takes %(size)s KB, and at most %(most)s KB fit. Nothing was saved. Shorten it here or in "
        "other sections, then save again.",
        size=-(-length // 1000),
        most=outline.LARGEST_DOCUMENT // 1000,
    )
    raise TooLarge(message)


def create(db: Session, document: dict[str, Any], *, actor: Actor, language: str = "vi") -> Proposal:
    """A new draft of `actor` with the stored document."""
    policy.ensure(actor, "proposal.create", Subject())
    proposal = begin(db, document, owner_id=actor.user_id, language=language)
    audit.record(db, "proposal.created", actor=actor, subject=proposal.code, proposal_id=proposal.id)
    return get(db, proposal.code, actor=actor)


def begin(
    db: Session, document: dict[str, Any], *, owner_id: int | None, language: str, predecessor_id: int | None = None
) -> Proposal:
    """The row of a new draft; without an owner it is what the secretariat enters for somebody."""
    refuse_stopped(document, cleared(db, owner_id))
    refuse_too_large(document)
    now, initial = clock.now(), DEFAULT_PROCEDURE.initial
    proposal = Proposal(
        owner_id=owner_id,
        predecessor_id=predecessor_id,
        created_at=now,
        procedure=DEFAULT_PROCEDURE.id,
        procedure_version=DEFAULT_PROCEDURE.version,
        state=initial.id,
        is_open=initial.is_open,
        state_since=now,
        outline=outline.OUTLINE.id,
        language=language,
        document=document,
        document_saved_at=now,
        **promoted(document),
    )
    add_with_code(db, proposal)
    return proposal


def add_with_code(db: Session, proposal: Proposal) -> None:
    """Insert under a fresh random code; a code that is taken is drawn again."""
    for _ in range(5):
        proposal.code = proposal_code()
        try:
            with db.begin_nested():
                db.add(proposal)
            return
        except IntegrityError:
            continue
    raise RuntimeError("no free proposal code in five draws")


def promoted(document: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that repeat a part of the document, so that lists and rules need not load it."""
    summary = outline.summarise(document)
    return {
        "title": summary.title,
        "kind": summary.kind,
        "initiative_ref": summary.initiative_ref,
        "primary_system": summary.primary_system,
        "proposer_name": summary.proposer_name or "",
        "lead_name": summary.lead_name or "",
        "total_vnd": summary.total_vnd,
        "state_budget_vnd": summary.state_budget_vnd,
        "social_vnd": summary.social_vnd,
        "other_vnd": summary.other_vnd,
        "is_illustrative": summary.is_illustrative,
        "publish_consent": summary.publish_consent,
        "folded": fold(" ".join(filter(None, (summary.title, summary.proposer_name, summary.lead_name)))),
    }


def save_document(db: Session, proposal: Proposal, document: dict[str, Any], *, actor: Actor, seen: int) -> Proposal:
    """Replace the draft text; `seen` is the document revision the writer started from, else Stale."""
    policy.ensure(actor, "proposal.edit", subject_of(db, proposal, actor=actor))
    refuse_stopped(document, cleared_to_write(db, proposal, actor=actor))
    before = draft_of(db, proposal)
    refuse_too_large(document, before)
    remarks.ensure_only_open_parts_change(db, proposal, before, document)
    hit = db.scalar(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.document_revision == seen, Proposal.revision == proposal.revision)
        .values(document=document, document_revision=seen + 1, document_saved_at=clock.now(), **promoted(document))
        .returning(Proposal.id),
        execution_options={"synchronize_session": False},
    )
    if hit is None:
        raise Stale(code=proposal.code)
    db.refresh(proposal)
    return proposal


def draft_of(db: Session, proposal: Proposal) -> dict[str, Any]:
    """The text as its authors are writing it."""
    return db.scalars(select(Proposal.document).where(Proposal.id == proposal.id)).one()


def version_of(db: Session, proposal: Proposal, number: int | None = None) -> ProposalVersion:
    """A frozen version with its document, the current one by default; NotFound when there is none."""
    found = db.scalar(
        select(ProposalVersion)
        .where(
            ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == (number or proposal.current_version)
        )
        .options(undefer(ProposalVersion.document))
    )
    if found is None:
        raise NotFound()
    return found


def text_of(db: Session, proposal: Proposal, *, actor: Actor, number: int | None = None) -> ProposalText:
    """What `actor` reads: authors the text they may be changing, everybody else the newest frozen version."""
    policy.ensure(actor, READ, subject_of(db, proposal, actor=actor))
    is_author = policy.allows(actor, "proposal.edit", subject_of(db, proposal, actor=actor))
    if number is None and (is_author or not proposal.current_version):
        return ProposalText(draft_of(db, proposal), 0, None)
    version = version_of(db, proposal, number)
    return ProposalText(version.document, version.number, version.sha256)


def unchecked(db: Session, code: str) -> Proposal:
    """The proposal for the operator at the command line, who holds the database anyway."""
    found = db.scalar(select(Proposal).where(Proposal.code == code))
    if found is None:
        raise NotFound()
    return found


def current_document(db: Session, proposal: Proposal) -> dict[str, Any]:
    """The newest frozen text, or the draft of what was never submitted."""
    return version_of(db, proposal).document if proposal.current_version else draft_of(db, proposal)


def versions(db: Session, proposal: Proposal) -> list[ProposalVersion]:
    """Frozen versions, oldest first, without their documents."""
    found = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
    return list(db.scalars(found.order_by(ProposalVersion.number)))


def problems(db: Session, proposal: Proposal) -> list[outline.Problem]:
    """What the 21 rules say of the draft, duplicates among the owner's own submitted proposals included."""
    own = select(Proposal.title).where(
        Proposal.owner_id == proposal.owner_id, Proposal.id != proposal.id, Proposal.submitted_at.is_not(None)
    )
    names = db.scalars(own.where(Proposal.id.not_in(ancestors(db, proposal))))
    return outline.check(draft_of(db, proposal), own_names=tuple(names))


def ancestors(db: Session, proposal: Proposal) -> list[int]:
    """What it was started again from, however often: none of them is a duplicate of it."""
    found: list[int] = []
    before = proposal.predecessor_id
    while before is not None:
        found.append(before)
        before = db.scalar(select(Proposal.predecessor_id).where(Proposal.id == before))
    return found


def listing(
    db: Session,
    *,
    actor: Actor,
    action: str = COVER,
    state: str | None = None,
    system: str | None = None,
    q: str | None = None,
    after: str | None = None,
    limit: int = 20,
) -> Page:
    """What `actor` may see, newest first, by keyset: `after` is the `next` of the page before."""
    query = (
        select(
            Proposal.id,
            Proposal.code,
            Proposal.title,
            Proposal.proposer_name,
            Proposal.primary_system,
            Proposal.procedure,
            Proposal.procedure_version,
            Proposal.state,
            Proposal.revision,
            Proposal.holder_kind,
            Proposal.holder_organisation_id,
            Organisation.name_vi.label("holder_name_vi"),
            Organisation.name_en.label("holder_name_en"),
            Proposal.due_on,
            Proposal.is_illustrative,
        )
        .outerjoin(Organisation, Organisation.id == Proposal.holder_organisation_id)
        .where(visible(actor, action))
        .order_by(Proposal.id.desc())
        .limit(min(max(limit, 1), LARGEST_PAGE) + 1)
    )
    if state:
        query = query.where(Proposal.state == state)
    if system:
        query = query.where(Proposal.primary_system == system)
    if q:
        query = query.where(searching.names_proposal(q))
    if after:
        query = query.where(Proposal.id < keyset(after))
    found = db.execute(query).all()
    wanted = min(max(limit, 1), LARGEST_PAGE)
    items = [row_of(row) for row in found[:wanted]]
    return Page(items, str(items[-1].id) if len(found) > wanted else None)


def keyset(after: str) -> int:
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise Invalid(errors=[("after", N_("Use the value of 'next' from the page before."))])
    return int(after)


def row_of(row: Any) -> Row:
    values = dict(row._mapping)
    procedure = PROCEDURES[values.pop("procedure"), values.pop("procedure_version")]
    return Row(stage=procedure.stage(values.pop("state")), **values)


def owner_of(db: Session, proposal: Proposal) -> User:
    """The person it belongs to; NotFound for what nobody has claimed yet."""
    owner = db.get(User, proposal.owner_id) if proposal.owner_id is not None else None
    if owner is None:
        raise NotFound()
    return owner
