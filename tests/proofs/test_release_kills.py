"""The short form of `./run prove release_kills`."""

from __future__ import annotations

import pytest

from proofs import release_kills


@pytest.mark.slow
def test_kill_9_of_a_release_leaves_all_of_it_or_nothing(migrated_sqlite_url: str) -> None:
    result = release_kills.run(release_kills.SHORT, migrated_sqlite_url)
    print(f"n={release_kills.SHORT}: {result}")
    assert result.startswith(f"{release_kills.SHORT} releases of 3 killed (")
    assert result.endswith("each all or nothing, notices promised once")
