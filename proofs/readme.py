"""The README followed word by word by a stranger on a bare Debian, from a fresh clone, with an empty home.

`make test` takes ten minutes and more and is left out, unless README_TESTS=1 asks for it.
The commands that need no bare machine run in every test run: tests/cli/test_readme_commands.py.
"""

from __future__ import annotations

import os
import socket
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from intake.paths import REPOSITORY
from proofs import bare_debian
from proofs.readme_commands import SERVES, TESTS, Command, Reader, commands

LONG = 1
LOG = "/tmp/served.log"
LONGEST_START_SECONDS = 900


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5)
    except (urllib.error.URLError, OSError):
        return False
    return True


class Stranger:
    """Types what the README says, in one terminal, and writes down how long it took."""

    def __init__(self, root: Path) -> None:
        self.root, self.port, self.reader = root, free_port(), Reader()
        self.terminal = bare_debian.Terminal(root, PORT=str(self.port))
        self.has_make = self.terminal.type("command -v make")[0] == 0
        self.is_serving = False
        self.seconds: dict[str, float] = {}
        self.left_out: list[str] = []

    def follow(self, command: Command) -> None:
        text = self.reader.fill(command.text if self.has_make else command.without_make)
        if command.text == TESTS and not os.environ.get("README_TESTS"):
            self.left_out.append(command.text)
            return
        started = time.monotonic()
        if command.text in SERVES:
            code, printed = self.serve(text)
        else:
            code, printed = self.terminal.type(text)
        self.reader.check(command, code, printed)
        self.seconds[command.text] = round(time.monotonic() - started, 1)

    def serve(self, text: str) -> tuple[int, str]:
        """Started in place of what was served before; done when it answers over HTTP."""
        if self.is_serving:
            self.terminal.interrupt()
        self.is_serving = True
        self.terminal.start(text, LOG)
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not answers(self.port):
            stopped, _ = self.terminal.type("! kill -0 $server")
            log = bare_debian.inside(self.root, LOG).read_text(encoding="utf-8")
            assert stopped and time.monotonic() < deadline, f"`{text}` does not answer over HTTP:\n{log}"
            time.sleep(0.2)
        return 0, bare_debian.inside(self.root, LOG).read_text(encoding="utf-8")


def run(n: int) -> str:
    bare_debian.needed()
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        bare_debian.make(root)
        stranger = Stranger(root)
        try:
            for command in commands(readme):
                stranger.follow(command)
        finally:
            stranger.terminal.close()
    slow = {text: seconds for text, seconds in stranger.seconds.items() if seconds >= 2 or text in SERVES}
    told = f"{n} stranger on a bare Debian: {len(stranger.seconds)} commands of the README did what it says, {slow}"
    return f"{told}; left out: {', '.join(stranger.left_out)}" if stranger.left_out else told
