"""Bodies named in a proposal: linked to the catalogue by the secretary, because a link decides who is conflicted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.models import Organisation, Proposal, ProposalOrganisation
from intake.models.visibility import CONFLICTING_LINKS
from intake.policy import Actor
from intake.services import audit, conflict_checks, rights
from intake.vietnamese import fold

NOT_BODIES = ("person_role", "role_group")
MOST_SUGGESTIONS = 5
LEAST_SHARED_WORDS = 0.5


def links(db: Session, proposal: Proposal) -> list[ProposalOrganisation]:
    """Every body named in the proposal, with the organisation it is linked to."""
    found = select(ProposalOrganisation).where(ProposalOrganisation.proposal_id == proposal.id)
    return list(
        db.scalars(found.options(joinedload(ProposalOrganisation.organisation)).order_by(ProposalOrganisation.id))
    )


def unsettled(db: Session, proposal: Proposal) -> list[ProposalOrganisation]:
    """Names that are neither linked nor recorded as not in the catalogue."""
    return [row for row in links(db, proposal) if not row.is_settled]


def conflicting(db: Session, proposal: Proposal) -> frozenset[str]:
    """Ids of the bodies that own or are to lead the proposal: neither they nor their people judge it."""
    found = select(ProposalOrganisation.organisation_id).where(
        ProposalOrganisation.proposal_id == proposal.id,
        ProposalOrganisation.role.in_(CONFLICTING_LINKS),
        ProposalOrganisation.organisation_id.is_not(None),
    )
    return frozenset(id for id in db.scalars(found) if id)


def bodies(db: Session, ids: Sequence[str]) -> dict[str, Organisation]:
    """Those of `ids` that are organisations of their own and in use."""
    found = select(Organisation).where(
        Organisation.id.in_(set(ids)), Organisation.is_active, Organisation.kind.not_in(NOT_BODIES)
    )
    return {organisation.id: organisation for organisation in db.scalars(found)}


def settle(
    db: Session, proposal: Proposal, *, lead: str | None, partners: list[str], owner: str | None = None, actor: Actor
) -> None:
    """Replace the links; names left out are recorded as not in the catalogue. The owner's stays unless given."""
    rights.hold(db, proposal, "organisations.settle", actor=actor)
    known = checked(db, lead=lead, partners=partners, owner=owner)
    rows = links(db, proposal)
    before = as_data(rows)
    of_role = {role: [row for row in rows if row.role == role] for role in ("owner", "lead", "partner")}
    wanted = {
        "owner": [owner] if owner else [row.organisation_id for row in of_role["owner"] if row.organisation_id],
        "lead": [lead] if lead else [],
        "partner": list(dict.fromkeys(partners)),
    }
    with conflict_checks.of_proposal(db, proposal, actor=actor):
        for role, ids in wanted.items():
            organisations = [known[id] if id in known else db.get_one(Organisation, id) for id in ids]
            link(db, proposal, role, of_role[role], organisations)
    data = {"old": before, "new": as_data(links(db, proposal))}
    audit.record(db, "organisations.settled", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)


def settle_names(db: Session, proposal: Proposal, chosen: Mapping[int, str | None], *, actor: Actor) -> None:
    """Say of each name, by its row, which organisation it stands for; None records that the catalogue has none."""
    rights.hold(db, proposal, "organisations.settle", actor=actor)
    rows = [row for row in links(db, proposal) if row.id in chosen]
    given = {row.id: chosen[row.id] for row in rows}
    known = bodies(db, [id for id in given.values() if id])
    errors = [(f"body.{row}", unknown_body(id)) for row, id in given.items() if id and id not in known]
    if errors:
        raise Invalid(errors=errors)
    before = as_data(links(db, proposal))
    with conflict_checks.of_proposal(db, proposal, actor=actor):
        for row in rows:
            row.organisation_id, row.is_settled = given[row.id], True
        db.flush()
    data = {"old": before, "new": as_data(links(db, proposal))}
    audit.record(db, "organisations.settled", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)


def checked(db: Session, *, lead: str | None, partners: list[str], owner: str | None) -> dict[str, Organisation]:
    """The organisations given, by id; raises Invalid with the path of each that does not exist."""
    given = [("lead", lead), ("owner", owner), *((f"partners.{n}", id) for n, id in enumerate(partners))]
    known = bodies(db, [id for _, id in given if id])
    errors = [(path, unknown_body(id)) for path, id in given if id and id not in known]
    if errors:
        raise Invalid(errors=errors)
    return known


def unknown_body(id: str) -> Message:
    return N_("There is no organisation %(id)s in the catalogue. Choose one from the list.", id=id)


def link(
    db: Session, proposal: Proposal, role: str, rows: list[ProposalOrganisation], wanted: list[Organisation]
) -> None:
    """Give each organisation the name it stands for; an organisation that no name stands for gets a row of its own."""
    pairs = paired(rows, wanted)
    for row in rows:
        organisation = pairs.get(row.id)
        row.organisation_id = organisation.id if organisation else None
        row.is_settled = True
    linked = {organisation.id for organisation in pairs.values()}
    for organisation in wanted:
        if organisation.id not in linked:
            db.add(
                ProposalOrganisation(
                    proposal_id=proposal.id,
                    role=role,
                    name=organisation.name_vi,
                    organisation_id=organisation.id,
                    is_settled=True,
                )
            )


def paired(rows: list[ProposalOrganisation], wanted: list[Organisation]) -> dict[int, Organisation]:
    """Row id to organisation: as linked before, as named, and a single one left over to a single name left over."""
    pairs: dict[int, Organisation] = {}
    left = list(wanted)
    for fits in (is_linked, is_named):
        for row in rows:
            found = next(
                (organisation for organisation in left if row.id not in pairs and fits(row, organisation)), None
            )
            if found is not None:
                pairs[row.id] = found
                left.remove(found)
    nameless = [row for row in rows if row.id not in pairs]
    if len(left) == len(nameless) == 1:
        pairs[nameless[0].id] = left[0]
    return pairs


def is_linked(row: ProposalOrganisation, organisation: Organisation) -> bool:
    return row.organisation_id == organisation.id


def is_named(row: ProposalOrganisation, organisation: Organisation) -> bool:
    return plain(row.name) in names_of(organisation)


def suggestions(db: Session, proposal: Proposal) -> dict[str, list[Organisation]]:
    """For each unsettled name the bodies it may mean, likeliest first: a help for the secretary, never a link."""
    names = list(dict.fromkeys(row.name for row in unsettled(db, proposal)))
    if not names:
        return {}
    candidates = catalogue(db)
    return {name: likely(name, candidates) for name in names}


def in_use(db: Session) -> list[Organisation]:
    """Everything in use, of the catalogue or registered later, in alphabetical order."""
    found = select(Organisation).where(Organisation.is_active)
    return list(db.scalars(found.order_by(Organisation.sort_key, Organisation.id)))


def catalogue(db: Session) -> list[Organisation]:
    """Every body in use that a name may be linked to or that may be asked."""
    return [organisation for organisation in in_use(db) if organisation.kind not in NOT_BODIES]


def likely(name: str, candidates: list[Organisation]) -> list[Organisation]:
    ranked = [(likeness(plain(name), organisation), organisation) for organisation in candidates]
    found = sorted((pair for pair in ranked if pair[0] >= LEAST_SHARED_WORDS), key=lambda pair: -pair[0])
    return [organisation for _, organisation in found[:MOST_SUGGESTIONS]]


def likeness(name: str, organisation: Organisation) -> float:
    """1 for the same name, else the share of words in common."""
    return max(shared_words(name, own) for own in names_of(organisation))


def shared_words(one: str, other: str) -> float:
    first, second = set(one.split()), set(other.split())
    return len(first & second) / len(first | second) if first | second else 0.0


def names_of(organisation: Organisation) -> set[str]:
    names = (organisation.name_vi, organisation.name_en, organisation.abbreviation)
    return {plain(name) for name in names if name}


def plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def as_data(rows: list[ProposalOrganisation]) -> list[dict[str, Any]]:
    return [{"role": row.role, "organisation": row.organisation_id, "settled": row.is_settled} for row in rows]
