"""The guides say what the pages say: their labels, links and pictures exist, in both languages alike."""

from __future__ import annotations

import re

import pytest

from intake.i18n import LANGUAGES, catalogue
from intake.paths import STATIC
from intake.web import guides
from intake.web.guides import FOLDER, INLINE, NAMES, guide
from tests.web.applicants import words

on_sqlite = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

LARGEST = 2_000_000
EVERY = [(name, language) for name in NAMES for language in LANGUAGES]


def source(name: str, language: str) -> str:
    return (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_label_is_one_of_the_interface(name, language):
    texts = catalogue("vi")
    used = [found["label"] for found in INLINE.finditer(source(name, language)) if found["label"]]
    assert [label for label in used if texts.gettext(label) == label] == []
    assert len(used) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_things_in_the_same_order(name):
    def shape(language):
        return [[(block.kind, len(block.items)) for block in one.blocks] for one in guide(name, language).chapters]

    def labels(language):
        return sorted(found["label"] for found in INLINE.finditer(source(name, language)) if found["label"])

    assert (shape("vi"), labels("vi")) == (shape("en"), labels("en"))


def test_every_picture_is_there_small_and_said_in_words():
    blocks = [block for name, language in EVERY for one in guide(name, language).chapters for block in one.blocks]
    pictures = {block.picture: block.text for block in blocks if block.kind == "picture"}
    kept = {f"help/{path.name}" for path in (STATIC / "help").iterdir()}
    assert set(pictures) == kept
    assert min(len(text) for text in pictures.values()) > 20
    assert sum(path.stat().st_size for path in (STATIC / "help").iterdir()) < LARGEST


@on_sqlite
def test_every_link_leads_somewhere(visitor):
    links = {
        url.partition("#")[0]
        for name, language in EVERY
        for url in re.findall(r"\]\((/[^)]*)\)", source(name, language))
    }
    assert {url: visitor.get(url).status_code for url in links} == dict.fromkeys(links, 200)


@on_sqlite
@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_shown_with_its_contents_and_the_labels_of_the_language(visitor, name):
    for language in LANGUAGES:
        visitor.get(f"/?lang={language}")
        said = words(visitor.get(f"/help/{name}"))
        shown = guides.guide(name, language)
        assert [one.title for one in shown.chapters if said.count(one.title) < 2] == []
        assert "[[" not in said and "](" not in said
        assert all(f'href="/help/{other}"' in visitor.get("/help").text for other in NAMES)


@on_sqlite
def test_another_name_is_no_guide(visitor):
    assert visitor.get("/help/nobody").status_code == 404


ROLES = {
    "applicant@demo.vn": "/help/applicant",
    "secretary@demo.vn": "/help/secretary",
    "ministry.reviewer@demo.vn": "/help/reviewer",
    "engineer.ht1@demo.vn": "/help/reviewer",
    "member3@demo.vn": "/help/committee",
    "admin@demo.vn": "/help",
}


@on_sqlite
@pytest.mark.parametrize(("email", "url"), ROLES.items())
def test_help_leads_to_the_guide_of_the_role(sign_in, email, url):
    page = sign_in(email).get("/catalogue").text
    header = page.partition("</header>")[0]
    assert re.findall(r'href="(/help[^"]*)"', header) == [url]
