"""Where the folders are that code reads at run time: beside the package in the repository, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
REPOSITORY = PACKAGE.parent


def beside_the_package(name: str) -> Path:
    """The folder `name` of the repository, or its copy that the wheel carries."""
    is_repository = (REPOSITORY / "pyproject.toml").is_file()
    return REPOSITORY / name if is_repository else PACKAGE / "_bundled" / name


TEMPLATES = beside_the_package("templates")
MIGRATIONS = beside_the_package("migrations")
STATIC = PACKAGE / "web" / "static"
