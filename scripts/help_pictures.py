"""Takes the pictures of the user guides, in both languages, from a new demonstration.

Run from the repository: .venv/bin/python -m scripts.help_pictures
"""

from __future__ import annotations

from intake.i18n import LANGUAGES
from intake.paths import STATIC
from scripts.pictures import few_colours, shown_demonstration
from tests.browser.pages import PAGES

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
    with shown_demonstration() as (shown, desks):
        for name, type_name in PICTURES.items():
            for language in LANGUAGES:
                page = desks.page(types[type_name].who, language)
                page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
                page.goto(desks.url + types[type_name].address(shown))
                page.locator(TOPS.get(name, TOP)).first.evaluate("place => place.scrollIntoView()")
                picture = few_colours(page.screenshot(animations="disabled"))
                picture.save(FOLDER / f"{name}-{language}.png", optimize=True)
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.2f} MB in {FOLDER}")


if __name__ == "__main__":
    main()
