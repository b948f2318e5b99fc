"""Nothing outside a document is ever read, whatever its text says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intake.documents import engine
from intake.documents.engine import ClosedFetcher, Enclosure, Refused, make_pdf
from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf as make_document
from intake.documents.render import ACCESSIBLE
from intake.documents.stylesheet import css_string
from intake.documents.typeface import faces
from tests.documents import reading
from tests.documents.samples import notice, receipt

AT = datetime(2026, 11, 18, tzinfo=UTC)
FACE = "@font-face{font-family:Tinos;src:url(asset:/fonts/tinos-regular.ttf)} html{font-family:Tinos}"


@dataclass
class Trap:
    """A server on this machine that notes who calls."""

    port: int
    calls: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/x"


@pytest.fixture
def trap() -> Iterator[Trap]:
    server = socket.create_server(("127.0.0.1", 0))
    found = Trap(server.getsockname()[1])

    def listen() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                found.calls.append(caller.recv(100))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    yield found
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    listener.join(5)


def made(html: str, css: str = FACE) -> tuple[bytes, list[str]]:
    fetcher = ClosedFetcher(faces())
    pdf = make_pdf(html, css, variant=ACCESSIBLE, at=AT, enclosure=Enclosure("a.json", "a", b"{}"), fetcher=fetcher)
    return pdf, fetcher.refused


def test_the_trap_works(trap):
    with socket.create_connection(("127.0.0.1", trap.port)) as caller:
        caller.sendall(b"hello")
        assert caller.recv(1) == b""
    assert trap.calls == [b"hello"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}">',
        '<object data="{url}"></object>',
        '<embed src="{url}">',
        '<link rel="stylesheet" href="{url}">',
        '<link rel="attachment" href="{url}">',
        '<a rel="attachment" href="{url}">x</a>',
        "<style>@import url({url});</style>",
        '<p style="background:url({url})">x</p>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    ],
)
@pytest.mark.parametrize("kind", ["http", "file"])
def test_markup_that_asks_for_something_outside_gets_nothing(markup, kind, trap, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("body{color:red} not for you")
    url = trap.url if kind == "http" else secret.as_uri()
    pdf, refused = made(f"<html lang=vi><title>x</title><body>{markup.format(url=url)}")
    assert set(refused) == {url}
    assert trap.calls == []
    assert b"not for you" not in b"".join(reading.attachments(pdf).values())


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "https://example.vn/",
        "file:///etc/passwd",
        "ftp://example.vn/",
        "asset:/fonts/../../secret",
        "asset:/fonts/",
        "DATA:text/plain,x",
        "//example.vn/x",
    ],
)
def test_the_fetcher_refuses(url):
    fetcher = ClosedFetcher(faces())
    with pytest.raises(Refused):
        fetcher.fetch(url)
    assert fetcher.refused == [url]


def hostile(value: Any, payload: str) -> Any:
    """`value` with the payload in every free text, whatever it is for."""
    if isinstance(value, dict):
        return {name: part if name in KEPT else hostile(part, payload) for name, part in value.items()}
    if isinstance(value, list):
        return [hostile(part, payload) for part in value]
    return payload if isinstance(value, str) and not looks_typed(value) else value


KEPT = {"issuer", "body", "outcome", "mode", "choice", "mean", "sd", "official", "version_sha256"}


def looks_typed(text: str) -> bool:
    """Dates and numbers have no free text."""
    return text[:4].replace(".", "").isdigit() and "SK" not in text


@pytest.mark.parametrize(("kind", "facts"), [("receipt", receipt()), ("decision", notice())])
def test_hostile_text_in_every_field_fetches_nothing(kind, facts, trap, monkeypatch):
    asked: list[str] = []
    opened = ClosedFetcher.fetch

    def watched(self: ClosedFetcher, url: str, headers: dict[str, str] | None = None) -> Any:
        asked.append(url)
        return opened(self, url, headers)

    monkeypatch.setattr(engine.ClosedFetcher, "fetch", watched)
    payload = (
        f'"></title></style><img src="{trap.url}"><link rel=stylesheet href="{trap.url}">'
        f"<style>@import url({trap.url})</style>{{{{ 7*7 }}}}</p>"
    )
    text = reading.text(make_document(kind, hostile(to_data(facts), payload)))
    assert f'<img src="{trap.url}">' in text
    assert "{{ 7*7 }}" in text
    assert trap.calls == []
    assert {url.split(":")[0] for url in asked} == {"asset", "data"}


def test_a_foot_line_cannot_leave_its_string():
    assert css_string('a"; } @import url(http://x) /* \\22') == '"a ;    import url(http://x) /   22"'


def test_no_system_font_helps_out(tmp_path: Path):
    pdf, _ = made("<html lang=vi><title>x</title><body>Việt 中文 😀 ✓ عربي")
    assert {font for font, _, _ in reading.fonts(pdf, tmp_path)} == {"Tinos"}


def test_the_environment_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/fonts.conf")
    with engine.no_system_fonts():
        assert engine.os.environ["FONTCONFIG_FILE"] == str(engine.NO_FONTS)
    assert engine.os.environ["FONTCONFIG_FILE"] == "/somewhere/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    with engine.no_system_fonts():
        pass
    assert "FONTCONFIG_FILE" not in engine.os.environ
