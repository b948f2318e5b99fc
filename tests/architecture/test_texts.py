"""Words and constructs that must not appear in what we write; each pattern is first seen to catch an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.paths import TEMPLATES
from tests.architecture.sources import files, page_files, place, python_files


def code_files() -> Iterator[Path]:
    """Our Python, without this file: it spells out what it forbids."""
    yield from (path for path in python_files() if path != Path(__file__))


def product_files() -> Iterator[Path]:
    yield from python_files("intake")


def template_files() -> Iterator[Path]:
    yield from files(TEMPLATES, ".html")


@dataclass(frozen=True)
class Ban:
    """A pattern, where it must not match, and an example of what it catches."""

    name: str
    pattern: str
    where: Callable[[], Iterator[Path]]
    example: str


BANS = (
    Ban("unfinished work", r"\b(TODO|FIXME|XXX)\b|NotImplementedError", code_files, "# TODO later"),
    Ban("unfinished pages", r"\b(TODO|FIXME|XXX)\b|(?i:lorem ipsum)", page_files, "<p>Lorem ipsum</p>"),
    Ban(
        "silenced tools",
        r"#\s*(type:\s*ignore|pyright:\s*ignore|noqa)|pragma: no cover",
        code_files,
        "x = y  # noqa: F821",
    ),
    Ban(
        "skipped tests",
        r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)\b",
        code_files,
        "@pytest.mark.skip",
    ),
    Ban(
        "mocks", r"\bunittest\.mock\b|\bfrom unittest import mock\b|\bmocker\b", code_files, "from unittest import mock"
    ),
    Ban(
        "print in the product", r"^\s*print\(", lambda: (p for p in product_files() if "cli" not in str(p)), "print(1)"
    ),
    Ban("unescaped output", r"\|\s*safe\b|autoescape\s+false", template_files, "{{ text|safe }}"),
    Ban("inline style", r"<style\b|\sstyle\s*=", template_files, '<p style="color:red">'),
    Ban(
        "inline script", r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']", template_files, "<script>go()</script>"
    ),
    Ban(
        "addresses of others",
        r"""(?:src|href|action)\s*=\s*["']https?://|url\(\s*["']?https?://""",
        page_files,
        "<img src='https://a.b'>",
    ),
    Ban(
        "words of another country",
        r"GOV\.UK|(?i:crown|\bcrest\b|gds transport|open government licence)",
        page_files,
        "Crown",
    ),
)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_pattern_catches_its_example(ban):
    assert re.search(ban.pattern, ban.example, re.MULTILINE)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_nothing_matches(ban):
    found = [
        f"{place(path, text.count(chr(10), 0, match.start()) + 1)}: {match[0]}"
        for path in ban.where()
        for text in [path.read_text(encoding="utf-8")]
        for match in re.finditer(ban.pattern, text, re.MULTILINE)
    ]
    assert found == []


def test_patterns_look_at_files_that_exist():
    assert {ban.name: any(ban.where()) for ban in BANS} == {ban.name: True for ban in BANS}
