"""The short forms of `./run prove kills` and `./run prove web_kills`."""

from __future__ import annotations

import pytest

from proofs import kills, web_kills


@pytest.mark.slow
def test_kill_9_of_the_worker_loses_no_mail_and_sends_none_twice(database_url: str) -> None:
    result = kills.run(kills.SHORT, database_url)
    print(f"n={kills.SHORT}: {result}")
    assert result == "6 mails promised, 1 kills, 6 arrived, each once"


@pytest.mark.slow
def test_kill_9_of_the_web_server_after_its_answer_loses_no_mail(sqlite_url: str) -> None:
    result = web_kills.run(web_kills.SHORT, sqlite_url)
    print(f"n={web_kills.SHORT}: {result}")
    assert result == "1 submissions, 1 kills of server and worker, 3 mails promised, each arrived once"
