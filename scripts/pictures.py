"""Takes a picture of every type of page, at a desk and on a phone, from a new demonstration.

Run from the repository: .venv/bin/python -m scripts.pictures [NAME...]; without names every page is taken anew.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from intake.app import create_app
from intake.paths import REPOSITORY
from tests.browser import world
from tests.browser.pages import APPLICANTS, LOOKED_AT, PAGES, PageType
from tests.browser.server import serving
from tests.browser.visitors import PageVisitor, Watch, signed_in
from tests.browser.world import World
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS

FOLDER = REPOSITORY / "docs" / "pictures" / "pages"
DESK, PHONE = (1280, 800), (390, 844)
TALLEST = 1600
IN_ENGLISH = frozenset({"home", "queue", "review", "session-open", "proposal-approved"})
PALETTE = Path(__file__).with_name("palette.js")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
INDEXED = bytes((8, 3, 0, 0, 0))
UNFILTERED = b"\0"
PAGE_HEIGHT = "document.documentElement.scrollHeight"


@dataclass
class Desks:
    """Browsers of the people who are shown the pages, one a person and language."""

    browser: Browser
    url: str

    def __post_init__(self) -> None:
        self.visitors: dict[tuple[str | None, str], PageVisitor] = {}
        self.blank = self.browser.new_page()

    def page(self, who: str | None, language: str) -> Page:
        if (who, language) not in self.visitors:
            context = self.browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
            visitor = PageVisitor(context, self.url, language, Watch())
            self.visitors[who, language] = signed_in(visitor, who) if who else visitor
        return self.visitors[who, language].page


def main(names: list[str]) -> None:
    """Make the pictures named, or all of them in an empty folder."""
    chosen = [page_type for page_type in (*PAGES, *LOOKED_AT) if not names or page_type.name in names]
    if not names:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="intake-pictures-") as folder:
        shown = world.build(Path(folder))
        with serving(create_app(shown.settings)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
            desks = Desks(browser, url)
            for page_type in chosen:
                take(desks, shown, page_type)
            browser.close()
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.1f} MB in {FOLDER}")


def take(desks: Desks, shown: World, page_type: PageType) -> None:
    for (width, height), language in shots(page_type):
        page = desks.page(page_type.who, language)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(desks.url + page_type.address(shown))
        page.set_viewport_size({"width": width, "height": min(max(page.evaluate(PAGE_HEIGHT), height), TALLEST)})
        path = FOLDER / f"{page_type.name}-{width}-{language}.png"
        path.write_bytes(small(desks.blank, page.screenshot(animations="disabled")))


def shots(page_type: PageType) -> Iterator[tuple[tuple[int, int], str]]:
    yield DESK, "vi"
    yield PHONE, "vi"
    is_written_on = page_type in (*APPLICANTS, *LOOKED_AT)
    if page_type.name in IN_ENGLISH or is_written_on:
        yield DESK, "en"
    if is_written_on:
        yield PHONE, "en"


def small(page: Page, png: bytes) -> bytes:
    """The same picture in 256 colours, counted by the browser: a third of the bytes, nothing else to install."""
    made = page.evaluate(f"({PALETTE.read_text(encoding='utf-8')})", base64.b64encode(png).decode())
    width, height, indices = made["width"], made["height"], base64.b64decode(made["indices"])
    head = width.to_bytes(4) + height.to_bytes(4) + INDEXED
    rows = b"".join(UNFILTERED + indices[start : start + width] for start in range(0, width * height, width))
    chunks = ((b"IHDR", head), (b"PLTE", bytes(made["palette"])), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(kind, body) for kind, body in chunks)


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


if __name__ == "__main__":
    main(sys.argv[1:])
