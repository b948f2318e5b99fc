"""Organisations as an administrator keeps them: added, renamed, merged; what they were called before stays known."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import Invalid, NotFound, Stale
from intake.i18n import N_, Message
from intake.models import FormerName, Membership, Organisation
from intake.policy import Actor, Subject
from intake.services import audit
from intake.vietnamese import has_words, sort_key

EDIT = "settings.edit"
LONGEST_NAME = 300
LONGEST_ABBREVIATION = 40
ID_BYTES = 5
KINDS: dict[str, Message] = {
    "university": N_("University"),
    "institute": N_("Institute"),
    "enterprise": N_("Enterprise"),
    "association": N_("Association"),
    "ministry": N_("Ministry"),
    "province": N_("Province or city"),
    "other": N_("Other body"),
}


@dataclass(frozen=True)
class Details:
    """One organisation with its past."""

    organisation: Organisation
    former: list[FormerName]
    merged: list[Organisation]
    into: Organisation | None
    member_count: int


def search(db: Session, q: str = "", *, actor: Actor) -> list[Organisation]:
    """Every organisation, in use or not, whose names contain the words typed; in alphabetical order."""
    policy.ensure(actor, EDIT, Subject())
    rows = db.scalars(select(Organisation).order_by(Organisation.sort_key, Organisation.id)).all()
    return [row for row in rows if has_words(known_as(row), q)]


def known_as(row: Organisation) -> str:
    return " ".join(filter(None, (row.id, row.name_vi, row.name_en, row.abbreviation)))


def get(db: Session, organisation_id: str, *, actor: Actor) -> Details:
    """One organisation; NotFound when there is none."""
    policy.ensure(actor, EDIT, Subject())
    found = db.get(Organisation, organisation_id)
    if found is None:
        raise NotFound()
    former = select(FormerName).where(FormerName.organisation_id == found.id).order_by(FormerName.id.desc())
    merged = select(Organisation).where(Organisation.merged_into_id == found.id).order_by(Organisation.sort_key)
    members = select(func.count()).select_from(Membership)
    return Details(
        organisation=found,
        former=list(db.scalars(former)),
        merged=list(db.scalars(merged)),
        into=db.get(Organisation, found.merged_into_id) if found.merged_into_id else None,
        member_count=db.scalar(members.where(Membership.organisation_id == found.id, Membership.ended_at.is_(None)))
        or 0,
    )


def create(db: Session, *, name_vi: str, name_en: str, abbreviation: str, kind: str, actor: Actor) -> Organisation:
    """A body that is not in the catalogue of the Plan; its id is ours and never changes."""
    policy.ensure(actor, EDIT, Subject())
    names = checked(db, None, name_vi=name_vi, name_en=name_en, abbreviation=abbreviation)
    if kind not in KINDS:
        raise Invalid(errors=[("kind", N_("Choose what kind of body it is."))])
    made = Organisation(id=f"org_{secrets.token_hex(ID_BYTES)}", kind=kind, letterhead={}, **names)
    db.add(made)
    db.flush()
    audit.record(db, "organisation.created", actor=actor, subject=f"organisation:{made.id}", data=plain(made))
    return made


def rename(
    db: Session, organisation_id: str, *, name_vi: str, name_en: str, abbreviation: str, actor: Actor
) -> Organisation:
    """Change the names; papers that were issued keep the name of their day, the old one is kept on the page."""
    found = get(db, organisation_id, actor=actor).organisation
    names = checked(db, found.id, name_vi=name_vi, name_en=name_en, abbreviation=abbreviation)
    old = plain(found)
    hit = db.scalar(
        update(Organisation)
        .where(Organisation.id == found.id, Organisation.name_vi == found.name_vi, Organisation.is_active)
        .values(**names)
        .returning(Organisation.id)
    )
    if hit is None:
        raise Stale()
    db.refresh(found)
    if plain(found) != old:
        keep_name(db, found.id, old)
        data = {"old": old, "new": plain(found)}
        audit.record(db, "organisation.renamed", actor=actor, subject=f"organisation:{found.id}", data=data)
    return found


def keep_name(db: Session, organisation_id: str, old: dict[str, str | None]) -> None:
    db.add(FormerName(organisation_id=organisation_id, until_at=clock.now(), **old))
    db.flush()


def checked(db: Session, own_id: str | None, *, name_vi: str, name_en: str, abbreviation: str) -> dict[str, str | None]:
    """The names as they are kept, or Invalid at each that is missing, too long or taken."""
    given = {"name_vi": one_line(name_vi), "name_en": one_line(name_en), "abbreviation": one_line(abbreviation)}
    longest = {"name_vi": LONGEST_NAME, "name_en": LONGEST_NAME, "abbreviation": LONGEST_ABBREVIATION}
    errors = [
        (path, N_("Use at most %(count)s characters.", count=longest[path]))
        for path, text in given.items()
        if len(text) > longest[path] or not text.isprintable()
    ]
    errors += [(path, N_("Enter the name.")) for path in ("name_vi", "name_en") if not given[path]]
    taken = select(Organisation.id).where(
        or_(Organisation.name_vi == given["name_vi"], Organisation.name_en == given["name_en"]),
        Organisation.id != (own_id or ""),
        Organisation.is_active,
    )
    if not errors and db.scalar(taken.limit(1)) is not None:
        errors.append(("name_vi", N_("Another organisation has this name already. Merge the two instead.")))
    if errors:
        raise Invalid(errors=errors)
    return given | {"abbreviation": given["abbreviation"] or None, "sort_key": sort_key(given["name_vi"])}


def one_line(text: str) -> str:
    return " ".join(text.split())


def plain(row: Organisation) -> dict[str, str | None]:
    return {"name_vi": row.name_vi, "name_en": row.name_en, "abbreviation": row.abbreviation}
