"""The short form of `./run prove sessions`."""

from __future__ import annotations

import pytest

from proofs import sessions


@pytest.mark.slow
def test_no_path_through_a_session_reaches_a_decision_without_a_quorum(migrated_sqlite_url: str) -> None:
    result = sessions.run(sessions.SHORT, migrated_sqlite_url)
    print(f"n={sessions.SHORT}: {result}")
    assert result.startswith(f"{sessions.SHORT} walks of {sessions.ACTS} acts at most, ")
