"""The wheel, installed by pip into an empty environment: makes a database, the demonstration, and every paper.

The short form, with the libraries of the present environment and without the demonstration, is in
tests/architecture/test_wheel.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

from intake.paths import REPOSITORY

LONG = 1


def build(folder: Path) -> Path:
    """The wheel of this repository."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def left_out(built: Path) -> list[str]:
    """What of the package, its pages and migrations the wheel does not carry; compiled messages for their sources."""
    homes = {"intake": "intake", "templates": "intake/_bundled/templates", "migrations": "intake/_bundled/migrations"}
    wanted = {
        f"{home}/{path.relative_to(REPOSITORY / folder).as_posix()}".replace(".po", ".mo")
        for folder, home in homes.items()
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(built) as archive:
        return sorted(wanted - set(archive.namelist()))


def install_with_pip(built: Path, environment: Path) -> Path:
    """What an operator does: the locked libraries, then the wheel, which must find in them all that it asks for."""
    venv.create(environment, symlinks=True, with_pip=True)
    lock = str(REPOSITORY / "requirements.lock")
    for words in (["install", "--require-hashes", "-r", lock], ["install", "--no-deps", str(built)], ["check"]):
        command = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", *words]
        done = subprocess.run(command, cwd=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"pip {' '.join(words)}: {done.stdout}{done.stderr}"
    return environment / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"


def install(built: Path, environment: Path) -> Path:
    """Put the wheel into a fresh environment as an installer would; the folder of its packages.

    Its libraries come from the present environment by a path file, after its own packages.
    """
    venv.create(environment, symlinks=True)
    packages = environment / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(packages)
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return packages


def call(packages: Path, folder: Path, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """What came of running the environment's Python in `folder`, where it keeps its data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INTAKE_", "PYTHON"))}
    settings = {"INTAKE_DATA_DIR": str(folder / "data"), "INTAKE_ENV": "demo"}
    python = packages.parents[2] / "bin" / "python"
    command = [str(python), *arguments]
    return subprocess.run(
        command, cwd=folder, env=kept | settings, input=told, capture_output=True, text=True, check=False
    )


def run(n: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = build(folder)
        assert (missing := left_out(built)) == [], f"not in the wheel: {missing}"
        packages = install_with_pip(built, folder / "environment")
        for words in (["db", "upgrade"], ["demo", "--short"], ["worker", "--once"], ["audit", "verify"], ["doctor"]):
            done = call(packages, folder, "-m", "intake", *words)
            assert done.returncode == 0, f"intake {' '.join(words)}: {done.stdout}{done.stderr}"
        papers = list((folder / "data" / "files").rglob("*.pdf"))
        mails = list((folder / "data" / "mail").glob("*.eml"))
        assert papers and all(paper.read_bytes()[:5] == b"%PDF-" for paper in papers)
    return f"{n} wheel: demonstration made, {len(papers)} papers, {len(mails)} mails, every check of doctor passed"
