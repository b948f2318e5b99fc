"""Reference data, open to everybody: systems, initiatives, targets, criteria, organisations, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intake import catalogue
from intake.api.calls import Call
from intake.api.operations import PUBLIC, operation
from intake.api.shapes import Answer, Listing, Words, words
from intake.catalogue import Source
from intake.i18n import N_, Text
from intake.services import organisations

TAG = "catalogue"


class SourceView(Answer):
    """Where a fact stands in the official documents."""

    document: str
    number: str | None
    section: str
    quote: str


class System(Answer):
    """One of the six strategic systems."""

    id: str
    number: int
    code: str
    kind: str
    name: Words
    short: Words
    content: Words
    strategic_role: Words
    group: str
    initiatives: list[str]
    chief_engineer_required: bool
    special_mechanisms: list[Words]
    source: SourceView


class Initiative(Answer):
    """One of the thirty initiatives; those with `is_secret` are not received online without a clearance."""

    id: str
    number: int
    system: str
    group: str
    kind: str
    is_secret: bool
    short: Words
    title: Words
    objective: Words | None
    content: Words
    extra: list[Words]
    source: SourceView


class Target(Answer):
    """One target of the official documents; the words are theirs, the numbers our reading."""

    id: str
    group: str
    year: int | None
    text: Words
    metric: str
    comparator: str
    value: int | float | None
    value_high: int | float | None
    unit: str | None
    kind: str
    status: str
    sources: list[SourceView]


class Criterion(Answer):
    """One of the six selection criteria; `evidence_sections` are what a reviewer reads for it."""

    id: str
    number: int
    name: Words
    definition: Words
    evidence_sections: list[str]
    source: SourceView


class Organisation(Answer):
    """A body of the Party, the state or society; one registered later has no sources."""

    id: str
    name: Words
    kind: str
    abbreviation: str | None
    document_codes: list[str]
    roles: list[str]
    system: str | None
    sources: list[SourceView]


def plain(value: Any) -> Any:
    """A part of a fact as it is sent."""
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, Source):
        document = value.document
        return SourceView(document=document.id, number=document.number, section=value.section, quote=value.quote)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def listed(shape: type[Answer], entries: Iterable[Any]) -> Any:
    """The facts in official order, with the fields that `shape` names."""
    names = shape.model_fields
    items = [shape(**{name: plain(getattr(entry, name)) for name in names}) for entry in entries]
    return Listing[shape](items=items, next=None)


@operation(
    "GET",
    "/catalogue/systems",
    action=PUBLIC,
    summary=N_("The six strategic systems"),
    tag=TAG,
    answer=Listing[System],
)
def list_systems(call: Call) -> Listing[System]:
    return listed(System, catalogue.SYSTEMS.values())


@operation(
    "GET",
    "/catalogue/initiatives",
    action=PUBLIC,
    summary=N_("The thirty breakthrough initiatives"),
    tag=TAG,
    answer=Listing[Initiative],
)
def list_initiatives(call: Call) -> Listing[Initiative]:
    return listed(Initiative, catalogue.INITIATIVES.values())


@operation(
    "GET",
    "/catalogue/targets",
    action=PUBLIC,
    summary=N_("The targets of the official documents"),
    tag=TAG,
    answer=Listing[Target],
)
def list_targets(call: Call) -> Listing[Target]:
    return listed(Target, catalogue.TARGETS.values())


@operation(
    "GET",
    "/catalogue/criteria",
    action=PUBLIC,
    summary=N_("The six selection criteria"),
    tag=TAG,
    answer=Listing[Criterion],
)
def list_criteria(call: Call) -> Listing[Criterion]:
    return listed(Criterion, catalogue.CRITERIA.values())


@operation(
    "GET",
    "/catalogue/organisations",
    action=PUBLIC,
    summary=N_("The organisations: those of the catalogue, and those registered later"),
    tag=TAG,
    answer=Listing[Organisation],
)
def list_organisations(call: Call) -> Listing[Organisation]:
    """Those of the official catalogue in its order, then those registered later, all by the names they have now."""
    rows = {row.id: row for row in organisations.in_use(call.db)}
    official = [rows[id] for id in catalogue.ORGANISATIONS if id in rows]
    later = [row for id, row in rows.items() if id not in catalogue.ORGANISATIONS]
    return Listing[Organisation](items=[organisation_of(row) for row in (*official, *later)], next=None)


def organisation_of(row: Any) -> Organisation:
    """What the rows say of it now, and what the documents say of it."""
    fact = catalogue.ORGANISATIONS.get(row.id)
    return Organisation(
        id=row.id,
        name=Words(vi=row.name_vi, en=row.name_en),
        kind=row.kind,
        abbreviation=row.abbreviation,
        document_codes=list(fact.document_codes) if fact else [],
        roles=list(fact.roles) if fact else [],
        system=fact.system if fact else None,
        sources=plain(fact.sources) if fact else [],
    )
