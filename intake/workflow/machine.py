"""Which moves are possible from where: the engine works on a probe, never on a proposal."""

from __future__ import annotations

from functools import lru_cache, partial

from transitions import EventData, Machine, MachineError

from intake.errors import IllegalMove
from intake.workflow.procedure import ASKING_STAGE, Position, Procedure, Transition

__all__ = ["Position", "available", "next_state"]


class Probe:
    """A plain object for the engine to move; a database row here would be written by autoflush."""

    __slots__ = ("asked_by", "state")

    def __init__(self, at: Position) -> None:
        self.state = at.state
        self.asked_by = at.asked_by


def next_state(procedure: Procedure, at: Position, transition: str, *, role: str | None = None) -> str:
    """State that `transition`, made by `role`, leads to from `at`; raises IllegalMove.

    `role` matters only where one move has different makers from different stages; without it nobody is refused.
    """
    refused = IllegalMove(transition=transition, state=at.state)
    if role is not None and _closed_to(role, procedure, at, transition):
        raise refused
    probe = Probe(at)
    try:
        moved = _machine(procedure).events[transition].trigger(probe)
    except (KeyError, MachineError) as error:
        raise refused from error
    # The engine answers False, without an error, when no condition of a move holds.
    if not moved:
        raise refused
    return probe.state


def available(procedure: Procedure, at: Position, *, role: str | None = None) -> tuple[Transition, ...]:
    """Moves that can be made directly from `at`, by `role` if given: outcomes of a session are never among them."""
    return tuple(
        transition
        for transition in procedure.transitions
        if at.state in transition.sources
        and not procedure.only_in_session(transition.name, at.state)
        and _possible(procedure, at, transition.name, role)
    )


def _possible(procedure: Procedure, at: Position, transition: str, role: str | None) -> bool:
    try:
        next_state(procedure, at, transition, role=role)
    except IllegalMove:
        return False
    return True


def _closed_to(role: str, procedure: Procedure, at: Position, transition: str) -> bool:
    return any(t.name == transition and not t.open_to(role, at.state) for t in procedure.transitions)


@lru_cache(maxsize=16)
def _machine(procedure: Procedure) -> Machine:
    """One engine a procedure: making one costs a thousand moves, and `add_model` would keep every row alive."""
    machine = Machine(
        model=None,
        states=[stage.id for stage in procedure.stages],
        initial=procedure.initial.id,
        auto_transitions=False,
        send_event=True,
    )
    for transition in procedure.transitions:
        for source, target in transition.targets.items():
            if target != ASKING_STAGE:
                machine.add_transition(transition.name, source, target)
                continue
            for asking in procedure.asking_stages:
                machine.add_transition(transition.name, source, asking, conditions=partial(_asked_by, asking))
    return machine


def _asked_by(stage: str, event: EventData) -> bool:
    return isinstance(event.model, Probe) and event.model.asked_by == stage
