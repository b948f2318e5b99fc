"""The short form of `./run prove year`: Tết with a stopped clock, a lapse and a file that nobody touches."""

from __future__ import annotations

from proofs import year


def test_tet_day_by_day_is_as_worked_out_by_hand(migrated_sqlite_url: str) -> None:
    result = year.run(year.SHORT, migrated_sqlite_url)
    print(f"n={year.SHORT}: {result}")
    assert result == "54 days on 1 engine(s), each: 105 standings and 10 reminders as by hand"
