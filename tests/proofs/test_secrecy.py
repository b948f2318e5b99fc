"""The short form of `./run prove secrecy`."""

from __future__ import annotations

import pytest

from proofs import secrecy


@pytest.mark.slow
def test_nothing_in_the_database_tells_who_cast_which_secret_ballot(migrated_url: str) -> None:
    result = secrecy.run(secrecy.SHORT, migrated_url)
    print(f"n={secrecy.SHORT}: {result}")
    assert result.startswith(f"{secrecy.SHORT} secret votes of 6 different ballots, no shared value; ")
