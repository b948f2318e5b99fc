"""Short form of the proof that no right and no move can be changed without a test that fails."""

from __future__ import annotations

from proofs import mutants
from proofs.mutations import every_mutation


def test_changed_rights_and_moves_are_noticed() -> None:
    assert mutants.run(mutants.SHORT).startswith(f"killed {mutants.SHORT} of {mutants.SHORT}: ")


def test_no_change_is_made_twice() -> None:
    names = [mutation.name for mutation in every_mutation()]
    assert len(names) == len(set(names)) > 900
