"""A random walk of many people through the whole life cycle: whatever they try, the promises of the design hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from intake.db import Database
from intake.services import seeding
from intake.workflow.procedures import KH01
from proofs.site import databases
from proofs.walkers import Office, Walk, people

LONG = 40
SHORT = 2
STEPS_LONG, STEPS_SHORT = 60, 16
STRAIGHT_ACTS = range(8)
"""From the draft to the end of the implementation, one stage after the other."""


def walked(office: Office, n: int, steps: int) -> Counter[str]:
    """`n` walks of `steps` acts each, in an office of their own; how often each move was made."""
    made: Counter[str] = Counter()

    class Walking(Walk):
        def __init__(self) -> None:
            super().__init__(office.opened(), made)

    run_state_machine_as_test(
        Walking,
        settings=settings(
            max_examples=n,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
            print_blob=False,
        ),
    )
    return made


def straight(office: Office) -> Counter[str]:
    """One proposal goes the straight way, every promise asked after each act; how often each move was made."""
    made: Counter[str] = Counter()
    walker = Walk(office.opened(), made)
    walker.begin()
    for _ in STRAIGHT_ACTS:
        walker.go_on(0, "approve", chair_steps_back=False, after=0)
        walker.promises_hold()
    walker.teardown()
    return made


def run(n: int, url: str | None = None) -> str:
    """`n` walks on the upgraded, empty database at `url`, or on a fresh one of each engine."""
    told: list[str] = []
    with databases(url) as urls:
        for engine in urls:
            database = Database(engine)
            seeding.upgrade(database)
            with database.writing() as db:
                people(db)
            made = walked(Office(database), n, STEPS_LONG)
            database.dispose()
            missing = sorted({transition.name for transition in KH01.transitions} - set(made))
            assert not missing, f"no walk on {engine.partition(':')[0]} came through {', '.join(missing)}"
            told.append(f"{engine.partition(':')[0]}: {made.total()} moves, {dict(sorted(made.items()))}")
    return f"{n} walks of {STEPS_LONG} acts each; {'; '.join(told)}"
