"""Takes pictures of the desks with the whole year of the demonstration on them: as full as in earnest.

Run from the repository: .venv/bin/python -m scripts.desk_pictures
"""

from __future__ import annotations

from pathlib import Path

from intake.cli import demo
from intake.config import Settings
from intake.i18n import LANGUAGES
from intake.services import likenesses, seeding, standing_rounds
from intake.worker.process import tools_of
from scripts.pictures import HEIGHTS, TABLE, fixed_day, looked_at, small
from tests.browser.world import PASSWORD

FOLDER = TABLE.with_name("desks")
# Name, who sits there, and the page; the window is as large as the screen, so that rows can be counted.
DESKS = (
    ("secretariat", "secretary@demo.vn", "/queue"),
    ("lead-ministry", "ministry2.lead@demo.vn", "/queue"),
    ("reviewer", "ministry.reviewer@demo.vn", "/queue"),
    ("engineer", "engineer.ht3@demo.vn", "/queue"),
    ("member", "member2@demo.vn", "/queue"),
    ("chair", "chair@demo.vn", "/queue"),
    ("applicant", "organisation@demo.vn", "/proposals"),
    ("monitoring", "secretary@demo.vn", "/monitoring"),
    ("ranking", "secretary@demo.vn", "/ranking"),
    ("sessions", "secretary@demo.vn", "/sessions"),
    ("register", None, "/register"),
    ("home", None, "/"),
)


def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with fixed_day() as folder, looked_at(installation(folder)) as desks:
        for name, who, address in DESKS:
            for language in LANGUAGES:
                page = desks.page(who, language)
                for width, height in HEIGHTS.items():
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(desks.url + address)
                    picture = small(page.screenshot(animations="disabled"))
                    (FOLDER / f"{name}-{width}-{language}.webp").write_bytes(picture)
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.1f} MB in {FOLDER}")


def installation(folder: Path) -> Settings:
    """The year told, and what the worker computes of it; papers and mails are on no desk."""
    settings = Settings.model_validate({"env": "demo", "data_dir": folder, "secret_key": "s" * 32})
    database = tools_of(settings).database
    seeding.upgrade(database)
    demo.build_year(database, password=PASSWORD)
    standing_rounds.turn(database)
    likenesses.turn(database)
    database.dispose()
    return settings


if __name__ == "__main__":
    main()
