"""The default routing as an administrator keeps it: who leads and who cooperates, per initiative and per system."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import catalogue, policy
from intake.errors import Invalid, NotFound
from intake.i18n import N_, Text
from intake.models import Organisation, RoutingDefault
from intake.policy import Actor, Subject
from intake.services import audit, organisations

EDIT = "settings.edit"
MOST_COOPERATING = 12


@dataclass(frozen=True)
class Line:
    """One initiative or system and the bodies asked about it."""

    subject: str
    name: Text
    lead: Organisation | None
    cooperating: list[Organisation]


def subjects() -> dict[str, Text]:
    """What a proposal may be about: systems first, then initiatives."""
    named = {id: system.name for id, system in catalogue.SYSTEMS.items()}
    return named | {id: initiative.title for id, initiative in catalogue.INITIATIVES.items()}


def listing(db: Session, *, actor: Actor) -> list[Line]:
    """The whole table."""
    policy.ensure(actor, EDIT, Subject())
    found = (
        select(RoutingDefault, Organisation)
        .join(Organisation, Organisation.id == RoutingDefault.organisation_id)
        .order_by(RoutingDefault.position, RoutingDefault.id)
    )
    asked: dict[str, list[tuple[str, Organisation]]] = {}
    for row, organisation in db.execute(found):
        asked.setdefault(row.subject, []).append((row.role, organisation))
    return [
        Line(
            subject,
            name,
            next((body for role, body in asked.get(subject, ()) if role == "lead"), None),
            [body for role, body in asked.get(subject, ()) if role != "lead"],
        )
        for subject, name in subjects().items()
    ]


def line(db: Session, subject: str, *, actor: Actor) -> Line:
    """One line of the table; NotFound for another word."""
    found = next((line for line in listing(db, actor=actor) if line.subject == subject), None)
    if found is None:
        raise NotFound()
    return found


def replace(db: Session, subject: str, *, lead: str, cooperating: list[str], actor: Actor) -> None:
    """Ask other bodies by default from now on; proposals that were routed stay where they are."""
    before = line(db, subject, actor=actor)
    others = list(dict.fromkeys(id for id in cooperating if id and id != lead))
    known = organisations.bodies(db, [id for id in (lead, *others) if id])
    errors = []
    if lead not in known:
        errors.append(("lead", N_("Choose the body that leads.")))
    errors += [("cooperating", organisations.unknown_body(id)) for id in others if id not in known]
    if len(others) > MOST_COOPERATING:
        errors.append(("cooperating", N_("Choose at most %(count)s bodies.", count=MOST_COOPERATING)))
    if errors:
        raise Invalid(errors=errors)
    db.execute(delete(RoutingDefault).where(RoutingDefault.subject == subject))
    asked = [(lead, "lead"), *((id, "cooperating") for id in others)]
    db.add_all(
        RoutingDefault(subject=subject, organisation_id=id, role=role, position=position)
        for position, (id, role) in enumerate(asked)
    )
    db.flush()
    old = {"lead": before.lead.id if before.lead else None, "cooperating": [body.id for body in before.cooperating]}
    data = {"old": old, "new": {"lead": lead, "cooperating": others}}
    audit.record(db, "routing.default_set", actor=actor, subject=f"routing:{subject}", data=data)
