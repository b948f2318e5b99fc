"""The texts of the repository that people write, for the tests that read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from intake.paths import REPOSITORY, STATIC, TEMPLATES

VENDORED = {"vendor", "vendored", "kit", "_bundled", "__pycache__"}


def files(folder: Path, *endings: str) -> Iterator[Path]:
    """Files below `folder` with one of these endings, without what others wrote."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings and not VENDORED & set(path.relative_to(folder).parts):
            yield path


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders or ("intake", "tests", "migrations", "proofs", "benchmarks", "scripts"):
        yield from files(REPOSITORY / folder, ".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def page_files() -> Iterator[Path]:
    """What a browser gets from us: templates, styles, scripts."""
    yield from files(TEMPLATES, ".html", ".txt", ".xml", ".svg")
    yield from files(STATIC, ".css", ".js", ".svg")


def place(path: Path, line: int | None = None) -> str:
    relative = str(path.relative_to(REPOSITORY))
    return relative if line is None else f"{relative}:{line}"


def imported(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every module that is imported anywhere in the file, with the line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
