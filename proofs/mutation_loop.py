"""A pytest plug-in: the collected tests run against one changed rule after another, each time until one fails."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from _pytest.runner import runtestprotocol

from intake.workflow.procedure import BadProcedure
from proofs.mutations import Mutation, every_mutation


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants", type=int, default=0, help="how many changes to draw; 0 for all")
    parser.addoption("--mutants-seed", type=int, default=0)
    parser.addoption("--mutants-about", default="", help="only changes of this action or move")
    parser.addoption("--mutants-result", type=Path)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of the usual loop: nothing but the verdict on each change comes out."""
    options = session.config.option
    chosen = [one for one in every_mutation() if options.mutants_about in ("", one.about)]
    if options.mutants:
        chosen = Random(options.mutants_seed).sample(chosen, options.mutants)
    else:
        assert fails(session.items, "") is None, "the tests fail before anything is changed"
    survivors, by_test, by_declaration = [], 0, 0
    for mutation in chosen:
        verdict = judged(mutation, session.items)
        by_test += verdict == "test"
        by_declaration += verdict == "declaration"
        if verdict is None:
            survivors.append(mutation.name)
    result = {"n": len(chosen), "killed": by_test + by_declaration, "by_test": by_test}
    result |= {"by_declaration": by_declaration, "survivors": survivors}
    options.mutants_result.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return True


def judged(mutation: Mutation, items: list[pytest.Item]) -> str | None:
    """What stops the change: a test, or the declaration that contradicts itself; None when nothing does."""
    try:
        with mutation.applied():
            return "test" if fails(items, mutation.about) else None
    except BadProcedure:
        return "declaration"


def fails(items: list[pytest.Item], about: str) -> str | None:
    """The first test that fails; those that name what was changed come first."""
    for item in sorted(items, key=lambda item: about not in item.name):
        reports = runtestprotocol(item, log=False, nextitem=None)
        if any(report.failed for report in reports):
            return item.nodeid
    return None
