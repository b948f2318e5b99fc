"""Every page and every operation of the API answers as `expected.csv` says, for people who stand differently to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake import clock
from intake.api.operations import OPERATIONS
from intake.app import create_app
from intake.cli.world import acting
from intake.models import Proposal
from intake.models.visibility import visible
from intake.policy import ACTIONS, Actor
from intake.services import proposals, sessions
from intake.services.subjects import subject_of
from intake.web.rights import DECLARATION
from tests import factories
from tests.conftest import ENGINES
from tests.policy.written import ALLOWED, FORBIDDEN, HIDDEN, LATER, UNDECLARED, admitted, answer, rights
from tests.web.conftest import settings_for
from tests.web.desk_world import ADVISER, APPLICANT, CHAIR, ENGINEER, LEAD, LEAD2, MEMBER, REVIEWER, SECRETARY, actor
from tests.web.every_address import Address, Person, addresses

# Each stands otherwise: author, secretary, lead, undeclared lead, reviewer, engineer, adviser, member, chair, outsider.
WHO = (APPLICANT, SECRETARY, LEAD2, LEAD, REVIEWER, ENGINEER, ADVISER, MEMBER, CHAIR, "admin@demo.vn")
SAYS_ITSELF = {operation.name for operation in OPERATIONS if operation.is_self_checked}
NEVER_404 = {HIDDEN: 404, FORBIDDEN: 403, UNDECLARED: 403, LATER: 409}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The lists on each engine; the addresses, which are answered in Python, on the other one only in the proof."""
    if "app" in metafunc.fixturenames:
        is_sampled = "every" in metafunc.fixturenames and steps(metafunc.config) > 1
        engines = ENGINES[:1] if is_sampled else ENGINES
        metafunc.parametrize("app", engines, indirect=True, scope="module")


@pytest.fixture(scope="module")
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application with two proposals, on each engine: one with the ministries, one before the committee."""
    folder = tmp_path_factory.mktemp("addresses")
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('peopled_sqlite'), folder / 'intake.db')}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.create(template=request.getfixturevalue("peopled_postgres"))
    made = create_app(settings_for(url, Path(folder)))
    with made.extensions["intake"].database.writing() as db:
        files(db)
    yield made
    made.extensions["intake"].database.dispose()


CODES = ("SK-2026-0REVWEWD", "SK-2026-0SEATED0")


def files(db) -> None:
    reviewed, seated = (
        factories.proposal(db, state, code=code, owner_id=actor(db, APPLICANT).user_id, engineer_reached_at=clock.now())
        for state, code in zip(("ministry_review", "committee"), CODES, strict=True)
    )
    factories.routing(db, reviewed, "bkhcn")
    factories.routing(db, reviewed, "byt", "cooperating")
    for email in (REVIEWER, ADVISER):
        factories.assignment(db, reviewed, actor(db, email))
    declared = (LEAD2, REVIEWER, ENGINEER, MEMBER)
    for made in (reviewed, seated):
        factories.declaration(db, made, *(actor(db, email) for email in declared))
    held = {"body": "tt_bcdtw", "starts_at": clock.now(), "place": "Hà Nội", "items": [seated.code]}
    sessions.create(db, **held, actor=actor(db, SECRETARY))


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    return steps(request.config)


def steps(config: pytest.Config) -> int:
    """How far apart the addresses are that one person asks."""
    return int(str(config.getoption("--every-address")))


@pytest.fixture(scope="module")
def persons(app: Flask) -> dict[str, Person]:
    return {email: Person(app, email) for email in WHO}


def rights_of(address: Address, app: Flask, who: Actor) -> str:
    """The action that the address declares; of several, that of this role, or the one an empty body asks for."""
    declared = getattr(app.view_functions[address.rule.endpoint], DECLARATION)
    for operation in OPERATIONS:
        if address.rule.endpoint.endswith(f".{operation.name}"):
            if operation.chosen is not None:
                return operation.chosen({}) or declared
            several = (operation.action, *operation.also)
            return next((one for one in several if who.role.value in {role for role, *_ in rights()[one]}), declared)
    return declared


def is_judged(address: Address) -> bool:
    """Papers and items of a sitting are judged by what they are; their own tests say how."""
    name = address.rule.endpoint.rsplit(".", 1)[-1]
    return "code" in address.rule.arguments and "/sessions/" not in address.rule.rule and name not in SAYS_ITSELF


# Pages that ask for more than their address says: each has tests of its own for what it asks.
ASKS_MORE = {
    f"/proposals/<code>/{page}"
    for page in (
        "assessment",
        "assignments",
        "edit/<section>",
        "move/<transition>",
        "no-opinion/<body>",
        "opinion",
        "organisations",
        "reception",
        "review",
        "staff",
        "staff/history",
        "staff/opinions",
        "staff/sheets",
    )
}


def fits(told: str, given: TestResponse, address: Address) -> bool:
    """A refusal is exactly the one written down; who is admitted may still hear what is missing or what comes first."""
    if told == ALLOWED:
        return given.status_code != 401 and (given.status_code != 403 or address.rule.rule in ASKS_MORE)
    if told == LATER and address.method == "GET":
        return given.status_code == 403
    if told == LATER and not address.is_api:
        return given.status_code in (403, 409)
    return given.status_code == NEVER_404[told]


# Sent by those who may, these would change what the others are asked about.
CHANGING = {"POST", "PUT", "DELETE"}


@pytest.mark.parametrize("email", WHO)
@pytest.mark.parametrize("code", CODES)
def test_every_address_answers_as_written_down(
    app: Flask, persons: dict[str, Person], code: str, email: str, every: int, record_property
) -> None:
    """Each asks every eighth address, each another eighth; `./run prove addresses` has each ask all of them."""
    person, wrong, seen = persons[email], [], 0
    with app.extensions["intake"].database.reading() as db:
        who = acting(db, email).actor
        subject = subject_of(db, proposals.unchecked(db, code), actor=who)
    is_sqlite = app.extensions["intake"].database.is_sqlite
    turn = WHO.index(email) + 2 * CODES.index(code) + is_sqlite
    for place, address in enumerate(addresses(app)):
        action = rights_of(address, app, who)
        if not is_judged(address) or action not in ACTIONS or (place + turn) % every:
            continue
        told = answer(who, action, subject)
        if told == ALLOWED and address.method in CHANGING and not address.is_api:
            continue
        given = person.asks(address, address.url(app, code, "D000000000"))
        seen += 1
        if not fits(told, given, address):
            wrong.append((str(address), action, told, given.status_code))
    record_property("asked", seen)
    assert wrong == []
    assert seen > 5


@pytest.mark.parametrize("email", WHO)
def test_lists_contain_what_is_written_down(app: Flask, email: str) -> None:
    """`visible()` gives for every action the proposals for which a line of the table holds."""
    with app.extensions["intake"].database.reading() as db:
        who = acting(db, email).actor
        found = list(db.scalars(select(Proposal).order_by(Proposal.id)))
        subjects = {proposal.code: subject_of(db, proposal, actor=who) for proposal in found}
        for action in sorted(ACTIONS):
            listed = set(db.scalars(select(Proposal.code).where(visible(who, action))))
            assert listed == {code for code, subject in subjects.items() if admitted(who, action, subject)}
