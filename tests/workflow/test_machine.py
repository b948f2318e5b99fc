"""The traps of the engine: moves that skip the rules, rows kept alive, refusals without an error."""

from __future__ import annotations

import gc

import pytest

from intake.errors import IllegalMove
from intake.workflow import machine
from intake.workflow.machine import Position, Probe, next_state
from intake.workflow.procedures import KH01


def probes_alive() -> int:
    gc.collect()
    return sum(isinstance(thing, Probe) for thing in gc.get_objects())


def test_no_probe_stays_alive_after_its_move() -> None:
    kept = [Probe(Position("draft")) for _ in range(3)]
    assert probes_alive() == 3
    for _ in range(500):
        assert next_state(KH01, Position("draft"), "submit") == "reception"
        with pytest.raises(IllegalMove):
            next_state(KH01, Position("draft"), "approve")
    assert probes_alive() == len(kept)


def test_the_engine_is_made_once_and_holds_no_model() -> None:
    engine = machine._machine(KH01)
    assert machine._machine(KH01) is engine
    assert engine.models == []


def test_the_engine_knows_only_declared_moves() -> None:
    """Automatic moves such as `to_approved` would skip every rule."""
    assert set(machine._machine(KH01).events) == {transition.name for transition in KH01.transitions}


@pytest.mark.parametrize("move", ["to_approved", "to_reception", "burn", ""])
def test_an_undeclared_move_is_refused(move: str) -> None:
    with pytest.raises(IllegalMove):
        next_state(KH01, Position("committee"), move)


def test_a_silent_no_of_the_engine_is_a_refusal() -> None:
    """Back to a stage that never asked: the engine only answers False and leaves the probe where it was."""
    probe = Probe(Position("supplement", "synthesis"))
    assert machine._machine(KH01).events["resubmit"].trigger(probe) is False
    assert probe.state == "supplement"
    with pytest.raises(IllegalMove):
        next_state(KH01, Position("supplement", "synthesis"), "resubmit")


def test_a_move_leaves_the_position_as_it_was() -> None:
    at = Position("supplement", "reception")
    assert next_state(KH01, at, "resubmit") == "reception"
    assert at == Position("supplement", "reception")
