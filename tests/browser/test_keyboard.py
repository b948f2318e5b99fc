"""The keyboard alone, on a phone's screen: sign in, write, score; a form is sent once.

`./run prove journey` goes the whole way like this, votes and all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import select

from intake.app import create_app
from intake.db import Database
from intake.models import Score
from intake.outline import import_proposal
from intake.services import proposals
from tests.browser.keyboard import KeyboardVisitor
from tests.browser.server import serving
from tests.browser.typist import example
from tests.browser.visitors import Watch
from tests.conftest import PASSWORD
from tests.web.conftest import settings_for
from tests.web.desk_world import REVIEWER, actor, route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWNER = "organisation@demo.vn"
DEBOUNCE = 1100


@dataclass(frozen=True)
class Place:
    """A product with a draft and a proposal to score."""

    url: str
    database: Database
    draft: str
    scored: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, peopled_sqlite: Path) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("keyboard")
    app = create_app(settings_for(f"sqlite:///{shutil.copy(peopled_sqlite, folder / 'intake.db')}", folder))
    database = app.extensions["intake"].database
    with database.writing() as db:
        written = proposals.create(db, import_proposal(example("full_sk06")), actor=actor(db, OWNER))
        routed = route(db, REVIEWER)
        codes = (written.code, routed.code)
    with serving(app) as url:
        draft, scored = (f"/proposals/{code}" for code in codes)
        yield Place(url, database, draft, scored)


@pytest.fixture
def visitor(browser: Browser, place: Place) -> Iterator[KeyboardVisitor]:
    watch = Watch()
    context = browser.new_context(locale="vi-VN", viewport={"width": 390, "height": 844})
    yield KeyboardVisitor(context, place.url, "en", watch)
    context.close()
    assert watch.found == []


def sign_in(visitor: KeyboardVisitor, email: str) -> None:
    visitor.open("/login")
    visitor.send("/login", {"email": email, "password": PASSWORD})


def test_a_section_is_written_by_keys_and_the_focus_stays_with_the_rows(visitor: KeyboardVisitor, place: Place) -> None:
    page, rows = visitor.page, "rationale.legal_basis"
    sign_in(visitor, OWNER)
    visitor.open(f"{place.draft}/edit/rationale")
    count = page.locator(f'[name^="{rows}."][name$=".document"]').count()
    visitor.reach(page.locator(f'button[value="add:{rows}"]'))
    visitor.key("Enter")
    expect(page.locator(f'[id="{rows}.{count}"] > summary')).to_be_focused()
    visitor.write(page.locator(f'[id="{rows}.{count}.document"]'), "Nghị quyết số 71/NQ-CP")
    remove = page.locator(f'button[value="remove:{rows}.0"]')
    visitor.open_around(remove)
    visitor.reach(remove)
    visitor.key("Enter")
    expect(page.locator(f'[id="{rows}.0"] > summary')).to_be_focused()
    visitor.send(f"{place.draft}/edit/rationale", press="go=stay")
    with place.database.reading() as db:
        kept = proposals.draft_of(db, proposals.unchecked(db, place.draft.rpartition("/")[2]))
    documents = [row["document"] for row in kept["sections"]["rationale"]["legal_basis"]]
    assert (len(documents), documents[-1]) == (count, "Nghị quyết số 71/NQ-CP")


def test_a_criterion_is_scored_by_keys(visitor: KeyboardVisitor, place: Place) -> None:
    sign_in(visitor, REVIEWER)
    action = f"{place.scored}/review"
    visitor.open(action)
    entered = {
        "strategic_fit-score": "4",
        "strategic_fit-justification": "Phù hợp",
        "strategic_fit-section": "rationale",
    }
    visitor.send(action, entered, press="do=breakthrough")
    with place.database.reading() as db:
        kept = db.execute(select(Score.score, Score.justification).where(Score.justification == "Phù hợp")).all()
    assert [tuple(row) for row in kept] == [(4, "Phù hợp")]


def test_a_form_on_its_way_is_not_sent_again(visitor: KeyboardVisitor) -> None:
    page, sent = visitor.page, list[str]()

    def leave_waiting(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/login", leave_waiting)
    visitor.reach(page.get_by_role("button", name="Sign in"))
    visitor.key("Enter")
    expect(page.locator(":focus")).to_have_text("Sending...")
    page.wait_for_timeout(DEBOUNCE)  # the kit itself holds a second click back for so long
    visitor.key("Enter")
    page.wait_for_timeout(100)
    assert sent == ["POST"]
    visitor.watch.found.clear()  # a navigation without an answer
