"""Every `intake` command of the README, as it stands there, does what the README says: `make prove NAME=readme` without
the bare machine.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intake import clock
from intake.cli import main, world
from intake.cli.world import acting
from intake.files import StoredFiles
from intake.models import Document
from intake.paths import REPOSITORY
from intake.services import conclusions, conflicts, decisions, papers, proposals, sessions
from proofs.readme_commands import ANSWERS, SERVES, Command, Reader, commands
from tests import factories
from tests.services import sittings

README = commands((REPOSITORY / "README.md").read_text(encoding="utf-8"))
ASSIGNMENT = re.compile(r"([A-Z_]+)=(.*)", re.DOTALL)


SECRETARY, CHAIR = "secretary@demo.vn", "chair@demo.vn"
BOARD = (CHAIR, *(f"member{number}@demo.vn" for number in range(1, 7)))


def decided(db) -> None:
    """A proposal with a whole text, approved in a session by agreement and released; its paper is promised."""
    secretary, proposal = acting(db, SECRETARY).actor, sittings.proposal(db, number=9999)
    proposals.version_of(db, proposal).document = factories.document()
    items, place = [proposal.code], sittings.PLACE
    session = sessions.create(
        db, body="tt_bcdtw", starts_at=clock.now(), place=place, mode="consensus", items=items, actor=secretary
    )
    sessions.set_attendance(db, session, dict.fromkeys(BOARD, "present"), actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    sessions.open_item(db, session, proposal.code, actor=secretary)
    sessions.close_item(db, session, proposal.code, actor=secretary)
    conclusions.prepare(db, session, proposal.code, outcome="approve", text="Thống nhất.", actor=secretary)
    chair = acting(db, CHAIR, "committee_chair").actor
    conflicts.declare(db, proposal, conflicted=False, kind="none", actor=chair)
    decisions.release(db, session, actor=chair)


def forget() -> None:
    """A new process would read the settings anew."""
    if world.database.cache_info().currsize:
        world.database().dispose()
    world.settings.cache_clear()
    world.database.cache_clear()


@pytest.fixture
def reader(monkeypatch, capsys, peopled_sqlite: Path, sqlite_template: Path, tmp_path: Path):
    """Somebody in an empty folder with the demonstration's data folder; types commands into this process.

    The empty databases of the README have their tables already: making them costs more than everything else.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", os.fspath(tmp_path))
    for folder, made in (("data", peopled_sqlite), ("restored", sqlite_template), ("intake-data", sqlite_template)):
        Path(folder).mkdir()
        shutil.copy(made, Path(folder, "intake.db"))
    forget()
    world.database().transact(decided)
    with world.database().reading() as db:
        (paper,) = db.query(Document.id).filter(Document.kind == "decision").one()
    files = StoredFiles(world.settings().files_url)
    papers.make(world.database(), files, paper, base_url=world.settings().base_url)
    yield Typing(monkeypatch, capsys)
    forget()


class Typing(Reader):
    """A reader whose shell is this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__()
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def type(self, command: Command) -> None:
        text = self.fill(command.text)
        if text.startswith("export "):
            self.check(command, *self.export(text))
            return
        words, before = shlex.split(text), {}
        while assigned := ASSIGNMENT.fullmatch(words[0]):
            before[assigned[1]], words = assigned[2], words[1:]
        with self.monkeypatch.context() as only_now:
            for name, value in before.items():
                only_now.setenv(name, value)
            if before:
                forget()
            self.check(command, *self.run(words))
        if before:
            forget()

    def export(self, text: str) -> tuple[int, str]:
        shell = subprocess.run(["sh", "-c", f"{text}\nenv"], capture_output=True, text=True, check=True)
        for name, value in re.findall(r"^(INTAKE_\w+)=(.*)$", shell.stdout, re.MULTILINE):
            self.monkeypatch.setenv(name, value)
        forget()
        return shell.returncode, shell.stderr

    def run(self, words: list[str]) -> tuple[int, str]:
        self.monkeypatch.setattr(sys, "argv", words)
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        printed = self.capsys.readouterr()
        return code, printed.out + printed.err


def test_every_command_of_the_readme_has_one_answer_and_every_answer_a_command():
    for command in README:
        assert command.pattern
    assert [start for start in ANSWERS if not any(one.text.startswith(start) for one in README)] == []


@pytest.mark.slow
def test_every_command_of_the_command_line_does_what_the_readme_says(reader):
    here = [one for one in README if one.text.startswith(("intake ", "INTAKE_", "export ")) and one.text not in SERVES]
    for command in here:
        reader.type(command)
    assert len(here) >= 20
