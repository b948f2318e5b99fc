"""Every interface text of code and pages stands in both catalogues, in words, with the same placeholders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from intake.i18n import LANGUAGES
from intake.paths import REPOSITORY

CATALOGUES = REPOSITORY / "intake" / "translations"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")
ESCAPED = re.compile(r"%%")
LETTERS = re.compile(r"[^\W\d_]")


def sources() -> Iterator[tuple[str, Path]]:
    """The files that the project's own settings name, each with the way it is read."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    for mapping in settings["tool"]["babel"]["mappings"]:
        folder, _, ending = mapping["pattern"].partition("/**")
        yield from ((mapping["method"], path) for path in sorted((REPOSITORY / folder).rglob(f"*{ending}")))


@cache
def extracted() -> dict[str, str]:
    """Every message with the file that has it."""
    found: dict[str, str] = {}
    for method, path in sources():
        options = {"silent": "false"} if method == "jinja2" else {}
        for _line, message, _comments, _context in extract_from_file(method, path, options=options):
            assert isinstance(message, str), f"{path}: plural forms are not used, {message}"
            found.setdefault(message, str(path.relative_to(REPOSITORY)))
    return found


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as texts:
        return read_po(texts, locale=language, abort_invalid=True)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(ESCAPED.sub("", text)))


def entry(language: str, id: str) -> Message:
    found = catalogue(language).get(id)
    assert found is not None
    return found


def test_code_and_pages_have_messages():
    """The extraction reads what it should: a message of a template, one of a form, one of a service."""
    folders = {place.split("/")[0] + "/" + place.split("/")[1] for place in extracted().values()}
    assert {"templates/layout", "intake/forms", "intake/services", "intake/web", "intake/workflow"} <= folders


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue(language: str):
    known = catalogue(language)
    missing = {id: place for id, place in extracted().items() if known.get(id) is None}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_words(language: str):
    known = [id for id in extracted() if catalogue(language).get(id)]
    assert [id for id in known if not LETTERS.search(str(entry(language, id).string)) and LETTERS.search(id)] == []
    assert [id for id in known if entry(language, id).fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str):
    """A lost placeholder hides a fact; an invented one breaks the page."""
    known = [id for id in extracted() if catalogue(language).get(id)]
    assert [id for id in known if placeholders(id) != placeholders(str(entry(language, id).string))] == []


def test_vietnamese_is_translated():
    """A text with words of its own reads differently in Vietnamese."""
    known = [id for id in extracted() if catalogue("vi").get(id) and LETTERS.search(PLACEHOLDER.sub("", id))]
    assert [id for id in known if entry("vi", id).string == id] == []


def test_english_says_what_the_code_says():
    """The message is the English text: another wording in the catalogue would be a second home for it."""
    known = [id for id in extracted() if catalogue("en").get(id)]
    assert [id for id in known if entry("en", id).string != id] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_no_other_texts(language: str):
    assert [str(message.id) for message in catalogue(language) if message.id and message.id not in extracted()] == []
