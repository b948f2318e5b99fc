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

from intake.cli import main, world
from intake.paths import REPOSITORY
from proofs.readme_commands import ANSWERS, SERVES, Command, Reader, commands
from tests.decided import decided

README = commands((REPOSITORY / "README.md").read_text(encoding="utf-8"))
ASSIGNMENT = re.compile(r"([A-Z_]+)=(.*)", re.DOTALL)


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
