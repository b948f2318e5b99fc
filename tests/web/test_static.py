"""The static files are the ones we vendored, nobody else's identity is in them, and no page needs anything inline."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "intake" / "web" / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
THEME = sorted((STATIC / "theme").glob("*.css"))
KIT = (VENDOR / "kit.css").read_text()


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_vendored_files_are_exactly_those_of_the_manifest():
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text())
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }
    assert found == manifest["files"]


def test_manifest_names_the_versions_that_the_maintainer_builds_from():
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text())
    package = json.loads((ROOT / "scripts" / "ui" / "package.json").read_text())
    assert manifest["packages"] == package["dependencies"]
    assert manifest["packages"]["govuk-frontend"] == "6.3.0"
    assert '--govuk-frontend-version: "6.3.0"' in KIT


@pytest.mark.parametrize(
    "word", ["crest", "crown", "GDS Transport", "@font-face", "govuk-header", "govuk-footer", "url("]
)
def test_kit_carries_nobody_elses_identity(word):
    assert word.lower() not in KIT.lower()


@pytest.mark.parametrize("path", THEME, ids=lambda path: path.name)
def test_theme_files_are_readable_and_refer_to_files_that_exist(path):
    text = path.read_text()
    assert len(text.splitlines()) < 400
    assert [line for line in text.splitlines() if len(line) > 120] == []
    assert [url for url in re.findall(r"url\(([^)]+)\)", text) if not (path.parent / url).is_file()] == []
    assert re.findall(r"https?:|@import", text) == []


@pytest.mark.parametrize("path", [*THEME, VENDOR / "kit.css"], ids=lambda path: path.name)
def test_braces_of_a_style_sheet_close(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_nothing_inline_and_trusts_no_text(path):
    text = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:|\|\s*safe\b|<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_classes_of_a_template_are_defined(path):
    known = set(re.findall(r"\.((?:app|govuk)-[\w-]+)", KIT + "".join(sheet.read_text() for sheet in THEME)))
    used = set()
    for value in re.findall(r'\bclass="([^"]*)"', re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)):
        plain = re.sub(r"\{\{.*?\}\}", "*", re.sub(r"\{%.*?%\}", " ", value))
        used |= {word for word in plain.split() if word.startswith("app-") and "*" not in word}
    assert used - known == set()


def test_the_scripts_start_only_what_we_vendored_and_our_own():
    scripts = {path.name: path.read_text() for path in STATIC.glob("*.js")}
    imported = {name: re.findall(r'from "([^"]+)"', text) for name, text in scripts.items()}
    ours = [f"./{name}" for name in sorted(scripts) if name != "app.js"]
    assert sorted(imported.pop("app.js")) == [*ours, "./vendor/govuk-frontend.min.js"]
    assert [name for name, sources in imported.items() if sources] == []
    unsafe = r"\beval\(|new Function|innerHTML|https?:"
    assert [name for name, text in scripts.items() if re.search(unsafe, text)] == []
