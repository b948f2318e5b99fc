"""`intake audit`: the chain in the database, and a file of it that is verified where there is no database."""

from __future__ import annotations

import json

from intake.cli import world
from intake.policy import Actor, Role
from intake.services import audit
from tests.cli.conftest import start

CLOCK = Actor(user_id=None, role=Role.SYSTEM)


def note(count: int) -> tuple[int, str]:
    """Write entries; how many there are now, and the seal of the last."""
    with world.database().writing() as db:
        for number in range(count):
            audit.record(db, "thing.happened", actor=CLOCK, subject=f"thing:{number}", data={"lý do": "đột phá"})
    with world.database().reading() as db:
        entries = list(audit.rows(db))
    return len(entries), entries[-1]["hash"]


def test_an_exported_chain_is_verified_without_a_database(intake, monkeypatch, tmp_path) -> None:
    count, seal = note(3)
    told = f"{count} entries, the last is sealed with {seal}\n"
    file = tmp_path / "chain.jsonl"
    assert intake("audit", "export", "-o", file).out == f"Written to {file}: {told}"
    assert intake("audit", "verify").out == f"The audit chain is whole. {told}"

    start(monkeypatch, "postgresql://nobody@127.0.0.1:1/none", tmp_path / "elsewhere")
    assert intake("audit", "verify", file).out == f"The audit chain is whole. {told}"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == count
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    assert f"{count - 1} entries" in intake("audit", "verify", file).out
    changed = json.loads(lines[1]) | {"subject": "thing:9"}
    for text, told in {
        lines[0] + json.dumps(changed) + "\n" + lines[2]: "intake: entry 2 was changed after it was written\n",
        lines[0] + lines[2]: "intake: entry 2 is missing\n",
        lines[0] + "no entry\n": f"intake: line 2 of {file} is not an entry of the chain\n",
    }.items():
        file.write_text(text, encoding="utf-8")
        answer = intake("audit", "verify", file)
        assert (answer.code, answer.err) == (1, told)


def test_a_chain_that_was_tampered_with_is_named(intake) -> None:
    count, _ = note(2)
    with world.database().engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE audit_entry SET event = 'x' WHERE seq = {count}")
    answer = intake("audit", "verify")
    assert (answer.code, answer.err) == (1, f"intake: entry {count} was changed after it was written\n")
