"""Takes pictures of every type of page, at a desk and on a phone, in both languages, from a new demonstration.

Run from the repository: .venv/bin/python -m scripts.pictures [NAME...]; without names every page is taken anew.
The table docs/pictures/README.md is written from docs/pictures/improvements.toml each time.
"""

from __future__ import annotations

import secrets
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from intake.app import create_app
from intake.config import Settings
from intake.i18n import LANGUAGES
from intake.paths import REPOSITORY
from tests.browser import world
from tests.browser.pages import LOOKED_AT, PAGES, PageType
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.browser.world import World
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS

TABLE = REPOSITORY / "docs" / "pictures" / "README.md"
FOLDER = TABLE.with_name("pages")
IMPROVEMENTS = TABLE.with_name("improvements.toml")
HEIGHTS = {1280: 800, 390: 844}
SHOTS = [(width, language) for width in HEIGHTS for language in LANGUAGES]
TALLEST = 1200
COLOURS = 32
PAGE_HEIGHT = "document.documentElement.scrollHeight"
# A Monday morning in Hà Nội, and the same codes each time: a page that did not change keeps its picture.
MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SEED = 57
HEAD = """# Every type of page

At 1280 and 390 pixels, in Vietnamese and English, with what was improved after looking at it. Written by
`.venv/bin/python -m scripts.pictures`, which takes the pictures from a demonstration on a fixed day; the sentences
are in `improvements.toml`. Twelve pages with the whole year of the demonstration on them, as full as in earnest, are in
`desks/`.

| page | 1280 vi | 1280 en | 390 vi | 390 en | improved after looking |
|---|---|---|---|---|---|
"""


@dataclass
class Desks:
    """Browsers of the people who are shown the pages, one a person and language."""

    browser: Browser
    url: str

    def __post_init__(self) -> None:
        self.visitors: dict[tuple[str | None, str], PageVisitor] = {}

    def page(self, who: str | None, language: str) -> Page:
        if (who, language) not in self.visitors:
            context = self.browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
            visitor = PageVisitor(context, self.url, language, Watch())
            self.visitors[who, language] = signed_in(visitor, who) if who else visitor
        return self.visitors[who, language].page


def main(names: list[str]) -> None:
    """Make the pictures named, or all of them in an empty folder, and the table of all."""
    chosen = [page_type for page_type in page_types() if not names or page_type.name in names]
    if not names:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with shown_demonstration() as (shown, desks):
        for page_type in chosen:
            take(desks, shown, page_type)
    TABLE.write_text(table(), encoding="utf-8")
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.1f} MB in {FOLDER}")


def page_types() -> tuple[PageType, ...]:
    return (*PAGES, *LOOKED_AT)


@contextmanager
def shown_demonstration() -> Iterator[tuple[World, Desks]]:
    """A demonstration made on the fixed day, served, and the browsers that look at it."""
    with fixed_day() as folder:
        shown = world.build(folder)
        with looked_at(shown.settings) as desks:
            yield shown, desks


@contextmanager
def fixed_day() -> Iterator[Path]:
    """An empty folder on the morning of which pictures are taken."""
    with (
        time_machine.travel(MORNING),
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(prefix="intake-pictures-") as folder,
    ):
        patch.setattr(secrets, "choice", Random(SEED).choice)
        yield Path(folder)


@contextmanager
def looked_at(settings: Settings) -> Iterator[Desks]:
    """The installation served, and browsers at it."""
    with serving(create_app(settings)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield Desks(browser, url)
        browser.close()


def take(desks: Desks, shown: World, page_type: PageType) -> None:
    """The four pictures of a type of page."""
    for language in LANGUAGES:
        page = desks.page(page_type.who, language)
        page.goto(desks.url + page_type.address(shown))
        for width, least in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": least})
            height = min(max(page.evaluate(PAGE_HEIGHT), least), TALLEST)
            page.set_viewport_size({"width": width, "height": height})
            place(page_type.name, width, language).write_bytes(small(page.screenshot(animations="disabled")))


def place(name: str, width: int, language: str) -> Path:
    return FOLDER / f"{name}-{width}-{language}.webp"


def small(png: bytes) -> bytes:
    """The same picture in few colours without loss of edges: a third of the bytes, and words stay sharp."""
    made = BytesIO()
    few_colours(png).convert("RGB").save(made, "WEBP", lossless=True, quality=100, method=4)
    return made.getvalue()


def few_colours(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def table() -> str:
    """The document that shows every type of page with its pictures and what looking at it improved."""
    improved = improvements()
    return HEAD + "".join(line(page_type.name, improved.get(page_type.name, "")) for page_type in page_types())


def line(name: str, improved: str) -> str:
    links = [f"[{width} {language}](pages/{place(name, width, language).name})" for width, language in SHOTS]
    return f"| {name} | {' | '.join(links)} | {improved} |\n"


def improvements() -> dict[str, str]:
    """What was improved after looking, by type of page."""
    return tomllib.loads(IMPROVEMENTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
