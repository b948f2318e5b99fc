"""The short form of `./run prove fuzz`, which posts on both engines."""

from __future__ import annotations

import pytest

from proofs import fuzz


@pytest.mark.slow
def test_no_post_breaks_a_section_or_stores_what_the_outline_forbids(sqlite_url: str) -> None:
    result = fuzz.run(fuzz.SHORT, sqlite_url)
    print(f"n={fuzz.SHORT}: {result}")
    assert result.startswith(f"{fuzz.SHORT} posts each, no 500, nothing stored that the outline forbids; ")
