"""What happened before is told at its time; the future is not told, and only the demonstration tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from intake import clock
from intake.paths import REPOSITORY

MOMENT = datetime(2026, 2, 3, 20, 30, tzinfo=UTC)


def test_time_is_that_of_the_moment_told_and_goes_on_afterwards():
    before = clock.now()
    with clock.telling(MOMENT):
        assert (clock.now(), clock.today().isoformat()) == (MOMENT, "2026-02-04")
        with clock.telling(MOMENT - timedelta(days=1)):
            assert clock.now() == MOMENT - timedelta(days=1)
        assert clock.now() == MOMENT
    assert clock.now() >= before


def test_a_failure_ends_the_telling():
    with pytest.raises(KeyError), clock.telling(MOMENT):
        raise KeyError
    assert clock.now() != MOMENT


def test_the_future_is_not_told():
    coming = clock.now() + timedelta(minutes=1)
    with pytest.raises(ValueError, match="has not happened yet"), clock.telling(coming):
        pass


def test_only_the_demonstration_tells():
    sources = (REPOSITORY / "intake").rglob("*.py")
    telling = [path for path in sources if "clock.telling(" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(REPOSITORY)) for path in telling] == ["intake/cli/demo_year/telling.py"]
