"""The smallest paper there is: made to learn whether this machine can make papers at all.

`python -m intake.documents.probe` makes it in a process of its own: a broken Pango ends the process it is loaded into.
"""

from __future__ import annotations

import subprocess
import sys

from intake import clock
from intake.documents.typeface import faces

PAGE = '<!doctype html><html lang="vi"><title>Trang thử</title><p>Ằ ễ ộ ữ đ Sáng kiến đột phá</p></html>'
STYLE = "@font-face {font-family: Tinos; src: url(asset:/fonts/tinos-regular.ttf)} html {font: 14pt Tinos}"
LONGEST_SECONDS = 60


class CannotMakePapers(RuntimeError):
    """A page could not be made; the text is the last thing that was said about it."""


def make_page() -> bytes:
    """One page as PDF, in this process."""
    # It loads Pango, which only a process that makes PDFs should pay for.
    from intake.documents import engine

    enclosure = engine.Enclosure("thu.txt", "Trang thử", b"")
    fetcher = engine.ClosedFetcher(faces())
    return engine.make_pdf(PAGE, STYLE, variant="pdf/ua-1", at=clock.now(), enclosure=enclosure, fetcher=fetcher)


def make_page_elsewhere() -> int:
    """The size of the page, made by a process of its own; raises CannotMakePapers."""
    command = [sys.executable, "-m", "intake.documents.probe"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise CannotMakePapers(f"it took longer than {LONGEST_SECONDS} seconds") from error
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise CannotMakePapers(said[-1] if said else f"the process ended with {done.returncode}")
    return int(done.stdout)


if __name__ == "__main__":
    sys.stdout.write(str(len(make_page())))
