"""From a ready context to the bytes of a PDF: the same input gives the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import jinja2

from intake.canonical import canonical_json
from intake.documents.stylesheet import stylesheet
from intake.documents.typeface import UncoveredCharacters, faces, uncovered
from intake.documents.wording import official
from intake.paths import TEMPLATES

ACCESSIBLE = "pdf/ua-1"
ARCHIVAL = "pdf/a-3a"
PAYLOAD_NAME = "du-lieu.json"
PAYLOAD_DESCRIPTION = "Dữ liệu có cấu trúc của văn bản"
TEMPLATE_VERSION = "1"
MARGINS = ("head_left", "head_right", "foot_left", "foot_right")
PRINTED = ("d", "meta", "foot_left", "foot_right")


def render(kind: str, context: Mapping[str, Any], variant: str) -> bytes:
    """The PDF of `context` in the template of that kind; raises UncoveredCharacters before a system font could help.

    `context` holds `d` (what the template prints), `meta` (title, author, description, created), `profile`,
    `is_draft`, `foot_left`, `foot_right`, `payload` (attached as JSON) and, for a running head, `head_left` and
    `head_right`.
    """
    missing = uncovered("".join(texts([context[part] for part in PRINTED])))
    if missing:
        raise UncoveredCharacters(missing)
    # WeasyPrint loads Pango, which only a process that makes PDFs should pay for.
    from intake.documents import engine

    return engine.make_pdf(
        page(kind, context),
        stylesheet(
            context["profile"],
            is_draft=context["is_draft"],
            margins={name.replace("_", "-"): context.get(name, "") for name in MARGINS},
        ),
        variant=variant,
        at=datetime.fromisoformat(context["meta"]["created"]),
        enclosure=engine.Enclosure(PAYLOAD_NAME, PAYLOAD_DESCRIPTION, canonical_json(context["payload"])),
        fetcher=engine.ClosedFetcher(faces()),
    )


def page(kind: str, context: Mapping[str, Any]) -> str:
    """The HTML of a document."""
    return (
        templates()
        .get_template(f"{kind}.html")
        .render(d=context["d"], meta=context["meta"], profile=context["profile"], template_version=TEMPLATE_VERSION)
    )


@cache
def templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES / "documents", TEMPLATES]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["official"] = official
    return environment


def texts(value: object) -> Iterator[str]:
    """Every text in a nest of dicts and sequences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from texts(part)
