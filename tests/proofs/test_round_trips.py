"""The short form of `./run prove round_trips`."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.outline import OUTLINE
from proofs import round_trips


@pytest.mark.slow
def test_any_section_survives_its_page(tmp_path: Path) -> None:
    result = round_trips.run(round_trips.SHORT, f"sqlite:///{tmp_path / 'intake.db'}")
    print(f"n={round_trips.SHORT}: {result}")
    assert result == f"{round_trips.SHORT * len(OUTLINE.bodies)} sections shown and sent back, each stored as it was"
