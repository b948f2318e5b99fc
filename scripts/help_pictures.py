"""Takes the pictures of the user guides, in both languages, from a new demonstration.

Run from the repository: .venv/bin/python -m scripts.help_pictures
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from intake.app import create_app
from intake.i18n import LANGUAGES
from intake.paths import STATIC
from scripts.pictures import Desks, small
from tests.browser import world
from tests.browser.pages import PAGES
from tests.browser.server import serving
from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS

FOLDER = STATIC / "help"
SIZE = {"width": 1000, "height": 640}
# What a picture begins with; the band with the name of the service is on every page.
TOP = "main"
TOPS = {"applicant-write": "[id='objectives.general']"}
# Which type of page a picture shows, by guide and name in the guide.
PICTURES = {
    "applicant-write": "edit-objectives",
    "applicant-status": "proposal-asked",
    "reviewer-sheet": "review",
    "reviewer-opinion": "opinion",
    "secretary-desk": "queue",
    "secretary-reception": "reception",
    "committee-ballot": "ballot",
    "committee-session": "session-open",
}


def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    types = {page_type.name: page_type for page_type in PAGES}
    with tempfile.TemporaryDirectory(prefix="intake-pictures-") as folder:
        shown = world.build(Path(folder))
        with serving(create_app(shown.settings)) as url, sync_playwright() as playwright:
            desks = Desks(playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS), url)
            for name, type_name in PICTURES.items():
                for language in LANGUAGES:
                    page = desks.page(types[type_name].who, language)
                    page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
                    page.goto(url + types[type_name].address(shown))
                    page.locator(TOPS.get(name, TOP)).first.evaluate("place => place.scrollIntoView()")
                    png = page.screenshot(animations="disabled")
                    (FOLDER / f"{name}-{language}.png").write_bytes(small(desks.blank, png))
            desks.browser.close()
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.2f} MB in {FOLDER}")


if __name__ == "__main__":
    main()
