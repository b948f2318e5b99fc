"""Whatever the code writes into the audit trail has words for the page of the auditor."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from intake.services.audit_words import DETAILS, EVENTS, ORGANISATIONS, VALUES
from intake.services.score_sheets import what_happened
from intake.workflow.procedures import PROCEDURES
from tests.architecture.sources import python_files, tree

# Names that are put together when they are written, and every ending they can have.
COMPOSED = {
    "proposal.moved.": {move.name for procedure in PROCEDURES.values() for move in procedure.transitions},
    "score_sheet.": {
        what_happened(submit=submit, was_submitted=was_submitted, changed=changed)
        for submit, was_submitted, changed in product((False, True), repeat=3)
    },
}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def parameters(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]


def functions() -> list[tuple[ast.FunctionDef, ast.Module]]:
    modules = [tree(path) for path in python_files("intake/services", "intake/cli", "intake/worker")]
    return [(node, module) for module in modules for node in module.body if isinstance(node, ast.FunctionDef)]


def given(call: ast.Call, names: list[str], place: int) -> ast.expr | None:
    """What the call gives for that parameter."""
    by_name = [one.value for one in call.keywords if one.arg == names[place]]
    return by_name[0] if by_name else call.args[place] if len(call.args) > place else None


def written(value: ast.expr, function: ast.FunctionDef, module: ast.Module) -> Iterator[str]:
    """Every name that the expression can be."""
    match value:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from written(one, function, module)
            yield from written(other, function, module)
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield from (f"{beginning}{ending}" for ending in COMPOSED[beginning])
        case ast.Name(id=name):
            for node in (*ast.walk(function), *module.body):
                if isinstance(node, ast.Assign) and any(getattr(one, "id", None) == name for one in node.targets):
                    yield from written(node.value, function, module)


def every_event() -> set[str]:
    """From the calls of `audit.record`, and of those functions that hand it a name they were told."""
    found, known, waiting = set(), {}, {"record": (["db", "event_name"], 1)}
    everything = functions()
    calls = [
        (name_of(node), node, function, module)
        for function, module in everything
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    ]
    while waiting:
        recorder, (names, place) = waiting.popitem()
        known[recorder] = place
        for called, call, function, module in calls:
            value = given(call, names, place) if called == recorder else None
            told = parameters(function)
            if isinstance(value, ast.Name) and value.id in told:
                if function.name not in known:
                    waiting[function.name] = (told, told.index(value.id))
            elif value is not None:
                names_written = set(written(value, function, module))
                assert names_written, f"{function.name} writes an event that this test cannot read"
                found |= names_written
    return found


def test_every_event_has_words_and_no_words_are_left_over():
    assert every_event() == set(EVENTS)


def test_the_values_and_names_that_are_explained_belong_to_details_that_are_shown():
    assert {name for name, _ in VALUES} | ORGANISATIONS <= set(DETAILS)
