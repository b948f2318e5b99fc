"""Somebody who types a whole proposal from an example file into the forms, box by box, adding rows by their buttons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from intake.i18n import Text
from intake.outline import OUTLINE
from intake.outline.model import ChoiceField, Computed, Field, Group, Party, Rows
from intake.outline.references import name_of

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
BILLION = 10**9
SEARCHED = "combobox"


def example(file: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / f"{file}.json").read_text(encoding="utf-8"))


def parts_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared: the sections and the administrative part, without what is left empty."""
    return {name: stated(data[name]) for name in ("sections", "administrative")}


def stated(value: Any) -> Any:
    """The value without empty boxes (null, "", no rows): a form cannot tell them apart. No and 0 are answers."""
    if isinstance(value, Mapping):
        kept = {key: stated(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [stated(item) for item in value] if isinstance(value, list) else value


def written(value: float, language: str) -> str:
    """A number as people of this language write it: 2.400,5 or 2,400.5."""
    text = f"{Decimal(str(value)):,f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def day(value: str) -> str:
    return "/".join(reversed(value.split("-")))


@dataclass
class Typist:
    """A person at a page, with or without scripts, who reads one language."""

    page: Page
    address: str
    language: str
    has_script: bool

    def type_all(self, data: Mapping[str, Any]) -> None:
        """Every part in order, each left by the button that saves and goes on."""
        self.page.goto(f"{self.address}/edit/{next(iter(OUTLINE.bodies))}")
        for part, body in OUTLINE.bodies.items():
            expect(self.page).to_have_url(f"{self.address}/edit/{part}")
            value = data["administrative"] if part == "administrative" else data["sections"].get(part)
            self.enter(body, value, part)
            self.page.locator('button[name="go"][value="next"]').click()
        expect(self.page).to_have_url(f"{self.address}/submit")

    def exported(self) -> dict[str, Any]:
        answer = self.page.request.get(f"{self.address}/export.json")
        assert answer.ok
        return json.loads(answer.body())

    def enter(self, field: Field, value: Any, path: str) -> None:
        if value in (None, "", [], {}) or isinstance(field, Computed):
            return
        if isinstance(field, Rows):
            for number, row in enumerate(value):
                self.row(field, row, path, number)
        elif isinstance(field, Group):
            named = {"name": value} if isinstance(field, Party) and isinstance(value, str) else value
            self.inside(field, named, path)
        else:
            self.one(field, value, path)

    def inside(self, field: Field, value: Mapping[str, Any], path: str) -> None:
        for child in field.children:
            self.enter(child, value.get(child.id), f"{path}.{child.id}")

    def row(self, field: Rows, value: Mapping[str, Any], path: str, number: int) -> None:
        """A row stands there already where there is one per phase; every other is added by its button."""
        if field.one_per:
            fields = [child for child in field.item if getattr(child, "to", "") != field.one_per]
            self.inside(Group("row", field.item_label, tuple(fields)), value, f"{path}.{number}")
            return
        self.page.locator(f'button[name="row"][value="add:{path}"]').click()
        expect(self.page.locator(f'[name="{path}.{number}.id"]')).to_be_attached()
        self.inside(field, value, f"{path}.{number}")

    def one(self, field: Field, value: Any, path: str) -> None:
        kind = field.kind
        if kind in ("choice", "reference"):
            self.choose(self.box(path), self.words(field, value))
        elif kind == "row_reference":
            self.point(self.box(path), value)
        elif kind == "multichoice":
            self.tick(path, value)
        elif kind == "references":
            self.pick(path, value)
        elif kind == "bool":
            self.answer(field, value, path)
        else:
            self.box(path).fill(self.text(kind, value))

    def box(self, path: str) -> Locator:
        return self.page.locator(f'[id="{path}"]')

    def words(self, field: Field, value: str) -> str:
        found: Text = field.label_of(value) if isinstance(field, ChoiceField) else name_of(vars(field)["to"], value)
        return found.in_(self.language)

    def text(self, kind: str, value: Any) -> str:
        if kind == "money":
            return written(float(Decimal(value) / BILLION), self.language)
        if kind in ("integer", "decimal"):
            return written(value, self.language)
        if kind in ("date", "month", "date_or_row"):
            return day(value)
        return "\n".join(value) if kind == "text_list" else value

    def choose(self, box: Locator, words: str) -> None:
        """From the browser's own list, or by typing into the box that searches it."""
        if box.get_attribute("role") != SEARCHED:
            box.select_option(label=words)
            return
        box.fill(words)
        box.press("Enter")

    def point(self, box: Locator, code: str) -> None:
        offered = box.locator("option").all_inner_texts()
        box.select_option(label=next(words for words in offered if words.split(".")[0] == code))

    def tick(self, name: str, values: list[str]) -> None:
        for value in values:
            self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def pick(self, path: str, values: list[str]) -> None:
        self.box(path).locator("summary").click()
        self.tick(path, values)

    def answer(self, field: Field, value: bool, path: str) -> None:
        if field.required:
            self.page.locator(f'[name="{path}"][value="{str(value).lower()}"]').check()
        else:
            self.box(path).set_checked(value)
