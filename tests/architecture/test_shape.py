"""The shape of the code: small files and functions, one place for each decision."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from intake.paths import MIGRATIONS, REPOSITORY
from intake.workflow.procedures.kh01 import KH01
from tests.architecture.sources import files, imported, page_files, place, python_files, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
VAGUE_NAMES = {"helpers", "helper", "utils", "util", "common", "misc", "tools", "manager"}
# Names of states that are words of their own elsewhere: a column, a body, a kind of document.
ALSO_OTHER_WORDS = {
    "draft",
    "revision",
    "committee",
    "synthesis",
    "merged",
    "approved",
    "rejected",
    "completed",
    "stopped",
}
POSITION_COLUMNS = {
    "state",
    "is_open",
    "asked_by",
    "stage_days_left",
    "state_since",
    "revision",
    "holder_kind",
    "holder_organisation_id",
    "due_on",
}
# What one function derives from the text: never where the proposal stands.
DERIVED_COLUMNS = {"**promoted(document)"}
VERSIONS = MIGRATIONS / "versions"


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body; the signature and the docstring are free."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_file_is_too_long():
    written = [*python_files("intake", "tests", "proofs", "benchmarks", "scripts"), *page_files()]
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    found = {
        place(path, function.lineno): length
        for path in python_files("intake", "tests", "proofs", "benchmarks", "scripts")
        for function in functions(tree(path))
        if (length := body_length(function)) > LONGEST_FUNCTION
    }
    assert found == {}


def test_no_file_has_a_vague_name():
    assert [place(path) for path in python_files() if path.stem in VAGUE_NAMES] == []


def test_no_code_outside_the_procedures_names_a_state():
    names = {stage.id for stage in KH01.stages} - ALSO_OTHER_WORDS
    found = [
        f"{place(path, node.lineno)}: {node.value}"
        for path in python_files("intake")
        if "procedures" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert found == []


def test_templates_compare_no_state():
    names = "|".join(sorted(stage.id for stage in KH01.stages))
    pattern = re.compile(rf"(==|!=|\bin\b)\s*[(\[]?\s*[\"']({names})[\"']|\.state\s*(==|!=)")
    assert pattern.search("{% if proposal.state == 'draft' %}")
    found = [place(path) for path in page_files() if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_service_commits():
    found = [
        place(path, node.lineno)
        for path in python_files("intake/services", "intake/models")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]
    assert found == []


def written_to_proposals(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Columns that are assigned on `proposal` or set by an UPDATE of its table, with the line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if ast.unparse(node.value).split(".")[-1] == "proposal":
                yield node.attr, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("update(Proposal)"):
            for keyword in node.keywords:
                yield keyword.arg or f"**{ast.unparse(keyword.value)}", keyword.lineno


def test_writes_to_proposals_are_recognised():
    source = (
        "proposal.state = 1\nitem.proposal.due_on = 2\nsession.state = 3\n"
        "update(Proposal).where(x).values(revision=4, **more)\nupdate(Item).values(state=5)\n"
    )
    found = sorted(written_to_proposals(ast.parse(source)))
    assert found == [("**more", 4), ("due_on", 2), ("revision", 4), ("state", 1)]


def test_only_transitions_write_where_a_proposal_stands():
    home = REPOSITORY / "intake" / "services" / "transitions.py"
    found = [
        f"{place(path, line)}: {name}"
        for path in python_files("intake")
        if path != home
        for name, line in written_to_proposals(tree(path))
        if name in POSITION_COLUMNS or (name.startswith("**") and name not in DERIVED_COLUMNS)
    ]
    assert found == []


@pytest.mark.parametrize("path", list(files(VERSIONS, ".py")), ids=lambda path: path.stem)
def test_migration_stands_alone(path):
    assert re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+\.py", path.name)
    assert [name for name, _ in imported(tree(path)) if name.split(".")[0] == "intake"] == []
    downgrade = next(function for function in functions(tree(path)) if function.name == "downgrade")
    assert not all(
        isinstance(statement, ast.Pass | ast.Expr) and not is_call(statement) for statement in downgrade.body
    )


def is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
