"""The short form of `./run prove kills`."""

from __future__ import annotations

import pytest

from proofs import kills


@pytest.mark.slow
def test_kill_9_of_the_worker_loses_no_mail_and_sends_none_twice(database_url: str) -> None:
    result = kills.run(kills.SHORT, database_url)
    print(f"n={kills.SHORT}: {result}")
    assert result == "6 mails promised, 1 kills, 6 arrived, each once"
