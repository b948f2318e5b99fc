"""The only module that knows WeasyPrint: HTML in, PDF out, nothing fetched, no system font.

Import it only where a PDF is made: it loads Pango.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from intake.documents.finisher import finish
from intake.documents.typeface import FONTS

BASE_URL = "asset:/"
FONT_URLS = "asset:/fonts/"
NO_FONTS = FONTS / "no-system-fonts.conf"
_environment = Lock()


@dataclass(frozen=True)
class Enclosure:
    """A file carried inside the PDF."""

    name: str
    description: str
    content: bytes


class Refused(ValueError):
    """Something outside the document was asked for."""


class ClosedFetcher(URLFetcher):
    """Answers data: addresses and the bundled fonts from memory; everything else is refused and remembered."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        with _environment:  # it looks through all variables, while another thread may take one away
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.fonts = {FONT_URLS + name: content for name, content in fonts.items()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in self.fonts:
            return URLFetcherResponse(url, self.fonts[url], {"Content-Type": "font/ttf"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise Refused(f"{url} is outside the document")


@contextmanager
def no_system_fonts() -> Iterator[None]:
    """Fontconfig reads its variable at each new configuration; what this process starts later keeps its fonts."""
    with _environment:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(NO_FONTS)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def make_pdf(html: str, css: str, *, variant: str, at: datetime, enclosure: Enclosure, fetcher: ClosedFetcher) -> bytes:
    """The PDF of a page; `at` is the only time that goes into it."""
    with no_system_fonts():
        fonts = FontConfiguration()
    style = CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url=BASE_URL)
    attached = Attachment(
        string=enclosure.content,
        name=enclosure.name,
        description=enclosure.description,
        relationship="Data",
        created=at,
        modified=at,
    )
    page = HTML(string=html, url_fetcher=fetcher, base_url=BASE_URL)
    written = BytesIO()
    page.write_pdf(
        written,
        stylesheets=[style],
        font_config=fonts,
        pdf_variant=variant,
        finisher=finish,
        attachments=[attached],
    )
    return written.getvalue()
