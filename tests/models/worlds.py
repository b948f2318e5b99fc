"""Random worlds: people, proposals and everything that relates them, as plain values and as rows of a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake import models
from intake.policy import Actor, Relation, Role, Subject
from intake.workflow.procedures import KH01

NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
TODAY = date(2026, 5, 4)
MINISTRIES = ("byt", "bkhcn", "bca")
BODIES = ("tt_bcdtw", "bcdtw")
USERS = range(1, 9)
ROLES_WITH_MINISTRY = (Role.MINISTRY_LEAD, Role.MINISTRY_REVIEWER)
Rows = list[dict[str, Any]]


@dataclass
class World:
    """Rows per table, as plain dicts: what the database holds and what the test reasons about."""

    proposals: Rows = field(default_factory=list)
    people: Rows = field(default_factory=list)
    links: Rows = field(default_factory=list)
    routings: Rows = field(default_factory=list)
    assignments: Rows = field(default_factory=list)
    declarations: Rows = field(default_factory=list)
    sheets: Rows = field(default_factory=list)
    sessions: Rows = field(default_factory=list)
    items: Rows = field(default_factory=list)
    attendance: Rows = field(default_factory=list)
    recusals: Rows = field(default_factory=list)
    assisted: Rows = field(default_factory=list)
    members: Rows = field(default_factory=list)
    documents: Rows = field(default_factory=list)
    decisions: Rows = field(default_factory=list)


def maybe(random: Random, value: Any, chance: float = 0.5) -> Any:
    return value if random.random() < chance else None


def random_world(random: Random, count: int = 12) -> World:
    """A world of `count` proposals; every relation of the policy occurs in many of them."""
    world = World()
    seat_members(world, random)
    for number in range(1, count + 1):
        add_proposal(world, random, number)
        add_reviews(world, random, number)
    add_sessions(world, random, count)
    return world


def seat_members(world: World, random: Random) -> None:
    for body in BODIES:
        for position, user in enumerate(random.sample(list(USERS), 5)):
            seat = ("chair", "deputy")[position] if position < 2 else "member"
            ended = maybe(random, TODAY, 0.2) if seat == "member" else None
            world.members.append(
                {
                    "id": len(world.members) + 1,
                    "body_id": body,
                    "user_id": user,
                    "seat": seat,
                    "title": "",
                    "position": position,
                    "ended_on": ended,
                }
            )


def add_proposal(world: World, random: Random, number: int) -> None:
    stage = random.choice(KH01.stages)
    holder = {"holder_kind": stage.holder, "due_on": TODAY if stage.is_open else None}
    world.proposals.append(
        {
            "id": number,
            "code": f"SK-2026-{number:08d}",
            "owner_id": maybe(random, random.choice(USERS), 0.8),
            "created_at": NOW,
            "submitted_at": maybe(random, NOW, 0.8),
            "procedure": KH01.id,
            "procedure_version": KH01.version,
            "state": stage.id,
            "is_open": stage.is_open,
            "state_since": NOW,
            "revision": 0,
            **holder,
            "engineer_reached_at": maybe(random, NOW, 0.6),
            "assessing_system": maybe(random, random.choice(("ht1", "ht2"))),
            "deciding_body_id": maybe(random, random.choice(BODIES), 0.8),
            "lead_agency_id": maybe(random, random.choice(MINISTRIES)),
            "outline": "kh01-2025",
            "language": "vi",
            "document": {},
            "document_revision": 1,
            "document_saved_at": NOW,
            "current_version": 0,
            "title": "",
        }
    )
    if random.random() < 0.5:
        world.assisted.append(entered_for_somebody(random, number))
    for user in random.sample(list(USERS), 2):
        relation = random.choice(("coauthor_edit", "coauthor_read"))
        row = {"proposal_id": number, "user_id": user, "relation": relation, "added_at": NOW}
        world.people.append(row)
    for role in ("owner", "lead", "partner"):
        organisation = maybe(random, random.choice(MINISTRIES), 0.3)
        world.links.append(
            {"proposal_id": number, "role": role, "name": role, "organisation_id": organisation, "is_settled": True}
        )


def entered_for_somebody(random: Random, number: int) -> dict[str, Any]:
    """A letter that the secretariat typed in; sometimes claimed since."""
    claimed = {"claimed_by_id": random.choice(USERS), "claimed_at": NOW} if random.random() < 0.4 else {}
    row = {"proposal_id": number, "channel": "letter", "arrived_on": TODAY, "reference": "", "person_name": "Ước"}
    unclaimed = {"claimed_by_id": None, "claimed_at": None}
    return row | {"contact": "Huế", "entered_by_id": 1, "entered_at": NOW} | unclaimed | claimed


def add_reviews(world: World, random: Random, number: int) -> None:
    for place, ministry in enumerate(random.sample(MINISTRIES, 2)):
        role = "cooperating" if place else "lead"
        row = {"proposal_id": number, "organisation_id": ministry, "role": role, "due_on": TODAY, "routed_at": NOW}
        world.routings.append(row | {"ended_at": maybe(random, NOW, 0.25)})
    for user in random.sample(list(USERS), 4):
        kind = random.choice(("reviewer", "adviser"))
        world.assignments.append(
            {
                "proposal_id": number,
                "kind": kind,
                "user_id": user,
                "organisation_id": random.choice(MINISTRIES) if kind == "reviewer" else None,
                "due_on": TODAY,
                "assigned_by_id": 1,
                "assigned_at": NOW,
                "ended_at": maybe(random, NOW, 0.25),
            }
        )
    for user in random.sample(list(USERS), 6):
        is_conflicted = random.random() < 0.25
        world.declarations.append(
            {
                "proposal_id": number,
                "user_id": user,
                "is_conflicted": is_conflicted,
                "kind": "family" if is_conflicted else "none",
                "reason": "",
                "declared_at": NOW,
                "ended_at": maybe(random, NOW, 0.15),
            }
        )
    for user in random.sample(list(USERS), 3):
        row = {"proposal_id": number, "user_id": user, "capacity": "ministry", "version": 1, "scheme": "kh01-2025/1"}
        world.sheets.append(row | {"saved_at": NOW, "submitted_at": maybe(random, NOW, 0.7)})


def add_sessions(world: World, random: Random, count: int) -> None:
    for number, body in enumerate((*BODIES, *BODIES), 1):
        row = {"id": number, "number": number, "body_id": body, "starts_at": NOW, "place": "", "mode": "ballot"}
        world.sessions.append(row | {"state": "planned", "created_by_id": 1, "created_at": NOW})
        for user in random.sample(list(USERS), 4):
            status = random.choice(("present", "absent", "excused", "expected"))
            world.attendance.append({"session_id": number, "user_id": user, "status": status})
    for number in random.sample(range(1, count + 1), count * 2 // 3):
        add_item(world, random, number)


def add_item(world: World, random: Random, proposal: int) -> None:
    session, state = random.choice(world.sessions), random.choice(("waiting", "open", "closed", "released", "removed"))
    item = {"id": len(world.items) + 1, "session_id": session["id"], "proposal_id": proposal, "position": 1}
    world.items.append(item | {"state": state})
    for user in random.sample(list(USERS), 2):
        row = {"item_id": item["id"], "user_id": user, "reason": "", "recorded_at": NOW}
        world.recusals.append(row)
    if state == "released":
        number = len(world.documents) + 1
        document = {"id": number, "doc": f"D{number:09d}", "kind": "decision", "proposal_id": proposal, "version": 1}
        world.documents.append(document | {"facts": {}, "state": "promised", "is_final": False, "created_at": NOW})
        decision = {"item_id": item["id"], "proposal_id": proposal, "body_id": session["body_id"]}
        more = {"outcome": "approve", "document_id": number, "released_by_id": 1, "released_at": NOW}
        world.decisions.append(decision | more)


def write(db: Session, world: World) -> None:
    """Put the world into an upgraded, otherwise empty database."""
    people = [{"id": n, "email": f"u{n}@example.vn", "name": f"U{n}", "created_at": NOW} for n in USERS]
    for model, rows in (
        (models.User, people),
        (models.Proposal, world.proposals),
        (models.AssistedIntake, world.assisted),
        (models.ProposalPerson, world.people),
        (models.ProposalOrganisation, world.links),
        (models.Routing, world.routings),
        (models.Assignment, world.assignments),
        (models.Declaration, world.declarations),
        (models.ScoreSheet, world.sheets),
        (models.BodyMember, world.members),
        (models.CommitteeSession, world.sessions),
        (models.SessionItem, world.items),
        (models.Attendance, world.attendance),
        (models.Recusal, world.recusals),
        (models.Document, world.documents),
        (models.Decision, world.decisions),
    ):
        db.execute(insert(model), rows) if rows else None


def random_actor(random: Random, role: Role) -> Actor:
    """Somebody acting under `role`, sometimes lacking the organisation or system the role usually has."""
    organisation = maybe(random, random.choice(MINISTRIES), 0.9)
    others = frozenset(filter(None, (organisation, maybe(random, random.choice(MINISTRIES), 0.3))))
    system = maybe(random, random.choice(("ht1", "ht2")), 0.9)
    user = None if role is Role.SYSTEM else random.choice(USERS)
    manages = role is Role.APPLICANT
    return Actor(user, role, organisation_id=organisation, organisations=others, system=system, is_manager=manages)


def subject_in(world: World, proposal: dict[str, Any], actor: Actor) -> Subject:
    """Relations worked out from the plain values, independently of any SQL."""
    held = {relation for relation, holds in RELATIONS.items() if holds(world, proposal, actor)}
    return Subject(relations=frozenset(held), stage=KH01.stage(proposal["state"]))


def of(rows: Rows, proposal: dict[str, Any], **values: Any) -> Rows:
    """The rows of one proposal with these values."""
    return [
        row
        for row in rows
        if row["proposal_id"] == proposal["id"] and all(row.get(name) == value for name, value in values.items())
    ]


def routed(world: World, proposal: dict[str, Any], actor: Actor, **values: Any) -> bool:
    return bool(of(world.routings, proposal, organisation_id=actor.organisation_id, ended_at=None, **values))


def asked(world: World, proposal: dict[str, Any], actor: Actor, kind: str) -> Rows:
    return of(world.assignments, proposal, user_id=actor.user_id, ended_at=None, kind=kind)


def is_assigned(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    if actor.role is Role.ADVISER:
        return bool(asked(world, proposal, actor, "adviser"))
    own = [r for r in asked(world, proposal, actor, "reviewer") if r["organisation_id"] == actor.organisation_id]
    return bool(own) and routed(world, proposal, actor)


def own_sheet_in(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    submitted = [s for s in of(world.sheets, proposal, user_id=actor.user_id) if s["submitted_at"]]
    missing = asked(world, proposal, actor, "reviewer") and not submitted
    return bool(submitted) if actor.role is Role.ENGINEER else not missing


def live_sessions(world: World, proposal: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    live = [item for item in of(world.items, proposal) if item["state"] in ("waiting", "open", "closed")]
    return [(item, world.sessions[item["session_id"] - 1]) for item in live]


def seats(world: World, body: str | None, **values: Any) -> Rows:
    return [
        row
        for row in world.members
        if row["body_id"] == body and row["ended_on"] is None and all(row[n] == v for n, v in values.items())
    ]


def sits(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    return any(seats(world, s["body_id"], user_id=actor.user_id) for _, s in live_sessions(world, proposal))


def presides(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    if seats(world, proposal["deciding_body_id"], user_id=actor.user_id, seat="chair"):
        return not any(is_recused(world, item, actor.user_id) for item, _ in live_sessions(world, proposal))
    return any(
        seats(world, session["body_id"], user_id=actor.user_id, seat="deputy") and chair_is_away(world, item, session)
        for item, session in live_sessions(world, proposal)
    )


def is_recused(world: World, item: dict[str, Any], user: int | None) -> bool:
    return any(row["item_id"] == item["id"] and row["user_id"] == user for row in world.recusals)


def chair_is_away(world: World, item: dict[str, Any], session: dict[str, Any]) -> bool:
    chairs = {row["user_id"] for row in seats(world, session["body_id"], seat="chair")}
    away = {
        row["user_id"]
        for row in world.attendance
        if row["session_id"] == session["id"] and row["status"] in ("absent", "excused")
    }
    return any(chair in away or is_recused(world, item, chair) for chair in chairs)


def decided(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    bodies = {row["body_id"] for row in of(world.decisions, proposal)}
    return any(row["body_id"] in bodies and row["user_id"] == actor.user_id for row in world.members)


def declared(world: World, proposal: dict[str, Any], actor: Actor, *, conflicted: bool) -> bool:
    found = of(world.declarations, proposal, user_id=actor.user_id, ended_at=None, is_conflicted=conflicted)
    return bool(found)


def is_conflicted(world: World, proposal: dict[str, Any], actor: Actor) -> bool:
    linked = {r["organisation_id"] for role in ("owner", "lead") for r in of(world.links, proposal, role=role)}
    if linked & actor.organisations or declared(world, proposal, actor, conflicted=True):
        return True
    return is_owner(proposal, actor) or bool(of(world.people, proposal, user_id=actor.user_id))


def is_owner(proposal: dict[str, Any], actor: Actor) -> bool:
    return actor.user_id is not None and proposal["owner_id"] == actor.user_id


RELATIONS = {
    Relation.OWNER: lambda w, p, a: is_owner(p, a),
    Relation.COAUTHOR_EDIT: lambda w, p, a: bool(of(w.people, p, user_id=a.user_id, relation="coauthor_edit")),
    Relation.COAUTHOR_READ: lambda w, p, a: bool(of(w.people, p, user_id=a.user_id, relation="coauthor_read")),
    Relation.RECEIVED: lambda w, p, a: p["submitted_at"] is not None,
    Relation.ASSIGNED: is_assigned,
    Relation.OWN_MINISTRY: routed,
    Relation.LEAD_MINISTRY: lambda w, p, a: routed(w, p, a, role="lead"),
    Relation.OWN_SYSTEM: lambda w, p, a: (
        bool(a.system) and p["assessing_system"] == a.system and p["engineer_reached_at"]
    ),
    Relation.OWN_SHEET_IN: own_sheet_in,
    Relation.IN_SESSION: sits,
    Relation.DECIDED_BY_BODY: decided,
    Relation.DECIDING_CHAIR: presides,
    Relation.ASSISTED: lambda w, p, a: bool(of(w.assisted, p, claimed_at=None)),
    Relation.LEAD_AGENCY: lambda w, p, a: a.organisation_id is not None and p["lead_agency_id"] == a.organisation_id,
    Relation.MANAGER: lambda w, p, a: a.is_manager,
    Relation.DECLARED: lambda w, p, a: declared(w, p, a, conflicted=False),
    Relation.CONFLICTED: is_conflicted,
}
