"""A Debian with nothing in it, and a terminal inside: what a stranger has who has just installed a machine."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import threading
from pathlib import Path

from intake.paths import REPOSITORY

HOME, PROJECT = "/home/stranger", "/home/stranger/intake"
# How this machine reaches the outside; nothing else of its environment goes in.
PASSED_ON = re.compile(r"(PIP|UV|SSL|REQUESTS|CURL)_\w+|\w+_PROXY", re.IGNORECASE)
FILES = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/uv/uv.toml")
KEPT = "/etc/outside"
DONE = "exit code of the command:"
LONGEST_COMMAND_SECONDS = 3600
# Its own mounts and processes: all of them end with it, however it ends.
INSIDE = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "/usr/sbin/chroot")
START = "mount -t proc proc /proc; mkdir -p /dev/shm; mount -t tmpfs shm /dev/shm; exec 2>&1"


def needed() -> None:
    """AssertionError that says how to get what is missing."""
    assert os.geteuid() == 0, "making a bare Debian needs root"
    assert shutil.which("debootstrap"), "debootstrap is missing: apt-get install debootstrap"


def mirror(codename: str) -> str:
    """Where this machine's apt has the packages of its own release from."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Codename: {codename}"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    assert found, f"apt knows no source for {codename}: run apt-get update"
    return found[0]


def make(root: Path) -> None:
    """A bare root of this machine's release, with a fresh clone of the project and an empty home."""
    codename = platform.freedesktop_os_release()["VERSION_CODENAME"]
    command = ["debootstrap", "--variant=minbase", codename, str(root), mirror(codename)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    shutil.copytree("/etc/apt", root / "etc/apt", symlinks=True, dirs_exist_ok=True)
    for source, target in [*zip(FILES, FILES, strict=True), *named_files().values()]:
        if Path(source).is_file():
            inside(root, target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, inside(root, target))
    inside(root, HOME).mkdir()
    clone = ["git", "clone", "--quiet", "--no-hardlinks", str(REPOSITORY), str(inside(root, PROJECT))]
    subprocess.run(clone, check=True)


def inside(root: Path, name: str) -> Path:
    """Where a path of the bare machine is on this one."""
    return root / name.lstrip("/")


def outside_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}


def named_files() -> dict[str, tuple[str, str]]:
    """Files that settings name, such as certificates: here, and there where no package of Debian writes over them."""
    named = {name: value for name, value in outside_settings().items() if Path(value).is_file()}
    return {name: (value, f"{KEPT}/{Path(value).name}") for name, value in named.items()}


def passed_on() -> dict[str, str]:
    return outside_settings() | {name: target for name, (_, target) in named_files().items()}


class Terminal:
    """A shell in the root, as root in the project's folder; commands are given to it one after the other."""

    def __init__(self, root: Path, **environment: str) -> None:
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        variables = passed_on() | {"HOME": HOME, "PATH": path, "TERM": "dumb"} | environment
        self.shell = subprocess.Popen(
            [shutil.which(INSIDE[0]) or INSIDE[0], *INSIDE[1:], str(root), "/bin/sh"],
            env=variables,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.type(f"{START}; cd {PROJECT}")

    def type(self, command: str) -> tuple[int, str]:
        """Exit code and everything printed. What it exports stays for the next command."""
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(f"{{ {command}\n}} </dev/null\nended=$?; echo; echo '{DONE}' $ended\n")
        self.shell.stdin.flush()
        limit = threading.Timer(LONGEST_COMMAND_SECONDS, self.shell.kill)
        limit.start()
        printed: list[str] = []
        for line in self.shell.stdout:
            if line.startswith(DONE):
                limit.cancel()
                return int(line.removeprefix(DONE)), "".join(printed).removesuffix("\n")
            printed.append(line)
        raise AssertionError(f"the terminal ended in `{command}`:\n{''.join(printed)}")

    def start(self, command: str, log: str) -> None:
        """A command that does not end by itself; what it prints goes into the file."""
        self.type(f"{command} >{log} 2>&1 &\nserver=$!")

    def interrupt(self) -> None:
        """What Ctrl-C does to the command started last."""
        self.type("kill $server; wait $server; true")

    def close(self) -> None:
        self.shell.kill()
        self.shell.wait()
