"""README and CONTRIBUTING say what is there: every command, setting, file and address that they name."""

from __future__ import annotations

import re

import click
import pytest

from intake.app import create_app
from intake.cli import intake
from intake.config import Settings
from intake.paths import REPOSITORY
from intake.services.demo_accounts import ACCOUNTS

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
BOTH = f"{README}\n{CONTRIBUTING}"
IS_COMMAND = re.compile(r"(?:^|`|/)intake ((?:[a-z]+ ?)+)(.*?)(?:`|$)", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
WHERE = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


def commands() -> list[str]:
    """Every `intake ...` that the texts name, with its options."""
    found = [f"{words}{rest}".split("#")[0] for words, rest in IS_COMMAND.findall(BOTH)]
    return sorted({" ".join(one.split()) for one in found})


def command_of(line: str) -> tuple[click.Command, list[str]]:
    """The command that a line names, and what follows it."""
    context, found, words = click.Context(intake), intake, line.split()
    while words and isinstance(found, click.Group):
        inside = found.get_command(context, words[0])
        assert inside is not None, f"intake has no command {line!r}"
        found, words = inside, words[1:]
    return found, words


def test_commands_are_named():
    assert len(commands()) >= 8


@pytest.mark.parametrize("line", commands())
def test_every_command_that_is_named_exists_with_its_options(line):
    command, words = command_of(line)
    known = {option for one in command.params for option in one.opts} | {"--help"}
    assert [word for word in words if word.startswith("-") and word not in known] == []


def test_every_setting_that_is_named_is_known_and_the_others_are_told():
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)
    named = {*rows, *re.findall(r"`INTAKE_([A-Z_]+)`", BOTH)} - {""}
    known = {name.upper() for name in Settings.model_fields}
    assert named - known == set()
    assert known - named == set()


def test_every_path_that_is_named_is_there():
    roots = ("intake/", "templates/", "tests/", "docs/", "scripts/", "migrations/", "proofs/", "benchmarks/")
    named = {one for one in CODE.findall(BOTH) if one.startswith(roots) and " " not in one}
    named |= set(re.findall(r"\]\(((?!http)[^)#]+)\)", BOTH)) | set(re.findall(r'src="([^"]+)"', BOTH))
    assert len(named) > 15
    assert sorted(path for path in named if not (REPOSITORY / path).exists()) == []


def test_every_folder_of_the_map_is_there():
    tree = README.partition("```\nintake/\n")[2].partition("```")[0]
    inside = {name for line in tree.splitlines() if line.startswith("  ") for name in re.findall(r"\b([a-z]+)/ ", line)}
    assert sorted(name for name in inside if not (REPOSITORY / "intake" / name).is_dir()) == []
    assert len(inside) >= 11


def test_every_make_target_that_is_named_exists():
    known = set(re.findall(r"^([a-z]+)(?: [a-z ]+)?:", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    targets = re.search(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    known |= set(targets[1].split()) if targets else set()
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", BOTH, re.MULTILINE)) - known == set()


def test_every_account_that_is_named_is_one_of_the_demonstration():
    named = set(re.findall(r"[a-z0-9.]+@demo\.vn", BOTH))
    known = {account.email for account in ACCOUNTS}
    assert named - known == set()


def test_every_address_that_is_named_is_one_of_the_pages(tmp_path):
    app = create_app(Settings.model_validate({"env": "demo", "data_dir": tmp_path}))
    rules = {re.sub(r"<[^>]+>", "X", rule.rule).rstrip("/") for rule in app.url_map.iter_rules()}
    named = {re.sub(r"CODE|ID|DOC", "X", one).partition("?")[0] for one in CODE.findall(BOTH) if one.startswith("/")}
    named |= {url for url in re.findall(r"http://127\.0\.0\.1:8000(/[a-z/]+)", BOTH)}
    app.extensions["intake"].database.dispose()
    assert sorted(one for one in named if one.rstrip("/") not in rules) == []


@pytest.mark.parametrize(("path", "words"), WHERE.findall(CONTRIBUTING))
def test_where_would_i_change_is_answered_with_a_file_that_holds_it(path, words):
    assert words in (REPOSITORY / path).read_text(encoding="utf-8")


def test_ten_questions_are_answered():
    assert len(WHERE.findall(CONTRIBUTING)) >= 10
