"""Schemathesis over every operation of the API, as four roles: no failure, no 500, every answer as described.

Codes, numbers and addresses in paths are half of the time those of things that exist, so that not all answers are 404.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from intake import clock
from intake.app import create_app
from intake.cli.demo import add_account, add_university
from intake.cli.world import acting
from intake.config import Settings
from intake.services import accounts, seeding, sessions
from intake.services.demo_accounts import ACCOUNTS
from tests import factories

LONG, SHORT = 25, 1
SHARE = 9
"""The short form lets one operation in so many be asked, each by one role in turn."""
ROLES = ("applicant@demo.vn", "secretary@demo.vn", "ministry.lead@demo.vn", "chair@demo.vn")
STATES = ("draft", "reception", "ministry_review", "synthesis", "committee", "implementation")
ADDRESS = "/api/v1/openapi.json"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
SEED = 20261122
SLOW_IS_FINE = (
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
)


def fill(db: Any) -> dict[str, list[Any]]:
    """People and a proposal at each of several stages; what paths may name, by the name of the parameter."""
    add_university(db)
    for account in ACCOUNTS:
        add_account(db, account, "no password")
    owner = acting(db, ROLES[0]).actor
    codes = []
    for place, state in enumerate(STATES):
        made = factories.proposal(db, state, code=f"SK-2026-0FVZZ{place:03d}", owner_id=owner.user_id)
        if state != "draft":
            factories.routing(db, made, "byt")
            factories.declaration(db, made, acting(db, ROLES[2]).actor, acting(db, ROLES[3]).actor)
        codes.append(made.code)
    held = {"body": "tt_bcdtw", "starts_at": clock.now(), "place": "Hà Nội", "items": [codes[4]]}
    session = sessions.create(db, **held, actor=acting(db, ROLES[1]).actor)
    return {"code": codes, "id": [session.id, 1], "email": [*ROLES], "session_id": [session.id]}


def tokens(database: Any) -> dict[str, str]:
    with database.writing() as db:
        found = {}
        for email in ROLES:
            identity = acting(db, email)
            found[email] = accounts.create_token(db, identity.user, days=1, scope="write")
        return found


def asked(operation: Any, known: dict[str, list[Any]], n: int, bearer: str) -> Iterator[int]:
    """The statuses of `n` calls that fit the description of the operation."""
    answers: list[int] = []

    @seed(SEED)
    @settings(
        max_examples=n,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=SLOW_IS_FINE,
    )
    @given(case=operation.as_strategy(), data=st.data())
    def ask(case: Any, data: Any) -> None:
        for name in set(case.path_parameters or {}) & set(known):
            if not data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(known[name]))
        response = case.call(headers={"Authorization": f"Bearer {bearer}"})
        case.validate_response(response, checks=list(CHECKS))
        answers.append(response.status_code)

    ask()
    yield from answers


def fuzzed(app: Flask, n: int) -> str:
    """Ask the application, whose database is upgraded and empty; raises AssertionError with every failure."""
    database = app.extensions["intake"].database
    with database.writing() as db:
        known = fill(db)
    bearers = tokens(database)
    schema = schemathesis.openapi.from_wsgi(ADDRESS, app=app)
    described = list(schema.get_all_operations())
    operations = [found.ok() for found in described if isinstance(found, Ok)]
    assert len(operations) == len(described), "an operation is described wrongly"
    turns = [(operation, email) for operation in operations for email in ROLES]
    if n <= SHORT:
        turns = turns[:: len(ROLES) * SHARE + 1]
    answers: Counter[int] = Counter()
    failures = []
    for operation, email in turns:
        try:
            answers.update(asked(operation, known, n, bearers[email]))
        except (FailureGroup, Failure) as found:
            failures.append(f"{operation.label} as {email}: {found}")
    assert not failures, "\n".join(failures)
    asked_of = len({operation.label for operation, _ in turns})
    return f"{asked_of} operations, {answers.total()} calls, no failure, no 500: {dict(sorted(answers.items()))}"


def run(n: int) -> str:
    """On SQLite, in an application of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        values = {"env": "demo", "data_dir": folder, "secret_key": "s" * 32}
        app = create_app(Settings.model_validate(values))
        seeding.upgrade(app.extensions["intake"].database)
        try:
            return fuzzed(app, n)
        finally:
            app.extensions["intake"].database.dispose()
