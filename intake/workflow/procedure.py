"""What a procedure is: stages with a holder and a period, and the moves between them, checked when declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from intake.i18n import Message

HolderKind = Literal["owner", "secretariat", "lead_ministry", "engineer", "body", "deciding_body", "lead_agency"]
DueKind = Literal["days", "given_day", "day_25"]
Tag = Literal["", "you", "work", "decide", "ok", "done", "closed"]

ASKING_STAGE = "<asking stage>"
"""Target of a move that goes back to the stage which stopped its clock to ask."""


class BadProcedure(ValueError):
    """A declaration contradicts itself: the product must not start with it."""


@dataclass(frozen=True)
class Position:
    """Where one proposal stands: its state and, while a clock is stopped, the stage that asked."""

    state: str
    asked_by: str | None = None


@dataclass(frozen=True)
class Stage:
    """One state of a procedure, and the properties other code asks instead of the state's name.

    `label` is what officials read, `public` what applicants and the public read; `tag` is the hue of the state tag.
    An open stage has a holder kind and a period: `due` says how its due date is found, from `days` working days,
    from a day given with the move (else `days`), or as the next 25th. `agenda_holder` holds it while on an agenda.
    """

    id: str
    label: Message
    public: Message
    tag: Tag = ""
    holder: HolderKind | None = None
    days: int | None = None
    due: DueKind = "days"
    agenda_holder: HolderKind | None = None

    is_initial: bool = False
    """Only the owner's: no holder, no due date yet."""
    is_final: bool = False
    """Nothing moves from here any more."""
    owner_edits: bool = False
    """Owner and editing co-authors change the draft text."""
    stops_clock: bool = False
    """The clock of the stage that asked stands still and goes on with what was left."""
    settles_organisations: bool = False
    """Organisation names are settled and the routing chosen here."""
    experts_read: bool = False
    """From accept until refer: routed ministries, and the engineer once reached, read the text."""
    accepts_scores: bool = False
    """Score sheets are written, submitted and changed here."""
    accepts_opinions: bool = False
    """Ministries assign reviewers and sign opinions here; silence may be closed."""
    engineer_assesses: bool = False
    """The engineer writes and signs the assessment here."""
    synthesis_open: bool = False
    """The synthesis is written here."""
    is_ranked: bool = False
    """Stands in the ranking."""
    decided_in_session: bool = False
    """May be put on an agenda; leaves only by a release."""
    takes_reports: bool = False
    """The lead agency reports KPI values here."""
    owner_restarts: bool = False
    """The owner may start a new draft from this text."""

    @property
    def is_open(self) -> bool:
        """Neither the owner's draft nor final: somebody holds it until a day."""
        return not (self.is_initial or self.is_final)


STAGE_FLAGS = frozenset(f.name for f in fields(Stage) if f.type == "bool")
"""The yes-or-no properties of a stage: what a rule about content may name."""


@dataclass(frozen=True, eq=False)
class Transition:
    """One move: from `sources` to `target`, or from each key of `targets` to its value.

    Who may make it is the policy's; `makers` only narrows that down where one move has different makers from
    different stages. `required_data` and `optional_data` are the keys of the data that comes with the move.
    """

    name: str
    label: Message
    sources: tuple[str, ...] = ()
    target: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    needs_reason: bool = False
    by_session: bool = False
    by_role_system: bool = False
    makers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required_data: tuple[str, ...] = ()
    optional_data: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.targets) == bool(self.sources and self.target):
            raise BadProcedure(f"{self.name}: give either sources and one target, or targets")
        moves = dict(self.targets) or {source: self.target for source in self.sources}
        object.__setattr__(self, "targets", MappingProxyType(moves))
        object.__setattr__(self, "sources", tuple(moves))
        if stray := set(self.makers) - set(moves):
            raise BadProcedure(f"{self.name}: makers named for {sorted(stray)}, which are no sources")

    def target_from(self, at: Position) -> str:
        """State this move leads to from `at`, one of its sources."""
        target = self.targets[at.state]
        if target != ASKING_STAGE:
            return target
        if at.asked_by is None:
            raise ValueError(f"{self.name} goes back to the stage that asked, but none is recorded")
        return at.asked_by

    def open_to(self, role: str, state: str) -> bool:
        """Whether `role` is among those who make this move from `state`."""
        return role in self.makers.get(state, (role,))


@dataclass(frozen=True)
class Body:
    """A deciding body: `systems` and `kinds` come before it instead of before the first body."""

    organisation_id: str
    systems: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Procedure:
    """A whole life cycle as data; an object that exists has been checked."""

    id: str
    version: int
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    bodies: tuple[Body, ...] = ()

    def __post_init__(self) -> None:
        if faults := tuple(_faults(self)):
            raise BadProcedure(f"procedure {self.id} {self.version}: " + "; ".join(faults))

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def _transitions(self) -> dict[str, Transition]:
        return {transition.name: transition for transition in self.transitions}

    @cached_property
    def initial(self) -> Stage:
        """The stage in which a proposal is made."""
        return next(stage for stage in self.stages if stage.is_initial)

    @cached_property
    def asking_stages(self) -> tuple[str, ...]:
        """Stages that can stop their own clock to ask the owner."""
        stopping = {stage.id for stage in self.stages if stage.stops_clock}
        return tuple(s for t in self.transitions for s, target in t.targets.items() if target in stopping)

    def stage(self, state: str) -> Stage:
        """The stage with this id; KeyError for a state that is not of this procedure."""
        return self._stages[state]

    def transition(self, name: str) -> Transition:
        """The move with this name; KeyError when there is none."""
        return self._transitions[name]

    def with_flag(self, flag: str) -> tuple[str, ...]:
        """Ids of the stages whose yes-or-no property `flag` holds, for queries."""
        if flag not in STAGE_FLAGS and flag != "is_open":
            raise ValueError(f"{flag} is no yes-or-no property of a stage")
        return tuple(stage.id for stage in self.stages if getattr(stage, flag))

    def only_in_session(self, name: str, state: str) -> bool:
        """Whether the move, wished for in `state`, is an outcome that only a release fires."""
        transition = self.transition(name)
        if not transition.by_session:
            return False
        return self.stage(state).decided_in_session or all(
            self.stage(source).decided_in_session for source in transition.sources
        )

    def deciding_body(self, system: str | None, kind: str | None) -> str:
        """Organisation id of the body that decides a proposal of this primary system and kind."""
        for body in self.bodies:
            if system in body.systems or kind in body.kinds:
                return body.organisation_id
        return self.bodies[0].organisation_id


def _faults(procedure: Procedure) -> Iterator[str]:
    yield from _repeated("stage", [stage.id for stage in procedure.stages])
    yield from _repeated("transition", [transition.name for transition in procedure.transitions])
    for stage in procedure.stages:
        yield from _stage_faults(stage)
    initial = [stage.id for stage in procedure.stages if stage.is_initial]
    if len(initial) != 1:
        yield f"one initial stage is needed, not {initial}"
        return
    unknown = list(_unknown_states(procedure))
    yield from unknown
    if not unknown:
        yield from _dead_ends(procedure, initial[0])


def _repeated(noun: str, names: list[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{noun} {name} is declared {count} times"


def _stage_faults(stage: Stage) -> Iterator[str]:
    if stage.is_initial and stage.is_final:
        yield f"{stage.id} is both initial and final"
    if stage.is_open != (stage.holder is not None):
        yield f"{stage.id} must have a holder exactly when it is open"
    timed = stage.days is not None or stage.due == "day_25"
    if stage.is_open != timed or (stage.days is not None and stage.days < 1):
        yield f"{stage.id} must have a period exactly when it is open"


def _unknown_states(procedure: Procedure) -> Iterator[str]:
    stages = {stage.id: stage for stage in procedure.stages}
    for transition in procedure.transitions:
        for source, target in transition.targets.items():
            if source not in stages:
                yield f"{transition.name} starts from unknown state {source}"
            elif stages[source].is_final:
                yield f"{transition.name} starts from final state {source}"
            if target == ASKING_STAGE:
                if source in stages and not stages[source].stops_clock:
                    yield f"{transition.name} goes back to an asking stage from {source}, which stops no clock"
            elif target not in stages:
                yield f"{transition.name} leads to unknown state {target}"


def _dead_ends(procedure: Procedure, initial: str) -> Iterator[str]:
    leads_to: dict[str, set[str]] = {stage.id: set() for stage in procedure.stages}
    for transition in procedure.transitions:
        for source, target in transition.targets.items():
            leads_to[source] |= set(procedure.asking_stages) if target == ASKING_STAGE else {target}
    reached, waiting = {initial}, [initial]
    while waiting:
        fresh = leads_to[waiting.pop()] - reached
        reached |= fresh
        waiting.extend(fresh)
    for stage in procedure.stages:
        if stage.id not in reached:
            yield f"no way leads to {stage.id}"
        if not stage.is_final and not leads_to[stage.id] - {stage.id}:
            yield f"no way leads out of {stage.id}"
